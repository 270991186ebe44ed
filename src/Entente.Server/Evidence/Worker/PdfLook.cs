using System.Diagnostics;
using System.Globalization;
using Entente.Server.Storage;
using ImageMagick;

namespace Entente.Server.Evidence.Worker;

/// <summary>
/// A PDF as pictures of its pages: nothing in it runs, nothing hidden comes along. Poppler's two tools draw them,
/// inside
/// the limits of this process; where a centre does not have them there is nothing to see, and the file is kept.
/// </summary>
internal static class PdfLook
{
    private const int PagesMax = 60;
    private static readonly TimeSpan PatienceForPages = TimeSpan.FromSeconds(18);
    private static readonly TimeSpan PatienceForFacts = TimeSpan.FromSeconds(5);

    private static readonly Dictionary<string, TraitKind> Facts = new()
    {
        ["Author"] = TraitKind.Author,
        ["Creator"] = TraitKind.Software,
        ["Producer"] = TraitKind.Producer,
        ["CreationDate"] = TraitKind.CreatedAt,
        ["ModDate"] = TraitKind.ChangedAt,
        ["Pages"] = TraitKind.PageCount,
    };

    public static Look Of(byte[] bytes, Bench bench)
    {
        var look = new Look { Type = MediaTypes.Pdf };
        var file = bench.PathOf("file.pdf");
        File.WriteAllBytes(file, bytes);
        try
        {
            var (facts, said) = Tool("pdfinfo", PatienceForFacts, file);
            if (facts is null) return look with { Why = NoLook.NoTool };
            look = look with { Traits = TraitsOf(facts, bytes) };
            if (said.Contains("Incorrect password", StringComparison.Ordinal)) return look with { Why = NoLook.Locked };
            var (drawn, trouble) = Tool(
                "pdftoppm", PatienceForPages, "-jpeg", "-jpegopt", "quality=82", "-scale-to",
                PictureLook.PagePixels.ToString(CultureInfo.InvariantCulture), "-f", "1", "-l",
                PagesMax.ToString(CultureInfo.InvariantCulture), file, bench.PathOf("drawn"));
            if (trouble.Contains("Incorrect password",
                StringComparison.Ordinal)) return look with { Why = NoLook.Locked };
            return drawn is null ? look with { Why = NoLook.NoTool } : Pages(look, bench);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Every page that was drawn whole; the last may not be, where time ran out.</summary>
    private static Look Pages(Look look, Bench bench)
    {
        var pages = new List<string>();
        var sizes = new List<(string File, uint Width, uint Height)>();
        foreach (var drawn in Directory.EnumerateFiles(bench.Folder,
            bench.Name("drawn-*.jpg")).Order(StringComparer.Ordinal))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"page-{pages.Count + 1}.jpg");
            if (SizeOf(drawn) is not { } size) continue;
            File.Move(drawn, bench.PathOf(name));
            pages.Add(bench.Name(name));
            sizes.Add((bench.PathOf(name), size.Width, size.Height));
        }
        if (pages.Count == 0) return look with { Why = NoLook.Unreadable };
        Thumb(bench.PathOf("page-1.jpg"), bench.PathOf("thumb.jpg"));
        PicturePdf.Write(bench.PathOf("copy.pdf"), sizes);
        var said = look.Traits.FirstOrDefault(trait => trait.Kind == TraitKind.PageCount)?.Value;
        return look with
        {
            Thumb = bench.Name("thumb.jpg"),
            Pages = pages,
            PageCount = int.TryParse(said, out var count) ? Math.Max(count, pages.Count) : pages.Count,
            Copy = bench.Name("copy.pdf"),
            CopyType = MediaTypes.Pdf,
            ThumbMilliseconds = bench.Watch.ElapsedMilliseconds,
        };
    }

    private static (uint Width, uint Height)? SizeOf(string jpeg)
    {
        try
        {
            using var whole = new MagickImage(jpeg, new MagickReadSettings { Format = MagickFormat.Jpeg });
            return (whole.Width, whole.Height);
        }
        catch (MagickException)
        {
            File.Delete(jpeg);
            return null;
        }
    }

    private static void Thumb(string page, string thumb)
    {
        using var image = new MagickImage(page, new MagickReadSettings { Format = MagickFormat.Jpeg });
        image.Thumbnail(320, 320);
        image.Strip();
        image.Write(thumb, MagickFormat.Jpeg);
    }

    private static IReadOnlyList<Trait> TraitsOf(string facts, ReadOnlySpan<byte> bytes)
    {
        var traits = new List<Trait>();
        if (bytes.IndexOf("/JavaScript"u8) >= 0) traits.Add(new(TraitKind.Script, "JavaScript"));
        foreach (var line in facts.Split('\n'))
        {
            if (line.IndexOf(':') is not (> 0 and var colon)) continue;
            var (name, value) = (line[..colon], Traits.Plain(line[(colon + 1)..]));
            if (value.Length == 0) continue;
            if (Facts.TryGetValue(name, out var kind)) traits.Add(new(kind, value));
            if (name == "JavaScript" && value == "yes" && !traits.Exists(trait => trait.Kind == TraitKind.Script))
                traits.Add(new(TraitKind.Script, "JavaScript"));
        }
        return traits;
    }

    /// <summary>What a tool of Poppler's said; no output where it is not installed.</summary>
    private static (string? Output, string Errors) Tool(string name, TimeSpan patience, params string[] arguments)
    {
        var start = new ProcessStartInfo(name, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        try
        {
            using var tool = Process.Start(start) ?? throw new InvalidOperationException($"{name} does not start.");
            var (output, errors) = (tool.StandardOutput.ReadToEndAsync(), tool.StandardError.ReadToEndAsync());
            if (!tool.WaitForExit(patience)) tool.Kill();
            return (output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (null, "");
        }
    }
}
