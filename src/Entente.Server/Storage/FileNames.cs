using System.Globalization;
using System.Text;
using Entente.Domain.Disputes;

namespace Entente.Server.Storage;

/// <summary>
/// What a sender called a file: shown safely, held against what the file is, and never used as a path.
/// </summary>
public static class FileNames
{
    private const string NoName = "file";
    private const int ExtensionLengthMax = 12;

    /// <summary>Names that are no files on the machines of some who download them.</summary>
    private static readonly HashSet<string> Devices = new(
        ["con", "prn", "aux", "nul", .. Enumerable.Range(0, 10).SelectMany(no => new[] { $"com{no}", $"lpt{no}" })],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>What may stand behind an extension that claims something.</summary>
    private static readonly Dictionary<string, string[]> Claims = new(StringComparer.OrdinalIgnoreCase)
    {
        [".jpg"] = [MediaTypes.Jpeg], [".jpeg"] = [MediaTypes.Jpeg], [".jpe"] = [MediaTypes.Jpeg],
        [".jfif"] = [MediaTypes.Jpeg], [".mpo"] = [MediaTypes.Jpeg],
        [".png"] = [MediaTypes.Png], [".gif"] = [MediaTypes.Gif], [".webp"] = [MediaTypes.WebP],
        [".heic"] = [MediaTypes.Heic, MediaTypes.Avif], [".heif"] = [MediaTypes.Heic, MediaTypes.Avif],
        [".hif"] = [MediaTypes.Heic, MediaTypes.Avif], [".avif"] = [MediaTypes.Avif, MediaTypes.Heic],
        [".pdf"] = [MediaTypes.Pdf],
        [".eml"] = [MediaTypes.Mail, MediaTypes.Text, MediaTypes.Table],
        [".txt"] = [MediaTypes.Text, MediaTypes.Table, MediaTypes.Mail],
        [".csv"] = [MediaTypes.Table, MediaTypes.Text], [".tsv"] = [MediaTypes.Table, MediaTypes.Text],
        [".docx"] = [MediaTypes.Office], [".xlsx"] = [MediaTypes.Office], [".pptx"] = [MediaTypes.Office],
        [".odt"] = [MediaTypes.OpenDocument], [".ods"] = [MediaTypes.OpenDocument],
            [".odp"] = [MediaTypes.OpenDocument],
        [".mp4"] = [MediaTypes.Mp4, MediaTypes.QuickTime], [".m4v"] = [MediaTypes.Mp4],
        [".mov"] = [MediaTypes.QuickTime, MediaTypes.Mp4], [".webm"] = [MediaTypes.WebM],
    };

    /// <summary>
    /// A name to show: no folder, nothing invisible, nothing that turns the reading round, not endless.
    /// </summary>
    public static string Shown(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var clean = new StringBuilder(Math.Min(last.Length, Texts.TitleMax));
        foreach (var letter in last.EnumerateRunes())
            if (IsSeen(letter))
                clean.Append(letter);
        var bare = clean.ToString().Normalize().Trim(' ', '.', '\u00A0');
        if (bare.Length == 0) return NoName;
        var stem = bare.Split('.')[0].TrimEnd();
        return Shortened(Devices.Contains(stem) ? $"_{bare}" : bare, Texts.TitleMax);
    }

    /// <summary>Whether the name or the header promises something else than the file holds.</summary>
    public static bool Mismatch(string name, string? declared, string type) =>
        Claims.TryGetValue(Path.GetExtension(Shown(name)), out var types) && !types.Contains(type)
        || declared?.Split(';')[0].Trim().ToLowerInvariant() is { } said && Contradicts(said, type);

    /// <summary>The name under which a file of this type is saved: its real extension stands at its end.</summary>
    public static string ForSaving(string shown, string type)
    {
        var extensions = ExtensionsOf(type);
        var extension = Path.GetExtension(shown);
        if (extensions.Contains(extension, StringComparer.OrdinalIgnoreCase)) return shown;
        var real = extensions.FirstOrDefault() ?? ".bin";
        return Shortened(shown, Texts.TitleMax - real.Length) + real;
    }

    private static IReadOnlyList<string> ExtensionsOf(string type) =>
        [.. Claims.Where(claim => claim.Value[0] == type).Select(claim => claim.Key)];

    /// <summary>
    /// Programs guess headers from names and systems guess them wrong; only what cannot be meant is a lie.
    /// </summary>
    private static bool Contradicts(string said, string type) => said switch
    {
        MediaTypes.Jpeg or MediaTypes.Png or MediaTypes.Gif or MediaTypes.WebP or MediaTypes.Pdf => said != type,
        _ => said.StartsWith("image/", StringComparison.Ordinal) && !MediaTypes.IsPicture(type)
            || said.StartsWith("video/", StringComparison.Ordinal) && !MediaTypes.IsVideo(type),
    };

    private static bool IsSeen(Rune letter) => letter != Rune.ReplacementChar && Rune.GetUnicodeCategory(letter) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned);

    /// <summary>Cut in the middle, never in a letter, so that the extension stays.</summary>
    private static string Shortened(string name, int most)
    {
        if (name.Length <= most) return name;
        var extension = Path.GetExtension(name);
        if (extension.Length > ExtensionLengthMax) extension = "";
        var cut = most - extension.Length;
        return (char.IsHighSurrogate(name[cut - 1]) ? name[..(cut - 1)] : name[..cut]) + extension;
    }
}
