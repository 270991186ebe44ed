using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Entente.Server.Papers.Kit;

/// <summary>Presses a document into one HTML file that needs nothing else, runs nothing and prints well.</summary>
public static class HtmlPress
{
    public const string MediaType = "text/html; charset=utf-8";

    private static readonly string Style = ReadStyle();

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>What a browser may do with it when the centre sends it: apply this one style, no more.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; img-src data:; style-src 'sha256-{DigestOf(Style)}'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

    public static byte[] Press(Paper paper)
    {
        var html = new StringBuilder(8192);
        Add(html, $"""
            <!DOCTYPE html>
            <html lang="{Encode(paper.Language)}" dir="{paper.Direction}">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Encode(paper.Title)} – {Encode(paper.Mark)}</title>
            <style>{Style}</style></head>
            <body>
            <header><span>{Encode(paper.House)}</span><span>{Encode(paper.Mark)}</span></header>
            <main>
            <h1>{Encode(paper.Title)}</h1>

            """);
        foreach (var part in paper.Parts) Write(html, part);
        Add(html, $"</main>\n<footer><span>{Encode(paper.Foot)}</span></footer>\n</body></html>\n");
        return Encoding.UTF8.GetBytes(html.ToString());
    }

    private static void Write(StringBuilder html, Part part)
    {
        switch (part)
        {
            case Heading { Level: 1 } heading: Add(html, $"<h2>{Encode(heading.Text)}</h2>\n"); break;
            case Heading heading: Add(html, $"<h3>{Encode(heading.Text)}</h3>\n"); break;
            case Prose prose: Add(html, $"<p{Class(prose.Tone)}>{Encode(prose.Text)}</p>\n"); break;
            case Written written:
                Add(html, $"<blockquote{Lang(written.Language)}>{Encode(written.Text)}</blockquote>\n");
                break;
            case Rows rows: Write(html, rows); break;
            case Bullets bullets:
                html.Append("<ul>\n");
                foreach (var item in bullets.Items) Add(html, $"<li>{Encode(item)}</li>\n");
                html.Append("</ul>\n");
                break;
            case Happening happening:
                Add(html, $"<div class=\"happening\"><p class=\"soft\">{Encode(happening.When)}</p>");
                Add(html, $"<p>{Encode(happening.Text)}</p>");
                if (happening.Note is { } note) Add(html, $"<p class=\"soft\">{Encode(note)}</p>");
                html.Append("</div>\n");
                break;
            case Pictures pictures:
                foreach (var picture in pictures.Items)
                {
                    var data = Convert.ToBase64String(picture.Jpeg);
                    Add(html, $"<figure><img src=\"data:image/jpeg;base64,{data}\" alt=\"\">");
                    Add(html, $"<figcaption{Lang(picture.Language)}>{Encode(picture.Caption)}</figcaption></figure>\n");
                }
                break;
            case NewPage: break;
            default: throw new ArgumentOutOfRangeException(nameof(part), part, "No press knows this part.");
        }
    }

    private static void Write(StringBuilder html, Rows rows)
    {
        html.Append("<dl>\n");
        foreach (var row in rows.Items)
            Add(html, $"<dt>{Encode(row.Name)}</dt><dd{Lang(row.Language)}>{Encode(row.Value)}</dd>\n");
        html.Append("</dl>\n");
    }

    private static string Class(Tone tone) => tone switch
    {
        Tone.Plain => "", Tone.Lead => " class=\"lead\"", Tone.Soft => " class=\"soft\"",
    };

    /// <summary>What people wrote reads in its own direction, wherever it stands.</summary>
    private static string Lang(string language) =>
        language == "und" ? " dir=\"auto\"" : $" dir=\"auto\" lang=\"{Encode(language)}\"";

    private static void Add(StringBuilder html, FormattableString text) =>
        html.Append(text.ToString(CultureInfo.InvariantCulture).ReplaceLineEndings("\n"));

    private static string DigestOf(string text) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string ReadStyle()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Papers/paper.css")
            ?? throw new InvalidOperationException("The style of printed pages is not built in.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string Encode(string text) => Encoder.Encode(text);
}
