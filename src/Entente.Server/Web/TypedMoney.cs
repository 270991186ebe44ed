using System.Globalization;
using Entente.Domain;

namespace Entente.Server.Web;

/// <summary>Reads an amount as people type it: "1 234,50", "1,234.50", "1234.5", "12 €".</summary>
public static class TypedMoney
{
    /// <summary>Digits a typed amount may have before it is no amount.</summary>
    private const int DigitsMax = 15;

    public static bool TryRead(string? typed, string currency, out Money money)
    {
        money = default;
        if (!Currencies.TryExponent(currency, out var digits)) return false;
        if (typed is null || !typed.All(IsPartOfAmount) || !typed.Any(char.IsAsciiDigit)) return false;
        var text = string.Concat(typed.Where(letter => char.IsAsciiDigit(letter) || letter is '.' or ','));
        var (whole, fraction) = Split(text, digits);
        if (fraction is null || whole.Any(letter => !char.IsAsciiDigit(letter))) return false;
        if (whole.Length + fraction.Length > DigitsMax || !long.TryParse(whole + fraction, out var minor)) return false;
        money = new(minor, currency);
        return true;
    }

    /// <summary>The last sign is the decimal one, unless three digits follow it and the currency has not three.</summary>
    private static (string Whole, string? Fraction) Split(string text, int digits)
    {
        var last = text.LastIndexOfAny(['.', ',']);
        var after = last < 0 ? 0 : text.Length - last - 1;
        var isDecimal = last >= 0 && after > 0 && after <= digits;
        var isGroup = last >= 0 && !isDecimal && after == 3;
        if (last >= 0 && !isDecimal && !isGroup) return (text, null);
        var whole = Ungrouped(isDecimal ? text[..last] : text);
        return (whole, (isDecimal ? text[(last + 1)..] : "").PadRight(digits, '0'));
    }

    /// <summary>Without its group signs, where they stand every three digits; as it was, where they do not.</summary>
    private static string Ungrouped(string whole)
    {
        var groups = whole.Split(['.', ',']);
        return groups.Skip(1).All(group => group.Length == 3) && groups[0].Length is > 0 and <= 3 || groups.Length == 1
            ? string.Concat(groups)
            : whole;
    }

    private static bool IsPartOfAmount(char letter) =>
        char.IsAsciiDigit(letter) || letter is '.' or ',' or '\'' or '’' || char.IsWhiteSpace(letter)
        || char.IsAsciiLetterUpper(letter) || char.GetUnicodeCategory(letter) == UnicodeCategory.CurrencySymbol;
}
