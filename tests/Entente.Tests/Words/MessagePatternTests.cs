using Entente.Server.Words;

namespace Entente.Tests.Words;

public class MessagePatternTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("it's {name}", "it's Ada")]
    [InlineData("'{name}' is ''{name}''", "{name} is 'Ada'")]
    [InlineData("{n, plural, =0 {none} one {# thing} other {# things}}", "2 things")]
    [InlineData("{zero, plural, =0 {none} one {# thing} other {# things}}", "none")]
    [InlineData("{n, plural, other {'#' is #}}", "# is 2")]
    [InlineData("{role, select, buyer {she} other {they}} came", "she came")]
    [InlineData("{nobody, select, buyer {she} other {they}} came", "they came")]
    [InlineData("{role, select, buyer {{n, plural, other {# of {name}}}} other {}}", "2 of Ada")]
    [InlineData("# outside a plural", "# outside a plural")]
    public void A_pattern_says_what_it_holds(string pattern, string said) =>
        Assert.Equal(said, Say(pattern, ("name", "Ada"), ("n", 2), ("zero", 0), ("role", Entente.Domain.Role.Buyer)));

    [Theory]
    [InlineData("{name")]
    [InlineData("name}")]
    [InlineData("{}")]
    [InlineData("{n, plural, one {#}}")]
    [InlineData("{n, sort, other {#}}")]
    [InlineData("{n, plural, other {a} other {b}}")]
    [InlineData("'{never ends")]
    public void A_broken_pattern_is_refused(string pattern) =>
        Assert.Throws<FormatException>(() => PatternParser.Parse(pattern, PluralRules.For("en"), text => text));

    [Fact]
    public void A_value_that_nobody_gave_is_told_of() =>
        Assert.Throws<KeyNotFoundException>(() => Say("Dear {name}"));

    [Theory]
    [InlineData("en", "other one other other other")]
    [InlineData("fr", "one one other other many")]
    [InlineData("zh", "other other other other other")]
    [InlineData("ar", "zero one two many other")]
    public void Each_language_has_its_own_plurals(string language, string categories)
    {
        var rule = PluralRules.For(language);
        Assert.Equal(
            categories, string.Join(' ', new long[] { 0, 1, 2, 11, 1_000_000 }.Select(number => rule(number))));
    }

    private static string Say(string pattern, params ReadOnlySpan<(string, object?)> values)
    {
        var to = new System.Text.StringBuilder();
        var speaker = WordBook.Load().For("en", DateTimeZone.Utc);
        PatternParser.Parse(pattern, PluralRules.For("en"), text => text).Write(to, speaker, new(values));
        return to.ToString();
    }
}
