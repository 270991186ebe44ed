using System.Data.Common;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Couriers;
using Entente.Server.Desk;
using Entente.Server.Storage;

namespace Entente.Server.Evidence;

/// <summary>
/// Has every file scanned and looked at soon after it came in, a few at a time. Nothing waits for it: a file whose
/// scanner or worker fails stays closed to the other side and is tried again, and the dispute goes on.
/// </summary>
public sealed partial class EvidenceInspector(
    EvidenceStates states, EvidenceInspection inspection, EvidenceSettings settings, TimeProvider time,
    ILogger<EvidenceInspector> log) : BackgroundService
{
    private static readonly Duration PauseAfterTrouble = Duration.FromSeconds(5);
    private static readonly Duration LookAgain = Duration.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var arrivals = inspection.Arrivals;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await Round(stoppingToken) == 0)
                    await arrivals.Changed(await Next(stoppingToken), states.Now(), time, stoppingToken);
            }
            catch (Exception failure) when (failure is IOException or DbException)
            {
                LogTrouble(failure);
                await Task.Delay(PauseAfterTrouble.ToTimeSpan(), time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>Files come in by other nodes too, and by ways that tell
    /// nobody: a look now and then finds them.</summary>
    private async Task<Instant> Next(CancellationToken stop)
    {
        var soon = states.Now() + LookAgain;
        return await states.Next(stop) is { } next && next < soon ? next : soon;
    }

    /// <summary>Takes what waits now; how many it were.</summary>
    public async Task<int> Round(CancellationToken stop = default)
    {
        var work = await states.Take(settings.WorkersAtOnce, stop);
        await Task.WhenAll(work.Select(each => Inspect(each, stop)));
        return work.Count;
    }

    private async Task Inspect(EvidenceWork work, CancellationToken stop)
    {
        try
        {
            if (await inspection.Inspect(work, stop)) await states.Done(work);
            else await states.Later(work);
        }
        catch (Exception failure) when (failure is IOException or DbException or DamagedFileException)
        {
            LogTrouble(failure);
            await states.Later(work);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A file could not be looked at; trying again later")]
    private partial void LogTrouble(Exception failure);
}

/// <summary>
/// What happens to one file: scanned, closed away if something was found, made into something to look at.
/// </summary>
public sealed class EvidenceInspection(
    EvidenceLocker locker, EvidenceStates states, Workshop workshop, EvidenceSettings settings, InspectionNews news)
{
    /// <summary>After that many tries a file that kills its workers is left alone.</summary>
    private const int WorkTriesMax = 2;
    private readonly ClamAv? _scanner = settings.ClamAv is { Length: > 0 } address ? new(address) : null;

    internal ChangeFeed.Subscription Arrivals => news.Arrivals.Listen();

    /// <summary>Whether nothing is left to do.</summary>
    public async Task<bool> Inspect(EvidenceWork work, CancellationToken stop)
    {
        var scan = work.Scan == ScanState.Waiting ? await Scan(work, stop) : work.Scan;
        var look = work.Look;
        if (look == LookState.Waiting && scan != ScanState.Quarantined) look = await Look(work, stop);
        news.Changed.Publish(work.File.Dispute);
        var told = scan != ScanState.Quarantined || work.Told || await Tell(work, stop);
        return told && scan != ScanState.Waiting && (look != LookState.Waiting || scan == ScanState.Quarantined);
    }

    private async Task<ScanState> Scan(EvidenceWork work, CancellationToken stop)
    {
        var state = ScanState.NotScanned;
        string? threat = null;
        if (_scanner is not null)
        {
            await using var content = await locker.Open(work.File, stop);
            (var answer, threat) = await _scanner.Scan(content, stop);
            state = answer switch
            {
                ScanAnswer.Clean => ScanState.Clean,
                ScanAnswer.Found => ScanState.Quarantined,
                ScanAnswer.TooLarge => ScanState.NotScanned,
                ScanAnswer.Down => ScanState.Waiting,
            };
        }
        if (state != ScanState.Waiting) await states.Scanned(work, state, threat);
        return state;
    }

    private async Task<LookState> Look(EvidenceWork work, CancellationToken stop)
    {
        if (await states.Twin(work.File, stop) is var (same, known))
        {
            await states.Looked(work, same, known);
            return same;
        }
        var folder = Directory.CreateDirectory(locker.NewTemporary()).FullName;
        try
        {
            var file = Path.Combine(folder, "file");
            await using (var content = await locker.Open(work.File, stop))
            await using (var copy = File.Create(file)) await content.CopyToAsync(copy, stop);
            var (end, look) = await workshop.Make(file, folder, stop);
            if (look is null && end == WorkEnd.Crashed && work.Attempts + 1 < WorkTriesMax) return LookState.Waiting;
            foreach (var name in look?.Files ?? [])
                await locker.Shelf.Put(work.File.LookFolder + name, Path.Combine(folder, name), stop);
            var state = look is null ? LookState.Failed : look.Why is null ? LookState.Made : LookState.None;
            await states.Looked(work, state, look);
            return state;
        }
        finally
        {
            // A day-old one the sweeper has taken already, and a centre that stops may have lost its disk.
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The story of the dispute learns of it, as soon as the exhibit stands in it.</summary>
    private async Task<bool> Tell(EvidenceWork work, CancellationToken stop)
    {
        if (!await news.Quarantine(work.File.Dispute, work.File.Exhibit, stop)) return false;
        await states.Told(work);
        return true;
    }
}

/// <summary>How the inspector hears of new files, and how others hear of what it found.</summary>
public sealed class InspectionNews(ChangeFeed changed, DisputeDesk desk)
{
    /// <summary>Files that came in.</summary>
    public ChangeFeed Arrivals { get; } = new();

    /// <summary>Disputes whose pages have something new to show.</summary>
    public ChangeFeed Changed => changed;

    /// <summary>False where the exhibit does not stand in its dispute yet.</summary>
    public async Task<bool> Quarantine(DisputeId dispute, ExhibitId exhibit, CancellationToken stop)
    {
        var reply = await desk.Ask(
            new(dispute, new QuarantineEvidence(exhibit), _ => Actor.Rule("evidence.scan"), "scanner"), stop);
        return reply is Reply.Done;
    }
}
