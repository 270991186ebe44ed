namespace Entente.Domain;

/// <summary>Money as decimal text: strict between machines, by the habits of a language from a person's hand.</summary>
public static class Amounts
{
    /// <summary>Digits an amount may have in minor units; keeps every sum of amounts far from overflow.</summary>
    public const int DigitsMax = 15;

    private static readonly Dictionary<string, string> Signs = new()
    {
        ["EUR"] = "€", ["USD"] = "$", ["GBP"] = "£", ["BRL"] = "R$", ["JPY"] = "¥",
    };

    /// <summary>"12.34": ASCII digits, a point, at most the currency's
    /// decimals; no sign, exponent or grouping.</summary>
    public static bool TryParse(string? text, string currency, out Money money)
    {
        money = default;
        if (text is null || !Currencies.TryExponent(currency, out var exponent)) return false;
        var point = text.IndexOf('.');
        var (whole, fraction) = point < 0 ? (text, "") : (text[..point], text[(point + 1)..]);
        if (whole.Length == 0 || fraction.Length > exponent || (point >= 0 && fraction.Length == 0)) return false;
        var digits = whole.TrimStart('0') + fraction.PadRight(exponent, '0');
        if (digits.Length > DigitsMax || !(whole + fraction).All(char.IsAsciiDigit)) return false;
        money = new(digits.Aggregate(0L, (minor, digit) => minor * 10 + (digit - '0')), currency);
        return true;
    }

    /// <summary>
    /// What a person typed: spaces around it and the currency's sign or code are let pass, and grouping by threes.
    /// French takes a comma or a point for the decimals and groups by spaces; other languages group by commas.
    /// </summary>
    public static bool TryParse(string? text, string currency, string language, out Money money)
    {
        var bare = Bare(text ?? "", currency);
        var (group, point) = language == "fr" ? (' ', bare.Contains('.') ? '.' : ',') : (',', '.');
        var at = bare.IndexOf(point);
        var whole = at < 0 ? bare : bare[..at];
        var groups = whole.Split(group);
        money = default;
        return groups.Skip(1).All(part => part.Length == 3)
            && (groups.Length == 1 || groups[0].Length is > 0 and <= 3)
            && TryParse(string.Concat(groups) + (at < 0 ? "" : "." + bare[(at + 1)..]), currency, out money);
    }

    /// <summary>As a person who speaks a language would type it.</summary>
    public static string Print(Money money, string language) =>
        language == "fr" ? Print(money).Replace('.', ',') : Print(money);

    /// <summary>"12.34", with all the currency's decimals; reads back strictly.</summary>
    public static string Print(Money money)
    {
        if (!Currencies.TryExponent(money.Currency, out var exponent))
            throw new ArgumentException($"{money.Currency} has no known decimals.", nameof(money));
        var digits = Math.Abs((decimal)money.Minor).ToString("0", null).PadLeft(exponent + 1, '0');
        var sign = money.Minor < 0 ? "-" : "";
        return exponent == 0 ? sign + digits : $"{sign}{digits[..^exponent]}.{digits[^exponent..]}";
    }

    private static string Bare(string text, string currency)
    {
        var plain = text.Replace('\u00a0', ' ').Replace('\u202f', ' ').Trim();
        foreach (var mark in (string[])[currency, Signs.GetValueOrDefault(currency, currency)])
        {
            if (plain.StartsWith(mark, StringComparison.OrdinalIgnoreCase)) plain = plain[mark.Length..].TrimStart();
            if (plain.EndsWith(mark, StringComparison.OrdinalIgnoreCase)) plain = plain[..^mark.Length].TrimEnd();
        }
        return plain;
    }
}
