using Entente.Server.Desk;
using Entente.Server.Storage;
using Entente.Server.Web.Party;

namespace Entente.Server.Web.Admin;

/// <summary>The keys of the API: made, shown once, revoked.</summary>
public static class KeyEndpoints
{
    public const string Path = $"{AdminRoom.Path}/keys";
    private const int NameMax = 120;
    private const int DaysMax = 3650;

    public static void MapKeys(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/keys", (HttpContext context, KeyRing ring) => Show(context, ring, FormState.Empty, null));
        admin.MapPost("/keys", Make);
        admin.MapPost("/keys/{prefix}/revocation", Revoke);
    }

    private static async Task<IResult> Show(HttpContext context, KeyRing ring, FormState state, string? made) =>
        Page.With<KeysPage>(
            state.Errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            ("Keys", await ring.Of(context.Caller().Marketplace, context.RequestAborted)), ("State", state),
            ("Made", made));

    private static async Task<IResult> Make(HttpContext context, KeyRing ring, TimeProvider time)
    {
        var typed = await context.Typed();
        var (name, scopes) = (typed["name"].Trim(), Scopes.Parse(typed.Form["scopes"].ToString()) ?? []);
        var hasDays = int.TryParse(typed["days"], out var days);
        var wrong = new List<FormError>();
        if (name.Length is 0 or > NameMax) wrong.Add(new("name", typed.Speaker.Say("keys.name_wrong")));
        if (scopes.Count == 0) wrong.Add(new("scopes", typed.Speaker.Say("keys.scopes_wrong")));
        if (typed["days"].Trim().Length > 0 && (!hasDays || days is < 1 or > DaysMax))
            wrong.Add(new("days", typed.Speaker.Say("keys.days_wrong", ("n", DaysMax))));
        if (wrong.Count > 0) return await Show(context, ring, typed.Wrong(wrong), null);
        var until = hasDays
            ? Micros.Floor(Instant.FromDateTimeOffset(time.GetUtcNow())) + Duration.FromDays(days)
            : (Instant?)null;
        var made = await ring.Make(typed.Caller.Marketplace, name, scopes, until, context.RequestAborted);
        return await Show(context, ring, FormState.Empty, made);
    }

    private static async Task<IResult> Revoke(HttpContext context, string prefix, KeyRing ring) =>
        await ring.Revoke(context.Caller().Marketplace, prefix, context.RequestAborted)
            ? Page.Done(Path, "key_revoked")
            : Results.NotFound();
}
