using Dapper;

namespace Entente.Server.Storage;

/// <summary>Clears away uploads that no fact came to speak of: the sender turned back, or the power went.</summary>
public static class EvidenceSweep
{
    private static readonly Duration Patience = Duration.FromHours(24);
    private static readonly Duration LookedBack = Duration.FromDays(14);

    /// <summary>How many files were cleared away.</summary>
    public static async Task<int> Sweep(
        this EvidenceLocker locker, DisputeStore store, CancellationToken stop = default)
    {
        var before = locker.Database.Now() - Patience;
        await locker.ForgetIncoming(before, stop);
        await new EvidenceUploads(locker).ForgetBefore(before, stop);
        var swept = 0;
        foreach (var file in await Old(locker.Database, before, stop))
            if (!await IsSpokenOf(file, store, stop))
            {
                await locker.Forget(file, stop);
                swept++;
            }
        return swept;
    }

    private static async Task<IEnumerable<EvidenceFile>> Old(Database database, Instant before, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        var rows = await connection.QueryAsync<(
            string Order, string Suffix, string Exhibit, string Digest, string Type, long Bytes)>(
            "SELECT order_id, suffix, exhibit, digest, media_type, bytes FROM evidence_file WHERE uploaded_at < "
                + "@before AND uploaded_at >= @after",
            new { before, after = before - LookedBack });
        return rows.Select(row => new EvidenceFile(
            new(new(row.Order), row.Suffix), new(row.Exhibit), row.Digest, row.Type, row.Bytes)).ToList();
    }

    private static async Task<bool> IsSpokenOf(EvidenceFile file, DisputeStore store, CancellationToken stop)
    {
        try
        {
            return (await store.Read(file.Dispute, stop)).Dispute.Exhibits.Any(exhibit => exhibit.Id == file.Exhibit);
        }
        catch (DamagedDisputeException)
        {
            return true; // Nothing is cleared away from a dispute that cannot be read.
        }
    }
}
