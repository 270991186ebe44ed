using Entente.Domain;
using Entente.Server.Desk;
using Entente.Server.Storage;

namespace Entente.Server.Web.Cases;

/// <summary>
/// Finds the claim of the other side on the same order: each takes its own course, and each page leads to the other.
/// </summary>
public sealed class Counterclaims(DisputeStore store, DisputeQueries queries)
{
    /// <summary>Only what this caller may read exists for them; another seller's dispute never does.</summary>
    public async Task<IReadOnlyList<DisputeId>> Of(CaseFile file, Caller caller, CancellationToken stop)
    {
        var others = new List<DisputeId>();
        foreach (var (other, _) in await queries.OfOrder(file.View.Id.Order, stop))
        {
            if (other == file.View.Id) continue;
            var dispute = (await store.Read(other, stop)).Dispute;
            if (dispute.Opening.Buyer == file.View.Buyer && dispute.Opening.Seller == file.View.Seller
                && dispute.Opener != file.View.Opener && caller.ViewerOf(dispute) is not null) others.Add(other);
        }
        return others;
    }
}
