using System.Data.Common;
using Dapper;
using Entente.Domain;

namespace Entente.Server.Storage;

/// <summary>A dispute's row, for verifying.</summary>
internal sealed class DisputeReading
{
    public string Suffix { get; init; } = "";
    public int Version { get; init; }
    public string Stage { get; init; } = "";
    public Instant? DueAt { get; init; }

    /// <summary>The version of the folded dispute that is kept beside it; null where there is none yet.</summary>
    public int? Kept { get; init; }
    public byte[] State { get; init; } = [];
    public int? Shape { get; init; }
    public byte[] Links { get; init; } = [];
}

/// <summary>Everything the store has of one order, as it stood at one moment.</summary>
internal sealed record OrderReading(
    OrderId Order,
    List<DisputeReading> Disputes,
    ILookup<string, StoredEvent> Events,
    ILookup<string, SealedText> Texts,
    List<EvidenceFile> Files,
    long? Promised,
    List<(string Suffix, int Line, int Units)> Held)
{
    public static async Task<OrderReading> Of(DbConnection connection, DbTransaction snapshot, OrderId order)
    {
        var disputes = await connection.QueryAsync<DisputeReading>(
            """
            SELECT dispute.suffix, dispute.version, stage, due_at, dispute.links, snapshot.version AS kept, state, shape
            FROM dispute LEFT JOIN snapshot
              ON snapshot.order_id = dispute.order_id AND snapshot.suffix = dispute.suffix
            WHERE dispute.order_id = @order
            """,
            new { order }, snapshot);
        var events = await connection.QueryAsync<EventOf>(
            "SELECT suffix, seq, audience, n, kind, bytes, link FROM event WHERE order_id = @order ORDER BY suffix, "
                + "seq", new { order }, snapshot);
        var texts = await connection.QueryAsync<(string Suffix, string Commitment, string Owner, byte[] Sealed)>(
            "SELECT suffix, commitment, owner, sealed FROM personal_text WHERE order_id = @order",
            new { order }, snapshot);
        var files =
            await connection.QueryAsync<(string Suffix, string Exhibit, string Digest, string Type, long Bytes)>(
            "SELECT suffix, exhibit, digest, media_type, bytes FROM evidence_file WHERE order_id = @order",
            new { order }, snapshot);
        var promised = await connection.QuerySingleOrDefaultAsync<long?>(
            "SELECT promised FROM order_head WHERE order_id = @order", new { order }, snapshot);
        var held = await connection.QueryAsync<(string, int, int)>(
            "SELECT suffix, line, units FROM held_units WHERE order_id = @order", new { order }, snapshot);
        return new(
            order,
            [.. disputes],
            events.ToLookup(row => row.Suffix, row => row.Event),
            texts.ToLookup(row => row.Suffix, row => new SealedText(row.Commitment, row.Owner, row.Sealed)),
            [.. files.Select(row =>
                new EvidenceFile(new(order, row.Suffix), new(row.Exhibit), row.Digest, row.Type, row.Bytes))],
            promised,
            [.. held]);
    }

    private sealed class EventOf
    {
        public string Suffix { get; init; } = "";
        public int Seq { get; init; }
        public string Audience { get; init; } = "";
        public int N { get; init; }
        public string Kind { get; init; } = "";
        public byte[] Bytes { get; init; } = [];
        public byte[] Link { get; init; } = [];

        public StoredEvent Event =>
            new() { Seq = Seq, Audience = Audience, N = N, Kind = Kind, Bytes = Bytes, Link = Link };
    }
}
