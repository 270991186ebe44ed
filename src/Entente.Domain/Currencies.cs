using System.Collections.Frozen;

namespace Entente.Domain;

/// <summary>The currencies of ISO 4217 that money is paid in, and the decimals of each.</summary>
public static class Currencies
{
    // ISO 4217 list one, 2026; funds and metals without a minor unit are no means of payment and are left out.
    private static readonly (int Exponent, string Codes)[] Listed =
    [
        (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
        (2, """
            AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW
            CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF
            IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK
            MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP
            SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG
            YER ZAR ZMW ZWG
            """),
        (3, "BHD IQD JOD KWD LYD OMR TND"),
        (4, "CLF UYW"),
    ];

    private static readonly FrozenDictionary<string, int> Exponents = Listed
        .SelectMany(group => group.Codes
            .Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(code => (code, group.Exponent)))
        .ToFrozenDictionary(pair => pair.code, pair => pair.Exponent);

    public static IEnumerable<string> Codes => Exponents.Keys;

    /// <summary>Digits after the decimal point: 2 for EUR, 0 for JPY, 3 for KWD; false for no currency.</summary>
    public static bool TryExponent(string? code, out int exponent)
    {
        exponent = 0;
        return code is not null && Exponents.TryGetValue(code, out exponent);
    }
}
