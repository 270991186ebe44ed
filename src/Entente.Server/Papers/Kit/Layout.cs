using SkiaSharp;

namespace Entente.Server.Papers.Kit;

/// <summary>Lays the parts of a document out as strips of a page's width.</summary>
internal sealed class Layout(Typesetter setter, float left, float width)
{
    private const uint Soft = 0xFF5A6470;
    private const uint Rule = 0xFFC9D0D8;
    private const float BarWidth = 2.5f;
    private const float Indent = 12;
    private static readonly TextStyle Body = new(10);
    private static readonly TextStyle Small = new(8.5f, Ink: Soft);
    private readonly List<Strip> _strips = [];

    public static TextStyle Title { get; } = new(19, Bold: true, Leading: 1.25f);

    public IReadOnlyList<Strip> Of(Paper paper)
    {
        Text(paper.Title, Title, 0, paper.Language, keepsNext: true);
        Gap(6);
        for (var at = 0; at < paper.Parts.Count; at++)
            Add(paper.Parts[at], paper.Language, paper.Parts.ElementAtOrDefault(at + 1) is Written);
        if (!setter.HasGaps) return _strips;
        Gap(10);
        Text(paper.Gaps, Small, 0, paper.Language);
        return _strips;
    }

    /// <param name="isQuoted">Whether what somebody wrote follows; it is not parted from who wrote it.</param>
    private void Add(Part part, string language, bool isQuoted)
    {
        switch (part)
        {
            case Heading { Level: 1 } heading: Section(heading, language); break;
            case Heading heading: Subsection(heading, language); break;
            case Prose { Tone: Tone.Lead } prose: Text(prose.Text, new(11.5f), 0, language); Gap(6); break;
            case Prose prose: Text(prose.Text, prose.Tone == Tone.Soft ? Small : Body, 0, language); Gap(4); break;
            case Written written: Quote(written); Gap(6); break;
            case Rows rows: foreach (var row in rows.Items) Add(row, language); Gap(6); break;
            case Bullets bullets: foreach (var item in bullets.Items) Bullet(item, language); Gap(4); break;
            case Happening happening: Happened(happening, language, isQuoted); break;
            case Pictures pictures: Add(pictures); Gap(4); break;
            case NewPage: _strips.Add(Strip.NewPage); break;
            default: throw new ArgumentOutOfRangeException(nameof(part), part, "No press knows this part.");
        }
    }

    private void Section(Heading heading, string language)
    {
        Gap(14, true);
        _strips.Add(new(1, (canvas, top) => Line(canvas, left, top, width), KeepsNext: true));
        Gap(6, true);
        Text(heading.Text, new(13, Bold: true, Leading: 1.3f), 0, language, keepsNext: true);
        Gap(3, true);
    }

    private void Subsection(Heading heading, string language)
    {
        Gap(8, true);
        Text(heading.Text, new(11, Bold: true), 0, language, keepsNext: true);
        Gap(2, true);
    }

    private void Happened(Happening happening, string language, bool isQuoted)
    {
        Text(happening.When, Small, 0, language, keepsNext: true);
        Text(happening.Text, Body, 0, language, isQuoted);
        if (happening.Note is { } note) Text(note, Small, 0, language, isQuoted);
        Gap(4, isQuoted);
    }

    private void Quote(Written written)
    {
        var lines = setter.Set(written.Text, Body, width - Indent, written.Language);
        foreach (var line in lines)
            _strips.Add(new(Body.LineHeight, (canvas, top) =>
            {
                var bar = line.Backwards ? left + width - BarWidth : left;
                using var paint = Paint(Rule);
                canvas.DrawRect(bar, top, BarWidth, Body.LineHeight, paint);
                Draw(canvas, line, Body, line.Backwards ? left : left + Indent, width - Indent, top);
            }));
    }

    private void Bullet(string item, string language)
    {
        var first = true;
        foreach (var line in setter.Set(item, Body, width - Indent, language))
        {
            var isFirst = first;
            _strips.Add(new(Body.LineHeight, (canvas, top) =>
            {
                using var paint = Paint(Body.Ink);
                var middle = top + Body.LineHeight / 2;
                if (isFirst) canvas.DrawCircle(line.Backwards ? left + width - 3 : left + 3, middle, 1.4f, paint);
                Draw(canvas, line, Body, line.Backwards ? left : left + Indent, width - Indent, top);
            }));
            first = false;
        }
    }

