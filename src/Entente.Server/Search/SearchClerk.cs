using System.Data.Common;

namespace Entente.Server.Search;

/// <summary>Keeps the index of words a second behind what is said, at an easy pace: nobody waits for it.</summary>
internal sealed partial class SearchClerk(SearchIndex index, TimeProvider time, ILogger<SearchClerk> log)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Pause;
            try
            {
                if (await index.Round(stoppingToken) > 0) pause = Breath;
            }
            catch (Exception failure) when (failure is DbException or IOException or TimeoutException)
            {
                LogTrouble(failure);
            }
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "New words cannot be taken into the search; trying again")]
    private partial void LogTrouble(Exception failure);
}
