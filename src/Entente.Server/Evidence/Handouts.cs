using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Server.Storage;

namespace Entente.Server.Evidence;

/// <summary>What of an exhibit's file a reader may have at this moment.</summary>
public enum Handing
{
    /// <summary>Pictures, text and the copy that was made anew.</summary>
    Open,
    /// <summary>Scanned or looked at first; a moment's patience.</summary>
    BeingChecked,
    /// <summary>Pictures only: the scanner has said nothing yet, and they were made anew.</summary>
    PicturesOnly,
    /// <summary>Something dangerous was found in it.</summary>
    Quarantined,
    /// <summary>
    /// Nothing could be made of it that hides nothing; only its uploader and the platform have the file.
    /// </summary>
    Withheld,
}

/// <summary>An exhibit with what may be shown of its file to one reader.</summary>
/// <param name="Look">What was made of it, as far as this reader may have it.</param>
/// <param name="MayHaveOriginal">Whether the file itself is this reader's: it is their own, or they have recorded
/// why they open it.</param>
public sealed record Handout(
    ExhibitView Exhibit, Handing Handing, ScanState Scan, Look? Look, bool MayHaveOriginal, EvidenceFile? File);

/// <summary>
/// Decides what of a file goes to whom. The uploader has the file; everybody else what was made of it: pictures,
/// text, a
/// copy with nothing hidden in it. Only here; pages, API and bundle ask.
/// </summary>
public sealed class Handouts(EvidenceStates states, EvidenceLocker locker, EvidenceSettings settings)
{
    /// <summary>Null where the exhibit does not exist for this reader, or was taken back.</summary>
    public async Task<Handout?> Of(DisputeView view, ExhibitId id, CancellationToken stop = default)
    {
        if (view.Exhibit(id) is not { MayOpen: true } exhibit) return null;
        return Of(view, exhibit, await states.Of(view.Id, id, stop), await locker.Find(view.Id, id, stop));
    }

    /// <summary>Some exhibits of the view, in its order; without the files themselves.</summary>
    public async Task<IReadOnlyList<Handout>> Several(
        DisputeView view, IReadOnlyList<ExhibitView> exhibits, CancellationToken stop = default)
    {
        var known = await states.Of(view.Id, exhibits.Select(exhibit => exhibit.Id), stop);
        return [.. exhibits.Select(exhibit => Of(view, exhibit, known.GetValueOrDefault(exhibit.Id), null))];
    }

    /// <summary>A file of a look; null where it is not this reader's to see.</summary>
    public async Task<Stream?> Open(Handout handout, string name, CancellationToken stop = default)
    {
        if (handout.File is null || handout.Look is not { } look || !look.Files.Contains(name)) return null;
        if (handout.Handing == Handing.PicturesOnly && !name.EndsWith(".jpg", StringComparison.Ordinal)) return null;
        return await locker.Shelf.Open(handout.File.LookFolder + name, stop);
    }

    private Handout Of(DisputeView view, ExhibitView exhibit, EvidenceState? state, EvidenceFile? file)
    {
        var (own, staff) = (IsOwn(view, exhibit), view.Viewer.Role.IsStaff());
        var handing = HandingOf(exhibit, state, own || staff);
        var look = handing is Handing.Quarantined or Handing.BeingChecked ? null : state?.Look;
        return new(
            exhibit, handing, state?.Scan ?? ScanState.Waiting, own || staff ? look : look?.ForOthers(),
            handing != Handing.Quarantined && (own || exhibit.IsOriginalOpen), file);
    }

    private Handing HandingOf(ExhibitView exhibit, EvidenceState? state, bool isTrusted)
    {
        if (exhibit.Quarantined || state?.Scan == ScanState.Quarantined) return Handing.Quarantined;
        if (state is null or { State: LookState.Waiting }) return Handing.BeingChecked;
        if (state.Look is not { } look || look.Copy is null && look.Pages.Count == 0) return Handing.Withheld;
        if (isTrusted || state.Scan == ScanState.Clean) return Handing.Open;
        var unscanned = look.Pages.Count > 0 ? Handing.PicturesOnly : Handing.BeingChecked;
        return state.Scan == ScanState.NotScanned ? HasScanner ? unscanned : Handing.Open
            : locker.Database.Now() - state.AddedAt < Duration.FromTimeSpan(settings.ScanPatience)
                ? Handing.BeingChecked
            : unscanned;
    }

    private bool HasScanner => !string.IsNullOrEmpty(settings.ClamAv);

    private static bool IsOwn(DisputeView view, ExhibitView exhibit) =>
        exhibit.From == view.Viewer.Role || exhibit.From.IsStaff() && view.Viewer.Role.IsStaff();
}
