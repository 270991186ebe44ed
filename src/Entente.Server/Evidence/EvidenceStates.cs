using Dapper;
using Entente.Domain;
using Entente.Server.Storage;

namespace Entente.Server.Evidence;

/// <summary>What the scanner says of a file. One that does not answer says nothing, and never "clean".</summary>
public enum ScanState { Waiting, Clean, Quarantined, NotScanned }

/// <summary>How far looking at a file has come.</summary>
public enum LookState { Waiting, Made, None, Failed }

/// <summary>How a file stands.</summary>
/// <param name="Look">What was made of it; null until then.</param>
public sealed record EvidenceState(
    ExhibitId Exhibit, ScanState Scan, string? Threat, LookState State, Look? Look, Instant AddedAt);

/// <summary>A file to scan or look at, and the try this is.</summary>
public sealed record EvidenceWork(
    EvidenceFile File, MarketplaceId Marketplace, ScanState Scan, LookState Look, bool Told, int Attempts);

/// <summary>
/// The rows of what was scanned and looked at, and who is at it: leases are short and in their own transaction.
/// </summary>
public sealed class EvidenceStates(Database database)
{
    private const string Waiting = "(scan = 'waiting' OR look = 'waiting' OR scan = 'quarantined' AND told = 0)";
    private static readonly Duration Lease = Duration.FromMinutes(2);
    private static readonly Duration LongestPause = Duration.FromMinutes(5);

    /// <summary>How one file stands; null where there is none.</summary>
    public async Task<EvidenceState?> Of(DisputeId dispute, ExhibitId exhibit, CancellationToken stop = default) =>
        (await Of(dispute, [exhibit], stop)).GetValueOrDefault(exhibit);

    /// <summary>How some files of a dispute stand.</summary>
    public async Task<IReadOnlyDictionary<ExhibitId, EvidenceState>> Of(
        DisputeId dispute, IEnumerable<ExhibitId> exhibits, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var rows = await connection.QueryAsync<Row>(
            $"""
            SELECT exhibit, scan, threat, look, body, added_at FROM evidence_state
            WHERE order_id = @Order AND suffix = @Suffix AND exhibit {database.Dialect.AnyOf("@exhibits")}
            """, new { dispute.Order, dispute.Suffix, exhibits = exhibits.Select(exhibit => exhibit.Value).ToArray() });
        return rows.Select(row => row.State).ToDictionary(state => state.Exhibit);
    }

    /// <summary>Leases what waits: what came in last first, for somebody is looking at the page now.</summary>
    public Task<IReadOnlyList<EvidenceWork>> Take(int count, CancellationToken stop = default) =>
        database.Write<IReadOnlyList<EvidenceWork>>(async transaction =>
        {
            var now = database.Now();
            var rows = (await transaction.Connection!.QueryAsync<WorkRow>(
                $"""
                SELECT state.order_id, state.suffix, state.exhibit, state.marketplace, state.scan, state.look,
                    state.told,
                       state.attempts, file.digest, file.media_type, file.bytes
                FROM evidence_state state JOIN evidence_file file ON file.order_id = state.order_id
                    AND file.suffix = state.suffix AND file.exhibit = state.exhibit
                WHERE {Waiting} AND state.not_before <= @now AND state.lease_until <= @now
                ORDER BY state.attempts, state.added_at DESC LIMIT @count
                """, new { now, count }, transaction)).ToList();
            foreach (var row in rows)
                await Set(transaction, row.Work.File, "lease_until = @until", new { until = now + Lease });
            return [.. rows.Select(row => row.Work)];
        }, stop);

    public Instant Now() => database.Now();

    /// <summary>The earliest instant at which there is something to take; null when nothing waits.</summary>
    public async Task<Instant?> Next(CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var micros = await connection.ExecuteScalarAsync<long?>(
            $"""
            SELECT min(CASE WHEN not_before > lease_until THEN not_before ELSE lease_until END)
            FROM evidence_state WHERE {Waiting}
            """);
        return micros is { } at ? Micros.From(at) : null;
    }

