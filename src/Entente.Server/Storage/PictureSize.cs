using System.Buffers.Binary;

namespace Entente.Server.Storage;

/// <summary>How large a picture says it is, read from its header without decoding anything.</summary>
internal static class PictureSize
{
    /// <summary>
    /// More is not decoded by anybody here: 250 million for photos, which shrink while they are decoded.
    /// </summary>
    public const long PhotoPixelsMax = 250_000_000;
    public const long PixelsMax = 100_000_000;

    /// <summary>Whether the header of a picture promises more than may ever be decoded, or nothing at all.</summary>
    public static bool IsBeyond(string type, ReadOnlySpan<byte> head) => Of(type, head) is (var width, var height)
        && (width == 0 || height == 0 || width * height > (type == MediaTypes.Jpeg ? PhotoPixelsMax : PixelsMax));

    private static (long Width, long Height)? Of(string type, ReadOnlySpan<byte> head) => type switch
    {
        MediaTypes.Png when head.Length >= 24 =>
            (BinaryPrimitives.ReadUInt32BigEndian(head[16..]), BinaryPrimitives.ReadUInt32BigEndian(head[20..])),
        MediaTypes.Gif when head.Length >= 10 =>
            (BinaryPrimitives.ReadUInt16LittleEndian(head[6..]), BinaryPrimitives.ReadUInt16LittleEndian(head[8..])),
        MediaTypes.Jpeg => OfJpeg(head),
        MediaTypes.WebP when head.Length >= 30 && head[12..].StartsWith("VP8X"u8) =>
            (1 + (head[24] | head[25] << 8 | head[26] << 16), 1 + (head[27] | head[28] << 8 | head[29] << 16)),
        _ => null,
    };

    /// <summary>
    /// The frame header, where it stands within the head; a photo's own thumbnail may stand before it.
    /// </summary>
    private static (long, long)? OfJpeg(ReadOnlySpan<byte> head)
    {
        for (var at = 2; at + 9 < head.Length && head[at] == 0xFF;)
        {
            var marker = head[at + 1];
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return (BinaryPrimitives.ReadUInt16BigEndian(head[(at + 7)..]),
                    BinaryPrimitives.ReadUInt16BigEndian(head[(at + 5)..]));
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(head[(at + 2)..]);
        }
        return null;
    }
}
