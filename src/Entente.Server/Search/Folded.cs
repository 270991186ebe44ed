using System.Globalization;
using System.Text;

namespace Entente.Server.Search;

/// <summary>
/// The words of a text as they are looked for: in small letters, without accents, taken apart at whatever is no letter
/// and no digit. What is written without spaces is taken apart sign by sign.
/// </summary>
internal static class Folded
{
    /// <summary>Whoever looks for less than this is not helped by beginnings.</summary>
    private const int BeginningMin = 3;
    private const int WordMax = 32;

    private static readonly Dictionary<int, string> Apart = new()
    {
        ['ß'] = "ss", ['æ'] = "ae", ['œ'] = "oe", ['ø'] = "o", ['đ'] = "d", ['ð'] = "d", ['þ'] = "th", ['ł'] = "l",
        ['ı'] = "i",
    };

    public static ISet<string> Words(string text)
    {
        var (words, word) = (new HashSet<string>(StringComparer.Ordinal), new StringBuilder());
        foreach (var rune in text.ToLowerInvariant().Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format) continue;
            var sign = IsSign(rune);
            if (sign || !Rune.IsLetterOrDigit(rune)) End();
            if (sign) words.Add(rune.ToString());
            else if (Rune.IsLetterOrDigit(rune) && word.Length < WordMax)
                word.Append(Apart.GetValueOrDefault(rune.Value) ?? rune.ToString());
        }
        End();
        return words;

        void End()
        {
            if (word.Length > 0) words.Add(word.ToString());
            word.Clear();
        }
    }

    /// <summary>The words and how each begins: what somebody may type to find it.</summary>
    public static ISet<string> WithBeginnings(string text)
    {
        var all = Words(text);
        foreach (var word in all.ToList())
            for (var length = BeginningMin; length < word.Length; length++)
                if (!char.IsHighSurrogate(word[length - 1])) all.Add(word[..length]);
        return all;
    }

    /// <summary>Kana and ideographs.</summary>
    private static bool IsSign(Rune rune) =>
        rune.Value is >= 0x3040 and <= 0x30FF or >= 0x3400 and <= 0x9FFF or >= 0xF900 and <= 0xFAFF
            or >= 0x20000 and <= 0x3FFFF;
}
