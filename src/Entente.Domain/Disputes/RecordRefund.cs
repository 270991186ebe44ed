namespace Entente.Domain.Disputes;

/// <summary>What the provider says of a refund: it is done, or it failed after all.</summary>
/// <param name="Amount">Minor units that came, or that failed.</param>
/// <param name="Reference">The provider's number of it.</param>
public sealed record RecordRefund(int Obligation, bool Succeeded, long Amount, PersonalText? Reference) : DisputeCommand
{
    public static readonly Move Records = new("record_refund", [Role.Provider], [.. Enum.GetValues<Stage>()],
        (dispute, _, _) => dispute.Exists ? null : RefusalCode.StageDoesNotAllow);

    public override Move Move => Records;

    public override bool IsDone(Dispute dispute, Role by) =>
        Succeeded && dispute.Obligation(Obligation) is { State: ObligationState.Performed, Verified: true }
        || Succeeded && dispute.Obligation(Obligation)?.State == ObligationState.Confirmed;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        if (dispute.Obligation(Obligation) is not { Obligation.IsPayment: true } standing)
            return new Refusal(RefusalCode.ObligationUnknown, "obligation");
        var course = Course.From(dispute, context);
        if (!Succeeded) return course.Then(new RefundFailed(Obligation, Amount)).Answer();
        return MayBePaid(standing)
            ? course.Then(Performed(dispute)).Answer(Reference)
            : new Refusal(RefusalCode.ObligationNotOpen, "obligation");
    }

    /// <summary>What the debtor alone had said is verified by it: the time to confirm begins anew.</summary>
    private ObligationPerformed Performed(Dispute dispute) =>
        new(Obligation, Role.Provider, Reference?.Ref, null, Verified: true)
        {
            Ends = dispute.Terms.Where(term => term.Kind == TermKind.Confirmation && term.Subject == Obligation)
                .Select(term => term.Id).ToValueList(),
        };

    private static bool MayBePaid(ObligationStanding standing) =>
        Perform.MayPerform(standing, Role.Provider)
        || standing is { State: ObligationState.Performed or ObligationState.Unanswered, Verified: false };
}
