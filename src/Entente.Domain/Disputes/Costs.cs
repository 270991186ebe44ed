using Entente.Domain.Policies;

namespace Entente.Domain.Disputes;

/// <summary>
/// Costs beside the price, such as return freight or customs: a payout outside the refund's cap, and never more than
/// the rules' own limit (rulings D23).
/// </summary>
public static class Costs
{
    /// <summary>What the rules allow in a currency; null where they reimburse nothing.</summary>
    public static Money? Limit(Rules rules, string currency) =>
        rules.Fulfilment.ReimburseAtMost?.Where(limit => limit.Currency == currency).Cast<Money?>().FirstOrDefault();

    /// <summary>What may still be granted, once what counts for it or falls away is left out.</summary>
    internal static Money? Left(Dispute dispute, Context context, IEnumerable<ObligationStanding> except) =>
        Limit(dispute.Under(context.Policy), dispute.Currency) is { } limit
            ? limit with { Minor = Math.Max(0, limit.Minor - Granted(dispute, except)) }
            : null;

    private static long Granted(Dispute dispute, IEnumerable<ObligationStanding> except) => dispute.Obligations
        .Except(except)
        .Where(standing => standing.Obligation.Kind == ObligationKind.Reimburse && !Netting.IsGivenUp(standing))
        .Sum(standing => standing.Obligation.Amount ?? 0);
}
