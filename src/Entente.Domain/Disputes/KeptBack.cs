namespace Entente.Domain.Disputes;

/// <summary>What of a seller's money the marketplace does better not to pay out yet (rulings D25).</summary>
public static class KeptBack
{
    /// <summary>
    /// What is in question between the sides, and what the seller was made to pay and has not come; in minor units.
    /// Nothing once the dispute is closed or the claim dismissed, so that a silent buyer keeps nothing for ever.
    /// </summary>
    public static long Of(Dispute dispute) => dispute.IsOpen
        ? Math.Min(dispute.Opening.RefundableCap, InQuestion(dispute) + Owed(dispute))
        : 0;

    private static long InQuestion(Dispute dispute) => dispute.Opener == Role.Seller
        ? 0
        : Remedies.Value(Remedies.AllOf(dispute.OpenItems), dispute.Opening.Order.Lines);

    private static long Owed(Dispute dispute) => dispute.Obligations
        .Where(standing => standing is { CountsAsPromised: true, IsSettled: false, Obligation.Debtor: Role.Seller })
        .Sum(standing => standing.Undischarged);
}
