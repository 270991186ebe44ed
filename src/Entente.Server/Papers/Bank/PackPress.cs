using Entente.Server.Papers.Kit;
using SkiaSharp;

namespace Entente.Server.Papers.Bank;

/// <summary>
/// Presses an evidence pack so that it stays inside a scheme's limits of pages, bytes, resolution and text.
/// </summary>
public sealed class PackPress(PdfPress press)
{
    private const float PointsPerInch = 72;

    /// <summary>From sharp to small; the first that fits the bytes is taken.</summary>
    private static readonly (int Ppi, int Quality)[] Grades =
        [(200, 82), (150, 75), (120, 70), (96, 62), (72, 55), (50, 45), (36, 35)];

    internal async Task<Pressed> Press(
        EvidencePack pack, Scheme scheme, IReadOnlyList<PackPicture> pictures, CancellationToken stop)
    {
        var (measure, shown) = Fitting(pack, scheme, pictures);
        foreach (var (ppi, quality) in Grades)
        {
            var scaled = new List<Picture>(shown.Count);
            foreach (var picture in shown)
                if (await Scaled(picture, measure, Math.Min(ppi, scheme.Ppi), quality, stop) is { } one)
                    scaled.Add(one);
            var pressed = press.Press(pack.Of(measure, scaled));
            if (pressed.Bytes.Length <= scheme.Bytes && pressed.Pages <= scheme.Pages) return pressed;
        }
        return press.Press(pack.Of(PackMeasure.All[^1], []));
    }

    /// <summary>
    /// The most generous measure whose pages and text fit; at last with as many pictures as there is room for.
    /// </summary>
    private (PackMeasure Measure, IReadOnlyList<PackPicture> Shown) Fitting(
        EvidencePack pack, Scheme scheme, IReadOnlyList<PackPicture> pictures)
    {
        foreach (var measure in PackMeasure.All)
            if (Fits(pack, scheme, measure, pictures)) return (measure, pictures);
        var (tight, count) = (PackMeasure.All[^1], pictures.Count);
        while (count > 0 && !Fits(pack, scheme, tight, pictures.Take(count).ToList())) count -= tight.Across;
        return (tight, pictures.Take(Math.Max(0, count)).ToList());
    }

    private bool Fits(EvidencePack pack, Scheme scheme, PackMeasure measure, IReadOnlyList<PackPicture> pictures)
    {
        // Only their shapes count for the pages; the pictures themselves are not opened yet.
        var paper = pack.Of(measure, [.. pictures.Select(picture =>
            new Picture([], picture.Width, picture.Height, picture.Caption, picture.Language))]);
        return EvidencePack.Characters(paper) <= (scheme.Characters ?? int.MaxValue)
            && press.PagesOf(paper) <= scheme.Pages;
    }

    private static async Task<Picture?> Scaled(
        PackPicture picture, PackMeasure measure, int ppi, int quality, CancellationToken stop)
    {
        if (await picture.Open(stop) is not { } bytes || ExhibitPictures.Upright(bytes) is not { } upright) return null;
        using (upright)
        {
            var room = (PdfPress.Room - 10 * (measure.Across - 1)) / measure.Across;
            var scale = Math.Min(room / upright.Width, measure.HeightMax / upright.Height);
            var width = Math.Min(upright.Width, (int)(upright.Width * scale * ppi / PointsPerInch));
            var height = Math.Max(1, (int)((long)upright.Height * width / upright.Width));
            using var small = upright.Resize(
                new SKImageInfo(Math.Max(1, width), height), new SKSamplingOptions(SKCubicResampler.Mitchell));
            using var jpeg = small.Encode(SKEncodedImageFormat.Jpeg, quality);
            return new(jpeg.ToArray(), small.Width, small.Height, picture.Caption, picture.Language);
        }
    }
}
