using Entente.Domain;
using Entente.Server.Desk;
using Entente.Server.Web.Safety;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Entente.Server.Web.SignIn;

/// <summary>Coming in, going out, and where one comes in to.</summary>
public static class SignInEndpoints
{
    private const int PasswordCharactersMax = 1000;

    public static void MapSignIn(this WebApplication app)
    {
        app.MapGet(SignInRoom.PagePath, Show).AllowAnonymous();
        app.MapPost(SignInRoom.PagePath, ByPassword).AllowAnonymous().RequireRateLimiting(Limits.SignIn);
        app.MapPost("/sign-in/demo", AsDemo).AllowAnonymous().RequireRateLimiting(Limits.SignIn);
        app.MapPost("/sign-out", Leave).AllowAnonymous();
        app.MapGet("/", Home);
    }

    private static async Task<IResult> Show(HttpContext context, Doorway doorway)
    {
        var to = SafeReturn(context.Request.Query[SignInRoom.ReturnField]);
        return await doorway.Page(to, FormState.Empty, StatusCodes.Status200OK, context.RequestAborted);
    }

    private static async Task<IResult> ByPassword(HttpContext context, Doorway doorway, Entrance entrance)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (login, password) = (form["login"].ToString(), form["password"].ToString());
        var to = SafeReturn(form[SignInRoom.ReturnField]);
        var marketplace = await doorway.MarketplaceOf(form["marketplace"], context.RequestAborted);
        var entry = password.Length > PasswordCharactersMax
            ? Entry.Refused
            : await entrance.ByPassword(marketplace, login, password, context.RemoteAddress(), context.RequestAborted);
        if (entry == Entry.Welcome) return Welcome(context, to);
        if (entry == Entry.TooBusy) return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        var state = FormState.Of(form, new FormError("login", context.Speaker().Say("sign_in.refused")));
        return await doorway.Page(to, state, StatusCodes.Status422UnprocessableEntity, context.RequestAborted);
    }

    private static async Task<IResult> AsDemo(HttpContext context, Entrance entrance, People people)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var person = await people.FindPerson(new PersonId(form["person"].ToString()), context.RequestAborted);
        return await entrance.AsDemo(person, context.RemoteAddress(), context.RequestAborted) == Entry.Welcome
            ? Welcome(context, SafeReturn(form[SignInRoom.ReturnField]))
            : TypedResults.NotFound();
    }

    /// <summary>Who comes in is spoken to as they asked for before, whoever chose a language here last.</summary>
    private static IResult Welcome(HttpContext context, string to)
    {
        context.Response.Cookies.Delete(Visit.LanguageCookie);
        return Page.Done(to);
    }

    private static async Task<IResult> Leave(HttpContext context, Entrance entrance)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (context.CallerIfAny() is { } caller) await entrance.Leave(caller, everywhere: form["everywhere"] == "yes");
        return Page.Done(SignInRoom.PagePath);
    }

    private static RedirectHttpResult Home(Caller caller) =>
        TypedResults.LocalRedirect(caller.IsStaff ? "/desk" : "/disputes");

    /// <summary>A path of this centre, by two readings of it that must agree; else the first page.</summary>
    internal static string SafeReturn(string? asked)
    {
        if (asked is null || !Page.IsOurs(asked) || !asked.All(letter => letter is > ' ' and < '\x7F' and not '\\'))
            return "/";
        var here = new Uri("https://centre.invalid");
        return Uri.TryCreate(here, asked, out var meant) && meant.Authority == here.Authority
            && meant.Scheme == here.Scheme ? asked : "/";
    }
}
