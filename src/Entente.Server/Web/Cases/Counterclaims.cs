using Entente.Domain;
using Entente.Server.Desk;
using Entente.Server.Storage;

namespace Entente.Server.Web.Cases;

/// <summary>
/// Finds what stands beside a dispute: the other side's claim on the same order, and what came before or after it about
/// the same lines. Each takes its own course, and each page leads to the others.
/// </summary>
public sealed class Counterclaims(DisputeStore store, DisputeQueries queries)
{
    /// <summary>Only what this caller may read exists for them; another seller's dispute never does.</summary>
    public async Task<IReadOnlyList<Beside>> Of(CaseFile file, Caller caller, CancellationToken stop)
    {
        var others = new List<Beside>();
        foreach (var (other, _) in await queries.OfOrder(file.View.Id.Order, stop))
        {
            if (other == file.View.Id) continue;
            var dispute = (await store.Read(other, stop)).Dispute;
            if (caller.ViewerOf(dispute) is null || dispute.Opening.Buyer != file.View.Buyer
                || dispute.Opening.Seller != file.View.Seller) continue;
            if (file.View.Earlier == other) others.Add(new(other, BesideAs.Earlier));
            else if (dispute.Opening.Earlier == file.View.Id) others.Add(new(other, BesideAs.Later));
            else if (dispute.Opener != file.View.Opener) others.Add(new(other, BesideAs.OtherClaim));
        }
        return others;
    }
}

/// <summary>A dispute beside another, and how the two belong together.</summary>
public sealed record Beside(DisputeId Id, BesideAs As);

/// <summary>How two disputes of an order belong together.</summary>
public enum BesideAs { OtherClaim, Earlier, Later }
