using Entente.Domain;
using Entente.Server.Web;

namespace Entente.Tests.Web;

public class TypedMoneyTests
{
    [Theory]
    [InlineData("12", "EUR", 1200)]
    [InlineData("12,5", "EUR", 1250)]
    [InlineData("12.50", "EUR", 1250)]
    [InlineData("1 234,50", "EUR", 123450)]
    [InlineData("1\u202F234,50\u00A0€", "EUR", 123450)]
    [InlineData("1,234.50", "EUR", 123450)]
    [InlineData("1,234", "EUR", 123400)]
    [InlineData("1.234.567,89", "EUR", 123456789)]
    [InlineData("1,234", "KWD", 1234)]
    [InlineData("1'234.50 CHF", "CHF", 123450)]
    [InlineData("0", "EUR", 0)]
    [InlineData("1200", "JPY", 1200)]
    [InlineData("1,200", "JPY", 1200)]
    public void An_amount_is_read_as_people_type_it(string typed, string currency, long minor)
    {
        Assert.True(TypedMoney.TryRead(typed, currency, out var money));
        Assert.Equal(new Money(minor, currency), money);
    }

    [Theory]
    [InlineData(null, "EUR")]
    [InlineData("", "EUR")]
    [InlineData("twelve", "EUR")]
    [InlineData("-5", "EUR")]
    [InlineData("−5", "EUR")]
    [InlineData("12,505", "USD x")]
    [InlineData("12.5.0", "EUR")]
    [InlineData("1,23,4", "EUR")]
    [InlineData("12.5001", "EUR")]
    [InlineData("12.5", "JPY")]
    [InlineData("1e9", "EUR")]
    [InlineData("12.", "EUR")]
    [InlineData("9999999999999999", "EUR")]
    [InlineData("١٢", "EUR")]
    public void What_is_no_amount_is_not_guessed(string? typed, string currency) =>
        Assert.False(TypedMoney.TryRead(typed, currency, out _));
}
