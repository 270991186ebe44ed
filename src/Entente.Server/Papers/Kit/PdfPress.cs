using SkiaSharp;

namespace Entente.Server.Papers.Kit;

/// <summary>
/// Presses a document into a PDF: A4, fonts embedded, text that can be selected. The same document, the same bytes.
/// </summary>
public sealed class PdfPress(FontShelf fonts)
{
    public const string MediaType = "application/pdf";
    private const float PageWidth = 595.28f;
    private const float PageHeight = 841.89f;
    private const float Side = 54;
    private const float Top = 70;
    private const float Bottom = 64;

    /// <summary>How wide what stands between the margins is.</summary>
    internal const float Room = PageWidth - 2 * Side;
    private static readonly TextStyle Edge = new(8, Ink: 0xFF5A6470);

    /// <summary>How many pages it comes to.</summary>
    public int PagesOf(Paper paper) => Laid(paper, new(fonts)).Count;

    public Pressed Press(Paper paper)
    {
        var setter = new Typesetter(fonts);
        var pages = Laid(paper, setter);
        using var bytes = new MemoryStream();
        using (var document = SKDocument.CreatePdf(bytes, Metadata(paper)))
        {
            for (var at = 0; at < pages.Count; at++)
            {
                using var canvas = document.BeginPage(PageWidth, PageHeight);
                Edges(canvas, setter, paper, Room, paper.PageOf(at + 1, pages.Count));
                var top = Top;
                foreach (var strip in pages[at])
                {
                    strip.Draw(canvas, top);
                    top += strip.Height;
                }
                document.EndPage();
            }
            document.Close();
        }
        return new(bytes.ToArray(), pages.Count);
    }

    private static IReadOnlyList<IReadOnlyList<Strip>> Laid(Paper paper, Typesetter setter) =>
        Strip.Pages(new Layout(setter, Side, Room).Of(paper), PageHeight - Top - Bottom);

    private static SKDocumentPdfMetadata Metadata(Paper paper)
    {
        var at = paper.At.ToDateTimeUtc();
        return new()
        {
            Title = $"{paper.Title} – {paper.Mark}",
            Author = paper.House,
            Subject = paper.Mark,
            Creator = "Entente",
            Producer = "Entente",
            Creation = at,
            Modified = at,
            RasterDpi = 150,
            EncodingQuality = 101, // Above 100: pictures stay as they came.
        };
    }

    private static void Edges(SKCanvas canvas, Typesetter setter, Paper paper, float width, string page)
    {
        Draw(paper.House, 36, false);
        Draw(paper.Mark, 36, true);
        using var paint = Layout.Paint(0xFFC9D0D8);
        canvas.DrawRect(Side, 52, width, 0.6f, paint);
        Draw(paper.Foot, PageHeight - 44, false);
        Draw(page, PageHeight - 44, true);

        void Draw(string text, float top, bool right)
        {
            foreach (var line in setter.Set(text, Edge, width * (right ? 0.45f : 0.75f), paper.Language))
            {
                Layout.Draw(canvas, line with { Backwards = right }, Edge, Side, width, top);
                top += Edge.LineHeight;
            }
        }
    }
}

/// <summary>A document as a file.</summary>
public sealed record Pressed(byte[] Bytes, int Pages);
