using Entente.Domain.Policies;

namespace Entente.Domain.Disputes;

/// <summary>« Déposer une plainte »: a side asks the platform to step in and decide.</summary>
public sealed record FileComplaint(PersonalText? Text) : DisputeCommand
{
    public static readonly Move Files = new("file_complaint", [Role.Buyer, Role.Seller], [Stage.Negotiation],
        (dispute, _, now) => now >= dispute.ComplaintPossibleFrom ? null : RefusalCode.ComplaintTooEarly);

    public override Move Move => Files;

    protected override Answer Decide(Dispute dispute, Context context) =>
        Texts.Objection(Text, Texts.StoryMax, "text", needed: false) is { } text
            ? text
            : Complaints.File(Course.From(dispute, context), context.Role, Text?.Ref).Answer(Text);
}

/// <summary>Staff put an examiner in charge; an examiner may take a case, an
/// operator may give it to anybody neutral.</summary>
/// <param name="IsParty">Whether that person is a member of either side, as the people's register says.</param>
public sealed record Assign(PersonId Examiner, bool IsParty) : DisputeCommand
{
    public static readonly Move Assigns = new("assign", [Role.Examiner, Role.Operator],
        [Stage.Negotiation, Stage.Review, Stage.Appeal, Stage.ReopeningRequested, Stage.Enforcement],
        (dispute, _, _) =>
            dispute.Stage == Stage.Negotiation && !dispute.Obligations.Any(standing => standing.AwaitsRuling)
            ? RefusalCode.StageDoesNotAllow
            : null);

    public override Move Move => Assigns;

    public override bool IsDone(Dispute dispute, Role by) =>
        by.IsStaff() && dispute.IsOpen && dispute.Examiner == Examiner;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        if (IsParty) return new Refusal(RefusalCode.ExaminerIsAParty, "examiner");
        if (Assignments.Objection(dispute, Examiner, "examiner") is { } objection) return objection;
        if (context.Role == Role.Examiner && context.By.Whose != Examiner.Value && !dispute.IsExaminedBy(context.By))
            return new Refusal(RefusalCode.NotAssignedToYou, "examiner");
        var course = Course.From(dispute, context).Then(new ExaminerAssigned(Examiner));
        return (dispute.Examiner is null ? course.Then(new ExaminationBegan()) : course).Answer();
    }
}

/// <summary>Who may not examine: whoever withdrew or was replaced, and on appeal whoever has decided before.</summary>
internal static class Assignments
{
    public static Refusal? Objection(Dispute dispute, PersonId person, string? field) =>
        dispute.Stage == Stage.Appeal && dispute.Deciders.Contains(person)
            ? new(RefusalCode.ExaminerDecidedBefore, field)
        : dispute.Recused.Contains(person) ? new(RefusalCode.ExaminerWithdrew, field)
        : null;
}

/// <summary>How a review begins, whoever or whatever asked for it.</summary>
internal static class Complaints
{
    /// <summary>The terms of a review that begins anew: nobody's silence decides it a second time.</summary>
    public static ValueList<Term> Terms(Course course)
    {
        var (context, rules) = (course.Context, course.Dispute.Under(course.Context.Policy).Review);
        var evidence = context.Due(rules.Evidence);
        return
        [
            course.Term(TermKind.Evidence, Role.Buyer, evidence, RuleKeys.ReviewEvidence, Consequence.DecidedOnFile),
            course.Term(TermKind.Evidence, Role.Seller, evidence, RuleKeys.ReviewEvidence, Consequence.DecidedOnFile,
                offset: 1),
            course.Term(TermKind.Decision, Role.Examiner, context.Policy.Calendar.Due(evidence, rules.DecisionWithin),
                RuleKeys.ReviewDecisionWithin, Consequence.PassesToSupervisor, offset: 2),
        ];
    }

    public static Course File(Course course, Role? by, PersonalRef? text)
    {
        return course.Then(new ComplaintFiled(by, text) { Starts = Review(course) });
    }

    /// <summary>Both sides' time for evidence, and the examiner's for the decision.</summary>
    public static ValueList<Term> Review(Course course)
    {
        var rules = course.Dispute.Under(course.Context.Policy).Review;
        var evidence = course.Context.Due(rules.Evidence);
        var decision = course.Context.Policy.Calendar.Due(evidence, rules.DecisionWithin);
        return
        [
            Evidence(Role.Buyer, 0),
            Evidence(Role.Seller, 1),
            course.Term(TermKind.Decision, Role.Examiner, decision, RuleKeys.ReviewDecisionWithin,
                Consequence.PassesToSupervisor, offset: 2),
        ];

        Term Evidence(Role side, int offset)
        {
            var claims = side == course.Dispute.Opener;
            return course.Term(TermKind.Evidence, side, evidence,
                claims ? RuleKeys.ReviewClaimantSilent : RuleKeys.ReviewRespondentSilent,
                Disputes.Terms.IsSilent(side, course.Dispute)
                    ? Otherwise(claims ? rules.ClaimantSilent : rules.RespondentSilent)
                    : Consequence.DecidedOnFile,
                offset: offset);
        }
    }

    public static Consequence Otherwise(ReviewSilence silence) => silence switch
    {
        ReviewSilence.DecideOnFile => Consequence.DecidedOnFile,
        ReviewSilence.Grant => Consequence.ClaimIsGranted,
        ReviewSilence.Dismiss => Consequence.ClaimIsDismissed,
    };
}
