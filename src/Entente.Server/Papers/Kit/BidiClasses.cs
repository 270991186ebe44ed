using System.Globalization;
using System.Text;

namespace Entente.Server.Papers.Kit;

/// <summary>How a character takes part in the order of writing, by the names of Unicode's annex 9.</summary>
internal enum BidiClass { L, R, AL, EN, ES, ET, AN, CS, NSM, BN, S, WS, ON }

/// <summary>
/// The classes of characters, from the blocks and categories that decide them; explicit embeddings and isolates are
/// no text and count as nothing, so that nobody turns another's words around.
/// </summary>
internal static class BidiClasses
{
    private static readonly string[] Pairs =
        ["()", "[]", "{}", "⟨⟩", "〈〉", "《》", "「」", "『』", "【】", "〔〕", "（）", "［］", "｛｝", "⁅⁆", "⟦⟧", "⦅⦆"];

    public static BidiClass Of(Rune rune) => rune.Value switch
    {
        ' ' => BidiClass.WS,
        '\t' => BidiClass.S,
        >= '0' and <= '9' => BidiClass.EN,
        '+' or '-' or 0x207A or 0x207B or 0x208A or 0x208B or 0x2212 or 0xFB29 or 0xFF0B or 0xFF0D => BidiClass.ES,
        ',' or '.' or '/' or ':' or 0xA0 or 0x60C or 0x202F or 0x2044 or 0xFF0C or 0xFF0E or 0xFF0F or 0xFF1A =>
            BidiClass.CS,
        '#' or '$' or '%' or (>= 0xA2 and <= 0xA5) or 0xB0 or 0xB1 or 0x609 or 0x60A or 0x66A
            or (>= 0x2030 and <= 0x2034) or (>= 0x20A0 and <= 0x20CF) or 0x212E or 0x2213 => BidiClass.ET,
        0xB2 or 0xB3 or 0xB9 or 0x2070 or (>= 0x2074 and <= 0x2079) or (>= 0x2080 and <= 0x2089)
            or (>= 0x6F0 and <= 0x6F9) or (>= 0xFF10 and <= 0xFF19) => BidiClass.EN,
        (>= 0x600 and <= 0x605) or (>= 0x660 and <= 0x669) or 0x66B or 0x66C or 0x6DD or 0x8E2 => BidiClass.AN,
        _ => ByCategory(rune),
    };

    /// <summary>The other half of a bracket, and whether this one opens; null for anything else.</summary>
    public static (int Other, bool Opens)? Bracket(Rune rune)
    {
        foreach (var pair in Pairs)
        {
            if (pair[0] == rune.Value) return (pair[1], true);
            if (pair[1] == rune.Value) return (pair[0], false);
        }
        return null;
    }

    private static BidiClass ByCategory(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => BidiClass.NSM,
        UnicodeCategory.Format when rune.Value is 0x200E => BidiClass.L,
        UnicodeCategory.Format when rune.Value is 0x200F => BidiClass.R,
        UnicodeCategory.Format when rune.Value is 0x61C => BidiClass.AL,
        UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.Surrogate => BidiClass.BN,
        UnicodeCategory.SpaceSeparator => BidiClass.WS,
        var category when IsRightToLeft(rune) => IsNeutral(category) && IsArabic(rune) ? BidiClass.ON
            : IsArabic(rune) ? BidiClass.AL
            : BidiClass.R,
        var category => IsNeutral(category) ? BidiClass.ON : BidiClass.L,
    };

    private static bool IsNeutral(UnicodeCategory category) => category
        is UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation
        or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation
        or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation or UnicodeCategory.MathSymbol
        or UnicodeCategory.ModifierSymbol or UnicodeCategory.OtherSymbol or UnicodeCategory.CurrencySymbol;

    private static bool IsRightToLeft(Rune rune) => rune.Value
        is (>= 0x590 and <= 0x8FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFE)
        or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF);

    private static bool IsArabic(Rune rune) => rune.Value
        is (>= 0x600 and <= 0x7BF) or (>= 0x860 and <= 0x8FF) or (>= 0xFB50 and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFE)
        or (>= 0x10D00 and <= 0x10D3F) or (>= 0x10EC0 and <= 0x10EFF) or (>= 0x10F30 and <= 0x10F6F)
        or (>= 0x1EC70 and <= 0x1ECBF) or (>= 0x1ED00 and <= 0x1ED4F) or (>= 0x1EE00 and <= 0x1EEFF);
}
