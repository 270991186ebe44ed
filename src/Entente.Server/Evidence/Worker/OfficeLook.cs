using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using ImageMagick;

namespace Entente.Server.Evidence.Worker;

/// <summary>
/// An office document: nothing is drawn of it. Its copy is packed anew without who wrote it, when and with what,
/// without
/// its thumbnail and its macros, and with the pictures in it made anew.
/// </summary>
internal static partial class OfficeLook
{
    private const int EntriesMax = 2_000;
    private const long BytesMax = 100_000_000;
    private const int RatioMax = 200;

    public static Look Of(string type, byte[] bytes, Bench bench)
    {
        try
        {
            using var packed = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
            if (packed.Entries.Count > EntriesMax || packed.Entries.Sum(entry => entry.Length) > BytesMax
                || packed.Entries.Any(entry => entry.Length > 1_000_000
                    && entry.Length > RatioMax * entry.CompressedLength))
                return new() { Type = type, Why = NoLook.TooLarge };
            var traits = packed.Entries.Where(entry => IsAbout(entry.FullName)).SelectMany(entry =>
                TraitsOf(Text(entry))).ToList();
            if (packed.Entries.Any(entry => IsMacro(entry.FullName))) traits.Add(new(TraitKind.Script, "VBA"));
            Pack(packed, bench.PathOf("copy.zip"));
            return new()
            {
                Type = type, Why = NoLook.Opaque, Traits = traits, Copy = bench.Name("copy.zip"), CopyType = type,
            };
        }
        catch (Exception broken) when (broken is InvalidDataException or MagickException or NotSupportedException)
        {
            return new() { Type = type, Why = NoLook.Unreadable };
        }
    }

    private static void Pack(ZipArchive packed, string path)
    {
        using var file = File.Create(path);
        using var copy = new ZipArchive(file, ZipArchiveMode.Create);
        foreach (var entry in packed.Entries)
        {
            var name = entry.FullName;
            if (name.EndsWith('/') || IsMacro(name) || name.Contains("thumbnail",
                StringComparison.OrdinalIgnoreCase)) continue;
            var clean = IsAbout(name) ? Encoding.UTF8.GetBytes(About().Replace(Text(entry), "$1$3"))
                : IsPicture(name) ? Picture(Bytes(entry))
                : IsXml(name) ? Encoding.UTF8.GetBytes(Writers().Replace(Text(entry), "$1=\"\""))
                : Bytes(entry);
            using var to = copy.CreateEntry(name, name == "mimetype" ? CompressionLevel.NoCompression
                : CompressionLevel.Fastest).Open();
            to.Write(clean);
        }
    }

    private static byte[] Picture(byte[] bytes)
    {
        var type = Storage.MediaTypes.Of(bytes.AsSpan(0, Math.Min(bytes.Length, Storage.MediaTypes.HeadBytes)));
        if (type is not (Storage.MediaTypes.Jpeg or Storage.MediaTypes.Png)) return [];
        var format = type == Storage.MediaTypes.Jpeg ? MagickFormat.Jpeg : MagickFormat.Png;
        using var image = new MagickImage(bytes, new MagickReadSettings { Format = format });
        image.AutoOrient();
        image.Strip();
        return image.ToByteArray(format);
    }

    private static IEnumerable<Trait> TraitsOf(string about)
    {
        (TraitKind Kind, string Name)[] wanted =
        [
            (TraitKind.Author, "creator"), (TraitKind.Owner, "lastModifiedBy"), (TraitKind.Software, "Application"),
            (TraitKind.CreatedAt, "created"), (TraitKind.ChangedAt, "modified"), (TraitKind.Software, "generator"),
        ];
        foreach (Match found in About().Matches(about))
            foreach (var (kind, name) in wanted)
                if (found.Groups["name"].Value.EndsWith(name, StringComparison.Ordinal) && found.Groups[2].Length > 0)
                    yield return new(kind, Traits.Plain(found.Groups[2].Value));
    }

    private static bool IsAbout(string name) =>
        name.StartsWith("docProps/", StringComparison.OrdinalIgnoreCase) && IsXml(name) || name == "meta.xml";

    private static bool IsMacro(string name) =>
        name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("Basic/", StringComparison.Ordinal) || name.StartsWith("Scripts/", StringComparison.Ordinal);

    private static bool IsXml(string name) =>
        name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".rels",
            StringComparison.OrdinalIgnoreCase);

    private static bool IsPicture(string name) => Path.GetExtension(name).ToLowerInvariant() is
        ".jpg" or ".jpeg" or ".png" or ".gif" or ".tif" or ".tiff" or ".emf" or ".wmf" or ".bmp" or ".svg" or ".webp";

    private static string Text(ZipArchiveEntry entry) => Encoding.UTF8.GetString(Bytes(entry));

    /// <summary>No more than the directory promises, whatever comes out.</summary>
    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var from = entry.Open();
        var bytes = new byte[entry.Length];
        var read = from.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read == bytes.Length ? bytes : bytes[..read];
    }

    /// <summary>An element without children and what stands in it.</summary>
    [GeneratedRegex(@"(<(?<name>[\w:.-]+)(?:\s[^<>]*)?>)([^<>]+)(</\k<name>>)")]
    private static partial Regex About();

    /// <summary>Who wrote a comment or a change.</summary>
    [GeneratedRegex(@"\b(w:author|w:initials|w15:author|w15:userId|userId|lastModifiedBy|userName)=""[^""]*""")]
    private static partial Regex Writers();
}
