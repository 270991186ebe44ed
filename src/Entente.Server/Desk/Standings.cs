using Dapper;
using Entente.Domain;
using Entente.Domain.Reputation;
using Entente.Server.Storage;

namespace Entente.Server.Desk;

/// <summary>Computes standing anew from the facts of disputes each time it
/// is asked for; it is stored nowhere.</summary>
public sealed class Standings(Database database, DisputeStore store)
{
    /// <summary>How far back standing looks: a party's newest disputes.</summary>
    public const int DisputesMax = 1000;

    public async Task<ValueList<StandingEntry>> OfDispute(
        DisputeId dispute, Role side, CancellationToken stop = default) =>
        [.. StandingEntries.Of(dispute, await store.History(dispute, stop)).Where(entry => entry.Side == side)];

    public async Task<SellerStanding> OfSeller(PartyId seller, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var orders = await connection.ExecuteScalarAsync<int>(
            "SELECT count(*) FROM order_seller WHERE seller = @seller", new { seller });
        return new(orders, await Entries("seller", Role.Seller, seller, stop));
    }

    public async Task<BuyerStanding> OfBuyer(PartyId buyer, CancellationToken stop = default) =>
        new(await Entries("buyer", Role.Buyer, buyer, stop));

    private async Task<ValueList<StandingEntry>> Entries(
        string column, Role side, PartyId party, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        var rows = await connection.QueryAsync<(string Order, string Suffix)>(
            $"""
            SELECT order_id, suffix FROM dispute WHERE {column} = @party
            ORDER BY opened_at DESC, order_id, suffix LIMIT {DisputesMax}
            """, new { party });
        var entries = new List<StandingEntry>();
        foreach (var (order, suffix) in rows) entries.AddRange(await OfDispute(new(new(order), suffix), side, stop));
        return entries.ToValueList();
    }
}
