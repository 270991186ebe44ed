using System.Data.Common;

namespace Entente.Server.Storage;

/// <summary>Sweeps the locker now and then, for as long as the centre runs.</summary>
internal sealed partial class EvidenceSweeper(
    EvidenceLocker locker, DisputeStore store, TimeProvider time, ILogger<EvidenceSweeper> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(6);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                LogSwept(await locker.Sweep(store, stoppingToken));
            }
            catch (Exception failure) when (failure is IOException or DbException)
            {
                LogTrouble(failure); // The disk or the database is away for a moment; the next round clears it up.
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} uploads that no fact speaks of were cleared away")]
    private partial void LogSwept(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "The evidence locker cannot be swept; trying again later")]
    private partial void LogTrouble(Exception failure);
}
