using System.Text.RegularExpressions;
using Entente.Server.Words;

namespace Entente.Tests.Words;

public partial class WordListTests
{
    private static readonly WordBook Book = WordBook.Load();

    public static TheoryData<string> Others => [.. Book.Languages.Where(language => language != "en")];

    [Theory, MemberData(nameof(Others))]
    public void A_language_has_the_keys_that_English_has(string language)
    {
        var (english, other) = (Book.Patterns("en").Keys, Book.Patterns(language).Keys);
        Assert.Empty(english.Except(other).Order());
        Assert.Empty(other.Except(english).Order());
    }

    [Theory, MemberData(nameof(Others))]
    public void A_sentence_needs_the_same_values_in_every_language(string language)
    {
        var patterns = Book.Patterns(language);
        var different = from entry in Book.Patterns("en")
                        where patterns.ContainsKey(entry.Key)
                        let ours = entry.Value.Placeholders.Order()
                        let theirs = patterns[entry.Key].Placeholders.Order()
                        where !ours.SequenceEqual(theirs)
                        select $"{entry.Key}: {string.Join(',', ours)} | {string.Join(',', theirs)}";
        Assert.Empty(different);
    }

    [Fact]
    public void French_never_breaks_a_line_before_its_high_punctuation()
    {
        var broken = from entry in Book.Patterns("fr")
                     from text in entry.Value.Literals
                     where Unset().IsMatch(text)
                     select $"{entry.Key}: {text}";
        Assert.Empty(broken);
    }

    [GeneratedRegex(" [:;!?»%]|« |\\p{L}'|[^\\s\\u00A0\\u202F][;!?](\\s|$)|\\p{L}:(\\s|$)")]
    private static partial Regex Unset();
}
