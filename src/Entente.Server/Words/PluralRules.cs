namespace Entente.Server.Words;

/// <summary>The CLDR plural category of a whole number in one language.</summary>
public delegate string PluralRule(long number);

/// <summary>The plural rules of the languages the centre speaks or is about
/// to (CLDR 47, cardinal, whole numbers).</summary>
public static class PluralRules
{
    public static PluralRule For(string language) => language switch
    {
        "en" => static number => Math.Abs(number) == 1 ? "one" : "other",
        "fr" => static number => Math.Abs(number) < 2 ? "one" : Million(number),
        "es" => static number => Math.Abs(number) == 1 ? "one" : Million(number),
        "zh" => static _ => "other",
        "ar" => static number => Arabic(Math.Abs(number)),
        _ => throw new NotSupportedException($"No plural rule is known for the language '{language}'."),
    };

    private static string Million(long number) => number != 0 && number % 1_000_000 == 0 ? "many" : "other";

    private static string Arabic(long number) => number switch
    {
        0 => "zero",
        1 => "one",
        2 => "two",
        _ => (number % 100) switch
        {
            >= 3 and <= 10 => "few",
            >= 11 => "many",
            _ => "other",
        },
    };
}
