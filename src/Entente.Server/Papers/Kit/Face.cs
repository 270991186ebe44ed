using HarfBuzzSharp;
using SkiaSharp;

namespace Entente.Server.Papers.Kit;

/// <summary>One cut of a font, as it is shaped and as it is drawn; both read the same bytes.</summary>
internal sealed class Face : IDisposable
{
    private readonly SKData _data;
    private readonly Blob _blob;
    private readonly HarfBuzzSharp.Face _face;
    private readonly Font _font;
    private readonly Lock _shaping = new();

    private Face(SKData data, SKTypeface typeface, int index)
    {
        _data = data;
        Typeface = typeface;
        _blob = new Blob(data.Data, (int)data.Size, MemoryMode.ReadOnly);
        _face = new(_blob, index) { UnitsPerEm = typeface.UnitsPerEm };
        _font = new(_face);
        _font.SetScale(typeface.UnitsPerEm, typeface.UnitsPerEm);
        _font.SetFunctionsOpenType();
        using var font = FontOf(typeface, 1);
        font.GetFontMetrics(out var metrics);
        (Ascent, Descent) = (-metrics.Ascent, metrics.Descent);
    }

    public SKTypeface Typeface { get; }

    /// <summary>Above and below the base line, for a size of 1.</summary>
    public float Ascent { get; }

    public float Descent { get; }

    /// <summary>Null where the bytes hold no font.</summary>
    public static Face? From(SKData? data, int index = 0) =>
        data is not null && SKTypeface.FromData(data, index) is { } typeface ? new(data, typeface, index) : null;

    public bool Has(int codepoint) => Typeface.ContainsGlyph(codepoint);

    public SKFont At(float size) => FontOf(Typeface, size);

    /// <summary>The glyphs of a stretch of text in one direction, left to right, for a size.</summary>
    public Shaped Shape(string text, float size, bool backwards)
    {
        using var buffer = new HarfBuzzSharp.Buffer();
        buffer.AddUtf16(text);
        buffer.GuessSegmentProperties();
        buffer.Direction = backwards ? Direction.RightToLeft : Direction.LeftToRight;
        lock (_shaping) _font.Shape(buffer);
        var (infos, positions, scale) = (buffer.GlyphInfos, buffer.GlyphPositions, size / Typeface.UnitsPerEm);
        var (glyphs, x) = (new Glyph[infos.Length], 0f);
        for (var at = 0; at < infos.Length; at++)
        {
            glyphs[at] = new(
                (ushort)infos[at].Codepoint, x + positions[at].XOffset * scale, -positions[at].YOffset * scale,
                infos[at].Cluster);
            x += positions[at].XAdvance * scale;
        }
        return new(this, size, text, glyphs, x);
    }

    public void Dispose()
    {
        _font.Dispose();
        _face.Dispose();
        _blob.Dispose();
        Typeface.Dispose();
        _data.Dispose();
    }

    private static SKFont FontOf(SKTypeface typeface, float size) => new(typeface, size)
    {
        Subpixel = true, LinearMetrics = true, Hinting = SKFontHinting.None, Edging = SKFontEdging.Antialias,
    };
}

/// <summary>A glyph in its place.</summary>
/// <param name="Cluster">Where in its text the letters it stands for begin.</param>
internal readonly record struct Glyph(ushort Id, float X, float Y, uint Cluster);

/// <summary>A stretch of text as it is drawn: one font, one size, one direction.</summary>
internal sealed record Shaped(Face Face, float Size, string Text, Glyph[] Glyphs, float Width);
