using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Storage;

namespace Entente.Server.Desk;

/// <summary>
/// What whoever opens a dispute brings along: closed ones of the same order, and what keeps them from opening.
/// </summary>
public sealed class Antecedents(
    Database database, DisputeStore store, DisputeQueries queries, Restrictions restrictions)
{
    /// <summary>As the house puts it together, for whoever builds a door by hand.</summary>
    public static Antecedents From(Database database, DisputeStore store, PolicyShelf policies) =>
        new(database, store, new(database), new(new(database), store, policies));

    public Instant Now => database.Now();

    public async Task<OrderHead> Of(
        OrderHead head, MarketplaceId marketplace, Role opener, PartyId party, CancellationToken stop = default)
    {
        var earlier = new List<EarlierDispute>();
        foreach (var (id, stage) in await queries.OfOrder(head.Order.Id, stop))
            if (stage == Stage.Closed && (await store.Read(id, stop)).Dispute is { ClosedAt: { } closed } dispute)
                earlier.Add(new(id, dispute.Opener, dispute.Opening.Seller,
                    [.. dispute.Opening.Items.Select(item => item.Line).Distinct()], dispute.Promised, closed));
        return head with
        {
            Earlier = earlier.ToValueList(),
            Restriction = await restrictions.On(marketplace, opener, party, Now, stop),
        };
    }
}
