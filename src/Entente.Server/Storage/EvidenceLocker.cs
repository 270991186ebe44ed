using System.Buffers;
using System.Security.Cryptography;
using Entente.Domain;
using Entente.Domain.Policies;

namespace Entente.Server.Storage;

/// <summary>
/// Where the files of exhibits lie: in their dispute's own folder under their SHA-256, whole, read back and on the disk
/// before any fact or row speaks of them. Equal files are kept once within a dispute and never shared between two.
/// </summary>
public sealed class EvidenceLocker(Database database, BlobShelf? shelf = null, EvidenceQuotas? quotas = null)
{
    private const string Incoming = "incoming";
    private const int BufferBytes = 81_920;
    private const int ExhibitIdBytes = 16;
    private readonly string _root = Path.Combine(database.Folder, "evidence");

    internal Database Database => database;
    internal BlobShelf Shelf { get; } = shelf ?? new DiskShelf(Path.Combine(database.Folder, "evidence"));
    internal EvidenceRows Rows { get; } = new(database, quotas ?? new());

    /// <summary>Takes a file as it streams in, and stops at the first byte too many.</summary>
    public async Task<Keeping> Keep(Arrival arrival, EvidenceRules rules, CancellationToken stop = default)
    {
        var (room, temporary) = (await Room(arrival, stop), NewTemporary());
        try
        {
            var found = await Receive(arrival.Content, temporary, Math.Min(rules.FileBytesMax, room), stop);
            return Refusal(arrival, found, rules, room) is { } refusal
                ? found.No(refusal)
                : await Keep(arrival, temporary, found, stop);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Takes a file that lies whole in the incoming folder already, where it came in pieces.</summary>
    internal async Task<Keeping> KeepWhole(Arrival arrival, string path, EvidenceRules rules, CancellationToken stop)
    {
        var (room, found) = (await Room(arrival, stop), await Read(path, stop));
        return Refusal(arrival, found, rules, room) is { } refusal
            ? found.No(refusal)
            : await Keep(arrival, path, found, stop);
    }

    private async Task<long> Room(Arrival arrival, CancellationToken stop) =>
        (await Rows.RoomLeft(arrival.Dispute, arrival.From, arrival.Marketplace, stop)).Bytes;

    /// <summary>The file of an exhibit; null where there is none.</summary>
    public Task<EvidenceFile?> Find(DisputeId dispute, ExhibitId exhibit, CancellationToken stop = default) =>
        Rows.Find(dispute, exhibit, stop);

    /// <summary>The file to read, after every byte of it has been held against its digest.</summary>
    public async Task<Stream> Open(EvidenceFile file, CancellationToken stop = default)
    {
        if (await Shelf.Open(file.BlobKey, stop) is not { } stream) throw new DamagedFileException(file);
        if (!stream.CanSeek) stream = await OnDisk(stream, stop);
        if (await Digests.Of(stream, stop) != file.Digest)
        {
            await stream.DisposeAsync();
            throw new DamagedFileException(file);
        }
        stream.Position = 0;
        return stream;
    }

    /// <summary>
    /// An address of the store's own to fetch the file from for less than a minute; null where it lends none.
    /// </summary>
    public Task<Uri?> Lend(EvidenceFile file, string name, CancellationToken stop = default) =>
        Shelf.Lend(file.BlobKey, name, file.MediaType, stop);

    /// <summary>Lets a file go with all that was made of it, if nothing else of its dispute needs it.</summary>
    internal async Task Forget(EvidenceFile file, CancellationToken stop)
    {
        if (await Rows.Forget(file, stop) > 0) return;
        await Shelf.Delete(file.BlobKey, stop);
        await Shelf.DeleteAll(file.LookFolder, stop);
    }

    /// <summary>A path in the incoming folder that nothing uses yet.</summary>
    internal string NewTemporary() => IncomingPath(Guid.NewGuid().ToString("n"));

    internal string IncomingPath(string name) => Path.Combine(IncomingFolder().FullName, name);

    /// <summary>Clears away what stopped streaming in and was left behind, and blobs no row came to speak of.</summary>
    internal async Task ForgetIncoming(Instant before, CancellationToken stop)
    {
        foreach (var file in IncomingFolder().EnumerateFileSystemInfos())
        {
            if (Instant.FromDateTimeUtc(file.LastWriteTimeUtc) >= before) continue;
            if (file.Extension == PlacedMark && await File.ReadAllTextAsync(file.FullName, stop) is { Length: > 0 } key
                && !await Rows.IsKnown(key, stop))
                await Shelf.Delete(key, stop);
            if (file is DirectoryInfo folder) folder.Delete(recursive: true);
            else file.Delete();
        }
    }

    private const string PlacedMark = ".placed";

    private DirectoryInfo IncomingFolder() => Directory.CreateDirectory(Path.Combine(_root, Incoming));

    /// <summary>Lays a file on its shelf, and only then lets a row speak of it.</summary>
    private async Task<Keeping> Keep(Arrival arrival, string path, Found found, CancellationToken stop)
    {
        var file = new EvidenceFile(arrival.Dispute, NewExhibit(), found.Digest, found.Type, found.Bytes);
        var mark = NewTemporary() + PlacedMark;
        await File.WriteAllTextAsync(mark, file.BlobKey, stop);
        if (!await IsKeptAlready(file, stop)) await Shelf.Put(file.BlobKey, path, stop);
        var isNoted = await Rows.Note(file, arrival, stop);
        File.Delete(mark);
        return isNoted
            ? new(null, file.Exhibit, file.Digest, file.MediaType, file.Bytes)
            : found.No(FileRefusal.UploadUnfinished);
    }

    private sealed record Found(string Digest, string Type, long Bytes, byte[] Head)
    {
        public Keeping No(FileRefusal refusal) => new(refusal, default, Digest, Type, Bytes);
    }

    /// <summary>
    /// Writes while it hashes, and reads back what now lies there while the disk takes it: what came in is compared
    /// with it before anything speaks of it.
    /// </summary>
    private static async Task<Found> Receive(Stream upload, string path, long bytesMax, CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read,
            bufferSize: 0);
        var (buffer, bytes) = (ArrayPool<byte>.Shared.Rent(Digests.BufferBytes), 0L);
        try
        {
            while (bytes <= bytesMax && await upload.ReadAsync(
                buffer.AsMemory(0, (int)Math.Min(buffer.Length, bytesMax + 1 - bytes)), stop) is > 0 and var read)
            {
                bytes += read;
                var writing = file.WriteAsync(buffer.AsMemory(0, read), stop);
                hash.AppendData(buffer, 0, read);
                await writing;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        var flushing = Task.Run(() => file.Flush(flushToDisk: true), stop);
        var written = await Read(path, stop);
        await flushing;
        return Digests.Of(hash) == written.Digest && written.Bytes == bytes
            ? written
            : throw new IOException($"The disk did not keep what was written to {path}.");
    }

    private static async Task<Found> Read(string path, CancellationToken stop)
    {
        await using var written = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.SequentialScan);
        var head = new byte[MediaTypes.HeadBytes];
        var length = await written.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, stop);
        written.Position = 0;
        var digest = await Digests.Of(written, stop);
        return new(digest, MediaTypes.Of(head.AsSpan(0, length)), written.Length, head[..length]);
    }

    private static FileRefusal? Refusal(Arrival arrival, Found found, EvidenceRules rules, long room) =>
        found.Bytes == 0 ? FileRefusal.FileIsEmpty
        : found.Bytes > rules.FileBytesMax ? FileRefusal.FileIsTooLarge
        : found.Bytes > room ? FileRefusal.QuotaReached
        : arrival.Digest is { } said && said != found.Digest ? FileRefusal.DigestDiffers
        : MediaTypes.IsArchive(found.Type) ? FileRefusal.FileIsAnArchive
        : MediaTypes.IsMarkup(found.Type) ? FileRefusal.FileIsMarkup
        : found.Type == MediaTypes.OldOffice ? FileRefusal.FileIsOldOffice
        : FileNames.Mismatch(arrival.Name, arrival.Declared, found.Type) ? FileRefusal.FileIsNotWhatItSays
        : !MediaTypes.IsAllowed(found.Type, rules.Types) ? FileRefusal.FileTypeNotAllowed
        : PictureSize.IsBeyond(found.Type, found.Head) ? FileRefusal.FilePixelsImpossible
        : null;

    /// <summary>Whether the dispute holds the same file, whole; a damaged one is laid anew.</summary>
    private async Task<bool> IsKeptAlready(EvidenceFile file, CancellationToken stop)
    {
        if (!await Shelf.Has(file.BlobKey, stop)) return false;
        try
        {
            await (await Open(file, stop)).DisposeAsync();
            return true;
        }
        catch (DamagedFileException)
        {
            return false;
        }
    }

    /// <summary>A stream from elsewhere, on this machine's disk for as long as it is read.</summary>
    private async Task<Stream> OnDisk(Stream from, CancellationToken stop)
    {
        var copy = new FileStream(
            NewTemporary(), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferBytes,
                FileOptions.DeleteOnClose);
        await using (from) await from.CopyToAsync(copy, stop);
        copy.Position = 0;
        return copy;
    }

    private static ExhibitId NewExhibit() =>
        new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(ExhibitIdBytes)));
}
