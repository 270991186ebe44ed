using System.Data.Common;
using Entente.Domain;
using Entente.Server.Storage;

namespace Entente.Server.Nodes;

/// <summary>
/// Hears what other nodes changed, for the pages that are open on this one; nothing depends on its being heard.
/// </summary>
internal sealed partial class NodeNews(Database database, ChangeFeed feed, ILogger<NodeNews> log) : BackgroundService
{
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await database.Dialect.Listen(Heard, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is DbException or IOException or TimeoutException)
            {
                LogTrouble(failure); // Whoever listens is told to look once it is heard again.
                await Task.Delay(AfterTrouble, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Heard(DisputeId? dispute)
    {
        if (dispute is { } one) feed.Publish(one);
        else feed.PublishAll();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Other nodes are not heard; listening again")]
    private partial void LogTrouble(Exception failure);
}
