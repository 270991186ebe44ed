using Entente.Domain.Policies;

namespace Entente.Domain.Disputes;

/// <summary>A question of a decision as the examiner writes it, once in each language.</summary>
public sealed record FindingDraft(
    ValueList<PersonalText> Question, FindingAnswer Answer, string Clause, ValueList<int> ReliedOn)
{
    public Finding Finding => new([.. Question.Select(text => text.Ref)], Answer, Clause, ReliedOn);
}

/// <summary>
/// The assigned examiner decides what is left of the claim, or an appeal: findings bound to clause and exhibit, remedy
/// lines, reasons.
/// </summary>
/// <param name="Reasons">The reasoned text in each language of the parties.</param>
public sealed record DecideDispute(
    ValueList<FindingDraft> Findings,
    ValueList<SetAsideExhibit> SetAside,
    ValueList<RemedyLine> Lines,
    ValueList<PersonalText> Reasons) : DisputeCommand
{
    public static readonly Move Decides = new("decide", [Role.Examiner], [Stage.Review, Stage.Appeal],
        (dispute, _, _) => dispute.Examiner is null ? RefusalCode.NotAssignedToYou
            : dispute.Draft is not null ? RefusalCode.ApprovalPending
            : Deciding.TooEarly(dispute));

    /// <summary>What becomes of the decision that was attacked; on appeal alone.</summary>
    public AppealResult? Result { get; init; }

    /// <summary>Answers to the contests of exhibits that are still open.</summary>
    public ValueList<ContestReply> Contests { get; init; } = [];

    public override Move Move => Decides;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        if (!dispute.IsExaminedBy(context.By)) return RefusalCode.NotAssignedToYou;
        if (dispute.Inquiry is not null) return RefusalCode.InquiryRuns;
        var (draft, refusal) = Deciding.Complete(
            Draft(dispute, new(context.By.Whose)), dispute, context);
        var gaps = Gaps(dispute, context.Policy).Concat(refusal is null ? [] : [refusal]).ToValueList();
        if (gaps.Count > 0) return new Refused(gaps[0], gaps.Skip(1).ToValueList());
        var course = Contesting.Answer(Course.From(dispute, context), Contests);
        course = Deciding.NeedsApproval(draft, dispute, context)
            ? Deciding.Submit(course, draft)
            : Deciding.Publish(course, draft);
        return course.Answer([.. Contests.SelectMany(reply => reply.Reasons),
            .. Findings.SelectMany(finding => finding.Question), .. Reasons]);
    }

    private DecisionDraft Draft(Dispute dispute, PersonId by) => new(
        dispute.Drafts + 1, by, Result, [.. Findings.Select(finding => finding.Finding)], SetAside, Lines,
        [.. Reasons.Select(text => text.Ref)]);

    /// <summary>Everything that is missing but the remedy, in the order in which it is refused.</summary>
    public IEnumerable<Refusal> Gaps(Dispute dispute, Policy policy) =>
        (Findings.Count == 0 ? [new(RefusalCode.FindingsMissing, "findings")] : QuestionGaps(dispute))
        .Concat(DecisionGaps.Of(Draft(dispute, new("")), dispute, policy))
        .Concat(Contesting.Objection(Contests, Findings, dispute) is { } contest ? [contest] : [])
        .Concat(DecisionGaps.OfTexts(Reasons, Texts.ReasonsMax, dispute, "reasons", RefusalCode.ReasonsMissing));

    private IEnumerable<Refusal> QuestionGaps(Dispute dispute) => Findings.SelectMany((finding, index) =>
        DecisionGaps.OfTexts(finding.Question, Texts.CommentMax, dispute, $"findings[{index}].question",
            RefusalCode.LanguageMissing));
}

/// <summary>What the publication of a decision needs, and what it brings about.</summary>
internal static class Deciding
{
    /// <summary>Why nobody may decide yet; null when the file is complete.</summary>
    public static RefusalCode? TooEarly(Dispute dispute) =>
        dispute.Terms.Any(term => term.Kind == TermKind.Evidence) ? RefusalCode.EvidenceTimeRuns
        : dispute.Terms.Any(term => term.Kind == TermKind.Joining) ? RefusalCode.JoiningTimeRuns
        : Challenging.Open(dispute) is not null ? RefusalCode.ChallengePending
        : null;

    /// <summary>The draft with its amounts filled in, or why its lines cannot stand.</summary>
    public static (DecisionDraft Draft, Refusal? Refusal) Complete(
        DecisionDraft draft, Dispute dispute, Context context)
    {
        if (dispute.Stage == Stage.Appeal) return AppealDeciding.Complete(draft, dispute, context);
        if (draft.Result is not null) return (draft, new(RefusalCode.AppealResultDoesNotFit, "result"));
        var done = Netting.Done(dispute, context);
        var (lines, refusal) = Remedies.Complete(
            draft.Lines, dispute.OpenItems, dispute.Opening.Order.Lines, Netting.Cap(dispute, context, done),
            Costs.Left(dispute, context, done), "lines");
        return (draft with { Lines = lines }, refusal);
    }

    public static bool NeedsApproval(DecisionDraft draft, Dispute dispute, Context context) =>
        draft.Result != AppealResult.Upheld && dispute.Under(context.Policy).Approval.IsNeededFor(
            new Money(draft.Lines.Sum(line => line.Amount ?? 0), dispute.Currency));

    public static Course Submit(Course course, DecisionDraft draft) => course.Then(new DecisionDrafted(
        draft.No, draft.Result, draft.Findings, draft.SetAside, draft.Lines, draft.Reasons,
        course.Context.Due(course.Dispute.Under(course.Context.Policy).Approval.Within)));

    public static Course Publish(Course course, DecisionDraft draft)
    {
        var (dispute, context) = (course.Dispute, course.Context);
        if (dispute.Stage == Stage.Appeal) return AppealDeciding.Publish(course, draft);
        var outcome = dispute.Outcomes.Count + 1;
        return course.Then(new Decided(outcome, draft.Findings, draft.SetAside, draft.Lines, draft.Reasons,
            Netting.Owed(draft.Lines, outcome, course, Netting.Done(dispute, context)))
        {
            Starts = Appealing.Windows(dispute, draft.Lines, context),
        });
    }
}
