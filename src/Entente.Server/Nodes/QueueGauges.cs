using System.Data.Common;
using Dapper;
using Entente.Server.Storage;

namespace Entente.Server.Nodes;

/// <summary>How much waits in the database, and for how long; read now and then for a collector.</summary>
internal sealed record Queues
{
    public long Outbox { get; init; }
    public long? OutboxSince { get; init; }
    public long Parked { get; init; }
    public long Due { get; init; }
    public long? DueSince { get; init; }
    public long Search { get; init; }
    public long Files { get; init; }
    public long Refunds { get; init; }
    public long Now { get; set; }
}

/// <summary>Reads the queues' lengths while somebody collects them.</summary>
internal sealed partial class QueueGauges(Database database, TimeProvider time, ILogger<QueueGauges> log)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private const string Sql =
        """
        SELECT (SELECT count(*) FROM outbox WHERE parked_at IS NULL) AS outbox,
               (SELECT min(created_at) FROM outbox WHERE parked_at IS NULL) AS outbox_since,
               (SELECT count(*) FROM outbox WHERE parked_at IS NOT NULL) AS parked,
               (SELECT count(*) FROM dispute WHERE next_due <= @now) AS due,
               (SELECT min(next_due) FROM dispute WHERE next_due <= @now) AS due_since,
               (SELECT count(*) FROM search_due) AS search,
               (SELECT count(*) FROM evidence_state WHERE scan = 'waiting' OR look = 'waiting') AS files,
               (SELECT count(*) FROM refund WHERE next_at IS NOT NULL) AS refunds
        """;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                Telemetry.Queues = await Read(stoppingToken);
            }
            catch (Exception failure) when (failure is DbException or IOException or TimeoutException)
            {
                Telemetry.Queues = null; // Better no figure than an old one.
                LogTrouble(failure);
            }
            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<Queues> Read(CancellationToken stop)
    {
        var now = Micros.Of(database.Now());
        await using var connection = await database.Open(stop);
        var queues = await connection.QuerySingleAsync<Queues>(Sql, new { now });
        queues.Now = now;
        return queues;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The queues cannot be counted; trying again")]
    private partial void LogTrouble(Exception failure);
}
