using Entente.Domain.Disputes;

namespace Entente.Domain.Audiences;

/// <summary>Counts the money box from what both sides read.</summary>
internal static class Purse
{
    private static readonly ObligationState[] ToCome =
    [
        ObligationState.Waiting, ObligationState.Open, ObligationState.Contested, ObligationState.Overdue,
        ObligationState.Defaulted,
    ];

    private static readonly ObligationState[] Announced =
        [ObligationState.Performed, ObligationState.Unanswered, ObligationState.Doubted];

    public static MoneyBox Of(Dispute seen)
    {
        var refunded = Sum(seen, standing => standing.Undischarged, ObligationState.Confirmed) + seen.ReturnedOutside;
        var byBank = Math.Min(
            seen.Opening.RefundableCap,
            seen.Chargebacks.Where(chargeback => chargeback.TakesMoney).Sum(chargeback => chargeback.Amount));
        return new(
            In(seen, LinesOf(seen).Sum(line => line.Value(line.Units))),
            In(seen, seen.IsOpen ? seen.OpenItems.Sum(item => Value(seen, item)) : 0),
            In(seen, Sum(seen, standing => standing.Payable, ToCome)),
            In(seen, Sum(seen, standing => standing.Payable, Announced)),
            In(seen, refunded),
            In(seen, Math.Max(0, seen.Opening.RefundableCap - refunded - byBank)),
            In(seen, seen.Obligations.Sum(standing => standing.Frozen)),
            In(seen, byBank));
    }

    private static IEnumerable<OrderLine> LinesOf(Dispute seen) =>
        seen.Opening.Order.Lines.Where(line => line.Seller == seen.Opening.Seller);

    private static long Value(Dispute seen, ClaimItem item) =>
        LinesOf(seen).FirstOrDefault(line => line.No == item.Line)?.Value(item.Units) ?? 0;

    private static long Sum(
        Dispute seen, Func<ObligationStanding, long> amount, params ReadOnlySpan<ObligationState> states)
    {
        long total = 0;
        foreach (var standing in seen.Obligations)
            if (standing.Obligation is
                {
                    IsPayment: true, Kind: not (ObligationKind.PayBack or ObligationKind.Reimburse),
                }
                && states.Contains(standing.State))
                total += amount(standing);
        return total;
    }

    private static Money In(Dispute seen, long minor) => new(minor, seen.Currency);
}
