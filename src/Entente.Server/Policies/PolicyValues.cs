using System.Globalization;
using System.Text.RegularExpressions;
using Entente.Domain;
using Entente.Domain.Policies;
using NodaTime.Text;

namespace Entente.Server.Policies;

/// <summary>How the values of a policy document are spelled.</summary>
internal static partial class PolicyValues
{
    /// <summary>Ten years: what no rule exceeds.</summary>
    public const int DaysMax = 3660;

    /// <summary>"72 hours", "3 days" (each 24 hours), "end of day 3", "2 business days".</summary>
    public static bool TrySpan(string text, out Span span)
    {
        var match = Spans().Match(text);
        var unit = match.Groups["unit"].Value switch
        {
            "hour" => SpanUnit.Hours,
            "day" => SpanUnit.Days,
            "business day" => SpanUnit.BusinessDays,
            _ => SpanUnit.DaysEnd,
        };
        span = new(0, unit);
        if (!match.Success || !TryNumber(match.Groups["n"].Value, out var count)) return false;
        span = span with { Count = count };
        return count <= (unit == SpanUnit.Hours ? DaysMax * 24 : DaysMax);
    }

    /// <summary>A span as a document writes it.</summary>
    public static string Print(Span span) => span.Unit switch
    {
        SpanUnit.Hours => $"{span.Count} hours",
        SpanUnit.Days => $"{span.Count} days",
        SpanUnit.BusinessDays => $"{span.Count} business days",
        SpanUnit.DaysEnd => $"end of day {span.Count}",
    };

    /// <summary>"15 MB", "500 kB": thousands, as sizes are shown.</summary>
    public static bool TrySize(string text, out long bytes)
    {
        var match = Sizes().Match(text);
        bytes = match.Success ? long.Parse(match.Groups["n"].ValueSpan, CultureInfo.InvariantCulture) : 0;
        bytes *= match.Groups["unit"].Value == "MB" ? 1_000_000 : 1_000;
        return bytes > 0;
    }

    public static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    public static bool TryYesOrNo(string text, out bool yes)
    {
        yes = text == "true";
        return yes || text == "false";
    }

    public static bool TryDate(string text, out LocalDate date) =>
        LocalDatePattern.Iso.Parse(text).TryGetValue(default, out date);

    public static bool TryZone(string text, out string zone)
    {
        zone = text;
        return DateTimeZoneProviders.Tzdb.GetZoneOrNull(text) is not null && text.Contains('/') || text == "UTC";
    }

    public static bool TryId(string text, out string id) => Matches(Ids(), text, out id);

    public static bool TryMediaType(string text, out string type) => Matches(MediaTypes(), text, out type);

    public static bool IsLanguage(string text) => Languages().IsMatch(text);

    public static bool TryText(string text, out string value) => Matches(SomeText(), text, out value);

    /// <summary>One of an enum's values by its stored spelling.</summary>
    public static bool TryChoice(Type type, string text, out object? value)
    {
        value = Enum.GetValues(type).Cast<Enum>().FirstOrDefault(choice => Codes.Of(choice) == text);
        return value is not null;
    }

    public static IEnumerable<string> Choices(Type type) => Enum.GetValues(type).Cast<Enum>().Select(Codes.Of);

    private static bool Matches(Regex pattern, string text, out string value)
    {
        value = text;
        return pattern.IsMatch(text);
    }

    [GeneratedRegex(@"^(?<n>[0-9]{1,5}) (?<unit>hour|day|business day)s?\z|^end of day (?<n>[0-9]{1,5})\z")]
    private static partial Regex Spans();

    [GeneratedRegex(@"^(?<n>[0-9]{1,6}) (?<unit>kB|MB)\z")]
    private static partial Regex Sizes();

    [GeneratedRegex(@"^[a-z][a-z0-9]*(-[a-z0-9]+)*\z")]
    private static partial Regex Ids();

    [GeneratedRegex(@"^[a-z]+/[a-z0-9][a-z0-9.+-]*\z")]
    private static partial Regex MediaTypes();

    [GeneratedRegex(@"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\z")]
    private static partial Regex Languages();

    [GeneratedRegex(@"\S")]
    private static partial Regex SomeText();
}
