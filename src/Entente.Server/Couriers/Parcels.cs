using Dapper;
using Entente.Domain;
using Entente.Server.Storage;

namespace Entente.Server.Couriers;

/// <summary>A parcel that does not get through.</summary>
public sealed record HeldParcel(Parcel Parcel, Instant? ParkedAt, Instant NotBefore, string Error);

/// <summary>The parcels that wait in the database: who carries which, how
/// often it failed, and what was given up.</summary>
public sealed class Parcels(Database database)
{
    /// <summary>After that many failures, about two days, a parcel is parked
    /// until somebody asks for another try.</summary>
    public const int TriesMax = 15;

    /// <summary>After that many failures the operator is shown that a parcel is late.</summary>
    public const int LateAfter = 3;
    private const int ErrorMax = 500;
    private static readonly Duration Lease = Duration.FromMinutes(2);
    private static readonly Duration FirstPause = Duration.FromSeconds(10);
    private static readonly Duration LongestPause = Duration.FromHours(6);

    /// <summary>What may go next: nothing earlier of its lane waits.</summary>
    private const string IsFirst =
        """
        mine.parked_at IS NULL AND mine.id = (SELECT other.id FROM outbox other
            WHERE other.order_id = mine.order_id AND other.suffix = mine.suffix AND other.kind = mine.kind
              AND other.lane = mine.lane AND other.parked_at IS NULL
            ORDER BY other.seq, length(other.id), other.id LIMIT 1)
        """;

    private const string IsFree =
        $"mine.not_before <= @now AND COALESCE(mine.lease_until, 0) <= @now AND {IsFirst}";

    private const string Columns =
        "SELECT mine.order_id, mine.id, mine.suffix, mine.seq, mine.kind, mine.lane, mine.payload, mine.created_at, "
            + "mine.attempts, "
        + "mine.not_before, mine.parked_at, mine.last_error FROM outbox mine";

    /// <summary>From when on it may be taken.</summary>
    private const string Free =
        "CASE WHEN mine.lease_until > mine.not_before THEN mine.lease_until ELSE mine.not_before END";

    /// <summary>The instant waiting is counted by.</summary>
    public Instant Now() => database.Now();

    /// <summary>Whether there is something to take now.</summary>
    public ValueTask<bool> IsAnyFree(CancellationToken stop = default) =>
        database.Read(
            $"SELECT 1 FROM outbox mine WHERE {IsFree} LIMIT 1", static rows => rows.Read(), stop, Micros.Of(Now()));

    /// <summary>The earliest instant at which there is something to take; null when nothing waits.</summary>
    public async Task<Instant?> Next(CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var micros = await connection.ExecuteScalarAsync<long?>(
            $"SELECT min({Free}) FROM outbox mine WHERE {IsFirst}");
        return micros is { } at ? Micros.From(at) : null;
    }

    /// <summary>Leases what may go now: the first of each lane, the longest waiting before others.</summary>
    public Task<IReadOnlyList<Parcel>> Take(int count, CancellationToken stop = default) =>
        database.Write<IReadOnlyList<Parcel>>(
        async transaction =>
        {
            var now = database.Now();
            var rows = (await transaction.Connection!.QueryAsync<Row>(
                $"""
                {Columns}
                WHERE {IsFree}
                ORDER BY mine.not_before LIMIT @count
                {database.Dialect.TakenByNobody("mine")}
                """, new { now, count }, transaction)).ToList();
            await Rows.Write(
                transaction, rows.Select(row => new object?[] { row.OrderId, row.Id }),
                keys => $"UPDATE outbox SET lease_until = @until WHERE (order_id, id) IN ({keys})",
                new { until = now + Lease });
            return [.. rows.Select(row => row.Parcel)];
        }, stop);

    /// <summary>They arrived.</summary>
    public Task Delivered(IReadOnlyList<Parcel> arrived) => database.Write(transaction => Rows.Write(
        transaction, arrived.Select(parcel => new object?[] { parcel.Dispute.Order.Value, parcel.Id }),
        keys => $"DELETE FROM outbox WHERE (order_id, id) IN ({keys})"));

