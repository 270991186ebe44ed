using Entente.Domain;
using Entente.Server.Web.Shared;
using Entente.Server.Words;

namespace Entente.Server.Web.Cases;

/// <summary>The facts of the purchase and of the claim, as rows.</summary>
public static class OrderRows
{
    public static IReadOnlyList<SummaryRow> Of(CaseFile file, Speaker speaker)
    {
        var (order, rows) = (file.View.Order, new List<SummaryRow>());
        rows.Add(new(speaker.Say("case.order"), order.ExternalId));
        rows.Add(new(speaker.Say("case.order_status"), Story.Capital(speaker.Of(order.Status))));
        Date("case.order_placed", order.Dates.Placed);
        Date("case.order_shipped", order.Dates.Shipped);
        Date("case.order_expected", order.Dates.Delivered is null ? order.Dates.DeliveryExpected : null);
        Date("case.order_delivered", order.Dates.Delivered);
        foreach (var line in order.Lines)
            rows.Add(new(
                speaker.Say("case.line", ("units", line.Units), ("title", line.Title)),
                speaker.Of(new Money(line.Value(line.Units), order.Currency))));
        return rows;

        void Date(string key, Instant? at)
        {
            if (at is { } known) rows.Add(new(speaker.Say(key), speaker.Of(known, "day")));
        }
    }

    /// <summary>What is wrong with what, one row an item.</summary>
    public static IReadOnlyList<SummaryRow> Claims(CaseFile file, Speaker speaker) =>
        [.. file.View.Items.Select(item => new SummaryRow(
            Story.Capital(speaker.Of(item.Reason)),
            speaker.Say("case.line", ("units", item.Units), ("title", file.TitleOf(item.Line)))))];
}
