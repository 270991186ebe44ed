using System.Security.Cryptography;
using Dapper;
using Entente.Domain;
using Entente.Domain.Policies;

namespace Entente.Server.Storage;

/// <summary>Why a file is not taken.</summary>
public enum FileRefusal { FileIsEmpty, FileIsTooLarge, FileTypeNotAllowed, FileIsAnArchive }

/// <summary>What the locker says to a file: kept under a random address, or not and why.</summary>
/// <param name="MediaType">As found in the file itself.</param>
public sealed record Keeping(FileRefusal? Refusal, ExhibitId Exhibit, string Digest, string MediaType, long Bytes);

/// <summary>A file that is kept.</summary>
public sealed record EvidenceFile(DisputeId Dispute, ExhibitId Exhibit, string Digest, string MediaType, long Bytes);

/// <summary>A kept file is not what it was; nobody is shown it as if it were.</summary>
public sealed class DamagedFileException(EvidenceFile file)
    : Exception($"The file of exhibit {file.Exhibit} in dispute {file.Dispute} is missing or damaged.");

/// <summary>
/// Where the files of exhibits lie: in their dispute's own folder under their SHA-256, whole and on the disk before any
/// fact speaks of them. Equal files are kept once within a dispute and never shared between two.
/// </summary>
public sealed class EvidenceLocker(Database database)
{
    private const string Incoming = "incoming";
    private const int BufferBytes = 81_920;
    private const int ExhibitIdBytes = 16;
    private readonly string _root = Path.Combine(database.Folder, "evidence");

    /// <summary>Takes a file as it streams in, and stops at the first byte too many.</summary>
    public async Task<Keeping> Keep(
        DisputeId dispute, Stream upload, EvidenceRules rules, CancellationToken stop = default)
    {
        var temporary = Path.Combine(Directory.CreateDirectory(Path.Combine(_root, Incoming)).FullName,
            Guid.NewGuid().ToString("n"));
        try
        {
            var (digest, type, bytes) = await Receive(upload, temporary, rules.FileBytesMax, stop);
            if (Refusal(type, bytes, rules) is { } refusal) return new(refusal, default, digest, type, bytes);
            var file = new EvidenceFile(dispute, NewExhibit(), digest, type, bytes);
            Place(temporary, PathOf(file));
            await Note(file, stop);
            return new(null, file.Exhibit, digest, type, bytes);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>The file of an exhibit; null where there is none.</summary>
    public async Task<EvidenceFile?> Find(DisputeId dispute, ExhibitId exhibit, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var row = await connection.QuerySingleOrDefaultAsync<FileRow>(
            "SELECT digest, bytes, media_type FROM evidence_file WHERE order_id = @Order AND suffix = @Suffix AND "
                + "exhibit = @exhibit",
            new { dispute.Order, dispute.Suffix, exhibit });
        return row is null ? null : new(dispute, exhibit, row.Digest, row.MediaType, row.Bytes);
    }

    /// <summary>The file to read, after every byte of it has been held against its digest.</summary>
    public async Task<Stream> Open(EvidenceFile file, CancellationToken stop = default)
    {
        var path = PathOf(file);
        if (!File.Exists(path)) throw new DamagedFileException(file);
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes,
            FileOptions.SequentialScan);
        var digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, stop));
        if (digest != file.Digest)
        {
            await stream.DisposeAsync();
            throw new DamagedFileException(file);
        }
        stream.Position = 0;
        return stream;
    }

    internal Database Database => database;

    /// <summary>Clears away what stopped streaming in and was left behind.</summary>
    internal void ForgetIncoming(Instant before)
    {
        var incoming = new DirectoryInfo(Path.Combine(_root, Incoming));
        if (!incoming.Exists) return;
        foreach (var file in incoming.EnumerateFiles())
            if (Instant.FromDateTimeUtc(file.LastWriteTimeUtc) < before)
                file.Delete();
    }

    internal string PathOf(EvidenceFile file) =>
        Path.Combine(_root, file.Dispute.Order.Value[..2], file.Dispute.ToString(), file.Digest);

    private static async Task<(string Digest, string Type, long Bytes)> Receive(
        Stream upload, string path, long bytesMax, CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(
            path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var (buffer, head, bytes) = (new byte[BufferBytes], new MemoryStream(MediaTypes.HeadBytes), 0L);
        while (bytes <= bytesMax && await upload.ReadAsync(buffer, stop) is > 0 and var read)
        {
            bytes += read;
            hash.AppendData(buffer, 0, read);
            head.Write(buffer, 0, Math.Min(read, MediaTypes.HeadBytes - (int)head.Length));
            await file.WriteAsync(buffer.AsMemory(0, read), stop);
        }
        file.Flush(flushToDisk: true);
        return (Convert.ToHexStringLower(hash.GetHashAndReset()), MediaTypes.Of(head.ToArray()), bytes);
    }

    private static FileRefusal? Refusal(string type, long bytes, EvidenceRules rules) =>
        bytes == 0 ? FileRefusal.FileIsEmpty
        : bytes > rules.FileBytesMax ? FileRefusal.FileIsTooLarge
        : MediaTypes.IsArchive(type) ? FileRefusal.FileIsAnArchive
        : rules.Types.Contains(type) ? null
        : FileRefusal.FileTypeNotAllowed;

    private static ExhibitId NewExhibit() =>
        new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(ExhibitIdBytes)));

    private static void Place(string temporary, string path)
    {
        var folder = Directory.CreateDirectory(Path.GetDirectoryName(path)!).FullName;
        if (!File.Exists(path)) File.Move(temporary, path, overwrite: true);
        Durable.Folder(folder);
    }

    private Task Note(EvidenceFile file, CancellationToken stop) =>
        database.Write(transaction => transaction.Connection!.ExecuteAsync(
        """
        INSERT INTO evidence_file (order_id, suffix, exhibit, digest, bytes, media_type, uploaded_at)
        VALUES (@Order, @Suffix, @Exhibit, @Digest, @Bytes, @MediaType, @now)
        """,
        new { file.Dispute.Order, file.Dispute.Suffix, file.Exhibit, file.Digest, file.Bytes, file.MediaType,
            now = database.Now() },
        transaction), stop);

    private sealed class FileRow
    {
        public string Digest { get; init; } = "";
        public long Bytes { get; init; }
        public string MediaType { get; init; } = "";
    }
}
