using Entente.Domain.Policies;

namespace Entente.Domain.Disputes;

/// <summary>
/// The review waits for somebody outside, such as the carrier: it has an owner and a due time, is counted, and the
/// time for the decision stands still meanwhile (rulings D27).
/// </summary>
public sealed record AwaitThirdParty(ThirdParty Whom, Role Owner, Instant Until, PersonalText Text) : DisputeCommand
{
    public static readonly Move Awaits = new("await_third_party", [Role.Examiner], [Stage.Review, Stage.Appeal],
        (dispute, _, _) => dispute.Examiner is null ? RefusalCode.NotAssignedToYou
            : dispute.Inquiry is not null ? RefusalCode.InquiryRuns
            : null);

    public override Move Move => Awaits;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        var rules = dispute.Under(context.Policy).Review;
        if (!dispute.IsExaminedBy(context.By)) return RefusalCode.NotAssignedToYou;
        if (rules.ThirdPartyWait is not { } longest || dispute.Inquiries >= rules.ThirdPartyCount)
            return Refusal.Of(RefusalCode.InquiriesUsedUp, null, ("max", rules.ThirdPartyCount));
        if (Owner is not (Role.Buyer or Role.Seller or Role.Examiner)) return new Refusal(
            RefusalCode.InquiryHasNoOwner, "owner");
        if (Texts.Objection(Text, Texts.CommentMax, "text") is { } text) return text;
        if (Until <= context.Now) return new Refusal(RefusalCode.DueNotInFuture, "until");
        if (context.Due(longest) is var latest && Until > latest)
            return Refusal.Of(RefusalCode.InquiryTooLong, "until", ("until", latest));
        var (number, course) = (dispute.Inquiries + 1, Course.From(dispute, context));
        var decision = dispute.Terms.FirstOrDefault(term => term.Kind == TermKind.Decision);
        return course.Then(new ThirdPartyAwaited(number, Whom, Owner, Until, Text.Ref)
        {
            Ends = decision is null ? [] : [decision.Id],
            Starts =
            [
                course.Term(TermKind.Inquiry, Owner, Until, RuleKeys.ReviewThirdPartyWait, Consequence.ReviewGoesOn,
                    number),
            ],
        }).Answer(Text);
    }
}

/// <summary>The owner of an inquiry, or the examiner, says what came of it; the decision's time runs on.</summary>
public sealed record AnswerInquiry(int Inquiry, PersonalText Text) : DisputeCommand
{
    public static readonly Move Answers = new("answer_inquiry", [Role.Buyer, Role.Seller, Role.Examiner],
        [Stage.Review, Stage.Appeal],
        (dispute, role, _) => dispute.Inquiry is not { } open ? RefusalCode.InquiryNotOpen
            : role == Role.Examiner || role == open.Owner ? null
            : RefusalCode.InquiryNotYours);

    public override Move Move => Answers;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        if (dispute.Inquiry?.No != Inquiry) return new Refusal(RefusalCode.InquiryNotOpen, "inquiry");
        if (context.Role == Role.Examiner && !dispute.IsExaminedBy(context.By)) return RefusalCode.NotAssignedToYou;
        if (Texts.Objection(Text, Texts.StoryMax, "text") is { } text) return text;
        return Inquiring.End(Course.From(dispute, context), new ThirdPartyAnswered(Inquiry, context.Role, Text.Ref))
            .Answer(Text);
    }
}

/// <summary>The examiner admits what came late, with a reason; the other side gets one term to answer it (rulings
/// D20).</summary>
public sealed record AdmitLateEvidence(ExhibitId Exhibit, PersonalText Reason) : DisputeCommand
{
    public static readonly Move Admits = new("admit_late_evidence", [Role.Examiner], [Stage.Review, Stage.Appeal],
        (dispute, _, _) => dispute.Exhibits.Any(Inquiring.MayBeAdmitted) ? null : RefusalCode.ExhibitNotLate);

    public override Move Move => Admits;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        if (!dispute.IsExaminedBy(context.By)) return RefusalCode.NotAssignedToYou;
        var exhibit = dispute.Exhibits.FirstOrDefault(candidate => candidate.Id == Exhibit);
        if (exhibit is null) return new Refusal(RefusalCode.ExhibitUnknown, "exhibit");
        if (!Inquiring.MayBeAdmitted(exhibit)) return new Refusal(RefusalCode.ExhibitNotLate, "exhibit");
        return Texts.Objection(Reason, Texts.CommentMax, "reason") is { } text
            ? text
            : Inquiring.Admit(Course.From(dispute, context), exhibit, Reason.Ref).Answer(Reason);
    }
}

/// <summary>How the time for a decision stands still, and runs on.</summary>
internal static class Inquiring
{
    public static bool MayBeAdmitted(Exhibit exhibit) =>
        exhibit is { Audience: Audience.All, Late: true, Admitted: false, Withdrawn: false } && exhibit.From.IsParty();

    /// <summary>The decision is due as much later as the wait took.</summary>
    public static Course End(Course course, DisputeEvent ended)
    {
        var inquiry = course.Dispute.Inquiry!;
        return course.Then(inquiry.Decision is not { } decision ? ended : ended with
        {
            Starts =
            [
                decision with
                {
                    Id = course.Dispute.LastTerm + 1,
                    Due = decision.Due + (course.Context.Now - inquiry.Since),
                },
            ],
        });
    }

    /// <summary>The decision waits as long as the reply may take.</summary>
    public static Course Admit(Course course, Exhibit exhibit, PersonalRef reason)
    {
        var (dispute, side) = (course.Dispute, exhibit.From.Other());
        var due = course.Context.Due(dispute.Under(course.Context.Policy).Review.LateReply);
        var (running, next) = (dispute.TermOf(TermKind.Evidence, side), dispute.LastTerm + 1);
        var decision = dispute.Terms.FirstOrDefault(term => term.Kind == TermKind.Decision);
        List<Term> starts =
        [
            new(next, TermKind.Evidence, side, running?.Due > due ? running.Due : due, RuleKeys.ReviewLateReply,
                running?.Otherwise ?? Consequence.DecidedOnFile, exhibit.No),
        ];
        if (decision is not null)
            starts.Add(decision with { Id = next + 1, Due = decision.Due + (due - course.Context.Now) });
        int[] ends = [.. running is null ? [] : (int[])[running.Id], .. decision is null ? [] : (int[])[decision.Id]];
        return course.Then(new LateEvidenceAdmitted(exhibit.Id, exhibit.No, reason)
        {
            Ends = ends.ToValueList(),
            Starts = starts.ToValueList(),
        });
    }
}
