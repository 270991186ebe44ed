using System.Text;
using Entente.Server.Papers.Kit;

namespace Entente.Tests.Papers;

/// <summary>What a mixed line looks like from left to right, letter by letter.</summary>
public class BidiTests
{
    [Theory]
    [InlineData("abc", "abc")]
    [InlineData("אבג", "גבא")]
    [InlineData("abc אבג def", "abc גבא def")]
    [InlineData("אבג abc דהו", "והד abc גבא")]
    [InlineData("دفعت 42 يورو", "وروي 42 تعفد")]
    [InlineData("رقم 12-34 ثم", "مث 34-12 مقر")]
    [InlineData("السعر 1,234.50 يورو", "وروي 1,234.50 رعسلا")]
    [InlineData("السعر 42% فقط", "طقف %42 رعسلا")]
    [InlineData("order ١٢٣ x", "order ١٢٣ x")]
    [InlineData("אב (גד) הו", "וה )דג( בא")]
    [InlineData("a (בג) d", "a (גב) d")]
    [InlineData("אבג: abc!", "!abc :גבא")]
    [InlineData("abc: אבג!", "abc: גבא!")]
    public void A_line_stands_in_the_order_it_is_read(string text, string seen)
    {
        var runes = text.EnumerateRunes().ToList();
        var shown = new StringBuilder();
        foreach (var (start, end, level) in Bidi.Of(runes).Line(0, runes.Count))
            foreach (var rune in level % 2 == 1 ? runes[start..end].AsEnumerable().Reverse() : runes[start..end])
                shown.Append(rune);
        Assert.Equal(seen, shown.ToString());
    }

    [Fact]
    public void Spaces_at_a_lines_end_stay_at_the_end()
    {
        var runes = "abc אבג   ".EnumerateRunes().ToList();
        Assert.Equal((7, 10, (byte)0), Bidi.Of(runes).Line(0, runes.Count)[^1]);
    }
}
