using System.Data.Common;
using Entente.Domain;
using Entente.Server.Nodes;
using Entente.Server.Storage;

namespace Entente.Server.Couriers;

/// <summary>Asks the door to let pass what is overdue in a dispute; gives
/// the instant of what is due next in it.</summary>
public delegate Task<Instant?> LapseOverdue(DisputeId dispute, CancellationToken stop);

/// <summary>
/// Lets every due time pass at its instant. Sleeps until the next one or until something changes; any number of clocks
/// may run beside each other.
/// </summary>
public sealed partial class DeadlineClock(
    DeadlineLeases leases, LapseOverdue lapse, ChangeFeed feed, TimeProvider time, ILogger<DeadlineClock> log)
        : BackgroundService
{
    private const int TogetherMax = 64;
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);

    /// <summary>Told of a parked dispute that somebody wants tried again.</summary>
    private readonly ChangeFeed.Subscription _changes = feed.Listen();

    /// <summary>Looks again now.</summary>
    public void Wake() => _changes.Tell();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await PassWhatIsDue(stoppingToken) > 0) { }
                await _changes.Changed(await leases.Next(stoppingToken), leases.Now(), time, stoppingToken);
                await Task.Delay(Gathering, stoppingToken); // Many changes at the same time are one look.
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is DbException or IOException or TimeoutException)
            {
                // The database is away for a moment; due times wait in it.
                LogTrouble(failure);
                await Task.Delay(AfterTrouble, time, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<int> PassWhatIsDue(CancellationToken stop)
    {
        if (await leases.Next(stop) is not { } next || next > leases.Now()) return 0;
        var taken = await leases.Take(TogetherMax, stop);
        // Side by side, so that they are committed together; what is due later is taken after them.
        var passed = await Task.WhenAll(taken.Select(due => Task.Run(() => Pass(due, stop), CancellationToken.None)));
        await leases.Done([.. taken.Zip(passed).Where(pair => pair.Second).Select(pair => pair.First)]);
        return taken.Count;
    }

    private async Task<bool> Pass(DueDispute due, CancellationToken stop)
    {
        try
        {
            if (await lapse(due.Dispute, stop) <= due.Due)
                throw new InvalidOperationException("Its due time passed, and nothing came of it.");
            Telemetry.Passed(leases.Now() - due.Due);
            return true;
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            // Whatever is wrong with one dispute, the others' due times pass.
            LogStuck(due.Dispute, due.Attempts + 1, failure);
            await leases.Failed(due, $"{failure.GetType().Name}: {failure.Message}");
            return false;
        }
    }

    public override void Dispose()
    {
        _changes.Dispose();
        base.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Dispute {Dispute} did not lapse (try {Attempt})")]
    private partial void LogStuck(DisputeId dispute, int attempt, Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "Due times cannot be read; trying again")]
    private partial void LogTrouble(Exception failure);
}
