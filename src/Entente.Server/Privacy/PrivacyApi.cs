using Entente.Domain;
using Entente.Server.Api;
using Entente.Server.Bundles;
using Entente.Server.Desk;
using Entente.Server.Web;
using Entente.Server.Web.Safety;
using Microsoft.AspNetCore.Mvc;

namespace Entente.Server.Privacy;

/// <summary>/v1/parties/{kind}/{id}/export and /erasure, /v1/holds: what
/// people may ask of those who hold their data.</summary>
public static class PrivacyApi
{
    public static void MapPrivacyApi(this IEndpointRouteBuilder api)
    {
        api.MapGet("/parties/{kind}/{external_id}/export", Export)
            .RequireRateLimiting(Limits.Exports).Needs(Scope.PartiesWrite).ForTheMarketplace()
            .Says("Export a party's own data",
                "A ZIP: data.json and the files it showed. What others wrote is not in it.")
            .Produces(StatusCodes.Status200OK, contentType: Bundle.MediaType).Refuses();
        api.MapGet("/parties/{kind}/{external_id}/erasure", Look)
            .Needs(Scope.PartiesWrite).ForTheMarketplace()
            .Says("Read what stands in the way of an erasure", null)
            .Produces<ErasureResource>().Refuses();
        api.MapPost("/parties/{kind}/{external_id}/erasure", Erase)
            .Needs(Scope.PartiesWrite).ForTheMarketplace()
            .Says("Erase a party's data",
                "Texts, files and names, for ever; after everything is final, and where nothing "
                + "is held. Facts, amounts and decisions stay. May be asked twice.")
            .Produces<ErasureResource>().Refuses();
        api.MapGet("/holds", List).Needs(Scope.PartiesWrite).ForTheMarketplace()
            .Says("List the holds", "Lifted ones too.").Produces<HoldsResource>().Refuses();
        api.MapPost("/holds", Set).Needs(Scope.PartiesWrite).ForTheMarketplace()
            .Says("Hold a dispute", "Nothing of it is erased until the hold is lifted.")
            .Produces<HoldResource>(StatusCodes.Status201Created).Refuses();
        api.MapPost("/holds/{hold}/lifting", Lift).Needs(Scope.PartiesWrite).ForTheMarketplace()
            .Says("Lift a hold", "With the reason why.").Produces<HoldsResource>().Refuses();
    }

    private static async Task<IResult> Export(
        HttpContext http, string kind, [FromRoute(Name = "external_id")] string externalId, People people,
        AccessExport export, AuditTrail trail)
    {
        if (await Find(http, people, kind, externalId) is not { } party) return Problems.NotFound(http);
        await Note(http, trail, "access_export", party.Id.Value);
        return TypedResults.Stream(
            output => export.Write(output, party, http.Speaker(), http.RequestAborted), Bundle.MediaType, "export.zip");
    }

    private static async Task<IResult> Look(
        HttpContext http, string kind, [FromRoute(Name = "external_id")] string externalId, People people,
        PartyDisputes disputes) =>
        await Find(http, people, kind, externalId) is { } party
            ? Answer(new(0, 0, await disputes.Obstacles(party.Id, http.RequestAborted)))
            : Problems.NotFound(http);

    private static async Task<IResult> Erase(
        HttpContext http, string kind, [FromRoute(Name = "external_id")] string externalId, People people,
        Erasure erasure, AuditTrail trail)
    {
        if (await Find(http, people, kind, externalId) is not { } party) return Problems.NotFound(http);
        var erased = await erasure.Of(party, http.RequestAborted);
        if (!erased.IsDone) return Problems.Of(http, ProblemCode.ErasureBlocked);
        await Note(http, trail, "erased", party.Id.Value);
        return Answer(erased);
    }

    private static async Task<IResult> List(HttpContext http, Holds holds) => TypedResults.Json(
        new HoldsResource(
            [.. (await holds.All(http.Caller().Marketplace, http.RequestAborted)).Select(HoldResource.Of)]),
        ApiJson.Options);

    private static async Task<IResult> Set(HttpContext http, NewHold body, Holds holds, DisputeReader reader)
    {
        if (!Holds.IsReason(body.Reason)) return Problems.Of(http, ProblemCode.TextRefused, "reason");
        var (caller, stop) = (http.Caller(), http.RequestAborted);
        if (!DisputeId.TryParse(body.Dispute, out var id) || await reader.Read(caller, id, stop) is null)
            return Problems.Of(http, ProblemCode.NotFound, "dispute");
        var hold = await holds.Set(caller.Marketplace, id, body.Reason, caller.Principal, http.RemoteAddress(), stop);
        var stands = (await holds.On(id, stop)).First(one => one.Id == hold);
        return TypedResults.Json(HoldResource.Of(stands), ApiJson.Options, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> Lift(HttpContext http, string hold, Lifting body, Holds holds)
    {
        if (!Holds.IsReason(body.Reason)) return Problems.Of(http, ProblemCode.TextRefused, "reason");
        var (caller, stop) = (http.Caller(), http.RequestAborted);
        return await holds.Lift(caller.Marketplace, hold, body.Reason, caller.Principal, http.RemoteAddress(), stop)
            ? await List(http, holds)
            : Problems.NotFound(http);
    }

    private static async Task<Party?> Find(HttpContext http, People people, string kind, string externalId) =>
        Codes.TryParse<Role>(kind, out var side) && side.IsParty()
            ? await people.FindParty(
                http.Caller().Marketplace, side, Bounds.FromAddress(externalId), http.RequestAborted)
            : null;

    private static Task Note(HttpContext http, AuditTrail trail, string what, string subject) => trail.Note(
        http.Caller().Marketplace, http.RemoteAddress(), http.Caller().Principal, what, subject, http.RequestAborted);

    private static IResult Answer(Erased erased) => TypedResults.Json(
        new ErasureResource(erased.IsDone, erased.Texts, erased.Files, [.. erased.Obstacles.Select(found =>
            new ObstacleResource(found.Dispute.ToString(), found.Kind, found.Until, found.Reason, found.Owner))]),
        ApiJson.Options);
}

/// <summary>Whether a party can be erased now, or what its erasure came to.</summary>
public sealed record ErasureResource(bool Possible, int Texts, int Files, IReadOnlyList<ObstacleResource> Obstacles);

/// <summary>A dispute that stands in the way.</summary>
public sealed record ObstacleResource(
    string Dispute, ObstacleKind Kind, Instant? Until, string? Reason, string? Owner);

/// <summary>A dispute to be held, and why.</summary>
public sealed record NewHold(string Dispute, string Reason);

/// <summary>Why a hold is lifted.</summary>
public sealed record Lifting(string Reason);

/// <summary>All holds of a marketplace.</summary>
public sealed record HoldsResource(IReadOnlyList<HoldResource> Holds);

/// <summary>A hold, with who answers for it, and who lifted it.</summary>
public sealed record HoldResource(
    string Id, string Dispute, string Reason, string Owner, Instant SetAt, Instant? LiftedAt, string? LiftedBy,
    string? LiftedWhy)
{
    internal static HoldResource Of(Hold hold) => new(
        hold.Id, hold.Dispute.ToString(), hold.Reason, hold.Owner, hold.SetAt, hold.LiftedAt, hold.LiftedBy,
        hold.LiftedWhy);
}
