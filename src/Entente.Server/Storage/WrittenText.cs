using System.Text;

namespace Entente.Server.Storage;

/// <summary>Tells texts from bytes, and among texts the e-mails, the tables and what a browser would run.</summary>
internal static class WrittenText
{
    private const int KnownHeadersMin = 2;
    private const int TableLinesMin = 2;
    private const int TableLinesRead = 5;

    private static readonly HashSet<string> MailHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "From", "To", "Cc", "Bcc", "Subject", "Date", "Received", "Return-Path", "Delivered-To", "Message-ID", "Sender",
        "Reply-To", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "X-Mailer", "DKIM-Signature",
        "In-Reply-To", "References", "X-Original-To", "Envelope-To", "Content-Disposition", "User-Agent",
    };

    public static string Of(ReadOnlySpan<byte> head)
    {
        if (head is [0xFF, 0xFE, ..]) return Written(Encoding.Unicode.GetString(head[2..]));
        if (head is [0xFE, 0xFF, ..]) return Written(Encoding.BigEndianUnicode.GetString(head[2..]));
        if (!HasOnlyLetters(head)) return MediaTypes.Unknown;
        return Written(IsUtf8(head) ? Encoding.UTF8.GetString(head) : Encoding.Latin1.GetString(head));
    }

    private static string Written(string head)
    {
        var text = head.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (text.StartsWith('<')) return Markup(text);
        if (IsMail(text)) return MediaTypes.Mail;
        return IsTable(text) ? MediaTypes.Table : MediaTypes.Text;
    }

    private static string Markup(string text) =>
        text.Contains("<svg", StringComparison.OrdinalIgnoreCase) ? MediaTypes.Svg
        : text.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) ? MediaTypes.Xml
        : MediaTypes.Html;

    /// <summary>Control characters are no text; escape is, for it changes the alphabet in Japanese mail.</summary>
    private static bool HasOnlyLetters(ReadOnlySpan<byte> head)
    {
        var high = 0;
        foreach (var letter in head)
        {
            if (letter < 0x20 && letter is not ((byte)'\n' or (byte)'\r' or (byte)'\t' or 0x0C or 0x1B)) return false;
            if (letter >= 0x80) high++;
        }
        return high <= head.Length / 2 || IsUtf8(head);
    }

    private static bool IsUtf8(ReadOnlySpan<byte> head) =>
        System.Text.Unicode.Utf8.ToUtf16(
            head, new char[head.Length], out _, out _, replaceInvalidSequences: false, isFinalBlock: false)
            is System.Buffers.OperationStatus.Done or System.Buffers.OperationStatus.NeedMoreData;

    /// <summary>Two headers that mail has, or one in a block of headers that an empty line ends.</summary>
    private static bool IsMail(string text)
    {
        var (known, wellEnded) = (0, false);
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd('\r')))
        {
            if (line.Length == 0)
            {
                wellEnded = true;
                break;
            }
            if (line[0] is ' ' or '\t' or '>' || line.StartsWith("From ", StringComparison.Ordinal)) continue;
            var colon = line.IndexOf(':');
            if (colon is <= 0 or > 60 || line.AsSpan(0, colon).ContainsAnyExceptInRange('!', '~')) break;
            if (MailHeaders.Contains(line[..colon])) known++;
        }
        return known >= KnownHeadersMin || known == 1 && wellEnded;
    }

    /// <summary>The first lines have the same number of the same separator.</summary>
    private static bool IsTable(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(TableLinesRead).ToList();
        if (lines.Count < TableLinesMin) return false;
        return ";,\t".Any(separator => lines[0].Count(letter => letter == separator) is > 0 and var count
            && lines.Skip(1).SkipLast(lines.Count > 2 ? 1 : 0).All(line => line.Count(letter =>
                letter == separator) >= count));
    }
}
