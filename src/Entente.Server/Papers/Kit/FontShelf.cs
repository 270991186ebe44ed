using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using SkiaSharp;

namespace Entente.Server.Papers.Kit;

/// <summary>
/// The fonts that documents are set in: Noto for the Latin, Greek, Cyrillic and Arabic scripts is built in; for all
/// others, Chinese above all, the fonts that are installed in the folder the settings name.
/// </summary>
public sealed partial class FontShelf(Settings settings, ILogger<FontShelf> log) : IDisposable
{
    /// <summary>Fonts with all of Chinese, Japanese and Korean, by preference.</summary>
    private static readonly HanFont[] HanFonts =
    [
        new("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc", Simplified: 2, Traditional: 3, Japanese: 0, Korean: 1),
        new("NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf"),
        new("DroidSansFallbackFull.ttf", "DroidSansFallbackFull.ttf"),
        new("wqy-zenhei.ttc", "wqy-zenhei.ttc"),
    ];

    private static readonly string[] BuiltIn = ["NotoSans", "NotoNaskhArabic"];
    private readonly ConcurrentDictionary<(string Place, int Index), Lazy<Face?>> _faces = new();
    private readonly ConcurrentDictionary<(int Rune, bool Bold, string Tongue), Face?> _known = new();
    private readonly Lazy<IReadOnlyDictionary<string, string>> _installed = new(() => Installed(settings.FontFolder));

    /// <summary>The font a character is set in; null where none here has it.</summary>
    /// <param name="language">Decides which shapes of Chinese characters are meant.</param>
    internal Face? For(Rune rune, bool bold, string language)
    {
        var tongue = language.Split('-') is ["zh", .. var rest]
            ? rest is ["TW" or "HK" or "Hant", ..] ? "zh-Hant" : "zh"
            : language is "ja" or "ko" ? language : "";
        return _known.GetOrAdd((rune.Value, bold, tongue), _ => Find(rune, bold, tongue));
    }

    /// <summary>What stands for what cannot be printed.</summary>
    internal Face Last(bool bold) => Embedded(BuiltIn[0], bold)!;

    public void Dispose()
    {
        foreach (var face in _faces.Values)
            if (face.IsValueCreated) face.Value?.Dispose();
    }

    private Face? Find(Rune rune, bool bold, string tongue)
    {
        foreach (var name in BuiltIn)
            if (Embedded(name, bold) is { } face && face.Has(rune.Value)) return face;
        if (IsHan(rune) && Han(bold, tongue) is { } han && han.Has(rune.Value)) return han;
        foreach (var (name, path) in _installed.Value)
            if (IsPlain(name) && FromFile(path, 0) is { } face && face.Has(rune.Value)) return face;
        LogMissing(rune.Value.ToString("X4", null), settings.FontFolder);
        return null;
    }

    private Face? Han(bool bold, string tongue)
    {
        foreach (var font in HanFonts)
            if (_installed.Value.GetValueOrDefault(bold ? font.Bold : font.Name) is { } path)
                return FromFile(path, tongue switch
                {
                    "zh-Hant" => font.Traditional, "ja" => font.Japanese, "ko" => font.Korean, _ => font.Simplified,
                });
        return null;
    }

    private static bool IsPlain(string name) => name.StartsWith("Noto", StringComparison.Ordinal)
        && name.Contains("-Regular.", StringComparison.Ordinal) && !name.EndsWith(".ttc", StringComparison.Ordinal);

    private Face? Embedded(string name, bool bold) =>
        _faces.GetOrAdd((name + (bold ? "-Bold" : "-Regular"), -1), place => new(() => BuiltInFace(place.Place))).Value;

    private static Face? BuiltInFace(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Fonts/{name}.ttf")
            ?? throw new InvalidOperationException($"The font {name} is not built in.");
        return Face.From(SKData.Create(stream));
    }

    private Face? FromFile(string path, int index) =>
        _faces.GetOrAdd((path, index), place => new(() => Face.From(SKData.Create(place.Place), place.Index))).Value;

    private static bool IsHan(Rune rune) => rune.Value
        is (>= 0x1100 and <= 0x11FF) or (>= 0x2E80 and <= 0x9FFF) or (>= 0xA960 and <= 0xA97F)
        or (>= 0xAC00 and <= 0xD7FF) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE4F)
        or (>= 0xFF00 and <= 0xFFEF) or (>= 0x20000 and <= 0x3FFFF);

    /// <summary>Font files by name, the same order on every machine.</summary>
    private static SortedDictionary<string, string> Installed(string folder)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (!Directory.Exists(folder)) return found;
        var files = Directory.EnumerateFiles(folder, "*.?t?", SearchOption.AllDirectories);
        foreach (var path in files.Order(StringComparer.Ordinal))
            if (Path.GetExtension(path) is ".ttf" or ".otf" or ".ttc") found.TryAdd(Path.GetFileName(path), path);
        return found;
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "No font has U+{Character}; documents show a box. Install Noto CJK in {Folder}, or set 'fonts'")]
    private partial void LogMissing(string character, string folder);

    /// <summary>The place of each tongue's shapes in the font's file.</summary>
    private sealed record HanFont(
        string Name, string Bold, int Simplified = 0, int Traditional = 0, int Japanese = 0, int Korean = 0);
}
