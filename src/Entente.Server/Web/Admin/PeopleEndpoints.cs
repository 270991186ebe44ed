using System.Net.Mail;
using Entente.Domain;
using Entente.Server.Desk;
using Entente.Server.Web.Party;
using Entente.Server.Web.SignIn;

namespace Entente.Server.Web.Admin;

/// <summary>The platform's people: who they are, what they may, and how they come in.</summary>
public static class PeopleEndpoints
{
    public const string Path = $"{AdminRoom.Path}/people";
    private const int NameMax = 120;
    private const int LoginMax = 60;

    public static void MapPeople(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/people", (HttpContext context, People people) => Show(context, people));
        admin.MapPost("/people", Add);
        admin.MapPost("/people/{person}/roles", ChangeRoles);
        admin.MapPost("/people/{person}/password", GivePassword);
        admin.MapPost("/people/{person}/entry", ChangeEntry);
    }

    private static async Task<IResult> Show(
        HttpContext context, People people, FormState? state = null, StaffMember? who = null, string? password = null)
    {
        var caller = context.Caller();
        return Page.With<PeoplePage>(
            state is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            ("People", await people.AllStaff(caller.Marketplace, context.RequestAborted)), ("Me", caller.Person),
            ("State", state ?? FormState.Empty), ("Who", who), ("Password", password));
    }

    private static async Task<IResult> Add(HttpContext context, People people, Passwords passwords, Visit visit)
    {
        var (typed, stop) = (await context.Typed(), context.RequestAborted);
        var marketplace = typed.Caller.Marketplace;
        var (login, name, email) = (People.Login(typed["login"]), typed["name"].Trim(), typed["email"].Trim());
        var wrong = Wrong(typed, login, name, email, visit.Languages).ToList();
        if (wrong.Count == 0 && await people.FindPerson(marketplace, login, stop) is not null)
            wrong.Add(new("login", typed.Speaker.Say("people.login_taken")));
        if (wrong.Count > 0) return await Show(context, people, typed.Wrong(wrong));
        var person = await people.AddPerson(marketplace, login, name, typed["language"], email);
        foreach (var role in RolesIn(typed)) await people.Join(marketplace, person, role);
        return await ShowPassword(context, people, person, await passwords.Renew(marketplace, person, stop));
    }

    private static IEnumerable<FormError> Wrong(
        Typed typed, string login, string name, string email, IReadOnlyList<string> languages)
    {
        FormError Say(string field, string key) => new(field, typed.Speaker.Say(key));
        if (name.Length is 0 or > NameMax) yield return Say("name", "people.name_wrong");
        if (login.Length is 0 or > LoginMax || login.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter)))
            yield return Say("login", "people.login_wrong");
        if (!MailAddress.TryCreate(email, out var address) || address.Address != email)
            yield return Say("email", "people.email_wrong");
        if (!languages.Contains(typed["language"])) yield return Say("language", "people.language_wrong");
        if (RolesIn(typed).Count == 0) yield return Say("roles", "people.roles_wrong");
    }

    /// <summary>The boxes as they are ticked; nobody takes the operator's role from themselves.</summary>
    private static async Task<IResult> ChangeRoles(HttpContext context, string person, People people)
    {
        var typed = await context.Typed();
        if (await Found(context, people, person) is not { } member) return Results.NotFound();
        var (marketplace, id, wanted) = (typed.Caller.Marketplace, member.Person.Id, RolesIn(typed));
        if (id == typed.Caller.Person && !wanted.Contains(Role.Operator))
            return await Show(context, people, typed.Wrong(new FormError(null, typed.Speaker.Say("people.not_you"))));
        foreach (var role in new[] { Role.Examiner, Role.Operator })
            await (wanted.Contains(role) ? people.Join(marketplace, id, role) : people.Leave(marketplace, id, role));
        return Page.Done(Path, "roles_changed");
    }

    private static async Task<IResult> GivePassword(
        HttpContext context, string person, People people, Passwords passwords)
    {
        if (await Found(context, people, person) is not { Person.Disabled: false } member) return Results.NotFound();
        var password = await passwords.Renew(
            context.Caller().Marketplace, member.Person.Id, context.RequestAborted);
        return await ShowPassword(context, people, member.Person.Id, password);
    }

    private static async Task<IResult> ChangeEntry(HttpContext context, string person, People people)
    {
        var typed = await context.Typed();
        if (await Found(context, people, person) is not { } member) return Results.NotFound();
        var id = member.Person.Id;
        if (id == typed.Caller.Person)
            return await Show(context, people, typed.Wrong(new FormError(null, typed.Speaker.Say("people.not_you"))));
        switch (typed["act"])
        {
            case "open":
                await people.Enable(typed.Caller.Marketplace, id);
                return Page.Done(Path, "entry_opened");
            case "shut":
                await people.Disable(typed.Caller.Marketplace, id);
                return Page.Done(Path, "entry_shut");
            default:
                return Page.Done(Path);
        }
    }

    private static async Task<IResult> ShowPassword(
        HttpContext context, People people, PersonId person, string? password) =>
        await Show(context, people, null, await Found(context, people, person.Value), password);

    private static async Task<StaffMember?> Found(HttpContext context, People people, string person) =>
        (await people.AllStaff(context.Caller().Marketplace, context.RequestAborted))
            .FirstOrDefault(member => member.Person.Id.Value == person);

    private static List<Role> RolesIn(Typed typed) => typed.Form["roles"]
        .Select(code => Codes.TryParse<Role>(code, out var role) && role.IsStaff() ? role : (Role?)null)
        .OfType<Role>().Distinct().ToList();
}
