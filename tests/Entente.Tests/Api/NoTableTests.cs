using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Api;
using Entente.Server.Words;

namespace Entente.Tests.Api;

public sealed class NoTableTests
{
    [Fact]
    public void No_code_means_two_things() =>
        Assert.Equal(
            Enum.GetValues<RefusalCode>().Length + Enum.GetValues<ProblemCode>().Length,
            NoTable.All.Select(no => no.Code).Distinct().Count());

    [Fact]
    public void A_refusal_names_its_field_its_rule_and_its_values()
    {
        var speaker = WordBook.Load().For("fr", DateTimeZone.Utc);
        var refusal = Refusal.Of(RefusalCode.AmountAboveRefundable, "sought[0].amount",
            ("max", new Money(1250, "EUR")));
        var problem = Problems.For(speaker, refusal);
        Assert.Equal(
            ("/problems/amount_above_refundable", 422, "sought[0].amount", "amount_above_refundable"),
            (problem.Type, problem.Status, problem.Field, problem.Rule));
        Assert.Contains("12,50\u00A0€", problem.Detail, StringComparison.Ordinal);
        Assert.Equal(new Money(1250, "EUR"), problem.Arguments!["max"]);
    }
}
