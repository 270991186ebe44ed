using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Storage;

namespace Entente.Server.Desk;

/// <summary>What one dispute keeps back of what a seller would be paid for an order, in minor units.</summary>
public sealed record HeldAmount(DisputeId Dispute, PartyId Seller, long Amount);

/// <summary>What the marketplace asks before it pays a seller: what disputes keep back of an order.</summary>
public sealed class Payouts(DisputeStore store)
{
    /// <summary>Each dispute of the order that keeps something back.</summary>
    public async Task<IReadOnlyList<HeldAmount>> HeldOf(OrderId order, CancellationToken stop = default)
    {
        var held = new List<HeldAmount>();
        foreach (var id in await store.Of(order, stop))
        {
            var dispute = (await store.Read(id, stop)).Dispute;
            if (KeptBack.Of(dispute) is > 0 and var amount) held.Add(new(id, dispute.Opening.Seller, amount));
        }
        return held;
    }
}
