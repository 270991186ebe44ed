using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Server.Web.Cases;

namespace Entente.Server.Web.Party;

/// <summary>How far the closing of a dispute has come: which reason, and what still has to be asked about it.</summary>
public sealed record Closure(CaseFile File, ClosingReason? Reason)
{
    /// <summary>What the other side says it has done, and this reader has not answered.</summary>
    public IReadOnlyList<ObligationView> Announced => [.. File.View.Obligations.Where(duty =>
        duty.Creditor == File.View.Opener && duty.State is ObligationState.Performed or ObligationState.Unanswered)];

    /// <summary>What would be given up.</summary>
    public IReadOnlyList<ObligationView> StillOwed => [.. File.View.Obligations.Where(duty =>
        duty.Creditor == File.View.Opener && !IsOver(duty.State)
        && duty.State is not (ObligationState.Performed or ObligationState.Unanswered))];

    /// <summary>Whether "did you receive it?", "has it happened?" is to be asked.</summary>
    public bool AsksReceipt =>
        Announced.Count > 0 || Reason is { } reason && File.View.Outcomes.Count == 0 && IsClaim(reason);

    private static bool IsClaim(ClosingReason reason) => reason is ClosingReason.AgreementReached
        or ClosingReason.RefundReceived or ClosingReason.ReplacementReceived or ClosingReason.ItemArrived
        or ClosingReason.SolvedDirectly;

    private static bool IsOver(ObligationState state) => state is ObligationState.Confirmed
        or ObligationState.Cancelled or ObligationState.Unanswered or ObligationState.Defaulted
        or ObligationState.Discharged;
}
