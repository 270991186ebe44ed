using System.Globalization;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Server.Storage;
using Entente.Server.Web;
using Microsoft.AspNetCore.Mvc;
using NodaTime.Text;

namespace Entente.Server.Api;

/// <summary>GET /v1/disputes: the caller's own, or the marketplace's, by what is due first.</summary>
public static class DisputeListApi
{
    private const int LimitMax = 200;
    private const int LimitUsual = 50;
    private static readonly string[] Names =
        ["stage", "reason", "waits_for", "order", "party", "updated_after", "q", "cursor", "limit"];

    public static void MapDisputeList(this IEndpointRouteBuilder api) => api
        .MapGet("/disputes", List)
        .IsReading<DisputePageResource>(
            "List disputes", "By what is due first, closed ones last; `next` is where to go on.");

    private static async Task<IResult> List(
        HttpContext http, [AsParameters] DisputeListQuery query, DisputeQueries disputes, People people)
    {
        var (caller, stop) = (http.Caller(), http.RequestAborted);
        if ((Unknown(http.Request.Query) ?? query.Fault()) is { } fault)
            return Problems.Of(http, ProblemCode.InvalidParameter, fault);
        var party = await PartyOf(query.Party, caller, people, stop);
        if (query.Party is not null && party is null) return Problems.Of(http, ProblemCode.InvalidParameter, "party");
        var page = await Page(caller, party, query, disputes, stop);
        var names = await people.Parties(
            caller.Marketplace, page.Rows.SelectMany(row => new[] { row.Buyer, row.Seller }), stop);
        return TypedResults.Json(
            new DisputePageResource(
                [.. page.Rows.Select(row => DisputeSummary.Of(
                    caller.IsMarketplace ? row with { Examiner = null } : row, names[row.Buyer], names[row.Seller]))],
                page.Next is { } next ? NextOf(http.Request.Query, next) : null),
            ApiJson.Options);
    }

    private static string? Unknown(IQueryCollection query) => query.Keys.FirstOrDefault(name => !Names.Contains(name));

    /// <summary>A party reads its own; the platform's people, and a key that names nobody, the marketplace's.</summary>
    private static Task<DisputePage> Page(
        Caller caller, Party? party, DisputeListQuery query, DisputeQueries disputes, CancellationToken stop)
    {
        var side = caller.IsStaff ? (Role?)null : caller.PartiesAs(Role.Seller).Any() ? Role.Seller : Role.Buyer;
        var (filter, limit) = (query.Filter(caller.SightAs(side)), query.Count ?? LimitUsual);
        if (side is null)
            return party is null
                ? disputes.OfDesk(caller.Marketplace, caller.Person, filter, query.Cursor, limit, stop)
                : disputes.OfParty(caller.Marketplace, party.Kind, [party.Id], filter, query.Cursor, limit, stop);
        return disputes.OfParty(
            caller.Marketplace, side.Value, caller.PartiesAs(side.Value), filter, query.Cursor, limit, stop);
    }

    private static async Task<Party?> PartyOf(string? name, Caller caller, People people, CancellationToken stop) =>
        caller.IsStaff && name?.Split(':', 2) is [var kind, var id]
        && Codes.TryParse<Role>(kind, out var side) && side.IsParty()
            ? await people.FindParty(caller.Marketplace, side, id, stop)
            : null;

    private static string NextOf(IQueryCollection query, string cursor) => "/v1/disputes" + QueryString.Create(query
        .Where(pair => pair.Key != "cursor")
        .Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value.ToString()))
        .Append(new("cursor", cursor)));

    /// <summary>What a list is narrowed to.</summary>
    public sealed record DisputeListQuery
    {
        [FromQuery(Name = "stage")] public string? Stage { get; init; }
        [FromQuery(Name = "reason")] public string? Reason { get; init; }

        /// <summary>me or others.</summary>
        [FromQuery(Name = "waits_for")] public string? WaitsFor { get; init; }

        /// <summary>The marketplace's id of an order.</summary>
        [FromQuery(Name = "order")] public string? Order { get; init; }

        /// <summary>buyer:EXTERNAL or seller:EXTERNAL; for the marketplace and its staff.</summary>
        [FromQuery(Name = "party")] public string? Party { get; init; }

        /// <summary>Only what has a later fact that the caller can read.</summary>
        [FromQuery(Name = "updated_after")] public string? UpdatedAfter { get; init; }

        /// <summary>
        /// Words or their beginnings, accents or not: all of them are somewhere in what the caller can read of the
        /// dispute, its goods and names included; or a dispute's reference or an order's id.
        /// </summary>
        [FromQuery(Name = "q")] public string? Query { get; init; }
        [FromQuery(Name = "cursor")] public string? Cursor { get; init; }

        /// <summary>At most 200, usually 50.</summary>
        [FromQuery(Name = "limit")] public string? Limit { get; init; }

        internal int? Count => Limit is null ? null : int.Parse(Limit, CultureInfo.InvariantCulture);

        internal string? Fault() =>
            Stage is not null && !Codes.TryParse<Stage>(Stage, out _) ? "stage"
            : Reason is not null && !Codes.TryParse<Reason>(Reason, out _) ? "reason"
            : WaitsFor is not (null or "me" or "others") ? "waits_for"
            : UpdatedAfter is not null && !OffsetDateTimePattern.Rfc3339.Parse(UpdatedAfter).Success ? "updated_after"
            : Query is { Length: > Texts.TitleMax } ? "q"
            : Cursor is not null && !DisputeQueries.IsCursor(Cursor) ? "cursor"
            : Limit is not null && !(int.TryParse(Limit, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                && count is >= 1 and <= LimitMax) ? "limit"
            : null;

        internal ListFilter Filter(ListSight sight) => new(
            WaitsFor switch { "me" => ListPart.WaitsForMe, "others" => ListPart.WaitsForOthers, _ => ListPart.All },
            Codes.TryParse<Stage>(Stage, out var stage) ? stage : null,
            Codes.TryParse<Reason>(Reason, out var reason) ? reason : null,
            Order)
        {
            Sight = sight,
            Query = string.IsNullOrWhiteSpace(Query) ? null : Query,
            Changed = UpdatedAfter is null
                ? null
                : Micros.Floor(OffsetDateTimePattern.Rfc3339.Parse(UpdatedAfter).Value.ToInstant()),
        };
    }
}

/// <summary>Some disputes of a list.</summary>
/// <param name="Next">Where the next ones are; none at its end.</param>
public sealed record DisputePageResource(IReadOnlyList<DisputeSummary> Disputes, string? Next);

/// <summary>A dispute in a list.</summary>
/// <param name="WaitsFor">Whom it waits for; nobody once closed.</param>
/// <param name="Awaited">What it waits for.</param>
public sealed record DisputeSummary(
    string Id, string Reference, Stage Stage, PartyName Buyer, PartyName Seller, Role Opener, Reason Reason,
    RemedyKind Remedy, Money? Sought, Role? WaitsFor, TermKind? Awaited, Instant? DueAt, Instant OpenedAt,
    Instant? ClosedAt, string? Examiner)
{
    internal static DisputeSummary Of(DisputeRow row, Party buyer, Party seller) => new(
        row.Id.ToString(), row.Id.Reference, row.Stage, new(buyer.ExternalId, buyer.Name),
        new(seller.ExternalId, seller.Name), row.Opener, row.Reason, row.Remedy,
        row.Sought is { } sought ? new Money(sought, row.Currency) : null, row.Responsible, row.Awaited, row.Due,
        row.OpenedAt, row.ClosedAt, row.Examiner?.Value);
}
