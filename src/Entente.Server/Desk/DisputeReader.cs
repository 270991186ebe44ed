using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
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
        return await For(caller, new(dispute, facts, texts), stop);
    }

    /// <summary>
    /// As little of it as asking something of it needs, none of which ever changes; null where it does not exist for
    /// this caller, which the door finds out once more.
    /// </summary>
    public async Task<DisputeOutline?> Outline(Caller caller, DisputeId id, CancellationToken stop = default) =>
        (store.Remembered(id) ?? (await store.Read(id, stop)).Dispute) is var dispute
            && caller.ViewerOf(dispute) is not null
            ? new(id, dispute.Opening.Buyer, dispute.Opening.Seller, dispute.Currency)
            : null;

    /// <summary>Reads a dispute right after it came to stand so.</summary>
    public async Task<DisputeView?> Read(Caller caller, Dispute stands, CancellationToken stop = default) =>
        await For(caller, await store.Whole(stands, stop), stop);

    private async Task<DisputeView?> For(Caller caller, WholeDispute whole, CancellationToken stop)
    {
        var (dispute, facts, texts) = whole;
        if (caller.ViewerOf(dispute) is not { } viewer) return null;
        var policy = await policies.Find(dispute.Opening.Policy, stop);
        return DisputeView.For(dispute, facts, texts, viewer, store.Now(dispute), policy);
    }
}

/// <summary>Between whom a dispute is, and in which currency.</summary>
public sealed record DisputeOutline(DisputeId Id, PartyId Buyer, PartyId Seller, string Currency);
