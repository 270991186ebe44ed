using System.Data.Common;
using Dapper;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Search;

namespace Entente.Server.Storage;

/// <summary>
/// Lists of disputes, written from the rows of the disputes themselves, so never behind. A party's list holds nothing
/// that its view would not show.
/// </summary>
public sealed class DisputeQueries(Database database)
{
    private const int CountMax = 200;
    private readonly BlindWords _blind = new(database);
    private readonly string _ofBuyers = $"buyer {database.Dialect.AnyOf("@parties")} AND marketplace = @marketplace";
    private readonly string _ofSellers = $"seller {database.Dialect.AnyOf("@parties")} AND marketplace = @marketplace";
    private const string WaitsForSide = "responsible = @side AND met_by IS NULL";
    private const string OfPlatform = "marketplace = @marketplace";

    /// <summary>The disputes of parties on one side, by what is due first.</summary>
    public Task<DisputePage> OfParty(
        MarketplaceId marketplace, Role side, IEnumerable<PartyId> parties, ListFilter filter, string? after = null,
        int count = 50,
        CancellationToken stop = default) =>
        Page(side == Role.Buyer ? _ofBuyers : _ofSellers, WaitsForSide, new(marketplace, filter, after)
        {
            Side = Codes.Of(side), Parties = [.. parties.Select(party => party.Value)], Count = Limit(count),
        }, stop);

    /// <summary>A marketplace's disputes for its staff, by what is due first;
    /// an examiner's own wait for them.</summary>
    public Task<DisputePage> OfDesk(
        MarketplaceId marketplace, PersonId? examiner, ListFilter filter, string? after = null, int count = 50,
        CancellationToken stop = default) =>
        Page(OfPlatform, Mine(examiner), new(marketplace, filter, after)
        {
            Side = Codes.Of(Role.Operator), Examiner = examiner?.Value, ShowsExaminer = true, Count = Limit(count),
        }, stop);

    /// <summary>What nobody at the platform has taken yet and waits for it, by what is due first.</summary>
    public Task<DisputePage> Unassigned(
        MarketplaceId marketplace, string? after = null, int count = 50, CancellationToken stop = default) =>
        Page($"{OfPlatform} AND {Untaken}", "TRUE",
            new(marketplace, new(), after) { ShowsExaminer = true, Count = Limit(count) }, stop);

    public Task<ListCounts> CountsOfParty(
        MarketplaceId marketplace, Role side, IEnumerable<PartyId> parties, CancellationToken stop = default) =>
        Counts(side == Role.Buyer ? _ofBuyers : _ofSellers, WaitsForSide, new(marketplace, new(), null)
        {
            Side = Codes.Of(side), Parties = [.. parties.Select(party => party.Value)],
        }, stop);

    public Task<ListCounts> CountsOfDesk(
        MarketplaceId marketplace, PersonId? examiner, CancellationToken stop = default) => Counts(
        OfPlatform, Mine(examiner), new(marketplace, new(), null)
            { Side = Codes.Of(Role.Operator), Examiner = examiner?.Value }, stop);

    /// <summary>All disputes of one order, oldest first; for the platform's people alone.</summary>
    public ValueTask<List<(DisputeId Id, Stage Stage)>> OfOrder(OrderId order, CancellationToken stop = default)
    {
        return database.Read(
            "SELECT suffix, stage FROM dispute WHERE order_id = @order ORDER BY opened_at, suffix", All, stop,
            order.Value);

        List<(DisputeId, Stage)> All(DbDataReader rows)
        {
            var all = new List<(DisputeId, Stage)>();
            while (rows.Read())
                all.Add((new(order, rows.GetString(0)),
                    Codes.TryParse<Stage>(rows.GetString(1), out var stage) ? stage : default));
            return all;
        }
    }

    /// <summary>Disputes in which a breach was ruled on: of one party, or all of a marketplace.</summary>
    public async Task<IReadOnlyList<DisputeId>> WithMeasures(
        MarketplaceId marketplace, (Role Side, PartyId Party)? of, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var theirs = of is { Side: var side } ? $"AND {(side == Role.Buyer ? "buyer" : "seller")} = @party" : "";
        var rows = await connection.QueryAsync<(string Order, string Suffix)>(
            $"""
            SELECT DISTINCT dispute.order_id, dispute.suffix FROM event
            JOIN dispute ON dispute.order_id = event.order_id AND dispute.suffix = event.suffix
            WHERE event.kind = 'breach_ruled' AND marketplace = @marketplace {theirs}
            """, new { marketplace, party = of?.Party });
        return [.. rows.Select(row => new DisputeId(new(row.Order), row.Suffix))];
    }

    private const string Untaken =
        "examiner IS NULL AND (stage IN ('review', 'appeal', 'enforcement', 'reopening_requested') OR responsible IN "
            + "('examiner', 'operator'))";

