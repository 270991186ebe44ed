using Dapper;
using Entente.Domain;
using Entente.Server.Storage;

namespace Entente.Server.Couriers;

/// <summary>A dispute whose time has come, and the try this is.</summary>
public sealed record DueDispute(DisputeId Dispute, Instant Due, int Attempts);

/// <summary>A dispute that the clock gave up on: somebody has to look.</summary>
public sealed record StuckDispute(DisputeId Dispute, Instant Due, int Attempts, string Error);

/// <summary>
/// Who is lapsing what at the moment. A lease is short and lies in a transaction of its own; nobody holds a lock while
/// the door is asked, and the dispute's version makes work done twice harmless.
/// </summary>
public sealed class DeadlineLeases(Database database)
{
    /// <summary>After that many failures a dispute is parked until somebody asks for another try.</summary>
    public const int TriesMax = 8;
    private const int ErrorMax = 500;
    private static readonly Duration Lease = Duration.FromMinutes(1);
    private static readonly Duration FirstPause = Duration.FromSeconds(5);

    private const string Due =
        """
        FROM dispute LEFT JOIN deadline_lease lease
          ON lease.order_id = dispute.order_id AND lease.suffix = dispute.suffix
        WHERE dispute.next_due IS NOT NULL AND COALESCE(lease.attempts, 0) < @TriesMax
        """;

    /// <summary>The instant due times are held against.</summary>
    public Instant Now() => database.Now();

    /// <summary>The earliest instant at which there is something to take; null when nothing runs.</summary>
    public async Task<Instant?> Next(CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        // Only what is leased is few; the index gives the first dispute that is not.
        var micros = await connection.ExecuteScalarAsync<long?>(
            $"""
            SELECT min(at) FROM (
                SELECT at FROM (SELECT dispute.next_due AS at {Due} AND lease.order_id IS NULL
                                ORDER BY dispute.next_due LIMIT 1) free
                UNION ALL
                SELECT CASE WHEN lease.lease_until > dispute.next_due THEN lease.lease_until ELSE dispute.next_due END
                {Due} AND lease.order_id IS NOT NULL) either
            """, new { TriesMax });
        return micros is { } at ? Micros.From(at) : null;
    }

    /// <summary>Leases what is due now, in due order.</summary>
    public Task<IReadOnlyList<DueDispute>> Take(int count, CancellationToken stop = default) =>
        database.Write<IReadOnlyList<DueDispute>>(
        async transaction =>
        {
            var (now, connection) = (database.Now(), transaction.Connection!);
            var leased = await connection.ExecuteScalarAsync<long>(
                "SELECT count(*) FROM deadline_lease", transaction: transaction);
            // As many more as may be leased are read off the index: by the join alone all that is due would be sorted.
            var rows = (await connection.QueryAsync<Row>(
                """
                SELECT due.order_id, due.suffix, due.next_due, COALESCE(lease.attempts, 0) AS attempts
                FROM (SELECT order_id, suffix, next_due FROM dispute WHERE next_due <= @now
                      ORDER BY next_due LIMIT @first) due
                LEFT JOIN deadline_lease lease ON lease.order_id = due.order_id AND lease.suffix = due.suffix
                WHERE COALESCE(lease.attempts, 0) < @TriesMax AND COALESCE(lease.lease_until, 0) <= @now
                ORDER BY due.next_due, due.order_id LIMIT @count
                """, new { TriesMax, now, count, first = count + leased }, transaction)).ToList();
            await Rows.Write(
                transaction, rows.Select(row => new object?[] { row.OrderId, row.Suffix, Micros.Of(now + Lease) }),
                taken => $"""
                    INSERT INTO deadline_lease (order_id, suffix, lease_until) {taken}
                    ON CONFLICT (order_id, suffix) DO UPDATE SET lease_until = excluded.lease_until
                    """);
            return [.. rows.Select(row => new DueDispute(row.Id, Micros.From(row.NextDue), row.Attempts))];
        }, stop);

    /// <summary>The disputes have moved on.</summary>
    public Task Done(IReadOnlyList<DueDispute> passed) => passed.Count == 0
        ? Task.CompletedTask
        : database.Write(transaction => Rows.Write(
            transaction, passed.Select(due => new object?[] { due.Dispute.Order.Value, due.Dispute.Suffix }),
            keys => $"DELETE FROM deadline_lease WHERE (order_id, suffix) IN ({keys})"));

    /// <summary>It failed: tried again after a pause that grows, and in the end not any more.</summary>
    public Task Failed(DueDispute due, string error) =>
        database.Write(transaction => transaction.Connection!.ExecuteAsync(
        """
        UPDATE deadline_lease SET attempts = @attempts, last_error = @error, lease_until = @until
        WHERE order_id = @Order AND suffix = @Suffix
        """,
        new
        {
            due.Dispute.Order,
            due.Dispute.Suffix,
            attempts = due.Attempts + 1,
            error = error.Length <= ErrorMax ? error : error[..ErrorMax],
            until = database.Now() + FirstPause * Math.Pow(2, due.Attempts),
        }, transaction));

    /// <summary>What was given up.</summary>
    public async Task<IReadOnlyList<StuckDispute>> Stuck(MarketplaceId marketplace, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var rows = await connection.QueryAsync<Row>(
            """
            SELECT dispute.order_id, dispute.suffix, dispute.next_due, lease.attempts, lease.last_error
            FROM deadline_lease lease
                JOIN dispute ON dispute.order_id = lease.order_id AND dispute.suffix = lease.suffix
            WHERE lease.attempts >= @TriesMax AND dispute.next_due IS NOT NULL AND dispute.marketplace = @marketplace
            ORDER BY dispute.next_due
            """, new { TriesMax, marketplace });
        return [.. rows.Select(row =>
            new StuckDispute(row.Id, Micros.From(row.NextDue), row.Attempts, row.LastError ?? ""))];
    }

    /// <summary>Somebody asks for another try; false when that dispute is not parked.</summary>
    public Task<bool> Retry(MarketplaceId marketplace, DisputeId dispute, CancellationToken stop = default) =>
        database.Write(
        async transaction => await transaction.Connection!.ExecuteAsync(
            """
            DELETE FROM deadline_lease WHERE order_id = @Order AND suffix = @Suffix AND attempts >= @TriesMax AND EXISTS
                (SELECT 1 FROM dispute WHERE order_id = @Order AND suffix = @Suffix AND marketplace = @marketplace)
            """, new { dispute.Order, dispute.Suffix, TriesMax, marketplace }, transaction) > 0,
        stop);

    private sealed class Row
    {
        public required string OrderId { get; init; }
        public required string Suffix { get; init; }
        public long NextDue { get; init; }
        public int Attempts { get; init; }
        public string? LastError { get; init; }

        public DisputeId Id => new(new(OrderId), Suffix);
    }
}
