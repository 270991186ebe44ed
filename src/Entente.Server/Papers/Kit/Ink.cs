using System.Text;
using SkiaSharp;

namespace Entente.Server.Papers.Kit;

/// <summary>Puts glyphs on a page with the letters they stand for, so that they can be found and copied.</summary>
internal static class Ink
{
    public static void Draw(SKCanvas canvas, Shaped run, float x, float baseline, SKPaint paint)
    {
        if (run.Glyphs.Length == 0) return;
        var text = Encoding.UTF8.GetBytes(run.Text);
        using var font = run.Face.At(run.Size);
        using var builder = new SKTextBlobBuilder();
        var buffer = builder.AllocatePositionedTextRun(font, run.Glyphs.Length, text.Length, null);
        var ids = buffer.Glyphs;
        var positions = buffer.Positions;
        var clusters = buffer.Clusters;
        for (var at = 0; at < run.Glyphs.Length; at++)
        {
            ids[at] = run.Glyphs[at].Id;
            positions[at] = new(run.Glyphs[at].X, run.Glyphs[at].Y);
            clusters[at] = (uint)Encoding.UTF8.GetByteCount(run.Text.AsSpan(0, (int)run.Glyphs[at].Cluster));
        }
        text.CopyTo(buffer.Text);
        using var blob = builder.Build();
        if (blob is not null) canvas.DrawText(blob, x, baseline, paint);
    }
}