    /// <summary>Further parcels, all of them or none; those that are there already stay as they are.</summary>
    public Task Add(IReadOnlyList<Parcel> parts) => parts.Count == 0
        ? Task.CompletedTask
        : database.Write(transaction => Rows.Write(
            transaction,
            parts.Select(part => new object?[]
            {
                part.Dispute.Order, part.Id, part.Dispute.Suffix, part.Seq, part.Kind, part.Lane, part.Payload,
                part.CreatedAt, part.CreatedAt,
            }),
            rows => $"""
                INSERT INTO outbox (order_id, id, suffix, seq, kind, lane, payload, created_at, not_before) {rows}
                ON CONFLICT DO NOTHING
                """));

    /// <summary>It did not: another try after a pause, a little at random so that not all come at once.</summary>
    /// <param name="chance">Between 0 and 1.</param>
    /// <param name="forGood">Whether no other try is of any use.</param>
    public Task Failed(Parcel parcel, string error, double chance, bool forGood) => database.Write(transaction =>
    {
        var (now, attempts) = (database.Now(), parcel.Attempts + 1);
        return transaction.Connection!.ExecuteAsync(
            """
            UPDATE outbox SET attempts = @attempts, not_before = @notBefore, lease_until = NULL, last_error = @error,
                parked_at = @parkedAt
            WHERE order_id = @Order AND id = @Id
            """,
            new
            {
                parcel.Dispute.Order,
                parcel.Id,
                attempts,
                notBefore = Micros.Floor(now + Pause(parcel.Attempts) * (0.75 + chance / 2)),
                error = error.Length <= ErrorMax ? error : error[..ErrorMax],
                parkedAt = forGood || attempts >= TriesMax ? now : (Instant?)null,
            }, transaction);
    });

    /// <summary>What was given up, and what is late, of one marketplace.</summary>
    public async Task<IReadOnlyList<HeldParcel>> Held(MarketplaceId marketplace, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var rows = await connection.QueryAsync<Row>(
            $"""
            {Columns} JOIN dispute ON dispute.order_id = mine.order_id AND dispute.suffix = mine.suffix
            WHERE dispute.marketplace = @marketplace AND (mine.parked_at IS NOT NULL OR mine.attempts >= @LateAfter)
            ORDER BY mine.parked_at IS NULL, mine.created_at LIMIT 200
            """, new { marketplace, LateAfter });
        return [.. rows.Select(row => row.Held)];
    }

    /// <summary>How many wait, and since when the oldest does.</summary>
    public async Task<(int Count, Instant? Since)> Waiting(CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var (count, since) = await connection.QuerySingleAsync<(long, long?)>(
            "SELECT count(*), min(created_at) FROM outbox WHERE parked_at IS NULL");
        return ((int)count, since is { } at ? Micros.From(at) : null);
    }

    /// <summary>Somebody asks for another try, from the beginning; false when there is no such parcel to try.</summary>
    public Task<bool> Retry(MarketplaceId marketplace, OrderId order, string id, CancellationToken stop = default) =>
        database.Write(
        async transaction => await transaction.Connection!.ExecuteAsync(
            """
            UPDATE outbox SET attempts = 0, parked_at = NULL, lease_until = NULL, not_before = @now
            WHERE order_id = @order AND id = @id AND (parked_at IS NOT NULL OR attempts >= @LateAfter) AND EXISTS
                (SELECT 1 FROM dispute WHERE dispute.order_id = outbox.order_id AND dispute.suffix = outbox.suffix
                    AND marketplace = @marketplace)
            """, new { now = database.Now(), order, id, LateAfter, marketplace }, transaction) > 0,
        stop);

    private static Duration Pause(int failures) =>
        failures >= 10 ? LongestPause : Duration.Min(LongestPause, FirstPause * Math.Pow(3, failures));

    private sealed class Row
    {
        public required string OrderId { get; init; }
        public required string Id { get; init; }
        public required string Suffix { get; init; }
        public int Seq { get; init; }
        public required string Kind { get; init; }
        public required string Lane { get; init; }
        public required string Payload { get; init; }
        public long CreatedAt { get; init; }
        public int Attempts { get; init; }
        public long NotBefore { get; init; }
        public long? ParkedAt { get; init; }
        public string? LastError { get; init; }

        public Parcel Parcel =>
            new(new(new(OrderId), Suffix), Id, Seq, Kind, Lane, Payload, Micros.From(CreatedAt), Attempts);

        public HeldParcel Held => new(
            Parcel, ParkedAt is { } at ? Micros.From(at) : null, Micros.From(NotBefore), LastError ?? "");
    }
}
