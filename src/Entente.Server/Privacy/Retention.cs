using System.Data.Common;
using Dapper;
using Entente.Domain;
using Entente.Server.Storage;

namespace Entente.Server.Privacy;

/// <summary>
/// Erases what both sides wrote and showed in disputes that were closed long enough ago. What is held or not yet final
/// waits for the next round.
/// </summary>
public sealed partial class Retention(
    Database database, Erasure erasure, Ages ages, TimeProvider time, ILogger<Retention> log)
    : BackgroundService
{
    private const int TogetherMax = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromHours(6);

    /// <summary>How many disputes were emptied.</summary>
    public async Task<int> Round(CancellationToken stop = default)
    {
        if (await ages.Youngest(stop) is not { } youngest) return 0;
        var emptied = 0;
        var (before, after) = (database.Now() - youngest, Micros.From(0));
        // Some stay as they are, held or not yet final; they stand in nobody's way.
        while (await Old(after, before, stop) is { Count: > 0 } old)
        {
            foreach (var (dispute, _) in old)
                if (await IsEmptied(dispute, stop)) emptied++;
            if (old.Count < TogetherMax) break;
            after = old[^1].ClosedAt;
        }
        return emptied;
    }

    private async Task<bool> IsEmptied(DisputeId dispute, CancellationToken stop)
    {
        try
        {
            return await ages.Of(dispute, stop) <= database.Now()
                && await erasure.Of(dispute, stop) is { IsDone: true, Texts: > 0 };
        }
        catch (DamagedDisputeException damaged)
        {
            LogTrouble(damaged);
            return false;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await Round(stoppingToken) is > 0 and var emptied) LogEmptied(emptied);
            }
            catch (Exception failure) when (failure is DbException or IOException)
            {
                LogTrouble(failure); // The next round tries again; nothing is lost by waiting.
            }
        }
    }

    /// <summary>Only what still holds texts of people.</summary>
    private async Task<List<(DisputeId Dispute, Instant ClosedAt)>> Old(
        Instant after, Instant before, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        var rows = await connection.QueryAsync<(string Order, string Suffix, long ClosedAt)>(
            """
            SELECT order_id, suffix, closed_at FROM dispute
            WHERE stage = 'closed' AND closed_at > @after AND closed_at < @before AND EXISTS
                (SELECT 1 FROM personal_text text WHERE text.order_id = dispute.order_id
                    AND text.suffix = dispute.suffix AND text.owner <> @platform)
            ORDER BY closed_at LIMIT @TogetherMax
            """,
            new { after, before, platform = PersonalText.Platform, TogetherMax });
        return [.. rows.Select(row => (new DisputeId(new(row.Order), row.Suffix), Micros.From(row.ClosedAt)))];
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "What people wrote in {Count} old disputes was erased")]
    private partial void LogEmptied(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Old disputes cannot be erased; trying again later")]
    private partial void LogTrouble(Exception failure);
}
