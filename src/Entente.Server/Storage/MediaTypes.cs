using System.Text;

namespace Entente.Server.Storage;

/// <summary>What a file is by its first bytes; what its sender called it counts for nothing.</summary>
public static class MediaTypes
{
    /// <summary>How much of a file's beginning is looked at.</summary>
    public const int HeadBytes = 4096;
    public const string Unknown = "application/octet-stream";
    private const int HeaderLinesMin = 3;

    /// <summary>Archives are refused whatever the policy allows: what is in them is not shown.</summary>
    private static readonly HashSet<string> Archives =
        ["application/zip", "application/gzip", "application/x-7z-compressed", "application/vnd.rar",
            "application/x-tar", "application/x-xz"];

    private static readonly (string Type, int At, byte[] Bytes)[] Signatures =
    [
        ("image/jpeg", 0, [0xFF, 0xD8, 0xFF]),
        ("image/png", 0, [0x89, .. "PNG\r\n"u8, 0x1A, .. "\n"u8]),
        ("image/gif", 0, [.. "GIF8"u8]),
        ("application/pdf", 0, [.. "%PDF-"u8]),
        ("image/tiff", 0, [.. "II*\0"u8]),
        ("image/tiff", 0, [.. "MM\0*"u8]),
        ("image/bmp", 0, [.. "BM"u8]),
        ("application/gzip", 0, [0x1F, 0x8B]),
        ("application/x-7z-compressed", 0, [.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C]),
        ("application/vnd.rar", 0, [.. "Rar!"u8, 0x1A, 0x07]),
        ("application/x-xz", 0, [0xFD, .. "7zXZ"u8]),
        ("application/x-tar", 257, [.. "ustar"u8]),
        ("application/x-ole-storage", 0, [0xD0, 0xCF, 0x11, 0xE0]),
    ];

    private static readonly string[] MailHeaders =
    [
        "From:", "To:", "Subject:", "Date:", "Received:", "Return-Path:", "Delivered-To:", "Message-ID:",
        "MIME-Version:", "Content-Type:",
    ];

    public static bool IsArchive(string type) => Archives.Contains(type);

    public static string Of(ReadOnlySpan<byte> head)
    {
        foreach (var (type, at, bytes) in Signatures)
            if (head.Length >= at + bytes.Length && head[at..].StartsWith(bytes))
                return type;
        if (head.StartsWith("PK\x03\x04"u8)) return Packed(head);
        if (head.StartsWith("RIFF"u8) && head.Length >= 12 && head[8..].StartsWith("WEBP"u8)) return "image/webp";
        if (head.Length >= 12 && head[4..].StartsWith("ftyp"u8)) return Film(head.Slice(8, 4));
        return IsText(head) ? Written(Encoding.UTF8.GetString(head)) : Unknown;
    }

    /// <summary>Office documents are packed too; the name of the first entry tells them from archives.</summary>
    private static string Packed(ReadOnlySpan<byte> head) =>
        head.IndexOf("application/vnd.oasis.opendocument"u8) is >= 0 and < 64 ? "application/vnd.oasis.opendocument"
        : head.IndexOf("[Content_Types].xml"u8) is >= 0 and < 64 ? "application/vnd.openxmlformats-officedocument"
        : "application/zip";

    private static string Film(ReadOnlySpan<byte> brand) =>
        brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8) || brand.SequenceEqual("mif1"u8)
            || brand.SequenceEqual("hevc"u8)
            ? "image/heic"
            : brand.SequenceEqual("avif"u8) ? "image/avif" : "video/mp4";

    private static bool IsText(ReadOnlySpan<byte> head)
    {
        foreach (var letter in head)
            if (letter < 0x20 && letter is not ((byte)'\n' or (byte)'\r' or (byte)'\t' or 0x0C))
                return false;
        var status = System.Text.Unicode.Utf8.ToUtf16(
            head, new char[head.Length], out _, out _, replaceInvalidSequences: false, isFinalBlock: false);
        return status is System.Buffers.OperationStatus.Done or System.Buffers.OperationStatus.NeedMoreData;
    }

    private static string Written(string head)
    {
        var text = head.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (text.StartsWith('<'))
            return text.Contains("<svg", StringComparison.OrdinalIgnoreCase) ? "image/svg+xml" : "text/html";
        var headers = text.Split('\n').TakeWhile(line => line.Trim().Length > 0)
            .Count(line => MailHeaders.Any(header => line.StartsWith(header, StringComparison.OrdinalIgnoreCase)));
        return headers >= HeaderLinesMin ? "message/rfc822" : "text/plain";
    }
}
