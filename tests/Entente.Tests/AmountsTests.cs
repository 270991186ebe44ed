using CsCheck;
using Entente.Domain;

namespace Entente.Tests;

public class AmountsTests
{
    [Theory]
    [InlineData("EUR", 2)]
    [InlineData("JPY", 0)]
    [InlineData("KWD", 3)]
    [InlineData("CLF", 4)]
    [InlineData("HUF", 2)]
    public void Each_currency_has_its_decimals(string code, int exponent)
    {
        Assert.True(Currencies.TryExponent(code, out var found));
        Assert.Equal(exponent, found);
    }

    [Theory]
    [InlineData("XAU")]
    [InlineData("XXX")]
    [InlineData("eur")]
    [InlineData("FRF")]
    [InlineData("")]
    [InlineData(null)]
    public void Gold_and_unknown_codes_are_no_currency(string? code) =>
        Assert.False(Currencies.TryExponent(code, out _));

    [Theory]
    [InlineData("12.34", "EUR", 1234)]
    [InlineData("12.3", "EUR", 1230)]
    [InlineData("12", "EUR", 1200)]
    [InlineData("0.05", "EUR", 5)]
    [InlineData("0", "EUR", 0)]
    [InlineData("1250", "JPY", 1250)]
    [InlineData("1.234", "KWD", 1234)]
    public void Machines_write_a_point_and_at_most_the_currency_s_decimals(string text, string currency, long minor)
    {
        Assert.True(Amounts.TryParse(text, currency, out var money));
        Assert.Equal(new Money(minor, currency), money);
    }

    [Theory]
    [InlineData("12.345", "EUR")]
    [InlineData("12.0", "JPY")]
    [InlineData("12,34", "EUR")]
    [InlineData("-1", "EUR")]
    [InlineData("+1", "EUR")]
    [InlineData("1e3", "EUR")]
    [InlineData("１２", "EUR")]
    [InlineData("١٢", "EUR")]
    [InlineData("1 000", "EUR")]
    [InlineData(" 1", "EUR")]
    [InlineData("1.", "EUR")]
    [InlineData(".5", "EUR")]
    [InlineData("1.2.3", "EUR")]
    [InlineData("", "EUR")]
    [InlineData("NaN", "EUR")]
    [InlineData("99999999999999.99", "EUR")]
    [InlineData("12.34", "XXX")]
    [InlineData(null, "EUR")]
    public void Machines_are_held_to_it(string? text, string currency) =>
        Assert.False(Amounts.TryParse(text, currency, out _));

    [Theory]
    [InlineData("12,34", "EUR", "fr", 1234)]
    [InlineData("12.34", "EUR", "fr", 1234)]
    [InlineData("1 234,5 €", "EUR", "fr", 123450)]
    [InlineData("1\u202f234,50\u00a0€", "EUR", "fr", 123450)]
    [InlineData("25 EUR", "EUR", "fr", 2500)]
    [InlineData("€1,234.50", "EUR", "en", 123450)]
    [InlineData("12.34", "EUR", "en", 1234)]
    [InlineData("R$ 99", "BRL", "en", 9900)]
    [InlineData("1,250", "JPY", "en", 1250)]
    public void People_write_as_their_language_does(string text, string currency, string language, long minor)
    {
        Assert.True(Amounts.TryParse(text, currency, language, out var money));
        Assert.Equal(new Money(minor, currency), money);
    }

    [Theory]
    [InlineData("12,34", "en")]
    [InlineData("1.234,50", "fr")]
    [InlineData("1 23,50", "fr")]
    [InlineData("12,345", "fr")]
    [InlineData("1,2345", "en")]
    [InlineData(",5", "fr")]
    [InlineData("douze", "fr")]
    [InlineData("-5", "fr")]
    [InlineData("５", "fr")]
    [InlineData("€", "fr")]
    [InlineData(null, "fr")]
    public void People_are_asked_again_rather_than_guessed_at(string? text, string language) =>
        Assert.False(Amounts.TryParse(text, "EUR", language, out _));

    [Fact]
    public void What_is_printed_reads_back_the_same_in_every_currency() =>
        Gen.Select(Gen.Long[0, 999_999_999_999_999], Gen.Int[0, Currencies.Codes.Count() - 1]).Sample((minor, at) =>
        {
            var money = new Money(minor, Currencies.Codes.Order().ElementAt(at));
            return Amounts.TryParse(Amounts.Print(money), money.Currency, out var read) && read == money;
        });

    [Fact]
    public void An_amount_below_zero_keeps_its_sign_in_print() =>
        Assert.Equal("-0.05", Amounts.Print(new Money(-5, "EUR")));

    [Theory]
    [InlineData("fr", "12,50"), InlineData("en", "12.50")]
    public void An_amount_is_filled_in_as_its_reader_would_type_it_and_reads_back(string language, string typed)
    {
        Assert.Equal(typed, Amounts.Print(new(1250, "EUR"), language));
        Assert.True(Amounts.TryParse(typed, "EUR", language, out var money));
        Assert.Equal(new Money(1250, "EUR"), money);
    }
}
