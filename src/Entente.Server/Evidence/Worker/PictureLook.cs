using System.Globalization;
using Entente.Server.Storage;
using ImageMagick;

namespace Entente.Server.Evidence.Worker;

/// <summary>
/// A picture made anew: upright, in plain colours, with nothing in it but what can be seen. Photos shrink while they
/// are decoded, so that a large one costs little.
/// </summary>
internal static class PictureLook
{
    private const int ThumbPixels = 320;
    public const int PagePixels = 1600;
    private const int CopyPixels = 4096;
    private const long PixelsMax = 40_000_000;
    private const int Likeness = 8;

    private static readonly Dictionary<string, MagickFormat> Formats = new()
    {
        [MediaTypes.Jpeg] = MagickFormat.Jpeg,
        [MediaTypes.Png] = MagickFormat.Png,
        [MediaTypes.Gif] = MagickFormat.Gif,
        [MediaTypes.WebP] = MagickFormat.WebP,
        [MediaTypes.Heic] = MagickFormat.Heic,
        [MediaTypes.Avif] = MagickFormat.Avif,
    };

    static PictureLook()
    {
        ResourceLimits.Memory = 600_000_000;
        ResourceLimits.Disk = 0;
        ResourceLimits.Width = 65_500;
        ResourceLimits.Height = 65_500;
        ResourceLimits.ListLength = 4;
        ResourceLimits.Thread = 1;
    }

    public static Look Of(string type, byte[] bytes, Bench bench)
    {
        var traits = Traits.Of(bytes);
        try
        {
            var header = new MagickImageInfo();
            header.Read(bytes, new MagickReadSettings { Format = Formats[type], FrameIndex = 0, FrameCount = 1 });
            var pixels = (long)header.Width * header.Height;
            var size = string.Create(CultureInfo.InvariantCulture, $"{header.Width} × {header.Height}");
            traits = [.. traits, new(TraitKind.Pixels, size)];
            if (pixels > (type == MediaTypes.Jpeg ? PictureSize.PhotoPixelsMax : PixelsMax))
                return new() { Type = type, Why = NoLook.TooLarge, Traits = traits };
            return Made(type, bytes, header, bench) with { Traits = traits };
        }
        catch (MagickException)
        {
            return new() { Type = type, Why = NoLook.Unreadable, Traits = traits };
        }
    }

    private static Look Made(string type, byte[] bytes, MagickImageInfo header, Bench bench)
    {
        ulong likeness;
        using (var small = Read(type, bytes, header, 2 * ThumbPixels))
        {
            Shrink(small, ThumbPixels);
            WriteJpeg(small, bench.PathOf("thumb.jpg"), 80);
            likeness = LikenessOf(small);
        }
        var taken = bench.Watch.ElapsedMilliseconds;
        var keepsSharp = type is MediaTypes.Png or MediaTypes.Gif;
        var copy = keepsSharp ? "copy.png" : "copy.jpg";
        using (var whole = Read(type, bytes, header, CopyPixels))
        {
            Shrink(whole, CopyPixels);
            if (keepsSharp) whole.Write(bench.PathOf(copy), MagickFormat.Png);
            else WriteJpeg(whole, bench.PathOf(copy), 90);
            Shrink(whole, PagePixels);
            WriteJpeg(whole, bench.PathOf("page-1.jpg"), 85);
        }
        return new()
        {
            Type = type,
            Thumb = bench.Name("thumb.jpg"),
            Pages = [bench.Name("page-1.jpg")],
            PageCount = 1,
            Copy = bench.Name(copy),
            CopyType = keepsSharp ? MediaTypes.Png : MediaTypes.Jpeg,
            Likeness = likeness,
            ThumbMilliseconds = taken,
        };
    }

    /// <summary>The first picture of the file; its format is told, so that no other reader is ever asked.</summary>
    private static MagickImage Read(string type, byte[] bytes, MagickImageInfo header, int about)
    {
        var settings = new MagickReadSettings { Format = Formats[type], FrameIndex = 0, FrameCount = 1 };
        var hint = string.Create(CultureInfo.InvariantCulture, $"{about}x{about}");
        if (Math.Max(header.Width, header.Height) > about) settings.SetDefine(MagickFormat.Jpeg, "size", hint);
        var image = new MagickImage(bytes, settings);
        image.AutoOrient();
        if (image.ColorSpace is not (ColorSpace.sRGB or ColorSpace.Gray)) image.TransformColorSpace(ColorProfiles.SRGB);
        else if (image.GetColorProfile() is { } profile) image.TransformColorSpace(profile, ColorProfiles.SRGB);
        image.Strip();
        return image;
    }

    private static void Shrink(MagickImage image, uint most)
    {
        if (image.Width > most || image.Height > most) image.Thumbnail(most, most);
        image.Strip();
        foreach (var name in image.AttributeNames.ToList()) image.RemoveAttribute(name);
        foreach (var name in image.ArtifactNames.ToList()) image.RemoveArtifact(name);
    }

    private static void WriteJpeg(MagickImage image, string path, uint quality)
    {
        using var flat = (MagickImage)image.Clone();
        flat.BackgroundColor = MagickColors.White;
        if (flat.HasAlpha) flat.Alpha(AlphaAction.Remove);
        flat.Quality = quality;
        flat.Write(path, MagickFormat.Jpeg);
    }

    /// <summary>Whether each of eight times eight squares is brighter than its neighbour.</summary>
    private static ulong LikenessOf(MagickImage image)
    {
        using var tiny = (MagickImage)image.Clone();
        tiny.BackgroundColor = MagickColors.White;
        if (tiny.HasAlpha) tiny.Alpha(AlphaAction.Remove);
        tiny.Grayscale();
        tiny.Resize(new MagickGeometry(Likeness + 1, Likeness) { IgnoreAspectRatio = true });
        using var pixels = tiny.GetPixels();
        var bits = 0UL;
        for (var row = 0; row < Likeness; row++)
            for (var column = 0; column < Likeness; column++)
                bits = bits << 1 | (Gray(column, row) > Gray(column + 1, row) ? 1UL : 0UL);
        return bits;

        byte Gray(int x, int y) => pixels.GetPixel(x, y).GetChannel(0);
    }
}
