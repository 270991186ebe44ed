using System.Data.Common;
using System.Text.Json;
using Dapper;
using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;

namespace Entente.Server.Storage;

/// <summary>Where disputes are kept: their facts for ever, and beside them how they stand.</summary>
public sealed class DisputeStore(Database database, PersonKeys keys, ChangeFeed feed, int togetherMax = 128)
    : IDisposable
{
    private readonly string _readSql =
        $"""
        SELECT version, CASE WHEN version = @known THEN NULL ELSE state END, shape, links,
               (SELECT max(seq) FROM event WHERE order_id = dispute.order_id AND suffix = dispute.suffix),
               {database.Dialect.Clock}
        FROM (SELECT 1 AS one) always LEFT JOIN dispute ON order_id = @order_id AND suffix = @suffix
        """;
    private const string AnswerSql =
        """
        SELECT fingerprint, suffix, seq_from, seq_to FROM idempotency
        WHERE order_id = @order_id AND caller = @caller AND key = @key
        """;
    private readonly CommitLane _lane = new(database.Dialect.Writer(), togetherMax);
    private readonly DisputeMemory _memory = new();

    /// <summary>A dispute as it stands, or as not yet opened; throws for a damaged one.</summary>
    public async Task<StoredDispute> Read(DisputeId id, CancellationToken stop = default)
    {
        var known = _memory.Find(id);
        var (row, clock) = await database.Read(
            _readSql, Row.Of, stop, known?.Dispute.Version ?? 0, id.Order.Value, id.Suffix);
        if (clock is { } micros) database.Dialect.Hear(micros);
        if (row is null) return new(Dispute.Nothing(id), Links.None);
        if (row.LastSeq != row.Version)
            throw new DamagedDisputeException(id, $"{row.Version} facts counted, {row.LastSeq} stored");
        if (row.State is null) return known!;
        var stored = new StoredDispute(await Standing(id, row, row.State, stop), Links.From(row.Links));
        _memory.Keep(stored);
        return stored;
    }

    /// <summary>The instant an attempt is judged by: one a read, never earlier than the last fact.</summary>
    public Instant Now(Dispute dispute) => Instant.Max(database.Now(), dispute.LastAt);

    /// <summary>Every fact in order, each verified against its chain; none for a dispute that does not exist.</summary>
    public async Task<ValueList<Fact>> History(DisputeId id, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        await using var snapshot = database.BeginReading(connection);
        var links = await connection.QuerySingleOrDefaultAsync<byte[]>(
            "SELECT links FROM dispute WHERE order_id = @Order AND suffix = @Suffix",
            new { id.Order, id.Suffix }, snapshot);
        var rows = await connection.QueryAsync<StoredEvent>(
            "SELECT seq, audience, n, kind, bytes, link FROM event WHERE order_id = @Order AND suffix = @Suffix ORDER "
                + "BY seq",
            new { id.Order, id.Suffix }, snapshot);
        var mask = new StaffMask(await keys.IfMade(StaffMask.Owner, stop));
        return ChainReader.Facts(id, [.. rows], links is null ? Links.None : Links.From(links), mask);
    }

    /// <summary>The personal texts of a dispute that can still be read.</summary>
    public async Task<TextBook> Texts(DisputeId id, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var rows = (await connection.QueryAsync<(string Commitment, string Owner, byte[] Sealed)>(
            "SELECT commitment, owner, sealed FROM personal_text WHERE order_id = @Order AND suffix = @Suffix",
            new { id.Order, id.Suffix })).ToList();
        var known = await keys.Of(rows.Select(row => row.Owner), stop);
        return new(rows.Where(row => known.ContainsKey(row.Owner)).ToDictionary(
            row => row.Commitment,
            row => new SealedText(row.Commitment, row.Owner, row.Sealed).Open(id, known[row.Owner]).Value));
    }

    /// <summary>The first answer under a caller's key, if there is one.</summary>
    public ValueTask<RecordedAnswer?> Answer(
        OrderId order, string caller, string key, CancellationToken stop = default)
    {
        return database.Read(AnswerSql, Recorded, stop, order.Value, caller, key);

        RecordedAnswer? Recorded(DbDataReader row) => row.Read()
            ? new(caller, key, row.GetString(0), new(order, row.GetString(1)), row.GetInt32(2), row.GetInt32(3))
            : null;
    }

    /// <summary>Commits all of it or nothing; what comes back as done is durable.</summary>
    public async Task<AppendOutcome> Append(Append append, CancellationToken stop = default)
    {
        var names = append.Facts.Any(StaffMask.Hides) ? new[] { StaffMask.Owner } : [];
        var owners = await keys.Of(append.Texts.Select(text => text.Owner).Concat(names), stop);
        var rows = AppendRows.Of(append, owners);
        var outcome = await _lane.Append(rows);
        if (outcome != AppendOutcome.Done) return outcome;
        _memory.Keep(rows.Stored);
        feed.Publish(append.After.Id);
        return outcome;
    }

    private async Task<Dispute> Standing(DisputeId id, Row row, byte[] state, CancellationToken stop)
    {
        if (row.Shape != Dispute.Shape)
            return (await History(id, stop)).Aggregate(Dispute.Nothing(id), (dispute, fact) => dispute.After(fact));
        try
        {
            return EventCodec.ReadState(state);
        }
        catch (JsonException failure)
        {
            throw new DamagedDisputeException(id, "its state cannot be read", failure);
        }
    }

    /// <summary>Nothing is written until what is given is disposed.</summary>
    internal IDisposable Hold() => _lane.Hold();

    public void Dispose() => _lane.Dispose();

    private sealed record Row(int Version, byte[]? State, int Shape, byte[] Links, int? LastSeq)
    {
        public static (Row? Row, long? Clock) Of(DbDataReader row)
        {
            row.Read();
            return (Standing(row), row.IsDBNull(5) ? null : row.GetInt64(5));
        }

        private static Row? Standing(DbDataReader row) => row.IsDBNull(0)
            ? null
            : new(row.GetInt32(0), row.IsDBNull(1) ? null : (byte[])row[1], row.GetInt32(2), (byte[])row[3],
                row.IsDBNull(4) ? null : row.GetInt32(4));
    }
}
