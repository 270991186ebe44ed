using CsCheck;
using Entente.Domain;
using Entente.Domain.Payments;

namespace Entente.Tests.Payments;

public class SplitTests
{
    private static readonly Gen<(int Exponent, long Total, long[] Weights)> Any =
        from exponent in Gen.Int[0, 4]
        from weights in Gen.Long[0, 90_000].Array[1, 19]
        let unit = (long)Math.Pow(10, exponent)
        let scaled = weights.Select(weight => weight * unit + weight % unit).ToArray()
        where scaled.Sum() > 0
        from total in Gen.Long[0, scaled.Sum()]
        select (exponent, total, scaled);

    [Fact]
    public void Parts_add_up_to_the_minor_unit_and_none_is_a_whole_one_off() => Any.Sample(given =>
    {
        var parts = Split.Allocate(given.Total, given.Weights);
        var all = given.Weights.Sum();
        Assert.Equal(given.Total, parts.Sum());
        for (var index = 0; index < parts.Count; index++)
        {
            Assert.InRange(parts[index], 0, given.Weights[index]);
            var exact = (decimal)given.Total * given.Weights[index] / all;
            Assert.True(Math.Abs(parts[index] - exact) < 1, $"{parts[index]} for {exact}");
        }
        Assert.Equal(parts, Split.Allocate(given.Total, given.Weights));
    }, iter: 20_000);

    [Fact]
    public void Nineteen_vouchers_share_a_cent_in_the_order_they_came()
    {
        var weights = Enumerable.Repeat(100L, 19).ToArray();
        Assert.Equal([1L, .. Enumerable.Repeat(0L, 18)], Split.Allocate(1, weights));
    }

    [Theory]
    [InlineData(100, new long[] { 1, 1, 1 }, new long[] { 34, 33, 33 })]
    [InlineData(5, new long[] { 0, 7, 0 }, new long[] { 0, 5, 0 })]
    [InlineData(0, new long[] { 3, 4 }, new long[] { 0, 0 })]
    [InlineData(long.MaxValue, new long[] { long.MaxValue, 0 }, new long[] { long.MaxValue, 0 })]
    public void The_largest_remainder_gets_the_odd_unit(long total, long[] weights, long[] parts) =>
        Assert.Equal(parts, Split.Allocate(total, weights));

    [Fact]
    public void Nothing_is_measured_by_nothing() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Split.Allocate(1, [0, 0]));

    /// <summary>D8: amounts of every exponent come back as they were, by the one pinned table.</summary>
    [Theory]
    [InlineData("JPY"), InlineData("KRW"), InlineData("EUR"), InlineData("HUF"), InlineData("MRU")]
    [InlineData("KWD"), InlineData("BHD"), InlineData("CLF")]
    public void An_amount_is_read_back_as_it_was_printed(string currency) => Gen.Long[0, 999_999_999].Sample(minor =>
    {
        Assert.True(Amounts.TryParse(Amounts.Print(new(minor, currency)), currency, out var read));
        Assert.Equal(minor, read.Minor);
    }, iter: 2_000);
}
