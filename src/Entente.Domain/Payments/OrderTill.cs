using Entente.Domain.Disputes;
using Entente.Domain.Policies;

namespace Entente.Domain.Payments;

/// <summary>An order's payments as they stand, and what one dispute's obligations have set aside of them.</summary>
public sealed record OrderTill(ValueList<PaymentBalance> Payments, ValueList<RefundLine> Lines)
{
    public static readonly OrderTill Empty = new([], []);

    /// <summary>Who makes refunds is the policy's choice.</summary>
    public RefundsBy By { get; init; } = RefundsBy.Provider;

    /// <summary>As the dispute's rules have it.</summary>
    public OrderTill Under(Dispute dispute, Policy policy) =>
        this with { By = dispute.Under(policy).Fulfilment.RefundThrough };

    /// <summary>Whether the centre makes this refund, where its payment lets it.</summary>
    public bool IsOurs(ObligationStanding standing) => By == RefundsBy.Provider || IsTakenOver(standing);

    /// <summary>Whether it was the seller's to make, until its time passed or a measure said otherwise.</summary>
    public bool IsTakenOver(ObligationStanding standing) => standing.FromHeldFunds
        || By == RefundsBy.ProviderWhenLate
            && (standing.State == ObligationState.Overdue || standing.Rulings > 0);

    /// <summary>Whether a bank has money of this order in hand, or has given it to the buyer.</summary>
    public bool IsChargedBack => Payments.Any(payment => payment.ChargedBack > 0);

    /// <summary>Whether money for this obligation has left through the provider,
    /// or may have: it cannot be called back.</summary>
    public bool HasLeft(int obligation) => Lines.Any(line => line.Obligation == obligation && HasLeft(line));

    /// <summary>How much has left for this obligation through the provider, or may have, in minor units.</summary>
    public long Left(int obligation) =>
        Lines.Where(line => line.Obligation == obligation && HasLeft(line)).Sum(line => line.Amount);

    /// <summary>Whether the centre itself is about to pay this obligation, or is at it.</summary>
    public bool IsPaidByUs(int obligation) =>
        Lines.Any(line => line.Obligation == obligation && line.Way == RefundWay.Provider
        && line.State is RefundState.Reserved or RefundState.Sent or RefundState.Unknown);

    private static bool HasLeft(RefundLine line) => line.Way == RefundWay.Provider
        && line.State is RefundState.Sent or RefundState.Unknown or RefundState.Succeeded;
}
