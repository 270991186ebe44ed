using Entente.Domain.Audiences;
using Entente.Domain.Policies;
using Entente.Server.Storage;

namespace Entente.Server.Evidence;

/// <summary>
/// Where files of people and programs come in: counted against limits, kept, and sent on to be looked at.
/// </summary>
public sealed class EvidenceIntake(EvidenceLocker locker, EvidenceUploads uploads, InspectionNews news)
{
    /// <summary>Takes a file as it streams in.</summary>
    public async Task<Keeping> Keep(
        DisputeView view, IncomingFile file, EvidenceRules rules, CancellationToken stop)
    {
        var arrival = Of(view, file.Name, file.Declared) with { Content = file.Content, Digest = file.Digest };
        return Told(view, await locker.Keep(arrival, rules, stop));
    }

    /// <summary>Takes a file that was sent in pieces before, with what it was called then.</summary>
    public async Task<(Keeping Kept, string Name)> KeepSent(
        DisputeView view, string caller, string id, string? digest, EvidenceRules rules, CancellationToken stop)
    {
        if (await uploads.Find(view.Id, caller, id, stop) is not { } upload)
            return (Keeping.Of(FileRefusal.UploadUnfinished), "");
        var arrival = Of(view, upload.Name, upload.Declared) with { Digest = digest };
        return (Told(view, await uploads.Keep(upload, arrival, rules, stop)), upload.Name);
    }

    /// <summary>Why a file of such a length would not be taken; null where it may be sent.</summary>
    public async Task<FileRefusal?> Objection(
        DisputeView view, string caller, long bytes, EvidenceRules rules, CancellationToken stop)
    {
        if (bytes == 0) return FileRefusal.FileIsEmpty;
        if (bytes > rules.FileBytesMax) return FileRefusal.FileIsTooLarge;
        var (promised, files) = await uploads.Promised(view.Id, caller, stop);
        return files >= EvidenceUploads.OpenMax || bytes > (await RoomLeft(view, stop)).Bytes - promised
            ? FileRefusal.QuotaReached
            : null;
    }

    /// <summary>What this reader can still add.</summary>
    public Task<EvidenceRoomLeft> RoomLeft(DisputeView view, CancellationToken stop) =>
        locker.Rows.RoomLeft(view.Id, view.Viewer.Role, view.Viewer.Marketplace, stop);

    /// <summary>Whether this reader's side has used up the number of its files.</summary>
    public static bool IsFull(DisputeView view, EvidenceRules rules) =>
        view.Exhibits.Count(exhibit => exhibit.From == view.Viewer.Role) >= rules.FilesPerPartyMax;

    private Keeping Told(DisputeView view, Keeping kept)
    {
        if (kept.Refusal is null) news.Arrivals.Publish(view.Id);
        return kept;
    }

    private static Arrival Of(DisputeView view, string name, string? declared) =>
        new(view.Id, Stream.Null, name, declared, view.Viewer.Role, view.Viewer.Marketplace);
}

/// <summary>A file as it streams in, with what its sender says of it.</summary>
/// <param name="Digest">What they say its SHA-256 is.</param>
public sealed record IncomingFile(string Name, string? Declared, Stream Content, string? Digest = null);
