using Entente.Domain.Policies;

namespace Entente.Domain.Disputes;

/// <summary>The examiner withdraws from a case: somebody else has to take it.</summary>
public sealed record Recuse(PersonalText Reason) : DisputeCommand
{
    public static readonly Move Recuses = new("recuse", [Role.Examiner],
        [Stage.Negotiation, Stage.Review, Stage.Appeal, Stage.ReopeningRequested, Stage.Enforcement],
        (dispute, _, _) => dispute.Examiner is null ? RefusalCode.NotAssignedToYou : null);

    public override Move Move => Recuses;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        if (dispute.Examiner is not { } examiner || !dispute.IsExaminedBy(context.By))
            return RefusalCode.NotAssignedToYou;
        return Texts.Objection(Reason, Texts.CommentMax, "reason") is { } text
            ? text
            : Course.From(dispute, context).Then(new ExaminerRecused(examiner, Reason.Ref)).Answer(Reason);
    }
}

/// <summary>A side asks, once in a dispute, that somebody else examines it; a supervisor answers.</summary>
public sealed record ChallengeExaminer(PersonalText Reason) : DisputeCommand
{
    public static readonly Move Challenges = new("challenge_examiner", [Role.Buyer, Role.Seller],
        [Stage.Review, Stage.Appeal],
        (dispute, role, _) => dispute.Challenges.Any(challenge => challenge.By == role) ? RefusalCode.ChallengedBefore
            : dispute.IsExamined ? null
            : RefusalCode.NobodyExaminesYet);

    public override Move Move => Challenges;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        if (Texts.Objection(Reason, Texts.CommentMax, "reason") is { } text) return text;
        var course = Course.From(dispute, context);
        return course.Then(new ExaminerChallenged(context.Role, Reason.Ref)
        {
            Starts =
            [
                course.Term(TermKind.Challenge, Role.Operator,
                    context.Due(dispute.Under(context.Policy).Review.SupervisorWithin), RuleKeys.ReviewSupervisorWithin,
                    Consequence.ExaminerIsReplaced, dispute.Challenges.Count + 1),
            ],
        }).Answer(Reason);
    }
}

/// <summary>A supervisor answers whoever asked for another examiner.</summary>
public sealed record RuleOnChallenge(bool Replaced, PersonalText Text) : DisputeCommand
{
    public static readonly Move Rules = new("rule_on_challenge", [Role.Operator], [Stage.Review, Stage.Appeal],
        (dispute, _, _) => Challenging.Open(dispute) is null ? RefusalCode.NothingToRule : null);

    public override Move Move => Rules;

    protected override Answer Decide(Dispute dispute, Context context) =>
        Texts.Objection(Text, Texts.CommentMax, "text") is { } text
            ? text
            : Course.From(dispute, context)
                .Then(new ChallengeAnswered(Challenging.Open(dispute)!.By, Replaced, Text.Ref)).Answer(Text);
}

/// <summary>What requests for another examiner have in common.</summary>
internal static class Challenging
{
    /// <summary>The request that waits for an answer; one that its stage outlived waits no more.</summary>
    public static Challenge? Open(Dispute dispute) =>
        dispute.Terms.FirstOrDefault(term => term.Kind == TermKind.Challenge) is { Subject: { } no }
            ? dispute.Challenges[no - 1]
            : null;

    /// <summary>The platform's silence costs nobody their doubt: somebody else takes over.</summary>
    public static Course Replace(Course course, int challenge) => course.Then(
        new ChallengeAnswered(course.Dispute.Challenges[challenge - 1].By, Replaced: true, null));

    public static bool IsOpen(Term term, Dispute dispute) =>
        dispute.Stage is Stage.Review or Stage.Appeal && term.Subject is { } no && no <= dispute.Challenges.Count
        && dispute.Challenges[no - 1].State == ChallengeState.Asked;
}
