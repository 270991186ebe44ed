using System.Data.Common;
using Entente.Server.Couriers;
using Entente.Server.Storage;

namespace Entente.Server.Payments;

/// <summary>
/// Has providers give back what was written ahead: asks first whether they know it already, commits that it is handed
/// over, only then calls, and books what they say. Any number of couriers may run beside each other.
/// </summary>
public sealed partial class RefundCourier(
    Cashier cashier, RefundErrands errands, ChangeFeed feed, TimeProvider time, ILogger<RefundCourier> log)
        : BackgroundService
{
    private const int TogetherMax = 64;
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);
    private readonly ChangeFeed.Subscription _changes = feed.Listen();

    /// <summary>Looks again now.</summary>
    public void Wake() => _changes.Tell();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var next = await cashier.Next(stoppingToken);
                if (next <= cashier.Now() && await Round(stoppingToken) > 0) continue;
                await _changes.Changed(next, cashier.Now(), time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is DbException or IOException or MoneyMovedException)
            {
                // The database is away, or somebody was faster: leases run out and another round is made.
                LogTrouble(failure);
                await Task.Delay(AfterTrouble, time, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>One round over what is due; how many were in hand.</summary>
    public async Task<int> Round(CancellationToken stop = default)
    {
        var taken = await cashier.Take(TogetherMax, stop);
        if (taken.Count > 0) await errands.Run(taken, stop);
        return taken.Count;
    }

    public override void Dispose()
    {
        _changes.Dispose();
        base.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Refunds cannot be carried on now; trying again")]
    private partial void LogTrouble(Exception failure);
}
