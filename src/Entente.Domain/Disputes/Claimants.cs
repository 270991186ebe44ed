namespace Entente.Domain.Disputes;

/// <summary>Which reasons and remedies belong to whom: what a seller claims is another thing than what a buyer
/// does.</summary>
public static class Claimants
{
    public static bool IsOf(this Reason reason, Role opener) =>
        reason is Reason.ReturnNotAsSent or Reason.RefundedInError ? opener == Role.Seller : opener == Role.Buyer;

    /// <summary>Whether a remedy can answer a claim with this reason.</summary>
    public static bool Answers(this RemedyKind kind, Reason reason) =>
        kind == RemedyKind.None || kind is RemedyKind.PayBack or RemedyKind.ReleaseFunds == reason.IsOf(Role.Seller);

    /// <summary>
    /// The line as open disputes hold it. The seller's claim about units that came back is another thing than the
    /// buyer's about the same units: it is held under the line's number with a minus, and so neither bars the other.
    /// </summary>
    public static int HeldAs(int line, Role opener) => opener == Role.Buyer ? line : -line;
}
