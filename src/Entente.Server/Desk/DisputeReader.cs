using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Server.Storage;

namespace Entente.Server.Desk;

/// <summary>Reads a dispute as its reader may, as it stands at this instant: what is overdue has happened.</summary>
public sealed class DisputeReader(DisputeStore store, DisputeDesk desk, PolicyShelf policies)
{
    /// <summary>Null where the dispute does not exist for this caller; nothing
    /// tells it from one that never was.</summary>
    public async Task<DisputeView?> Read(Caller caller, DisputeId id, CancellationToken stop = default)
    {
        var (dispute, facts, texts) = await store.Whole(id, stop);
        if (caller.ViewerOf(dispute) is null) return null;
        if (dispute.NextDue <= store.Now(dispute) && await desk.Lapse(id, stop) is Reply.Done)
            (dispute, facts, texts) = await store.Whole(id, stop);
        if (caller.ViewerOf(dispute) is not { } viewer) return null;
        var policy = await policies.Find(dispute.Opening.Policy, stop);
        return DisputeView.For(dispute, facts, texts, viewer, store.Now(dispute), policy);
    }
}
