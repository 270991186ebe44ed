using Entente.Domain.Audiences;
using Entente.Domain.Policies;
using Entente.Server.Storage;

namespace Entente.Server.Evidence;

/// <summary>
/// Where files of people and programs come in: counted against limits, kept, and sent on to be looked at.
/// </summary>
public sealed class EvidenceIntake(EvidenceLocker locker, InspectionNews news)
{
    public async Task<Keeping> Keep(
        DisputeView view, Stream content, string name, string? declared, EvidenceRules rules, CancellationToken stop)
    {
        var kept = await locker.Keep(Of(view, name, declared) with { Content = content }, rules, stop);
        if (kept.Refusal is null) news.Arrivals.Publish(view.Id);
        return kept;
    }

    /// <summary>What this reader can still add.</summary>
    public Task<EvidenceRoomLeft> RoomLeft(DisputeView view, CancellationToken stop) =>
        locker.Rows.RoomLeft(view.Id, view.Viewer.Role, view.Viewer.Marketplace, stop);

    /// <summary>Whether this reader's side has used up the number of its files.</summary>
    public static bool IsFull(DisputeView view, EvidenceRules rules) =>
        view.Exhibits.Count(exhibit => exhibit.From == view.Viewer.Role) >= rules.FilesPerPartyMax;

    private static Arrival Of(DisputeView view, string name, string? declared) =>
        new(view.Id, Stream.Null, name, declared, view.Viewer.Role, view.Viewer.Marketplace);
}
