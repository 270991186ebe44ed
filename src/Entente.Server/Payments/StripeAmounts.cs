using System.Collections.Frozen;
using Entente.Domain;

namespace Entente.Server.Payments;

/// <summary>
/// Amounts as Stripe counts them. Its decimals are not ISO's for every currency, so they are pinned here, and an amount
/// that it cannot say is refused instead of rounded.
/// </summary>
public static class StripeAmounts
{
    // docs.stripe.com/currencies, 2026: ISK and UGX are counted in hundredths though they have none; MGA is not.
    private static readonly FrozenSet<string> WithoutDecimals =
        FrozenSet.Create("BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF",
            "XOF", "XPF");

    private static readonly FrozenSet<string> WithThree = FrozenSet.Create("BHD", "JOD", "KWD", "OMR", "TND");

    /// <summary>Ours as theirs; null where theirs has no such amount.</summary>
    public static long? ToStripe(Money money) => Shift(money.Minor, Exponent(money.Currency) - Ours(money.Currency));

    /// <summary>Theirs as ours; null for no currency of ours, or an amount that ours does not have.</summary>
    public static Money? FromStripe(long amount, string currency)
    {
        var code = currency.ToUpperInvariant();
        if (!Currencies.TryExponent(code, out var ours)) return null;
        return Shift(amount, ours - Exponent(code)) is { } minor ? new(minor, code) : null;
    }

    private static int Ours(string currency) => Currencies.TryExponent(currency, out var exponent)
        ? exponent
        : throw new ArgumentException($"{currency} has no known decimals.", nameof(currency));

    private static int Exponent(string currency) =>
        WithoutDecimals.Contains(currency) ? 0 : WithThree.Contains(currency) ? 3 : 2;

    private static long? Shift(long amount, int decimals)
    {
        var factor = (long)Math.Pow(10, Math.Abs(decimals));
        if (decimals >= 0) return amount <= long.MaxValue / factor ? amount * factor : null;
        return amount % factor == 0 ? amount / factor : null;
    }
}
