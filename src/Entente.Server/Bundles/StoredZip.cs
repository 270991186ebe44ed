using System.Buffers.Binary;
using System.Text;

namespace Entente.Server.Bundles;

/// <summary>
/// The only ZIP a bundle is (docs/bundle-format.md): files one after the other, stored as they are, with every byte of
/// every header fixed by name, size and check sum. Nothing in it can be changed without being seen.
/// </summary>
internal static class StoredZip
{
    public const int LocalHeaderBytes = 30;
    public const int FilesMax = ushort.MaxValue - 1;

    /// <summary>Offsets and sizes are 32 bits, and the last value has a meaning of its own.</summary>
    public const long BytesMax = uint.MaxValue - 1;
    private const uint FirstOfJanuary1980 = 0x0021_0000;
    private const ushort Version = 20;

    /// <summary>A file in its place.</summary>
    internal readonly record struct Entry(string Path, uint Crc, uint Bytes, uint Offset);

    public static byte[] LocalHeader(string path, uint crc, uint bytes)
    {
        var header = new byte[LocalHeaderBytes + path.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0x04034B50);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(4), Version);
        Common(header.AsSpan(6), path, crc, bytes);
        Encoding.ASCII.GetBytes(path, header.AsSpan(LocalHeaderBytes));
        return header;
    }

    /// <summary>What stands after the last file.</summary>
    public static byte[] Directory(IReadOnlyList<Entry> entries, uint offset)
    {
        using var bytes = new MemoryStream();
        foreach (var entry in entries)
        {
            var header = new byte[46 + entry.Path.Length];
            BinaryPrimitives.WriteUInt32LittleEndian(header, 0x02014B50);
            BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(4), Version);
            BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(6), Version);
            Common(header.AsSpan(8), entry.Path, entry.Crc, entry.Bytes);
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(42), entry.Offset);
            Encoding.ASCII.GetBytes(entry.Path, header.AsSpan(46));
            bytes.Write(header);
        }
        var end = new byte[22];
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06054B50);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(8), (ushort)entries.Count);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), (ushort)entries.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(12), (uint)bytes.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(16), offset);
        bytes.Write(end);
        return bytes.ToArray();
    }

    /// <summary>Flags, method, time, check sum, sizes and lengths, as both headers hold them.</summary>
    private static void Common(Span<byte> header, string path, uint crc, uint bytes)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], FirstOfJanuary1980);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], crc);
        BinaryPrimitives.WriteUInt32LittleEndian(header[12..], bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(header[20..], (ushort)path.Length);
    }
}
