using System.Data.Common;
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
        SELECT version, links,
               (SELECT max(seq) FROM event WHERE order_id = dispute.order_id AND suffix = dispute.suffix),
               {database.Dialect.Clock}, erasures
        FROM (SELECT 1 AS one) always LEFT JOIN dispute ON order_id = @order_id AND suffix = @suffix
        """;
    private const string AnswerSql =
        """
        SELECT fingerprint, suffix, seq_from, seq_to FROM idempotency
        WHERE order_id = @order_id AND caller = @caller AND key = @key
        """;
    private const string ErasuresSql =
        "SELECT erasures FROM dispute WHERE order_id = @order_id AND suffix = @suffix";
    private readonly CommitLane _lane = new(database.Dialect.Writer(), togetherMax);
    private readonly DisputeMemory _memory = new();
    private readonly DisputeCatchUp _catchUp = new(database, keys);

    /// <summary>A dispute as it stands, or as not yet opened; throws for a damaged one.</summary>
    public async Task<StoredDispute> Read(DisputeId id, CancellationToken stop = default)
    {
        if (await Standing(id, stop) is not { } row) return new(Dispute.Nothing(id), Links.None);
        var known = _memory.Find(id);
        if (known?.Dispute.Version == row.Version) return known;
        var stored = await _catchUp.From(known, id, row.Version, Links.From(row.Links), stop);
        _memory.Keep(stored);
        return stored;
    }

    /// <summary>Every dispute of an order, open or closed.</summary>
    public async Task<IReadOnlyList<DisputeId>> Of(OrderId order, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        return [.. (await connection.QueryAsync<string>(
            "SELECT suffix FROM dispute WHERE order_id = @order ORDER BY suffix", new { order }))
            .Select(suffix => new DisputeId(order, suffix))];
    }

    /// <summary>
    /// A dispute with its facts and the texts that can still be read, for whoever shows it; what this node has verified
    /// before is not verified again.
    /// </summary>
    public async Task<WholeDispute> Whole(DisputeId id, CancellationToken stop = default)
    {
        if (await Standing(id, stop) is not { } row) return new(Dispute.Nothing(id), [], TextBook.Empty);
        if (Known(id, row.Version, row.Erasures) is not { } known)
        {
            var facts = await History(id, stop);
            var dispute = facts.Aggregate(Dispute.Nothing(id), (folded, fact) => folded.After(fact));
            known = new(
                new(dispute, Links.From(row.Links)), facts, await SealedTexts(id, stop), row.Erasures);
            if (dispute.Version == row.Version) _memory.Keep(known);
        }
        return new(known.Stored.Dispute, known.Facts, await Opened(id, known.Texts, stop));
    }

    /// <summary>The same of a dispute that stood so a moment ago: read again only where this node forgot it.</summary>
    public async Task<WholeDispute> Whole(Dispute stood, CancellationToken stop = default) =>
        Known(stood.Id, stood.Version, await Erasures(stood.Id, stop)) is { } known
            ? new(known.Stored.Dispute, known.Facts, await Opened(stood.Id, known.Texts, stop))
            : await Whole(stood.Id, stop);

    /// <summary>What is remembered of this version, unless something of it has been erased since.</summary>
    private KnownHistory? Known(DisputeId id, int version, int erasures) =>
        _memory.FindHistory(id) is { } known && known.Stored.Dispute.Version == version && known.Erasures == erasures
            ? known
            : null;

    private ValueTask<int> Erasures(DisputeId id, CancellationToken stop) => database.Read(
        ErasuresSql, static row => row.Read() ? row.GetInt32(0) : 0, stop, id.Order.Value, id.Suffix);

    /// <summary>A dispute as this node last knew it, at once; null where it does not.</summary>
    internal Dispute? Remembered(DisputeId id) => _memory.Find(id)?.Dispute;

    /// <summary>The instant an attempt is judged by: one a read, never earlier than the last fact.</summary>
    public Instant Now(Dispute dispute) => Instant.Max(database.Now(), dispute.LastAt);

    /// <summary>Every fact in order, each verified against its chain; none for a dispute that does not exist.</summary>
    public async Task<ValueList<Fact>> History(DisputeId id, CancellationToken stop = default)
    {
        var (rows, links) = await Rows(id, stop);
        // Only now: whoever held one connection and waited for a second would starve all others.
        var mask = new StaffMask(await keys.IfMade(StaffMask.Owner, stop));
        return ChainReader.Facts(id, rows, links is null ? Links.None : Links.From(links), mask);
    }

    private async Task<(IReadOnlyList<StoredEvent> Rows, byte[]? Links)> Rows(DisputeId id, CancellationToken stop)
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
        return ([.. rows], links);
    }

    /// <summary>The personal texts of a dispute that can still be read.</summary>
    public async Task<TextBook> Texts(DisputeId id, CancellationToken stop = default) =>
        await Opened(id, await SealedTexts(id, stop), stop);

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
        _memory.Extend(rows);
        feed.Publish(append.After.Id);
        return outcome;
    }

    /// <summary>How far the dispute has come; null where nobody opened it.</summary>
    private async Task<Row?> Standing(DisputeId id, CancellationToken stop)
    {
        var (row, clock) = await database.Read(_readSql, Row.Of, stop, id.Order.Value, id.Suffix);
        if (clock is { } micros) database.Dialect.Hear(micros);
        return row is null || row.LastSeq == row.Version
            ? row
            : throw new DamagedDisputeException(id, $"{row.Version} facts counted, {row.LastSeq} stored");
    }

    private async Task<IReadOnlyList<SealedText>> SealedTexts(DisputeId id, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        var rows = await connection.QueryAsync<(string Commitment, string Owner, byte[] Sealed)>(
            "SELECT commitment, owner, sealed FROM personal_text WHERE order_id = @Order AND suffix = @Suffix",
            new { id.Order, id.Suffix });
        return [.. rows.Select(row => new SealedText(row.Commitment, row.Owner, row.Sealed))];
    }

    /// <summary>A destroyed key opens nothing, whatever was read before.</summary>
    private async Task<TextBook> Opened(DisputeId id, IReadOnlyList<SealedText> texts, CancellationToken stop)
    {
        var known = await keys.Of(texts.Select(text => text.Owner), stop);
        return new(SealedText.OpenAll(id, texts, known));
    }

    /// <summary>Nothing is written until what is given is disposed.</summary>
    internal IDisposable Hold() => _lane.Hold();

    public void Dispose() => _lane.Dispose();

    private sealed record Row(int Version, byte[] Links, int? LastSeq, int Erasures)
    {
        public static (Row? Row, long? Clock) Of(DbDataReader row)
        {
            row.Read();
            var standing = row.IsDBNull(0)
                ? null
                : new Row(
                    row.GetInt32(0), (byte[])row[1], row.IsDBNull(2) ? null : row.GetInt32(2), row.GetInt32(4));
            return (standing, row.IsDBNull(3) ? null : row.GetInt64(3));
        }
    }
}

/// <summary>A dispute as it stands, everything that happened in it, and what people wrote.</summary>
public sealed record WholeDispute(Dispute Dispute, ValueList<Fact> Facts, TextBook Texts);
