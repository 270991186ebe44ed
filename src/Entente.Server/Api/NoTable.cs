using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Words;

namespace Entente.Server.Api;

/// <summary>One way of saying no, as the docs and the page of its type show it.</summary>
/// <param name="Code">The last part of the problem's type.</param>
/// <param name="Key">The sentence's key in the word lists.</param>
/// <param name="IsRule">Whether the rules say it, or the edge before they are asked.</param>
public sealed record No(string Code, int Status, string Key, bool IsRule);

/// <summary>Every no the centre can say, in order of precedence: the edge's first, then the rules'.</summary>
public static class NoTable
{
    private static readonly WordBook Shown = WordBook.Load(static _ => { }); // Values show by their names.

    public static IReadOnlyList<No> All { get; } =
    [
        .. Enum.GetValues<ProblemCode>()
        .Select(code => new No(Codes.Of(code), Statuses.Of(code), $"problem.{Codes.Of(code)}", false)),
        .. Enum.GetValues<RefusalCode>()
        .Select(code => new No(Codes.Of(code), Statuses.Of(code), $"refusal.{Codes.Of(code)}", true)),
    ];

    /// <summary>Its sentence with the names of its values in their places.</summary>
    public static string Sentence(this No no, string language) => Shown.For(language, DateTimeZone.Utc).Say(no.Key);

    /// <summary>The table as a document.</summary>
    public static string Markdown()
    {
        var rows = All.Select(no =>
            $"| `{no.Code}` | {no.Status} | {no.Sentence("en").Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        return
            "# Every way of saying no\n\n" +
            "Generated from the table in the code; a test keeps it fresh. A problem's `type` is `/problems/` and the "
                + "code.\n" +
            "When several hold, the first in this list is given. 403: never for this role. 404: it does not exist for "
                + "you.\n" +
            "409: not as things stand. 422: not with these values.\n\n" +
            "| code | status | sentence |\n|---|---|---|\n" +
            string.Concat(rows);
    }
}
