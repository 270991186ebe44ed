using System.Text;
using System.Text.RegularExpressions;
using MimeKit.Text;

namespace Entente.Server.Evidence.Worker;

/// <summary>
/// The words of a page without the page: no script, no style, no picture, and of a link where it leads to.
/// </summary>
internal static partial class HtmlText
{
    private static readonly HashSet<HtmlTagId> Silent =
        [HtmlTagId.Script, HtmlTagId.Style, HtmlTagId.Head, HtmlTagId.Title, HtmlTagId.NoScript, HtmlTagId.Object];

    private static readonly HashSet<HtmlTagId> Blocks =
    [
        HtmlTagId.Br, HtmlTagId.P, HtmlTagId.Div, HtmlTagId.TR, HtmlTagId.LI, HtmlTagId.H1, HtmlTagId.H2, HtmlTagId.H3,
        HtmlTagId.H4, HtmlTagId.Table, HtmlTagId.UL, HtmlTagId.OL, HtmlTagId.BlockQuote, HtmlTagId.HR,
    ];

    public static string Of(string html)
    {
        var tokens = new HtmlTokenizer(new StringReader(html)) { DecodeCharacterReferences = true };
        var (text, silence, link) = (new StringBuilder(), (HtmlTagId?)null, (string?)null);
        while (tokens.ReadNextToken(out var token))
        {
            if (token is HtmlTagToken tag)
            {
                if (silence is { } until) silence = tag.IsEndTag && tag.Id == until ? null : silence;
                else if (Silent.Contains(tag.Id) && !tag.IsEndTag && !tag.IsEmptyElement) silence = tag.Id;
                else if (Blocks.Contains(tag.Id)) text.Append('\n');
                else if (tag.Id == HtmlTagId.TD) text.Append('\t');
                else if (tag.Id == HtmlTagId.A) link = Link(tag, link, text);
            }
            else if (token is HtmlDataToken { Kind: HtmlTokenKind.Data } data && silence is null)
            {
                text.Append(Spaces().Replace(data.Data, " "));
            }
        }
        return Gaps().Replace(text.ToString(), "\n\n").Trim();
    }

    /// <summary>An address that is not what the words say is worth reading; it is text, and leads nowhere.</summary>
    private static string? Link(HtmlTagToken tag, string? open, StringBuilder text)
    {
        if (!tag.IsEndTag) return tag.Attributes.FirstOrDefault(attribute =>
            attribute.Id == HtmlAttributeId.Href)?.Value;
        if (open is not null && !text.ToString(Math.Max(0, text.Length - open.Length), Math.Min(open.Length,
            text.Length)).EndsWith(open, StringComparison.Ordinal))
            text.Append(" <").Append(open).Append('>');
        return null;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"[ \t]*\n(?:[ \t]*\n)+")]
    private static partial Regex Gaps();
}
