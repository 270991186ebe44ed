using System.Globalization;
using System.Text;
using Entente.Domain;

namespace Entente.Server.Words;

// Numbers, amounts and sizes: digits are grouped as the language's own list says, never as the machine's culture does.
public sealed partial class Speaker
{
    private const char Minus = '\u2212';

    private void Integer(StringBuilder to, long number)
    {
        if (number < 0) to.Append(Minus);
        Grouped(to, number < 0 ? 0UL - (ulong)number : (ulong)number);
    }

    private void Amount(StringBuilder to, Money money)
    {
        if (money.Minor < 0) to.Append(Minus);
        if (!Currencies.TryExponent(money.Currency, out var digits)) digits = 2;
        var size = money.Minor < 0 ? 0UL - (ulong)money.Minor : (ulong)money.Minor;
        var unit = (ulong)Math.Pow(10, digits);
        var amount = new StringBuilder(16);
        Grouped(amount, size / unit);
        if (digits > 0)
            amount.Append(Say("number.decimal"))
                .Append((size % unit).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0'));
        var symbol = _words.Patterns.TryGetValue($"symbol.{money.Currency}", out var known)
            ? known.Plain!
            : money.Currency;
        Entry(to, symbol.All(char.IsAsciiLetter) ? "money.with_code" : "money.with_symbol",
            ("amount", amount.ToString()), ("symbol", symbol));
    }

    private void Bytes(StringBuilder to, long bytes)
    {
        var (unit, size) = bytes switch
        {
            < 1_000 => ("bytes", 1L),
            < 1_000_000 => ("kilobytes", 1_000L),
            < 1_000_000_000 => ("megabytes", 1_000_000L),
            _ => ("gigabytes", 1_000_000_000L),
        };
        Entry(to, $"size.{unit}", ("n", Math.Max(1, (bytes + size / 2) / size)));
    }

    private void Grouped(StringBuilder to, ulong number)
    {
        var digits = number.ToString(CultureInfo.InvariantCulture);
        var separator = digits.Length > 3 ? Say("number.group") : "";
        for (var at = 0; at < digits.Length; at++)
        {
            if (at > 0 && (digits.Length - at) % 3 == 0) to.Append(separator);
            to.Append(digits[at]);
        }
    }
}
