using Dapper;
using Entente.Domain;

namespace Entente.Server.Storage;

/// <summary>What the database knows of files: which there are, and how much room they take.</summary>
public sealed class EvidenceRows(Database database, EvidenceQuotas quotas)
{
    /// <summary>The file of an exhibit; null where there is none.</summary>
    public async Task<EvidenceFile?> Find(DisputeId dispute, ExhibitId exhibit, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var row = await connection.QuerySingleOrDefaultAsync<FileRow>(
            """
            SELECT digest, bytes, media_type FROM evidence_file
            WHERE order_id = @Order AND suffix = @Suffix AND exhibit = @exhibit
            """, new { dispute.Order, dispute.Suffix, exhibit });
        return row is null ? null : new(dispute, exhibit, row.Digest, row.MediaType, row.Bytes);
    }

    /// <summary>What can still be added to a dispute by one side of it.</summary>
    public async Task<EvidenceRoomLeft> RoomLeft(
        DisputeId dispute, Role? from, MarketplaceId? marketplace, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var used = (await connection.QueryAsync<(string Side, long Bytes)>(
            """
            SELECT side, CAST(sum(bytes) AS bigint) FROM evidence_state
            WHERE order_id = @Order AND suffix = @Suffix GROUP BY side
            """, new { dispute.Order, dispute.Suffix })).ToDictionary(row => row.Side, row => row.Bytes);
        var all = marketplace is null || quotas.MarketplaceBytesMax == long.MaxValue
            ? 0
            : await connection.ExecuteScalarAsync<long>(
                "SELECT CAST(COALESCE(sum(bytes), 0) AS bigint) FROM evidence_room WHERE marketplace = @marketplace",
                    new { marketplace });
        return new(
            quotas.PartyBytesMax - used.GetValueOrDefault(SideOf(from)),
            quotas.DisputeBytesMax - used.Values.Sum(),
            quotas.MarketplaceBytesMax - all);
    }

    /// <summary>A file is whole on its shelf: from now on it exists, and waits to be looked at.</summary>
    /// <returns>False where the upload it came by became an exhibit meanwhile.</returns>
    internal Task<bool> Note(EvidenceFile file, Arrival arrival, CancellationToken stop) =>
        database.Write(async transaction =>
    {
        if (arrival.Upload is { } upload && await transaction.Connection!.ExecuteAsync(
            "UPDATE evidence_upload SET exhibit = @Exhibit WHERE upload = @upload AND exhibit IS NULL",
            new { file.Exhibit, upload }, transaction) == 0) return false;
        var row = new
        {
            file.Dispute.Order,
            file.Dispute.Suffix,
            file.Exhibit,
            file.Digest,
            file.Bytes,
            file.MediaType,
            side = SideOf(arrival.From),
            marketplace = arrival.Marketplace?.Value ?? "",
            now = database.Now(),
        };
        await transaction.Connection!.ExecuteAsync(
            """
            INSERT INTO evidence_file (order_id, suffix, exhibit, digest, bytes, media_type, uploaded_at)
            VALUES (@Order, @Suffix, @Exhibit, @Digest, @Bytes, @MediaType, @now);
            INSERT INTO evidence_state (order_id, suffix, exhibit, marketplace, side, bytes, scan, look, added_at,
                not_before)
            VALUES (@Order, @Suffix, @Exhibit, @marketplace, @side, @Bytes, 'waiting', 'waiting', @now, @now);
            INSERT INTO evidence_room (marketplace, bytes) VALUES (@marketplace, @Bytes)
            ON CONFLICT (marketplace) DO UPDATE SET bytes = evidence_room.bytes + excluded.bytes;
            """, row, transaction);
        return true;
    }, stop);

    /// <summary>Lets an exhibit's rows go; how many others of its dispute still need the same file.</summary>
    internal Task<long> Forget(EvidenceFile file, CancellationToken stop) => database.Write(async transaction =>
    {
        var key = new { file.Dispute.Order, file.Dispute.Suffix, file.Exhibit, file.Digest };
        await transaction.Connection!.ExecuteAsync(
            """
            UPDATE evidence_room SET bytes = bytes - COALESCE((SELECT bytes FROM evidence_state state
                WHERE state.order_id = @Order AND state.suffix = @Suffix AND state.exhibit = @Exhibit), 0)
            WHERE marketplace = (SELECT marketplace FROM evidence_state state
                WHERE state.order_id = @Order AND state.suffix = @Suffix AND state.exhibit = @Exhibit);
            DELETE FROM evidence_likeness WHERE order_id = @Order AND suffix = @Suffix AND exhibit = @Exhibit;
            DELETE FROM evidence_state WHERE order_id = @Order AND suffix = @Suffix AND exhibit = @Exhibit;
            DELETE FROM evidence_file WHERE order_id = @Order AND suffix = @Suffix AND exhibit = @Exhibit;
            """, key, transaction);
        return await transaction.Connection!.ExecuteScalarAsync<long>(
            "SELECT count(*) FROM evidence_file WHERE order_id = @Order AND suffix = @Suffix AND digest = @Digest",
            key, transaction);
    }, stop);

    /// <summary>Whether any row speaks of a blob.</summary>
    internal async Task<bool> IsKnown(string blobKey, CancellationToken stop)
    {
        if (blobKey.Split('/') is not [_, var dispute, var digest] || !DisputeId.TryParse(dispute,
            out var id)) return true;
        await using var connection = await database.Open(stop);
        return await connection.ExecuteScalarAsync<long>(
            "SELECT count(*) FROM evidence_file WHERE order_id = @Order AND suffix = @Suffix AND digest = @digest",
            new { id.Order, id.Suffix, digest }) > 0;
    }

    private static string SideOf(Role? role) => role is { } side ? Codes.Of(side.IsStaff() ? Role.Examiner : side) : "";

    private sealed class FileRow
    {
        public string Digest { get; init; } = "";
        public long Bytes { get; init; }
        public string MediaType { get; init; } = "";
    }
}