    /// <summary>What was made of the same file under another exhibit of the dispute; null for nothing yet.</summary>
    public async Task<(LookState State, Look Look)?> Twin(EvidenceFile file, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var row = await connection.QueryFirstOrDefaultAsync<Row>(
            """
            SELECT state.exhibit, state.scan, state.threat, state.look, state.body, state.added_at
            FROM evidence_state state JOIN evidence_file twin ON twin.order_id = state.order_id
                AND twin.suffix = state.suffix AND twin.exhibit = state.exhibit
            WHERE state.order_id = @Order AND state.suffix = @Suffix AND twin.digest = @Digest
                AND state.look IN ('made', 'none') AND state.body IS NOT NULL LIMIT 1
            """, new { file.Dispute.Order, file.Dispute.Suffix, file.Digest });
        return row?.State is { Look: { } look } state ? (state.State, look) : null;
    }

    public Task Scanned(EvidenceWork work, ScanState state, string? threat) => database.Write(transaction =>
        Set(transaction, work.File, state == ScanState.Quarantined
            ? "scan = @scan, threat = @threat, look = 'none', body = NULL"
            : "scan = @scan", new { scan = Codes.Of(state), threat }));

    public Task Looked(EvidenceWork work, LookState state, Look? look) => database.Write(async transaction =>
    {
        await Set(transaction, work.File, "look = @look, body = @body", new { look = Codes.Of(state),
            body = look?.Write() });
        if (look?.Likeness is { } likeness) await Likenesses.Note(transaction, work, likeness);
    });

    public Task Told(EvidenceWork work) => database.Write(transaction => Set(transaction, work.File, "told = 1",
        new { }));

    /// <summary>What is still to do is tried again after a pause that grows; nothing is ever given up.</summary>
    public Task Later(EvidenceWork work) => database.Write(transaction => Set(transaction, work.File,
        "attempts = attempts + 1, not_before = @at, lease_until = 0",
        new { at = database.Now() + Duration.Min(LongestPause, Duration.FromSeconds(Math.Pow(2,
            Math.Min(work.Attempts, 10)))) }));

    public Task Done(EvidenceWork work) =>
        database.Write(transaction => Set(transaction, work.File, "lease_until = 0, attempts = 0", new { }));

    private static Task Set(System.Data.Common.DbTransaction transaction, EvidenceFile file, string what, object values)
    {
        var given = new DynamicParameters(values);
        given.AddDynamicParams(new { file.Dispute.Order, file.Dispute.Suffix, file.Exhibit });
        return transaction.Connection!.ExecuteAsync(
            $"UPDATE evidence_state SET {what} WHERE order_id = @Order AND suffix = @Suffix AND exhibit = @Exhibit",
            given, transaction);
    }

    private class Row
    {
        public string Exhibit { get; init; } = "";
        public string Scan { get; init; } = "";
        public string? Threat { get; init; }
        public string Look { get; init; } = "";
        public string? Body { get; init; }
        public long AddedAt { get; init; }

        public EvidenceState State => new(
            new(Exhibit), Parsed<ScanState>(Scan), Threat, Parsed<LookState>(Look),
            Body is null ? null : Evidence.Look.Read(Body), Micros.From(AddedAt));

        protected static T Parsed<T>(string code) where T : struct, Enum =>
            Codes.TryParse<T>(code, out var value) ? value
                : throw new InvalidDataException($"No {typeof(T).Name} is {code}.");
    }

    private sealed class WorkRow : Row
    {
        public string OrderId { get; init; } = "";
        public string Suffix { get; init; } = "";
        public string Marketplace { get; init; } = "";
        public long Told { get; init; }
        public int Attempts { get; init; }
        public string Digest { get; init; } = "";
        public string MediaType { get; init; } = "";
        public long Bytes { get; init; }

        public EvidenceWork Work => new(
            new(new(new(OrderId), Suffix), new(Exhibit), Digest, MediaType, Bytes), new(Marketplace),
            Parsed<ScanState>(Scan), Parsed<LookState>(Look), Told != 0, Attempts);
    }
}
