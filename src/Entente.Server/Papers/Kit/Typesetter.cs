using System.Globalization;
using System.Text;

namespace Entente.Server.Papers.Kit;

/// <summary>How a text is set.</summary>
/// <param name="Leading">From one base line to the next, in sizes.</param>
internal sealed record TextStyle(float Size, bool Bold = false, uint Ink = 0xFF1B1F24, float Leading = 1.45f)
{
    public float LineHeight => Size * Leading;
}

/// <summary>A set line: stretches of glyphs from left to right.</summary>
/// <param name="Backwards">Whether its paragraph is written right to left.</param>
internal sealed record SetLine(IReadOnlyList<Shaped> Runs, float Width, bool Backwards);

/// <summary>Breaks texts of any script into lines of glyphs in the order they are read.</summary>
internal sealed class Typesetter(FontShelf fonts)
{
    /// <summary>Whether something had to be shown as boxes because no font has it.</summary>
    public bool HasGaps { get; private set; }

    /// <param name="language">Of the text; decides the shapes of Chinese characters.</param>
    public IReadOnlyList<SetLine> Set(string text, TextStyle style, float width, string language = "und")
    {
        var lines = new List<SetLine>();
        foreach (var paragraph in Cleaned(text).Split('\n')) Paragraph(paragraph, style, width, language, lines);
        return lines;
    }

    public float WidthOf(string text, TextStyle style, string language = "und") =>
        Set(text, style, float.MaxValue, language) is [var line, ..] ? line.Width : 0;

    private void Paragraph(string text, TextStyle style, float width, string language, List<SetLine> lines)
    {
        var letters = Letters(text, style.Bold, language);
        var bidi = Bidi.Of([.. letters.Select(letter => letter.Rune)]);
        if (letters.Count == 0)
        {
            lines.Add(new([], 0, bidi.Level == 1));
            return;
        }
        var (start, end, used) = (0, 0, 0f);
        foreach (var (from, to) in Words(letters, width, style))
        {
            var solid = Measure(letters, from, EndOfSolid(letters, from, to), style);
            if (end > start && used + solid > width)
            {
                lines.Add(Line(letters, bidi, start, end, style));
                (start, used) = (from, 0);
            }
            (end, used) = (to, used + Measure(letters, from, to, style));
        }
        lines.Add(Line(letters, bidi, start, end, style));
    }

    private static SetLine Line(List<Letter> letters, Bidi bidi, int start, int end, TextStyle style)
    {
        var (runs, width) = (new List<Shaped>(), 0f);
        end = EndOfSolid(letters, start, end);
        foreach (var (from, to, level) in bidi.Line(start, end))
        {
            var stretches = Stretches(letters, from, to);
            if (level % 2 == 1) stretches.Reverse();
            foreach (var (first, last) in stretches)
            {
                var shaped = letters[first].Face.Shape(TextOf(letters, first, last), style.Size, level % 2 == 1);
                runs.Add(shaped);
                width += shaped.Width;
            }
        }
        return new(runs, width, bidi.Level == 1);
    }

    private static float Measure(List<Letter> letters, int from, int to, TextStyle style) =>
        Stretches(letters, from, to).Sum(part =>
            letters[part.Start].Face.Shape(TextOf(letters, part.Start, part.End), style.Size, false).Width);

    /// <summary>Words between places where a line may end; one too long for a line is cut.</summary>
    private static IEnumerable<(int Start, int End)> Words(List<Letter> letters, float width, TextStyle style)
    {
        var start = 0;
        for (var at = 1; at <= letters.Count; at++)
        {
            if (at < letters.Count && !Breaks.MayEndBefore(letters[at - 1].Rune, letters[at].Rune)) continue;
            foreach (var part in Cut(letters, start, at, width, style)) yield return part;
            start = at;
        }
    }

    private static IEnumerable<(int Start, int End)> Cut(
        List<Letter> letters, int start, int end, float width, TextStyle style)
    {
        while (end - start > 1 && Measure(letters, start, EndOfSolid(letters, start, end), style) > width)
        {
            var (fits, beyond) = (start + 1, end);
            while (beyond - fits > 1)
            {
                var middle = (fits + beyond) / 2;
                if (Measure(letters, start, middle, style) > width) beyond = middle;
                else fits = middle;
            }
            while (fits < end && letters[fits].Joins) fits++;
            if (fits >= end) break;
            yield return (start, fits);
            start = fits;
        }
        yield return (start, end);
    }

    private static int EndOfSolid(List<Letter> letters, int start, int end)
    {
        while (end > start && letters[end - 1].Rune.Value is ' ' or 0x200B) end--;
        return end;
    }

    private static List<(int Start, int End)> Stretches(List<Letter> letters, int from, int to)
    {
        var parts = new List<(int Start, int End)>();
        for (var at = from; at < to; at++)
            if (parts.Count == 0 || letters[parts[^1].Start].Face != letters[at].Face) parts.Add((at, at + 1));
            else parts[^1] = parts[^1] with { End = at + 1 };
        return parts;
    }

    private static string TextOf(List<Letter> letters, int from, int to)
    {
        var text = new StringBuilder(to - from);
        for (var at = from; at < to; at++) text.Append(letters[at].Rune);
        return text.ToString();
    }

    private List<Letter> Letters(string text, bool bold, string language)
    {
        var letters = new List<Letter>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var joins = letters.Count > 0 && Breaks.Joins(rune);
            var before = letters.Count > 0 ? letters[^1].Face : null;
            // Marks, spaces and signs stay in the font of what they follow wherever that has them.
            var stays = before is not null && (joins || !Rune.IsLetterOrDigit(rune)) && before.Has(rune.Value);
            var face = stays ? before! : fonts.For(rune, bold, language);
            if (face is null) HasGaps = true;
            letters.Add(new(rune, face ?? fonts.Last(bold), joins));
        }
        return letters;
    }

    /// <summary>Without control characters and without anything that turns the order of writing around.</summary>
    private static string Cleaned(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
            if (rune.Value is '\n') clean.Append('\n');
            else if (rune.Value is '\t') clean.Append(' ');
            else if (rune.Value is 0x200B or 0x200C or 0x200D || !IsControl(rune)) clean.Append(rune);
        return clean.ToString();
    }

    private static bool IsControl(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format;

    private sealed record Letter(Rune Rune, Face Face, bool Joins);
}
