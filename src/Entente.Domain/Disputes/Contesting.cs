namespace Entente.Domain.Disputes;

/// <summary>A side contests an exhibit that it did not bring itself: the decision will have to answer.</summary>
public sealed record ContestEvidence(ExhibitId Exhibit, ContestGround Ground, PersonalText Text) : DisputeCommand
{
    public static readonly Move Contests = new("contest_evidence", [Role.Buyer, Role.Seller],
        [Stage.Negotiation, Stage.Review, Stage.Appeal],
        (dispute, role, _) => dispute.Exhibits.Any(exhibit => Contesting.MayContest(exhibit, dispute, role))
            ? null
            : RefusalCode.NothingToContestHere);

    public override Move Move => Contests;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        var exhibit = dispute.Exhibits.FirstOrDefault(candidate =>
            candidate.Id == Exhibit && context.Role.MayRead(candidate.Audience));
        if (exhibit is null) return new Refusal(RefusalCode.ExhibitUnknown, "exhibit");
        if (exhibit.From == context.Role) return new Refusal(RefusalCode.ExhibitIsYourOwn, "exhibit");
        if (exhibit.Withdrawn) return new Refusal(RefusalCode.ExhibitAlreadyWithdrawn, "exhibit");
        if (!Contesting.MayContest(exhibit, dispute, context.Role))
            return new Refusal(RefusalCode.ExhibitAlreadyContested, "exhibit");
        return Texts.Objection(Text, Texts.CommentMax, "text") is { } text
            ? text
            : Course.From(dispute, context).Then(new EvidenceContested(
                dispute.Contests.Count + 1, exhibit.Id, exhibit.No, context.Role, Ground, Text.Ref)).Answer(Text);
    }
}

/// <summary>The examiner in charge answers a contest of an exhibit, before or with the decision.</summary>
public sealed record AnswerContest(int Contest, ContestAnswer Answer, ValueList<PersonalText> Reasons) : DisputeCommand
{
    public static readonly Move Answers = new("answer_contest", [Role.Examiner], [Stage.Review, Stage.Appeal],
        (dispute, _, _) => dispute.OpenContests.Any() ? null : RefusalCode.ContestNotOpen);

    public override Move Move => Answers;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        if (!dispute.IsExaminedBy(context.By)) return RefusalCode.NotAssignedToYou;
        ContestReply reply = new(Contest, Answer, Reasons);
        return Contesting.Objection(reply, dispute, "contest", "reasons") is { } objection
            ? objection
            : Contesting.Answer(Course.From(dispute, context), [reply]).Answer([.. Reasons]);
    }
}

/// <summary>An answer to a contest as the examiner writes it, once in each language of the parties.</summary>
public sealed record ContestReply(int Contest, ContestAnswer Answer, ValueList<PersonalText> Reasons);

/// <summary>What contests and decisions have to do with each other.</summary>
internal static class Contesting
{
    /// <summary>Once a side for each exhibit of others that both may read.</summary>
    public static bool MayContest(Exhibit exhibit, Dispute dispute, Role role) =>
        exhibit is { Audience: Audience.All, Withdrawn: false } && exhibit.From != role
        && !dispute.Contests.Any(contest => contest.Exhibit == exhibit.Id && contest.By == role);

    /// <summary>Every open contest is answered in a decision, and nothing rests on what was found not to
    /// count.</summary>
    public static Refusal? Objection(
        ValueList<ContestReply> replies, ValueList<FindingDraft> findings, Dispute dispute)
    {
        for (var index = 0; index < replies.Count; index++)
        {
            var at = $"contests[{index}]";
            if (Objection(replies[index], dispute, $"{at}.contest", $"{at}.reasons") is { } wrong) return wrong;
            if (replies.Take(index).Any(other => other.Contest == replies[index].Contest))
                return Refusal.Of(RefusalCode.ContestNotOpen, $"{at}.contest");
        }
        if (dispute.OpenContests.FirstOrDefault(contest => replies.All(reply => reply.Contest != contest.No))
            is { } left)
            return Refusal.Of(RefusalCode.ContestUnanswered, "contests", ("exhibit", left.ExhibitNo), ("no", left.No));
        var upheld = dispute.Contests.Where(contest => AnswerTo(contest, replies) == ContestAnswer.Upheld)
            .Select(contest => contest.ExhibitNo).ToHashSet();
        for (var index = 0; index < findings.Count; index++)
            if (findings[index].ReliedOn.FirstOrDefault(upheld.Contains) is var void_ and not 0)
                return Refusal.Of(RefusalCode.ExhibitDoesNotCount, $"findings[{index}].relied_on", ("exhibit", void_));
        return null;
    }

    public static Refusal? Objection(ContestReply reply, Dispute dispute, string contest, string reasons) =>
        dispute.OpenContests.All(open => open.No != reply.Contest)
            ? new(RefusalCode.ContestNotOpen, contest)
            : Texts.InEachLanguage(reply.Reasons, Texts.CommentMax, dispute, reasons, RefusalCode.ReasonsMissing);

    public static Course Answer(Course course, ValueList<ContestReply> replies) =>
        replies.Aggregate(course, (on, reply) =>
    {
        var contest = on.Dispute.Contests.First(candidate => candidate.No == reply.Contest);
        return on.Then(new ContestAnswered(
            contest.No, contest.Exhibit, contest.ExhibitNo, reply.Answer, [.. reply.Reasons.Select(text => text.Ref)]));
    });

    private static ContestAnswer? AnswerTo(Contest contest, ValueList<ContestReply> replies) =>
        contest.Answer ?? replies.FirstOrDefault(reply => reply.Contest == contest.No)?.Answer;
}
