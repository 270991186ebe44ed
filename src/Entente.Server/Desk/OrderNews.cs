using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Storage;

namespace Entente.Server.Desk;

/// <summary>Tells an order's disputes that it was handed in anew; a dispute that knows it already adds
/// nothing.</summary>
public sealed class OrderNews(DisputeDesk desk, DisputeQueries queries, OrderBook orders)
{
    /// <summary>
    /// Unchanged orders too: whoever hands an order in again after a failure half-way reaches the disputes that were
    /// not told then.
    /// </summary>
    public async Task Spread(IEnumerable<ImportedOrder> taken, string principal, CancellationToken stop = default)
    {
        foreach (var known in taken.Where(order => order.Outcome != ImportOutcome.Added))
        {
            var disputes = await queries.OfOrder(known.Id, stop);
            if (disputes.Count == 0 || await orders.Find(known.Id, stop) is not { } stored) continue;
            foreach (var (dispute, _) in disputes)
                await desk.Ask(new(dispute, new TakeOrder(stored.Order), _ => Marketplace(principal), principal), stop);
        }
    }

    private static Actor Marketplace(string principal) => new(ActorKind.Marketplace, Role.Operator, principal);
}
