using System.Buffers.Binary;

namespace Entente.Server.Storage;

/// <summary>What a file is by its own bytes; what its sender called it counts for nothing.</summary>
public static class MediaTypes
{
    /// <summary>How much of a file's beginning is looked at.</summary>
    public const int HeadBytes = 4096;
    public const string Unknown = "application/octet-stream";
    public const string Jpeg = "image/jpeg";
    public const string Png = "image/png";
    public const string Gif = "image/gif";
    public const string WebP = "image/webp";
    public const string Heic = "image/heic";
    public const string Avif = "image/avif";
    public const string Pdf = "application/pdf";
    public const string Mail = "message/rfc822";
    public const string Text = "text/plain";
    public const string Table = "text/csv";
    public const string Office = "application/vnd.openxmlformats-officedocument";
    public const string OpenDocument = "application/vnd.oasis.opendocument";
    public const string Mp4 = "video/mp4";
    public const string QuickTime = "video/quicktime";
    public const string WebM = "video/webm";
    public const string Html = "text/html";
    public const string Svg = "image/svg+xml";
    public const string Xml = "application/xml";
    public const string OldOffice = "application/x-ole-storage";

    /// <summary>Archives are refused whatever the policy allows: what is in them is not shown.</summary>
    private static readonly HashSet<string> Archives =
    [
        "application/zip", "application/gzip", "application/x-7z-compressed", "application/vnd.rar",
        "application/x-tar", "application/x-xz", "application/x-bzip2", "application/zstd",
    ];

    /// <summary>What a browser runs is refused whatever the policy allows.</summary>
    private static readonly HashSet<string> Markup = [Html, Svg, Xml];

    private static readonly HashSet<string> Pictures = [Jpeg, Png, Gif, WebP, Heic, Avif];

    private static readonly (string Type, int At, byte[] Bytes)[] Signatures =
    [
        (Jpeg, 0, [0xFF, 0xD8, 0xFF]),
        (Png, 0, [0x89, .. "PNG\r\n"u8, 0x1A, .. "\n"u8]),
        (Gif, 0, [.. "GIF87a"u8]),
        (Gif, 0, [.. "GIF89a"u8]),
        (Pdf, 0, [.. "%PDF-"u8]),
        ("image/tiff", 0, [.. "II*\0"u8]),
        ("image/tiff", 0, [.. "MM\0*"u8]),
        ("application/gzip", 0, [0x1F, 0x8B]),
        ("application/x-7z-compressed", 0, [.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C]),
        ("application/vnd.rar", 0, [.. "Rar!"u8, 0x1A, 0x07]),
        ("application/x-xz", 0, [0xFD, .. "7zXZ"u8]),
        ("application/x-bzip2", 0, [.. "BZh"u8]),
        ("application/zstd", 0, [0x28, 0xB5, 0x2F, 0xFD]),
        ("application/x-tar", 257, [.. "ustar"u8]),
        ("application/zip", 0, [.. "PK\x05\x06"u8]),
        ("application/ms-tnef", 0, [0x78, 0x9F, 0x3E, 0x22]),
        (OldOffice, 0, [0xD0, 0xCF, 0x11, 0xE0]),
        (WebM, 0, [0x1A, 0x45, 0xDF, 0xA3]),
    ];

    public static bool IsArchive(string type) => Archives.Contains(type);

    public static bool IsMarkup(string type) => Markup.Contains(type);

    public static bool IsPicture(string type) => Pictures.Contains(type);

    public static bool IsText(string type) => type is Text or Table;

    public static bool IsVideo(string type) => type is Mp4 or QuickTime or WebM;

    public static bool IsOffice(string type) => type is Office or OpenDocument;

    /// <summary>Tables are text, and taken wherever text is.</summary>
    public static bool IsAllowed(string type, IEnumerable<string> allowed) =>
        !IsArchive(type) && !IsMarkup(type)
        && allowed.Any(each => each == type
            || each == Text && type == Table
            || each == "image/heif" && type == Heic
            || each == Mp4 && type == QuickTime
            || each.StartsWith(type + ".", StringComparison.Ordinal));

    public static string Of(ReadOnlySpan<byte> head)
    {
        foreach (var (type, at, bytes) in Signatures)
            if (head.Length >= at + bytes.Length && head[at..].StartsWith(bytes))
                return type;
        if (head.StartsWith("PK\x03\x04"u8)) return Packed(head);
        if (head.StartsWith("RIFF"u8) && head.Length >= 12 && head[8..].StartsWith("WEBP"u8)) return WebP;
        if (head.Length >= 12 && head[4..].StartsWith("ftyp"u8)) return Boxed(head);
        return WrittenText.Of(head);
    }

    /// <summary>Office documents are packed too; the name of the first entry tells them from archives.</summary>
    private static string Packed(ReadOnlySpan<byte> head) =>
        head.IndexOf("application/vnd.oasis.opendocument"u8) is >= 0 and < 64 ? OpenDocument
        : head.IndexOf("[Content_Types].xml"u8) is >= 0 and < 64 ? Office
        : head.IndexOf("_rels/.rels"u8) is >= 0 and < 64 ? Office
        : "application/zip";

    /// <summary>Photos of phones and films share one container; its brands tell which it is.</summary>
    private static string Boxed(ReadOnlySpan<byte> head)
    {
        var end = Math.Clamp(BinaryPrimitives.ReadUInt32BigEndian(head), 12, (uint)head.Length);
        var film = Mp4;
        for (var at = 8; at + 4 <= end; at += 4)
        {
            if (at == 12 && !head.Slice(at, 4).SequenceEqual("avif"u8)) continue; // The minor version.
            var brand = System.Text.Encoding.Latin1.GetString(head.Slice(at, 4));
            if (brand is "avif" or "avis") return Avif;
            if (brand is "heic" or "heix" or "heim" or "heis"
                or "hevc" or "hevx" or "mif1" or "msf1" or "mif2" or "mif3")
                return IsAvif(head[..(int)end]) ? Avif : Heic;
            if (at == 8 && brand == "qt  ") film = QuickTime;
        }
        return film;
    }

    private static bool IsAvif(ReadOnlySpan<byte> brands) => brands.IndexOf("avif"u8) >= 0;
}
