using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Server.Web.Cases;
using Entente.Server.Web.Shared;
using Entente.Server.Words;

namespace Entente.Server.Web.Party;

/// <summary>A proposal read from both sides: what the buyer gets, what the
/// seller keeps, and where the goods stay.</summary>
public static class Gains
{
    public static IReadOnlyList<SummaryRow> Rows(IReadOnlyList<RemedyView> lines, CaseFile file, Speaker speaker)
    {
        var rows = lines.Select(line => new SummaryRow(
            Story.Capital(speaker.Of(line.Kind)), Story.Capital(speaker.Say(line.Sentence)))).ToList();
        var me = Codes.Of(file.Me);
        var paid = new Money(lines.Sum(line => line.Amount?.Minor ?? 0), file.View.Order.Currency);
        if (paid.Minor > 0)
        {
            rows.Add(new(speaker.Say("gains.buyer_gets", ("me", me)), speaker.Of(paid)));
            rows.Add(
                new(speaker.Say("gains.seller_keeps", ("me", me)), speaker.Of(file.Value - Least(paid, file.Value))));
        }
        rows.Add(new(speaker.Say("gains.goods"),
            speaker.Say(lines.Any(GoesBack) ? "gains.goods_back" : "gains.goods_stay", ("me", me))));
        return rows;
    }

    private static bool GoesBack(RemedyView line) =>
        line.ReturnWanted || line.Kind == Domain.Disputes.RemedyKind.ReturnAndRefund;

    private static Money Least(Money one, Money other) => one < other ? one : other;
}
