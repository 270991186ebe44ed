namespace Entente.Domain.Disputes;

/// <summary>« Clôturer le litige »: the opener chooses a reason and confirms;
/// staff close with a reason of theirs.</summary>
/// <param name="Received">
/// "Did you receive it?", "has it happened?": asked where the seller says
/// he has performed, and of reasons that claim it.
/// </param>
/// <param name="AcceptsLess">The opener knows that less came back than was agreed or decided.</param>
public sealed record CloseDispute(
    ClosingReason Reason, bool Confirmed, bool? Received, bool AcceptsLess, PersonalText? Comment) : DisputeCommand
{
    public static readonly Move Closes = new("close", [Role.Buyer, Role.Seller, Role.Examiner, Role.Operator],
        [Stage.Negotiation, Stage.Review, Stage.Fulfilment, Stage.Enforcement],
        (dispute, role, _) => role.IsParty() && role != dispute.Opener ? RefusalCode.RoleMayNot
            : dispute.Sanctions.Any(sanction => sanction.State == SanctionState.Appealed)
                ? RefusalCode.MeasureAppealPending
            : dispute.Breaches.Any(breach => breach.By == role.OtherIfParty() && Breaching.IsOpen(breach))
                ? RefusalCode.BreachPending
            : null);

    public override Move Move => Closes;

    public override bool IsDone(Dispute dispute, Role by) =>
        dispute is { IsOpen: false, Closing: { } closing }
        && (closing.By == by || closing.By is { } who && who.IsStaff() && by.IsStaff());

    protected override Answer Decide(Dispute dispute, Context context)
    {
        if (!ClosingReasons.For(dispute, context.Role).Contains(Reason))
            return new Refusal(ClosingReasons.Of(context.Role).Contains(Reason)
                ? RefusalCode.ClosingReasonDoesNotFit
                : RefusalCode.ClosingReasonNotYours, "reason");
        if (context.Role.IsStaff() && string.IsNullOrWhiteSpace(Comment?.Value))
            return new Refusal(RefusalCode.ReasonForClosingMissing, "comment");
        if (Texts.Objection(Comment, Texts.CommentMax, "comment", needed: false) is { } text) return text;
        if (!Confirmed) return new Refusal(RefusalCode.NotConfirmed, "confirmed");
        if (ClosingReasons.Cancels(dispute).Any(no => context.Head.Till.HasLeft(no)))
            return new Refusal(RefusalCode.RefundIsOnItsWay, "reason");
        return context.Role.IsStaff()
            ? Course.From(dispute, context).Then(Closed(context)).Answer(Comment)
            : CloseAsOpener(dispute, context);
    }

    private Answer CloseAsOpener(Dispute dispute, Context context)
    {
        var asked = ClosingReasons.AskedAbout(dispute);
        if (Received is null && (asked.Count > 0 || ClosingReasons.ClaimsReceipt(Reason, dispute)))
            return new Refusal(RefusalCode.ReceiptNotAnswered, "received");
        var course = Course.From(dispute, context);
        if (Received == false)
            return asked.Count == 0
                ? new Refusal(RefusalCode.PromiseNotKeptYet, "received")
                : course.Then(asked.Select(no =>
                    new PerformanceContested(no, ContestReason.NotReceived, null, Comment?.Ref))).Answer(Comment);
        course = course.Then(asked.Select(no => new PerformanceConfirmed(no, context.Role)));
        return !AcceptsLess && ClosingReasons.StillOwed(course.Dispute).Any()
            ? new Refusal(RefusalCode.LessThanAgreed, "accepts_less")
            : course.Then(Closed(context)).Answer(Comment);
    }

    private DisputeClosed Closed(Context context) => new(Reason, context.Role, AcceptsLess, Comment?.Ref);
}

/// <summary>Which reasons for closing fit whom and when, and what closing asks.</summary>
public static class ClosingReasons
{
    private static readonly ValueList<ClosingReason> OfOpener =
    [
        ClosingReason.AgreementReached, ClosingReason.RefundReceived, ClosingReason.ReplacementReceived,
        ClosingReason.DecisionAccepted, ClosingReason.ItemArrived, ClosingReason.SolvedDirectly,
        ClosingReason.ResolvedByBank, ClosingReason.OpenedByMistake, ClosingReason.NoLongerPursued,
    ];

    private static readonly ValueList<ClosingReason> OfStaff =
        [ClosingReason.Inadmissible, ClosingReason.Duplicate, ClosingReason.OrderCancelled];

    public static ValueList<ClosingReason> Of(Role role) => role.IsParty() ? OfOpener : role.IsStaff() ? OfStaff : [];

    /// <summary>The reasons that this role may choose now.</summary>
    public static ValueList<ClosingReason> For(Dispute dispute, Role role) =>
        Of(role).Where(reason => Fits(reason, dispute)).ToValueList();

    /// <summary>Obligations of the respondent that are said to be done and that the opener has not answered.</summary>
    public static ValueList<int> AskedAbout(Dispute dispute) => dispute.Obligations
        .Where(standing => standing.Obligation.Creditor == dispute.Opener
            && standing.State is ObligationState.Performed or ObligationState.Unanswered)
        .Select(standing => standing.Obligation.No)
        .ToValueList();

    /// <summary>Payments that closing would put an end to.</summary>
    public static IEnumerable<int> Cancels(Dispute dispute) => dispute.Obligations
        .Where(standing => standing.Obligation.IsPayment && !standing.IsSettled
            && standing.State != ObligationState.Performed)
        .Select(standing => standing.Obligation.No);

    /// <summary>What the opener would give up by closing now.</summary>
    public static IEnumerable<ObligationStanding> StillOwed(Dispute dispute) => dispute.Obligations
        .Where(standing => standing.Obligation.Creditor == dispute.Opener && !standing.IsSettled);

    /// <summary>Whether the reason itself says that something has happened, before any outcome (rulings D6).</summary>
    public static bool ClaimsReceipt(ClosingReason reason, Dispute dispute) => dispute.Outcomes.Count == 0 && reason is
        ClosingReason.AgreementReached or ClosingReason.RefundReceived or ClosingReason.ReplacementReceived
        or ClosingReason.ItemArrived or ClosingReason.SolvedDirectly;

    private static bool Fits(ClosingReason reason, Dispute dispute) => reason switch
    {
        ClosingReason.DecisionAccepted => dispute.Outcomes.Any(outcome => outcome.Kind != OutcomeKind.Settlement),
        ClosingReason.OpenedByMistake => dispute.Outcomes.Count == 0,
        ClosingReason.ItemArrived =>
            dispute.Opening.Items.Any(item => item.Reason is Reason.NotReceived or Reason.Late or Reason.Incomplete),
        ClosingReason.ResolvedByBank => dispute.BankHasDecided,
        ClosingReason.AgreementReached or ClosingReason.RefundReceived or ClosingReason.ReplacementReceived
            or ClosingReason.SolvedDirectly or ClosingReason.NoLongerPursued
            or ClosingReason.Inadmissible or ClosingReason.Duplicate or ClosingReason.OrderCancelled => true,
        ClosingReason.HandedToBank or ClosingReason.Lapsed or ClosingReason.Reconciled => false,
    };
}