    /// <summary>A long value goes on over the page's end; its name stands beside its first line.</summary>
    private void Add(Row row, string language)
    {
        var column = width * 0.26f;
        var names = setter.Set(row.Name, Body with { Ink = Soft }, column - 8, language);
        var values = setter.Set(row.Value, Body, width - column, row.Language);
        for (var at = 0; at < Math.Max(names.Count, values.Count); at++)
        {
            var (name, value) = (at < names.Count ? names[at] : null, at < values.Count ? values[at] : null);
            _strips.Add(new(Body.LineHeight, (canvas, top) =>
            {
                if (name is not null) Draw(canvas, name, Body with { Ink = Soft }, left, column - 8, top);
                // A value stays beside its name whichever way it is written.
                if (value is not null)
                    Draw(canvas, value with { Backwards = false }, Body, left + column, width - column, top);
            }, KeepsNext: at == 0 && values.Count > 1));
        }
        Gap(2);
    }

    private void Add(Pictures pictures)
    {
        var (across, space) = (pictures.Across, 10f);
        var room = (width - space * (across - 1)) / across;
        foreach (var row in pictures.Items.Chunk(across))
        {
            var captions = row.Select(picture => setter.Set(picture.Caption, Small, room, picture.Language)).ToList();
            var sizes = row.Select(picture => Fitted(picture, room, pictures.HeightMax)).ToList();
            var (height, lines) = (sizes.Max(size => size.Height), captions.Max(set => set.Count));
            _strips.Add(new(height + 3 + lines * Small.LineHeight, (canvas, top) =>
            {
                for (var at = 0; at < row.Length; at++)
                {
                    var x = left + at * (room + space);
                    using var image = SKImage.FromEncodedData(row[at].Jpeg);
                    var place = SKRect.Create(new(x, top + height - sizes[at].Height), sizes[at]);
                    if (image is not null) canvas.DrawImage(image, place);
                    for (var line = 0; line < captions[at].Count; line++)
                        Draw(canvas, captions[at][line], Small, x, room, top + height + 3 + line * Small.LineHeight);
                }
            }));
            Gap(8);
        }
    }

    private static SKSize Fitted(Picture picture, float width, float height)
    {
        var scale = Math.Min(width / picture.Width, height / picture.Height);
        return new(picture.Width * scale, picture.Height * scale);
    }

    private void Text(string text, TextStyle style, float indent, string language, bool keepsNext = false)
    {
        foreach (var line in setter.Set(text, style, width - indent, language))
            _strips.Add(new(
                style.LineHeight,
                (canvas, top) => Draw(canvas, line, style, left + indent, width - indent, top),
                keepsNext));
    }

    private void Gap(float height, bool keepsNext = false) => _strips.Add(Strip.Gap(height, keepsNext));

    private static void Line(SKCanvas canvas, float x, float top, float width)
    {
        using var paint = Paint(Rule);
        canvas.DrawRect(x, top, width, 0.6f, paint);
    }

    internal static SKPaint Paint(uint ink) => new() { Color = new(ink), IsAntialias = true };

    /// <summary>Draws a line into a column: from its left, or from its right where it is written that way.</summary>
    internal static void Draw(SKCanvas canvas, SetLine line, TextStyle style, float x, float width, float top)
    {
        if (line.Runs.Count == 0) return;
        var ascent = line.Runs.Max(run => run.Face.Ascent) * style.Size;
        var descent = line.Runs.Max(run => run.Face.Descent) * style.Size;
        var baseline = top + (style.LineHeight - ascent - descent) / 2 + ascent;
        var at = line.Backwards ? x + width - line.Width : x;
        using var paint = Paint(style.Ink);
        foreach (var run in line.Runs)
        {
            Ink.Draw(canvas, run, at, baseline, paint);
            at += run.Width;
        }
    }
}
