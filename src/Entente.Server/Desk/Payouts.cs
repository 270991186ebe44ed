using Dapper;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Storage;

namespace Entente.Server.Desk;

/// <summary>What one dispute keeps back of what a seller would be paid for an order, in minor units.</summary>
public sealed record HeldAmount(DisputeId Dispute, PartyId Seller, long Amount);

/// <summary>What the marketplace asks before it pays a seller: what disputes keep back of an order.</summary>
public sealed class Payouts(Database database, DisputeStore store)
{
    /// <summary>Each open dispute of the order that keeps something back.</summary>
    public async Task<IReadOnlyList<HeldAmount>> HeldOf(OrderId order, CancellationToken stop = default)
    {
        var held = new List<HeldAmount>();
        foreach (var suffix in await Open(order, stop))
        {
            var dispute = (await store.Read(new(order, suffix), stop)).Dispute;
            if (KeptBack.Of(dispute) is > 0 and var amount)
                held.Add(new(dispute.Id, dispute.Opening.Seller, amount));
        }
        return held;
    }

    private async Task<IReadOnlyList<string>> Open(OrderId order, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        return [.. await connection.QueryAsync<string>(
            "SELECT suffix FROM dispute WHERE order_id = @order AND stage <> @closed ORDER BY suffix",
            new { order, closed = Codes.Of(Stage.Closed) })];
    }
}
