using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Storage;

namespace Entente.Server.Desk;

/// <summary>
/// What measures keep parties from, read from the disputes they were taken in; it is stored nowhere else.
/// </summary>
public sealed class Restrictions(DisputeQueries queries, DisputeStore store, PolicyShelf policies)
{
    /// <summary>What keeps a party from opening disputes now; the longest where there are several.</summary>
    public async Task<Restriction?> On(
        MarketplaceId marketplace, Role side, PartyId party, Instant now, CancellationToken stop = default) =>
        (await Of(await queries.WithMeasures(marketplace, (side, party), stop), now, stop))
            .Where(kept => kept.Party == party && kept.Side == side)
            .Select(kept => kept.Restriction).MaxBy(restriction => restriction.Until);

    /// <summary>All that are in force in a marketplace, the newest first.</summary>
    public async Task<IReadOnlyList<Restricted>> All(
        MarketplaceId marketplace, Instant now, CancellationToken stop = default) =>
        [.. (await Of(await queries.WithMeasures(marketplace, null, stop), now, stop))
            .OrderByDescending(kept => kept.Restriction.Since)];

    private async Task<List<Restricted>> Of(IReadOnlyList<DisputeId> disputes, Instant now, CancellationToken stop)
    {
        var found = new List<Restricted>();
        foreach (var id in disputes)
        {
            var dispute = (await store.Read(id, stop)).Dispute;
            var policy = await policies.Find(dispute.Opening.Policy, stop);
            foreach (var side in (Role[])[Role.Buyer, Role.Seller])
                found.AddRange(Sanctioning.Restrictions(dispute, side, policy)
                    .Where(restriction => now < restriction.Until)
                    .Select(restriction => new Restricted(side, dispute.PartyOf(side), restriction)));
        }
        return found;
    }
}

/// <summary>A party that is kept from opening disputes, and by what.</summary>
public sealed record Restricted(Role Side, PartyId Party, Restriction Restriction);
