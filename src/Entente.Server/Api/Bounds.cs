using Entente.Domain;
using Entente.Domain.Disputes;
using MimeKit;

namespace Entente.Server.Api;

/// <summary>How long, large and many the values of an import may be; each
/// check says what is wrong with which member.</summary>
internal static class Bounds
{
    public const int IdLengthMax = 100;
    public const int ListLengthMax = 1_000;
    private const int UnitsMax = 1_000_000;
    private const int EmailLengthMax = 254; // RFC 5321, 4.5.3.1.3
    private const int LanguageLengthMax = 35; // RFC 5646, 4.4.1

    /// <summary>Keeps every sum of a thousand amounts far from overflow.</summary>
    public const long MinorMax = 1_000_000_000_000_000;

    /// <summary>An id as an address carries it: the server leaves its slashes as they were sent.</summary>
    public static string FromAddress(string id) => id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    public static (ProblemCode Code, string Field)? Id(string id, string field) =>
        id.Length is 0 or > IdLengthMax || id.Any(letter => char.IsControl(letter) || char.IsSurrogate(letter))
            || id != id.Trim()
            ? (ProblemCode.IdRefused, field)
            : null;

    public static (ProblemCode Code, string Field)? Name(string? name, string field) =>
        name is null ? null : Text(name, field);

    public static (ProblemCode Code, string Field)? Text(string text, string field) =>
        Texts.Objection(new PersonalText("", "und", text, default), Texts.TitleMax, field) is null
            ? null
            : (ProblemCode.TextRefused, field);

    public static (ProblemCode Code, string Field)? Language(string? tag, string field) =>
        tag is null || IsLanguage(tag) ? null : (ProblemCode.LanguageRefused, field);

    public static bool IsLanguage(string tag) =>
        tag.Length is >= 2 and <= LanguageLengthMax
        && char.IsAsciiLetterLower(tag[0])
        && tag.Split('-').All(part => part.Length is >= 1 and <= 8 && part.All(char.IsAsciiLetterOrDigit));

    public static (ProblemCode Code, string Field)? Email(string address, string field) =>
        address.Length <= EmailLengthMax && MailboxAddress.TryParse(address, out var mailbox)
            && mailbox.Address == address
        && address.Contains('@')
            ? null
            : (ProblemCode.EmailRefused, field);

    public static (ProblemCode Code, string Field)? Currency(string code, string field) =>
        Currencies.TryExponent(code, out _) ? null : (ProblemCode.CurrencyUnknown, field);

    public static (ProblemCode Code, string Field)? Amount(Money? amount, string currency, string field) =>
        amount is not { } given ? null
        : given.Currency != currency ? (ProblemCode.CurrencyMismatch, $"{field}.currency")
        : given.Minor is < 0 or > MinorMax ? (ProblemCode.OutOfRange, $"{field}.minor")
        : null;

    public static (ProblemCode Code, string Field)? Positive(int number, string field) =>
        number is < 1 or > UnitsMax ? (ProblemCode.OutOfRange, field) : null;

    public static (ProblemCode Code, string Field)? Count(int count, string field) =>
        count > ListLengthMax ? (ProblemCode.OutOfRange, field) : null;

    public static (ProblemCode Code, string Field)? First<T>(
        IReadOnlyList<T> items, Func<T, int, (ProblemCode Code, string Field)?> fault) =>
        items.Select(fault).FirstOrDefault(found => found is not null);

    public static (ProblemCode Code, string Field)? Twice<T, TKey>(
        IReadOnlyList<T> items, Func<T, TKey> key, Func<int, string> field)
    {
        var seen = new HashSet<TKey>();
        for (var index = 0; index < items.Count; index++)
            if (!seen.Add(key(items[index]))) return (ProblemCode.NamedTwice, field(index));
        return null;
    }
}