    private string Changed(ListArguments arguments) => " AND last_at > @changed AND " + InSight(arguments, audience =>
        $"""
        EXISTS (SELECT 1 FROM event WHERE event.order_id = dispute.order_id AND event.suffix = dispute.suffix
            AND {audience} AND event.at > @changed)
        """);

    private static string Named(string name) =>
        $"(reference = @{name}_reference OR order_id = @{name}_order OR order_id || suffix = @{name}_text)";

    /// <summary>Each word in something that the reader may read; together they may stand in several.</summary>
    private string Found(ListArguments arguments)
    {
        if (arguments.Words.Count == 0) return Named("asked");
        var all = string.Join(" AND ", arguments.Words.Select((_, place) => Holds(place, arguments)));
        return $"({Named("asked")} OR {all})";
    }

    private string Holds(int place, ListArguments arguments) => InSight(arguments, audience =>
        $"""
        (order_id, suffix) IN (SELECT order_id, suffix FROM search
            WHERE {database.Dialect.HasWord($"@word{place}")} AND {audience})
        """);

    /// <summary>A condition on facts, by what its reader may read of a dispute.</summary>
    private string InSight(ListArguments arguments, Func<string, string> condition)
    {
        var readable = condition($"audience {database.Dialect.AnyOf("@audiences")}");
        if (arguments.Filter.Sight.Own.Count == 0) return readable;
        var own = $"(buyer {database.Dialect.AnyOf("@own")} OR seller {database.Dialect.AnyOf("@own")})";
        return $"({readable} AND NOT {own} OR {condition("audience = 'all'")})";
    }

    /// <summary>Whether a text is a place that a list of ours goes on from.</summary>
    public static bool IsCursor(string text) => ListPlace.Parse(text) is not null;

    private static string Mine(PersonId? examiner) =>
        examiner is null ? "responsible = @side" : "(examiner = @examiner AND responsible = 'examiner')";

    private static int Limit(int count) => Math.Clamp(count, 1, CountMax);

    private async Task<DisputePage> Page(string whose, string mine, ListArguments arguments, CancellationToken stop)
    {
        if (arguments.Filter.Query is { } query)
            arguments = arguments with { Words = _blind.Asked(arguments.Marketplace, query) };
        await using var connection = await database.Open(stop);
        var rows = (await connection.QueryAsync<StoredRow>(
            $"""
            SELECT order_id, suffix, marketplace, stage, buyer, seller, opener, reason, remedy, sought, currency,
                   responsible, awaited, met_by, due_at, examiner, opened_at, closed_at, place
            FROM dispute WHERE {whose}{Narrowed(mine, arguments)}
            ORDER BY place, order_id, suffix LIMIT @count + 1
            """, arguments.Values())).ToList();
        var shown = rows.Take(arguments.Count).Select(row => row.Row(arguments)).ToList();
        return new(shown, rows.Count > arguments.Count ? rows[arguments.Count - 1].After.ToString() : null);
    }

    private string Narrowed(string mine, ListArguments arguments) => string.Concat(
        arguments.Filter.Part switch
        {
            ListPart.All => "",
            ListPart.WaitsForMe => $" AND stage <> 'closed' AND {mine}",
            ListPart.WaitsForOthers => $" AND stage <> 'closed' AND NOT ({mine})",
            ListPart.Closed => " AND stage = 'closed'",
        },
        arguments.Filter.Stage is null ? "" : " AND stage = @stage",
        arguments.Filter.Reason is null ? "" : " AND reason = @reason",
        arguments.Filter.Order is null ? "" : $" AND {Named("named")}",
        arguments.Filter.Query is null ? "" : $" AND {Found(arguments)}",
        arguments.Filter.Changed is null ? "" : Changed(arguments),
        arguments.After is null ? "" : " AND (place, order_id, suffix) > (@place, @afterOrder, @afterSuffix)");

    private async Task<ListCounts> Counts(string whose, string mine, ListArguments arguments, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        var rows = await connection.QueryAsync<(bool Closed, bool Mine, bool Untaken, int Count)>(
            $"""
            SELECT stage = 'closed' AS closed, COALESCE({mine}, FALSE) AS mine, COALESCE({Untaken}, FALSE) AS untaken,
                   count(*)
            FROM dispute WHERE {whose} GROUP BY 1, 2, 3
            """, arguments.Values());
        var counts = new ListCounts(0, 0, 0, 0);
        foreach (var (closed, isMine, untaken, count) in rows)
            counts = new(
                counts.WaitsForMe + (!closed && isMine ? count : 0),
                counts.WaitsForOthers + (!closed && !isMine ? count : 0),
                counts.Closed + (closed ? count : 0),
                counts.Unassigned + (untaken ? count : 0));
        return counts;
    }
}
