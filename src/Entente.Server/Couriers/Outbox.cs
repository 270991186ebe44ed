using System.Collections.Concurrent;
using System.Data.Common;
using Entente.Server.Nodes;
using Entente.Server.Storage;

namespace Entente.Server.Couriers;

/// <summary>
/// Hands every parcel to the courier of its kind, soon after the commit that it came with. What fails is tried again
/// and holds up only its own lane; what never gets through is parked where the operator sees it.
/// </summary>
public sealed partial class Outbox(
    Parcels parcels, IEnumerable<Courier> couriers, ChangeFeed feed, TimeProvider time, ILogger<Outbox> log)
        : BackgroundService
{
    private const int TogetherMax = 64;
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestTry = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);
    private readonly Dictionary<string, Courier> _couriers = couriers.ToDictionary(courier => courier.Kind);
    private readonly ChangeFeed.Subscription _changes = feed.Listen();
    private readonly HashSet<Task> _onTheWay = [];
    private readonly ConcurrentQueue<Parcel> _arrived = new();

    /// <summary>Looks again now.</summary>
    public void Wake() => _changes.Tell();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var next = await SendWhatWaits(stoppingToken);
                await _changes.Changed(next, parcels.Now(), time, stoppingToken);
                await Task.Delay(Gathering, stoppingToken); // What comes at the same time goes together.
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception failure) when (failure is DbException or IOException or TimeoutException)
            {
                // The database is away for a moment; parcels wait in it.
                LogTrouble(failure);
                await Task.Delay(AfterTrouble, time, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        await Task.WhenAll(_onTheWay);
        await NoteArrivals();
    }

    /// <summary>Sends as many as there is room for; gives the instant to look again at.</summary>
    private async Task<Instant?> SendWhatWaits(CancellationToken stop)
    {
        await NoteArrivals();
        _onTheWay.RemoveWhere(task => task.IsCompleted);
        var room = TogetherMax - _onTheWay.Count;
        if (room < TogetherMax / 2) return null; // To look for one takes as long as to look for many.
        if (!await parcels.IsAnyFree(stop)) return await parcels.Next(stop);
        foreach (var parcel in await parcels.Take(room, stop)) _onTheWay.Add(Send(parcel, stop));
        return null; // Whatever arrives or fails wakes us, and then we look for more.
    }

    private async Task Send(Parcel parcel, CancellationToken stop)
    {
        await Task.Yield();
        using var span = Telemetry.Span("deliver", parcel.Kind);
        try
        {
            await Deliver(parcel, stop);
            _arrived.Enqueue(parcel);
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            // Whatever a courier or the world did wrong, other parcels go on; this one waits its turn or is parked.
            await Failed(parcel, failure);
        }
        catch (OperationCanceledException)
        {
            // The centre stops; the lease runs out and another try is made after the next start.
        }
        finally
        {
            Wake();
        }
    }

    /// <summary>Whatever arrived meanwhile is noted in one commit; until then its lease holds it.</summary>
    private async Task NoteArrivals()
    {
        var arrived = _arrived.ToArray();
        if (arrived.Length == 0) return;
        await parcels.Delivered(arrived);
        foreach (var _ in arrived) _arrived.TryDequeue(out var _);
    }

    private async Task Deliver(Parcel parcel, CancellationToken stop)
    {
        if (!_couriers.TryGetValue(parcel.Kind, out var courier))
            throw new UndeliverableException($"Nobody carries parcels of kind '{parcel.Kind}'.");
        using var patience = new CancellationTokenSource(LongestTry, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        // One that does not listen is left behind after its time; a centre that stops leaves nobody behind at work.
        await courier.Deliver(parcel, either.Token).WaitAsync(patience.Token);
    }

    private async Task Failed(Parcel parcel, Exception failure)
    {
        LogFailed(parcel.Kind, parcel.Id, parcel.Attempts + 1, failure);
        try
        {
            await parcels.Failed(
                parcel, $"{failure.GetType().Name}: {failure.Message}", Random.Shared.NextDouble(),
                failure is UndeliverableException);
        }
        catch (DbException trouble)
        {
            // The lease runs out and the parcel is tried again.
            LogTrouble(trouble);
        }
    }

    public override void Dispose()
    {
        _changes.Dispose();
        base.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "A parcel of kind {Kind} did not get through: {Id} (try {Attempt})")]
    private partial void LogFailed(string kind, string id, int attempt, Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox cannot be read; trying again")]
    private partial void LogTrouble(Exception failure);
}
