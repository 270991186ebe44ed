using System.Text;

namespace Entente.Server.Evidence.Worker;

/// <summary>A text as text: its letters in UTF-8, without what only machines obey.</summary>
internal static class TextLook
{
    /// <summary>What is shown of a text; the copy holds it whole.</summary>
    public const int ShownMax = 200_000;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    static TextLook() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static Look Of(string type, byte[] bytes, Bench bench)
    {
        var text = Plain(Decode(bytes));
        File.WriteAllText(bench.PathOf("copy.txt"), text);
        return Shown(new() { Type = type, Copy = bench.Name("copy.txt"), CopyType = "text/plain" }, text, bench);
    }

    /// <summary>The same look with the text that is shown of it.</summary>
    public static Look Shown(Look look, string text, Bench bench)
    {
        var isCut = text.Length > ShownMax;
        var cut = isCut ? text[..(ShownMax - (char.IsHighSurrogate(text[ShownMax - 1]) ? 1 : 0))] : text;
        File.WriteAllText(bench.PathOf("text.txt"), cut);
        return look with { Text = bench.Name("text.txt"), TextIsCut = isCut };
    }

    /// <summary>Old programs write without saying in which alphabet; in Western Europe that is Windows' own.</summary>
    public static string Decode(byte[] bytes)
    {
        if (bytes is [0xFF, 0xFE, ..]) return Encoding.Unicode.GetString(bytes, 2, bytes.Length - 2);
        if (bytes is [0xFE, 0xFF, ..]) return Encoding.BigEndianUnicode.GetString(bytes, 2, bytes.Length - 2);
        try
        {
            return Strict.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return Encoding.GetEncoding(1252).GetString(bytes);
        }
    }

    /// <summary>No control characters, and nothing that turns the reading round.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var letter in text.ReplaceLineEndings("\n"))
            if (letter is '\n' or '\t' || !char.IsControl(letter) && letter is not
                (>= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069'
                or '\u200E' or '\u200F' or '\u061C' or '\uFFFE'))
                plain.Append(letter);
        return plain.ToString();
    }
}
