using System.Text;

namespace Entente.Server.Words;

/// <summary>
/// The fine print of a language's typography, set once over the word lists so that whoever writes them need not type
/// invisible characters. What people wrote themselves is never touched.
/// </summary>
public static class Typography
{
    private const char NoBreak = '\u00A0';
    private const char NarrowNoBreak = '\u202F';

    public static Func<string, string> For(string language) => language switch
    {
        "fr" => French,
        "en" => English,
        _ => static text => text,
    };

    private static string French(string text)
    {
        var set = new StringBuilder(text);
        for (var at = 0; at < set.Length; at++)
        {
            if (set[at] == '\'') set[at] = '’';
            if (set[at] != ' ') continue;
            var (before, after) = (at > 0 ? set[at - 1] : ' ', at + 1 < set.Length ? set[at + 1] : ' ');
            if (after is ';' or '!' or '?') set[at] = NarrowNoBreak;
            else if (after is ':' or '»' or '%' || before is '«') set[at] = NoBreak;
        }
        return set.ToString();
    }

    private static string English(string text)
    {
        var set = new StringBuilder(text);
        for (var at = 1; at < set.Length; at++)
            if (set[at] == '\'' && char.IsLetter(set[at - 1])) set[at] = '’';
        return set.ToString();
    }
}
