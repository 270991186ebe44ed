using System.Text.Json;
using Dapper;
using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;

namespace Entente.Server.Storage;

/// <summary>Where disputes are kept: their facts for ever, and beside them how they stand.</summary>
public sealed class DisputeStore(Database database, PersonKeys keys, ChangeFeed feed) : IDisposable
{
    private readonly CommitLane _lane = new(database);

    /// <summary>A dispute as it stands, or as not yet opened; throws for a damaged one.</summary>
    public async Task<StoredDispute> Read(DisputeId id, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            """
            SELECT version, state, shape, links,
                   (SELECT max(seq) FROM event WHERE order_id = dispute.order_id AND suffix = dispute.suffix) AS last_seq
            FROM dispute WHERE order_id = @Order AND suffix = @Suffix
            """, new { id.Order, id.Suffix });
        if (row is null) return new(Dispute.Nothing(id), Links.None);
        if (row.LastSeq != row.Version) throw new DamagedDisputeException(id, $"{row.Version} facts counted, {row.LastSeq} stored");
        return new(await Standing(id, row, stop), Links.From(row.Links));
    }

    /// <summary>The instant an attempt is judged by: one a read, never earlier than the last fact.</summary>
    public Instant Now(Dispute dispute) => Instant.Max(database.Now(), dispute.LastAt);

    /// <summary>Every fact in order, each verified against its chain; none for a dispute that does not exist.</summary>
    public async Task<ValueList<Fact>> History(DisputeId id, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        await using var snapshot = Dialect.BeginReading(connection);
        var links = await connection.QuerySingleOrDefaultAsync<byte[]>(
            "SELECT links FROM dispute WHERE order_id = @Order AND suffix = @Suffix", new { id.Order, id.Suffix }, snapshot);
        var rows = await connection.QueryAsync<StoredEvent>(
            "SELECT seq, audience, n, kind, bytes, link FROM event WHERE order_id = @Order AND suffix = @Suffix ORDER BY seq",
            new { id.Order, id.Suffix }, snapshot);
        return ChainReader.Facts(id, [.. rows], links is null ? Links.None : Links.From(links));
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
    public async Task<RecordedAnswer?> Answer(OrderId order, string caller, string key, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var row = await connection.QuerySingleOrDefaultAsync<AnswerRow>(
            "SELECT fingerprint, suffix, seq_from, seq_to FROM idempotency WHERE order_id = @order AND caller = @caller AND key = @key",
            new { order, caller, key });
        return row is null ? null : new(caller, key, row.Fingerprint, new(order, row.Suffix), row.SeqFrom, row.SeqTo);
    }

    /// <summary>Commits all of it or nothing; what comes back as done is durable.</summary>
    public async Task<AppendOutcome> Append(Append append, CancellationToken stop = default)
    {
        var owners = await keys.Of(append.Texts.Select(text => text.Owner), stop);
        var outcome = await _lane.Append(AppendRows.Of(append, owners));
        if (outcome == AppendOutcome.Done) feed.Publish(append.After.Id);
        return outcome;
    }

    private async Task<Dispute> Standing(DisputeId id, Row row, CancellationToken stop)
    {
        if (row.Shape != Dispute.Shape)
            return (await History(id, stop)).Aggregate(Dispute.Nothing(id), (dispute, fact) => dispute.After(fact));
        try
        {
            return EventCodec.ReadState(row.State);
        }
        catch (JsonException failure)
        {
            throw new DamagedDisputeException(id, "its state cannot be read", failure);
        }
    }

    public void Dispose() => _lane.Dispose();

    private sealed class Row
    {
        public int Version { get; init; }
        public byte[] State { get; init; } = [];
        public int Shape { get; init; }
        public byte[] Links { get; init; } = [];
        public int? LastSeq { get; init; }
    }

    private sealed class AnswerRow
    {
        public string Fingerprint { get; init; } = "";
        public string Suffix { get; init; } = "";
        public int SeqFrom { get; init; }
        public int SeqTo { get; init; }
    }
}
