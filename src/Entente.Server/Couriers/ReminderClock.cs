using System.Data.Common;

namespace Entente.Server.Couriers;

/// <summary>Looks every minute whether a due time has come near enough to remind somebody of it.</summary>
public sealed partial class ReminderClock(
    DueReminders reminders, Outbox outbox, TimeProvider time, ILogger<ReminderClock> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await reminders.Look(stoppingToken) > 0) outbox.Wake();
            }
            catch (Exception failure) when (failure is DbException or IOException or TimeoutException)
            {
                LogTrouble(failure);
            }
            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Due times cannot be read; reminders wait")]
    private partial void LogTrouble(Exception failure);
}
