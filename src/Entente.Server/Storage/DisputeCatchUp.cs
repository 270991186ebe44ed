using System.Text.Json;
using Dapper;
using Entente.Domain;
using Entente.Domain.Disputes;

namespace Entente.Server.Storage;

/// <summary>
/// Brings a dispute to the version that stands: from what this node remembers, or from the state that is kept beside
/// it, or from nothing, by the facts that came after; each is verified against its chain.
/// </summary>
internal sealed class DisputeCatchUp(Database database, PersonKeys keys)
{
    private const string Events =
        """
        SELECT seq, audience, n, kind, bytes, link FROM event
        WHERE order_id = @Order AND suffix = @Suffix AND seq > @after AND seq <= @version ORDER BY seq
        """;

    public async Task<StoredDispute> From(
        StoredDispute? known, DisputeId id, int version, Links last, CancellationToken stop)
    {
        if (known is { } remembered && remembered.Dispute.Version < version)
        {
            try
            {
                return Fold(remembered, await Facts(remembered, version, last, stop), last);
            }
            catch (DamagedDisputeException)
            {
                // Another past than we remember, from a copy perhaps; or damage, and then it is found again.
            }
        }
        var start = await Kept(id, version, stop) ?? new(Dispute.Nothing(id), Links.None);
        return Fold(start, await Facts(start, version, last, stop), last);
    }

    public async Task<ValueList<Fact>> Facts(StoredDispute after, int version, Links last, CancellationToken stop)
    {
        if (after.Dispute.Version == version) return [];
        var id = after.Dispute.Id;
        List<StoredEvent> rows;
        await using (var connection = await database.Open(stop))
            rows = (await connection.QueryAsync<StoredEvent>(
                Events, new { id.Order, id.Suffix, after = after.Dispute.Version, version })).AsList();
        var mask = new StaffMask(await keys.IfMade(StaffMask.Owner, stop));
        return ChainReader.Facts(after, rows, last, mask);
    }

    public static StoredDispute Fold(StoredDispute start, ValueList<Fact> facts, Links last) =>
        new(facts.Aggregate(start.Dispute, (dispute, fact) => dispute.After(fact)), last);

    private async Task<StoredDispute?> Kept(DisputeId id, int version, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        var row = await connection.QuerySingleOrDefaultAsync<SnapshotRow>(
            """
            SELECT state, links FROM snapshot
            WHERE order_id = @Order AND suffix = @Suffix AND shape = @Shape AND version <= @version
            """, new { id.Order, id.Suffix, Dispute.Shape, version });
        if (row is null) return null;
        try
        {
            return new(EventCodec.ReadState(row.State), Links.From(row.Links));
        }
        catch (JsonException failure)
        {
            throw new DamagedDisputeException(id, "its state cannot be read", failure);
        }
    }

    private sealed class SnapshotRow
    {
        public byte[] State { get; init; } = [];
        public byte[] Links { get; init; } = [];
    }
}
