using System.Text;
using System.Text.Encodings.Web;
using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Server.Desk;
using Entente.Server.Papers;
using Entente.Server.Words;
using MimeKit;

namespace Entente.Server.Couriers;

/// <summary>A mail, ready to leave: what it says, and to whom.</summary>
/// <param name="At">When there was something to say; a mail that had to wait does not get younger.</param>
public sealed record Mail(
    string Id, DisputeId Dispute, Person To, MarketplaceId Marketplace, string Subject, string Body, Instant At,
    MimeMessage Message);

/// <summary>
/// Puts a notice into words for one person: what happened, what waits for them, and a link that begins with the
/// configured address. Never anything of the dispute's content. What ends a question carries the link of its fact: kept
/// in a mailbox of the reader's own, it shows a history that was cut off or changed later.
/// </summary>
public sealed class MailWriter(WordBook words, Settings settings, ChainHeads heads)
{
    private static readonly HashSet<string> Proving =
        ["decided", "appeal_decided", "default_outcome", "settlement_reached", "dispute_closed"];

    private const int NameMax = 60;
    private const int SubjectMax = 200;

    public async Task<Mail> Write(
        string id, Parcel parcel, Notice notice, Person to, Marketplace marketplace, CancellationToken stop)
    {
        var speaker = words.For(to.Language, DateTimeZoneProviders.Tzdb[marketplace.Zone], parcel.CreatedAt);
        var link = LinkTo(notice.To, parcel.Dispute);
        var subject = speaker.Say(notice.Subject(parcel.Dispute));
        var body = speaker.Say(notice.Body(parcel.Dispute, link)) + await Proof(parcel.Dispute, notice, speaker, stop);
        var foot = speaker.Say("mail.foot", ("marketplace", OneLine(marketplace.Name)));
        var message = new MimeMessage
        {
            MessageId = $"{id}@{settings.BaseAddress.IdnHost}",
            Date = parcel.CreatedAt.ToDateTimeOffset(),
            Subject = OneLine(subject, SubjectMax),
            Body = BodyOf(body, foot, link, speaker),
        };
        message.From.Add(new MailboxAddress(OneLine(marketplace.Name), settings.MailFrom));
        message.To.Add(new MailboxAddress(OneLine(to.Name), to.Email));
        // No machine answers a machine (RFC 3834), and one dispute is one conversation in the reader's mailbox.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("X-Auto-Response-Suppress", "All");
        message.References.Add($"{parcel.Dispute.Suffix}@{settings.BaseAddress.IdnHost}");
        return new(id, parcel.Dispute, to, marketplace.Id, message.Subject, $"{body}\n\n{foot}",
            parcel.CreatedAt, message);
    }

    private async Task<string> Proof(DisputeId dispute, Notice notice, Speaker speaker, CancellationToken stop) =>
        Proving.Contains(notice.Kind) && await heads.Link(dispute, notice.Audience, notice.N, stop) is { } proof
            ? $"\n\n{speaker.Say("mail.proof", ("n", notice.N))}\n{proof}"
            : "";

    /// <summary>Where each reads on: parties their page, the platform's people the desk.</summary>
    private string LinkTo(Role role, DisputeId dispute) =>
        new Uri(settings.BaseAddress, role.IsParty() ? $"/disputes/{dispute}" : $"/desk/disputes/{dispute}")
            .AbsoluteUri;

    private static MultipartAlternative BodyOf(string body, string foot, string link, Speaker speaker) => new()
    {
        Text(MimeKit.Text.TextFormat.Plain, $"{body}\n\n-- \n{foot}\n"),
        Text(MimeKit.Text.TextFormat.Html, Html(body, foot, link, speaker)),
    };

    private static TextPart Text(MimeKit.Text.TextFormat format, string text)
    {
        var part = new TextPart(format) { ContentTransferEncoding = ContentEncoding.QuotedPrintable };
        part.SetText(Encoding.UTF8, text);
        return part;
    }

    /// <summary>The same words; the only link is ours, and there is nothing to load.</summary>
    private static string Html(string body, string foot, string link, Speaker speaker)
    {
        var html = new StringBuilder(
            $"<!DOCTYPE html>\n<html lang=\"{speaker.Language}\" dir=\"{speaker.Direction}\"><head><meta "
                + $"charset=\"utf-8\"></head>\n<body>\n");
        var (encode, anchor) = (HtmlEncoder.Default,
            $"<a href=\"{HtmlEncoder.Default.Encode(link)}\">{HtmlEncoder.Default.Encode(link)}</a>");
        foreach (var paragraph in body.Split("\n\n"))
            html.Append("<p>").AppendJoin("<br>\n",
                paragraph.Split('\n').Select(line => line == link ? anchor : encode.Encode(line))).Append("</p>\n");
        html.Append("<hr>\n<p><small>").Append(encode.Encode(foot)).Append("</small></p>\n</body></html>\n");
        return html.ToString();
    }

    /// <summary>A name is never more than a name: no line of its own, no length of a message.</summary>
    private static string OneLine(string text, int max = NameMax)
    {
        var line = string.Concat(
            text.Select(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' ? ' ' : letter)).Trim();
        return line.Length <= max ? line : string.Concat(line.AsSpan(0, max - 1), "…");
    }
}
