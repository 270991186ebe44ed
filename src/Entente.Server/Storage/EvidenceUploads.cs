using System.Security.Cryptography;
using Dapper;
using Entente.Domain;
using Entente.Domain.Policies;

namespace Entente.Server.Storage;

/// <summary>A file that comes in pieces, as far as it has come. No exhibit is made of it before it is whole.</summary>
/// <param name="Bytes">How long it will be.</param>
/// <param name="Exhibit">What it became once it was whole and kept.</param>
/// <param name="Received">How much of it lies here; what a broken connection brought counts.</param>
public sealed record EvidenceUpload(
    string Id, DisputeId Dispute, string Name, string? Declared, long Bytes, Instant BegunAt, ExhibitId? Exhibit,
    long Received)
{
    public bool IsWhole => Received == Bytes;
}

/// <summary>
/// Files that come in pieces: each lies in this machine's incoming folder until it is whole, for a day at most. How
/// much has come is how long the file is, so nothing has to be told when the power goes.
/// </summary>
public sealed class EvidenceUploads(EvidenceLocker locker)
{
    public const int OpenMax = 20;
    private const int IdBytes = 16;
    private const int BufferBytes = 81_920;
    private static readonly Duration Patience = Duration.FromHours(24);

    /// <summary>When what has come is cleared away.</summary>
    public static Instant Expires(EvidenceUpload upload) => upload.BegunAt + Patience;

    public async Task<EvidenceUpload> Begin(
        DisputeId dispute, string caller, string name, string? declared, long bytes, CancellationToken stop)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        var upload = new EvidenceUpload(id, dispute, name, declared, bytes, locker.Database.Now(), null, 0);
        await File.Create(PathOf(id)).DisposeAsync();
        var row = new { id, dispute.Order, dispute.Suffix, caller, name, declared, bytes, now = upload.BegunAt };
        await locker.Database.Write(transaction => transaction.Connection!.ExecuteAsync(
            """
            INSERT INTO evidence_upload (upload, order_id, suffix, caller, name, declared, bytes, begun_at)
            VALUES (@id, @Order, @Suffix, @caller, @name, @declared, @bytes, @now)
            """, row, transaction), stop);
        return upload;
    }

    /// <summary>Null where this caller has begun no such upload, or where it is gone.</summary>
    public async Task<EvidenceUpload?> Find(DisputeId dispute, string caller, string id, CancellationToken stop)
    {
        await using var connection = await locker.Database.Open(stop);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            """
            SELECT name, declared, bytes, begun_at, exhibit FROM evidence_upload
            WHERE upload = @id AND order_id = @Order AND suffix = @Suffix AND caller = @caller AND begun_at > @after
            """, new { id, dispute.Order, dispute.Suffix, caller, after = locker.Database.Now() - Patience });
        if (row is null) return null;
        var (kept, file) = (row.Exhibit is { } exhibit ? new ExhibitId(exhibit) : (ExhibitId?)null,
            new FileInfo(PathOf(id)));
        if (kept is null && !file.Exists) return null;
        return new(id, dispute, row.Name, row.Declared, row.Bytes, Micros.From(row.BegunAt), kept,
            kept is null ? file.Length : row.Bytes);
    }

    /// <summary>How much a caller has begun to send into a dispute and not ended, and in how many files.</summary>
    public async Task<(long Bytes, long Files)> Promised(DisputeId dispute, string caller, CancellationToken stop)
    {
        await using var connection = await locker.Database.Open(stop);
        return await connection.QuerySingleAsync<(long, long)>(
            """
            SELECT CAST(COALESCE(sum(bytes), 0) AS bigint), count(*) FROM evidence_upload
            WHERE order_id = @Order AND suffix = @Suffix AND caller = @caller AND exhibit IS NULL AND begun_at > @after
            """, new { dispute.Order, dispute.Suffix, caller, after = locker.Database.Now() - Patience });
    }

    /// <summary>Writes on where the file ends; whatever arrives before a connection breaks stays.</summary>
    /// <returns>How much has come now; null where it does not end there, or where somebody else writes on it.</returns>
    public async Task<long?> Append(EvidenceUpload upload, long offset, Stream content, CancellationToken stop)
    {
        if (upload.Exhibit is not null || Locked(PathOf(upload.Id)) is not { } open) return null;
        await using var file = open;
        if (file.Length != offset) return null;
        file.Position = offset;
        var (buffer, at) = (new byte[BufferBytes], offset);
        while (at < upload.Bytes
            && await content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(BufferBytes, upload.Bytes - at)), stop)
                is > 0 and var read)
        {
            await file.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None);
            at += read;
        }
        file.Flush(flushToDisk: true);
        return at;
    }

    /// <summary>Makes an exhibit's file of it, once; asked again it is the same one.</summary>
    public async Task<Keeping> Keep(
        EvidenceUpload upload, Arrival arrival, EvidenceRules rules, CancellationToken stop)
    {
        if (upload.Exhibit is { } exhibit && await locker.Find(upload.Dispute, exhibit, stop) is { } known)
            return new(null, exhibit, known.Digest, known.MediaType, known.Bytes);
        if (!upload.IsWhole) return Keeping.Of(FileRefusal.UploadUnfinished);
        var kept = await locker.KeepWhole(arrival with { Upload = upload.Id }, PathOf(upload.Id), rules, stop);
        if (kept.Refusal is not (null or FileRefusal.UploadUnfinished or FileRefusal.QuotaReached))
            await Forget(upload, stop);
        return kept;
    }

    public async Task Forget(EvidenceUpload upload, CancellationToken stop)
    {
        await locker.Database.Write(transaction => transaction.Connection!.ExecuteAsync(
            "DELETE FROM evidence_upload WHERE upload = @Id", new { upload.Id }, transaction), stop);
        File.Delete(PathOf(upload.Id));
    }

    /// <summary>
    /// Forgets what was begun before an instant; the files go with all that came in and stayed.
    /// </summary>
    internal Task ForgetBefore(Instant before, CancellationToken stop) => locker.Database.Write(transaction =>
        transaction.Connection!.ExecuteAsync(
            "DELETE FROM evidence_upload WHERE begun_at < @before", new { before }, transaction), stop);

    private string PathOf(string id) => locker.IncomingPath($"{id}.part");

    /// <summary>One writes at a time, over all processes; null while another does, or where it is gone.</summary>
    private static FileStream? Locked(string path)
    {
        try
        {
            return new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException busy) when (StorageTroubles.Of(busy) is null)
        {
            return null;
        }
    }

    private sealed class Row
    {
        public string Name { get; init; } = "";
        public string? Declared { get; init; }
        public long Bytes { get; init; }
        public long BegunAt { get; init; }
        public string? Exhibit { get; init; }
    }
}
