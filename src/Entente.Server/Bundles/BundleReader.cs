using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Entente.Server.Bundles;

/// <summary>
/// Reads a bundle from its first byte to its last, and believes no header that is not the only possible one.
/// </summary>
internal sealed class BundleReader(Stream stream, long heldMax)
{
    private readonly List<StoredZip.Entry> _entries = [];
    private long _offset;
    private long _held;

    /// <summary>The whole of the next file, which must be this one and no larger.</summary>
    public async Task<byte[]> Whole(string path, long bytesMax, CancellationToken stop)
    {
        var (crc, bytes) = await Header(path, stop);
        if (bytes > bytesMax) throw new BundleFaultException(BundleFault.TooLarge, path);
        var content = await Exactly(Hold(bytes, path), path, stop);
        Close(path, crc, bytes, Crc32.Of(content));
        return content;
    }

    /// <summary>The next file, held against its digest; its bytes where they are wanted.</summary>
    public async Task<byte[]?> File(ManifestFile file, bool isHeld, CancellationToken stop)
    {
        var (crc, bytes) = await Header(file.Path, stop);
        if (bytes != file.Bytes) throw new BundleFaultException(BundleFault.FileDiffers, file.Path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (sum, held) = (new Crc32(), isHeld ? new MemoryStream(Hold(bytes, file.Path)) : null);
        var buffer = new byte[Math.Min(81_920, Math.Max(1, bytes))];
        for (var left = (long)bytes; left > 0;)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), stop);
            if (read == 0) throw new BundleFaultException(BundleFault.ArchiveDiffers, file.Path);
            hash.AppendData(buffer, 0, read);
            sum.Add(buffer.AsSpan(0, read));
            held?.Write(buffer, 0, read);
            left -= read;
        }
        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != file.Sha256)
            throw new BundleFaultException(BundleFault.FileDiffers, file.Path);
        Close(file.Path, crc, bytes, sum.Value);
        return held?.ToArray();
    }

    /// <summary>What follows the last file, and that nothing follows it.</summary>
    public async Task End(CancellationToken stop)
    {
        var expected = StoredZip.Directory(_entries, (uint)_offset);
        var found = await Exactly(expected.Length, "", stop);
        if (!found.AsSpan().SequenceEqual(expected) || await stream.ReadAsync(new byte[1], stop) != 0)
            throw new BundleFaultException(BundleFault.ArchiveDiffers, "");
    }

    private async Task<(uint Crc, uint Bytes)> Header(string path, CancellationToken stop)
    {
        var found = await Exactly(StoredZip.LocalHeaderBytes + path.Length, path, stop);
        var crc = BinaryPrimitives.ReadUInt32LittleEndian(found.AsSpan(14));
        var bytes = BinaryPrimitives.ReadUInt32LittleEndian(found.AsSpan(18));
        return found.AsSpan().SequenceEqual(StoredZip.LocalHeader(path, crc, bytes))
            ? (crc, bytes)
            : throw new BundleFaultException(
                _entries.Count == 0 ? BundleFault.NotABundle : BundleFault.ArchiveDiffers, path);
    }

    private void Close(string path, uint crc, uint bytes, uint found)
    {
        if (crc != found || _entries.Count >= StoredZip.FilesMax || _offset > StoredZip.BytesMax)
            throw new BundleFaultException(BundleFault.ArchiveDiffers, path);
        _entries.Add(new(path, crc, bytes, (uint)_offset));
        _offset += StoredZip.LocalHeaderBytes + path.Length + bytes;
    }

    private int Hold(uint bytes, string path) => (_held += bytes) <= heldMax
        ? (int)bytes
        : throw new BundleFaultException(BundleFault.TooLarge, path);

    private async Task<byte[]> Exactly(int count, string path, CancellationToken stop)
    {
        var bytes = new byte[count];
        return await stream.ReadAtLeastAsync(bytes, count, throwOnEndOfStream: false, stop) == count
            ? bytes
            : throw new BundleFaultException(
                _entries.Count == 0 ? BundleFault.NotABundle : BundleFault.ArchiveDiffers, path);
    }
}
