using System.Globalization;
using System.Text;

namespace Entente.Server.Papers.Kit;

/// <summary>Where a line may end: after spaces and hyphens, and between most Chinese and Japanese characters.</summary>
internal static class Breaks
{
    /// <summary>What no line of Chinese or Japanese begins with.</summary>
    private const string NeverFirst = "、。，．：；？！）］｝」』】》〉〕’”…—～・ー々";

    /// <summary>What none ends with.</summary>
    private const string NeverLast = "（［｛「『【《〈〔‘“";

    public static bool MayEndBefore(Rune before, Rune next)
    {
        if (Joins(next) || Holds(before) || Holds(next) || before.Value == 0x200D) return false;
        if (next.Value is ' ' or 0x200B) return false;
        if (before.Value is ' ' or 0x200B) return true;
        if (before.Value is '-' or 0x2010 or '/' or '_' or '&' or '?' or '=') return Rune.IsLetterOrDigit(next);
        if (!IsIdeographic(before) && !IsIdeographic(next)) return false;
        return !IsIn(NeverFirst, next) && !IsIn(NeverLast, before);
    }

    /// <summary>Whether a character belongs to the one before it.</summary>
    public static bool Joins(Rune rune) =>
        rune.Value is 0x200C or 0x200D or (>= 0xFE00 and <= 0xFE0F) or (>= 0x1F3FB and <= 0x1F3FF)
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool Holds(Rune rune) => rune.Value is 0xA0 or 0x202F or 0x2060;

    private static bool IsIn(string set, Rune rune) => rune.IsBmp && set.Contains((char)rune.Value);

    private static bool IsIdeographic(Rune rune) => rune.Value
        is (>= 0x2E80 and <= 0x9FFF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF)
        or (>= 0xFF00 and <= 0xFFEF) or (>= 0x20000 and <= 0x3FFFF);
}
