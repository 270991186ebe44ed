namespace Entente.Domain.Disputes;

/// <summary>
/// A second examiner, or a supervisor, approves a decision above the policy's amount: it is published.
/// </summary>
/// <param name="IsParty">Whether that person is a member of either side, as the people's register says.</param>
public sealed record ApproveDecision(int Draft, bool IsParty) : DisputeCommand
{
    public static readonly Move Approves = new("approve_decision", [Role.Examiner, Role.Operator],
        [Stage.Review, Stage.Appeal],
        (dispute, _, _) => dispute.Draft is null ? RefusalCode.NothingToApprove : null);

    public override Move Move => Approves;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        if (Approvals.Objection(dispute, Draft, IsParty, context) is { } objection) return objection;
        if (Deciding.TooEarly(dispute) is { } early) return early;
        var (draft, refusal) = Deciding.Complete(dispute.Draft!, dispute, context);
        var gaps = DecisionGaps.Of(draft, dispute, context.Policy)
            .Concat(refusal is null ? [] : [refusal]).ToValueList();
        return gaps.Count > 0
            ? new Refused(gaps[0], gaps.Skip(1).ToValueList())
            : Deciding.Publish(Course.From(dispute, context).Then(new DecisionApproved(Draft)), draft).Answer();
    }
}

/// <summary>A second examiner, or a supervisor, gives a decision back to its author with the reason.</summary>
public sealed record ReturnDecision(int Draft, PersonalText Reason) : DisputeCommand
{
    public static readonly Move Returns = new("return_decision", [Role.Examiner, Role.Operator],
        [Stage.Review, Stage.Appeal],
        (dispute, _, _) => dispute.Draft is null ? RefusalCode.NothingToApprove : null);

    public override Move Move => Returns;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        if (dispute.Draft?.No != Draft) return new Refusal(RefusalCode.NothingToApprove, "draft");
        return Texts.Objection(Reason, Texts.CommentMax, "reason") is { } text
            ? text
            : Course.From(dispute, context).Then(new DecisionReturned(Draft, Reason.Ref)).Answer(Reason);
    }
}

/// <summary>Who may approve.</summary>
internal static class Approvals
{
    public static Refusal? Objection(Dispute dispute, int draft, bool isParty, Context context) =>
        dispute.Draft?.No != draft ? new(RefusalCode.NothingToApprove, "draft")
        : dispute.Draft.By.Value == context.By.Whose ? new(RefusalCode.ApproverIsAuthor)
        : isParty ? new(RefusalCode.ExaminerIsAParty)
        : Assignments.Objection(dispute, new PersonId(context.By.Whose), null);
}
