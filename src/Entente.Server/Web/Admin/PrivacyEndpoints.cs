using Entente.Domain;
using Entente.Server.Bundles;
using Entente.Server.Desk;
using Entente.Server.Privacy;
using Entente.Server.Web.Party;
using Entente.Server.Web.Safety;

namespace Entente.Server.Web.Admin;

/// <summary>What somebody's data are, their erasure, and what is held from it: the operator's page.</summary>
public static class PrivacyEndpoints
{
    public const string Path = $"{AdminRoom.Path}/privacy";

    public static void MapPrivacy(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/privacy", Look);
        admin.MapGet("/privacy/export", Export).RequireRateLimiting(Limits.Exports);
        admin.MapPost("/privacy/erasure", Erase);
        admin.MapPost("/privacy/holds", Hold);
        admin.MapPost("/privacy/holds/{hold}/lifting", Lift);
    }

    private static Task<IResult> Look(HttpContext context, string? kind, string? id) => Show(context, FormState.Empty);

    private static async Task<IResult> Show(HttpContext context, FormState state)
    {
        var (rooms, stop, marketplace) =
            (context.RequestServices, context.RequestAborted, context.Caller().Marketplace);
        var party = await Find(context, context.Request.Query["kind"].ToString(),
            context.Request.Query["id"].ToString());
        return Page.With<PrivacyPage>(
            state.Errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            ("Party", party), ("Asked", context.Request.Query["id"].ToString()), ("State", state),
            ("Obstacles", party is null
                ? []
                : await rooms.GetRequiredService<PartyDisputes>().Obstacles(party.Id, stop)),
            ("AllHolds", await rooms.GetRequiredService<Holds>().All(marketplace, stop)));
    }

    private static async Task<IResult> Export(
        HttpContext context, AccessExport export, AuditTrail trail, string? kind, string? id)
    {
        if (await Find(context, kind ?? "", id ?? "") is not { } party) return TypedResults.NotFound();
        await Note(context, trail, "access_export", party);
        var speaker = context.RequestServices.GetRequiredService<Visit>().Speaker;
        return TypedResults.Stream(
            output => export.Write(output, party, speaker, context.RequestAborted), Bundle.MediaType, "export.zip");
    }

    private static async Task<IResult> Erase(HttpContext context, Erasure erasure, AuditTrail trail)
    {
        var typed = await context.Typed();
        if (await Find(context, typed["kind"], typed["id"]) is not { } party) return TypedResults.NotFound();
        if (typed["sure"] != "yes")
            return await Show(context, typed.Wrong(new FormError("sure", typed.Speaker.Say("privacy.be_sure"))));
        var erased = await erasure.Of(party, context.RequestAborted);
        if (!erased.IsDone)
            return await Show(context, typed.Wrong(new FormError(null, typed.Speaker.Say("problem.erasure_blocked"))));
        await Note(context, trail, "erased", party);
        return Page.Done(Path, "erased");
    }

    private static async Task<IResult> Hold(HttpContext context, Holds holds, DisputeReader reader)
    {
        var (typed, stop) = (await context.Typed(), context.RequestAborted);
        var wrong = new List<FormError>();
        var isDispute = DisputeId.TryParse(typed["dispute"].Trim(), out var id)
            && await reader.Read(typed.Caller, id, stop) is not null;
        if (!isDispute) wrong.Add(new("dispute", typed.Speaker.Say("privacy.no_dispute")));
        if (!Holds.IsReason(typed["reason"])) wrong.Add(new("reason", typed.Speaker.Say("privacy.no_reason")));
        if (wrong.Count > 0) return await Show(context, typed.Wrong([.. wrong]));
        await holds.Set(
            typed.Caller.Marketplace, id, typed["reason"], typed.Caller.Principal, context.RemoteAddress(), stop);
        return Page.Done(Path, "held");
    }

    private static async Task<IResult> Lift(HttpContext context, string hold, Holds holds)
    {
        var typed = await context.Typed();
        if (!Holds.IsReason(typed["why"]))
            return await Show(context, typed.Wrong(new FormError("why", typed.Speaker.Say("privacy.no_reason"))));
        return await holds.Lift(
            typed.Caller.Marketplace, hold, typed["why"], typed.Caller.Principal, context.RemoteAddress(),
            context.RequestAborted)
            ? Page.Done(Path, "lifted")
            : TypedResults.NotFound();
    }

    private static async Task<Desk.Party?> Find(HttpContext context, string kind, string id) =>
        Codes.TryParse<Role>(kind, out var side) && side.IsParty() && id.Trim().Length > 0
            ? await context.RequestServices.GetRequiredService<People>().FindParty(
                context.Caller().Marketplace, side, id.Trim(), context.RequestAborted)
            : null;

    private static Task Note(HttpContext context, AuditTrail trail, string what, Desk.Party party) => trail.Note(
        context.Caller().Marketplace, context.RemoteAddress(), context.Caller().Principal, what, party.Id.Value,
        context.RequestAborted);
}
