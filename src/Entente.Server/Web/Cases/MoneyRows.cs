using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Server.Web.Shared;
using Entente.Server.Words;

namespace Entente.Server.Web.Cases;

/// <summary>The money of a dispute in one box; no two figures that can be taken for each other.</summary>
public static class MoneyRows
{
    public static IReadOnlyList<SummaryRow> Of(MoneyBox money, Speaker speaker)
    {
        var rows = new List<SummaryRow>(6) { Row("paid", money.Paid) };
        if (money.InDispute.Minor > 0) rows.Add(Row("in_dispute", money.InDispute));
        if (money.ToCome.Minor > 0) rows.Add(Row("to_come", money.ToCome));
        if (money.Announced.Minor > 0) rows.Add(Row("announced", money.Announced));
        if (money.Held.Minor > 0) rows.Add(Row("held", money.Held));
        if (money.ChargedBack.Minor > 0) rows.Add(Row("charged_back", money.ChargedBack));
        rows.Add(Row("refunded", money.Refunded));
        return rows;

        SummaryRow Row(string figure, Money amount) =>
            new(speaker.Say($"case.money_{figure}"), speaker.Of(amount)) { IsAmount = true };
    }
}
