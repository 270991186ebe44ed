using System.Text;
using Entente.Server.Storage;
using MimeKit;

namespace Entente.Server.Evidence.Worker;

/// <summary>
/// An e-mail as text, with what hangs on it as exhibits in the exhibit. Nothing that it points to is ever fetched, and
/// how deep and how much it may nest is bounded.
/// </summary>
internal static class MailLook
{
    private const int NestingMax = 60;
    private const int PartsMax = 40;
    private const int HeaderMax = 1_000;
    private const int ReceivedMax = 20;
    private const long PartBytesMax = 30_000_000;

    public static Look Of(byte[] bytes, Bench bench)
    {
        var look = new Look { Type = MediaTypes.Mail };
        try
        {
            using var stream = new MemoryStream(bytes);
            using var message = new MimeParser(Options(), stream).ParseMessage();
            return Of(message, look, bench);
        }
        catch (Exception broken) when (broken is FormatException or ParseException or InvalidOperationException)
        {
            // No message that can be told into parts: it is read as the text it is.
            return TextLook.Of(MediaTypes.Mail, bytes, bench);
        }
    }

    private static ParserOptions Options()
    {
        var options = ParserOptions.Default.Clone();
        options.MaxMimeDepth = NestingMax;
        return options;
    }

    private static Look Of(MimeMessage message, Look look, Bench bench)
    {
        var head = new MailHead(
            Plain(message.From.ToString()), Plain(message.To.ToString()), Plain(message.Cc.ToString()),
            message.Date == default ? null : message.Date.ToString("yyyy-MM-dd HH:mm zzz", null),
                Plain(message.Subject),
            [.. message.Headers.Where(header => header.Id == HeaderId.Received).Take(ReceivedMax)
                .Select(header => Plain(header.Value) ?? "")]);
        var entities = Entities(message.Body).ToList();
        var body = BodyOf(entities, out var texts);
        var text = TextLook.Plain(body);
        File.WriteAllText(bench.PathOf("copy.txt"), $"{Heading(head)}\n{text}");
        var rest = entities.Where(entity => !texts.Contains(entity)).ToList();
        return TextLook.Shown(look, text, bench) with
        {
            Mail = head,
            Copy = bench.Name("copy.txt"),
            CopyType = MediaTypes.Text,
            PartCount = rest.Count,
            Parts = [.. rest.Take(PartsMax).Select((entity, index) => Part(entity, bench.Part(index + 1)))],
        };
    }

    private static string Heading(MailHead head) => string.Concat(
        new[] { ("From", head.From), ("To", head.To), ("Cc", head.Cc), ("Date", head.Date), ("Subject", head.Subject) }
            .Where(line => !string.IsNullOrEmpty(line.Item2)).Select(line => $"{line.Item1}: {line.Item2}\n"));

    /// <summary>The leaves of a message in order, without entering the messages that hang on it.</summary>
    private static IEnumerable<MimeEntity> Entities(MimeEntity? root)
    {
        var waiting = new Stack<MimeEntity>();
        if (root is not null) waiting.Push(root);
        while (waiting.TryPop(out var entity))
        {
            if (entity is not Multipart multipart) yield return entity;
            else
                for (var at = multipart.Count - 1; at >= 0; at--)
                    waiting.Push(multipart[at]);
        }
    }

    /// <summary>What the message says: its plain texts, or where it has none its pages as text.</summary>
    private static string BodyOf(List<MimeEntity> entities, out HashSet<MimeEntity> texts)
    {
        var written = entities.OfType<TextPart>().Where(part => !part.IsAttachment && part.FileName is null).ToList();
        var plain = written.Where(part => !part.IsHtml).ToList();
        texts = [.. written];
        var chosen = plain.Any(part => !string.IsNullOrWhiteSpace(TextOf(part))) ? plain : written;
        return string.Join("\n\n", chosen.Select(part => part.IsHtml ? HtmlText.Of(TextOf(part)) : TextOf(part)));
    }

    private static string TextOf(TextPart part)
    {
        using var bytes = new MemoryStream();
        part.Content?.DecodeTo(bytes);
        var raw = bytes.ToArray();
        if (part.ContentType.Charset is not { Length: > 0 } charset) return TextLook.Decode(raw);
        try
        {
            return Encoding.GetEncoding(charset).GetString(raw);
        }
        catch (Exception unknown) when (unknown is NotSupportedException or ArgumentException)
        {
            return TextLook.Decode(raw);
        }
    }

    private static Attachment Part(MimeEntity entity, Bench bench)
    {
        var bytes = Content(entity);
        var type = MediaTypes.Of(bytes.AsSpan(0, Math.Min(bytes.Length, MediaTypes.HeadBytes)));
        var name = FileNames.Shown(NameOf(entity));
        var look = bench.Depth > LookWorker.DepthMax || bytes.Length is 0 or > (int)PartBytesMax
            ? new Look { Type = type, Why = NoLook.TooLarge }
            : LookWorker.Of(bytes, bench);
        return new(FileNames.ForSaving(name, look.Type), bytes.Length, look);
    }

    private static byte[] Content(MimeEntity entity)
    {
        using var bytes = new MemoryStream();
        if (entity is MessagePart { Message: { } message }) message.WriteTo(bytes);
        else if (entity is MimePart { Content: { } content }) content.DecodeTo(bytes);
        return bytes.ToArray();
    }

    private static string NameOf(MimeEntity entity) =>
        entity.ContentDisposition?.FileName ?? entity.ContentType.Name
        ?? (entity as MessagePart)?.Message?.Subject ?? entity.ContentType.MimeType.Replace('/', '-');

    private static string? Plain(string? header)
    {
        if (string.IsNullOrWhiteSpace(header)) return null;
        var plain = TextLook.Plain(header).Replace('\n', ' ').Replace('\t', ' ').Trim();
        return plain.Length <= HeaderMax ? plain : plain[..HeaderMax];
    }
}
