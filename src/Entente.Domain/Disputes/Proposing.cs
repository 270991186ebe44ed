using Entente.Domain.Policies;

namespace Entente.Domain.Disputes;

/// <summary>The examiner proposes a remedy to both sides; it holds only if both say yes in its term (rulings
/// D11).</summary>
public sealed record ProposeRemedy(ValueList<RemedyLine> Lines, ValueList<PersonalText> Reasons) : DisputeCommand
{
    public static readonly Move Proposes = new("propose_remedy", [Role.Examiner], [Stage.Review, Stage.Appeal],
        (dispute, _, _) => dispute.Examiner is null ? RefusalCode.NotAssignedToYou
            : dispute.OpenProposal is not null ? RefusalCode.ProposalIsOpen
            : dispute.OpenItems.Count == 0 ? RefusalCode.StageDoesNotAllow
            : null);

    public override Move Move => Proposes;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        var rules = dispute.Under(context.Policy).Review;
        if (!dispute.IsExaminedBy(context.By)) return RefusalCode.NotAssignedToYou;
        if (dispute.Offers.Count(offer => offer.By == Role.Examiner) >= Proposals.CountMax)
            return Refusal.Of(RefusalCode.ProposalsUsedUp, null, ("max", Proposals.CountMax));
        var (lines, refusal) = Remedies.Complete(Lines, dispute.OpenItems, dispute.Opening.Order.Lines,
            new Money(Settling.Cap(dispute, context), dispute.Currency), Settling.Costs(dispute, context), "lines");
        if (refusal is not null) return refusal;
        if (Texts.InEachLanguage(Reasons, Texts.StoryMax, dispute, "reasons", RefusalCode.ReasonsMissing) is { } text)
            return text;
        var (number, due) = (dispute.Offers.Count + 1, context.Due(rules.ProposalAnswer));
        var course = Course.From(dispute, context);
        return course.Then(new ProposalMade(number, lines, [.. Reasons.Select(reason => reason.Ref)])
        {
            Starts = [Answering(Role.Buyer, 0), Answering(Role.Seller, 1)],
        }).Answer([.. Reasons]);

        Term Answering(Role side, int offset) =>
            course.Term(TermKind.OfferAnswer, side, due, RuleKeys.ReviewProposalAnswer,
            Consequence.ProposalLapses, number, offset);
    }
}

/// <summary>How both sides answer the examiner's proposal, each unseen by the other.</summary>
internal static class Proposals
{
    /// <summary>More proposals than this are no decision.</summary>
    public const int CountMax = 3;

    /// <summary>The examiner's open proposal that this side has not answered.</summary>
    public static Offer? FacedBy(Dispute dispute, Role role) =>
        dispute.OpenProposal is { } open && role.IsParty() && !dispute.HasReplied(open.No, role) ? open : null;

    /// <summary>With the second answer it is known whether both said yes, and nothing more.</summary>
    public static Answer Reply(Offer proposal, bool accepts, Dispute dispute, Context context)
    {
        if (dispute.HasReplied(proposal.No, context.Role))
            return new Refusal(RefusalCode.ProposalAlreadyAnswered, "offer");
        var course = Course.From(dispute, context).Then(new ProposalAnswered(proposal.No, context.Role, accepts));
        if (!dispute.HasReplied(proposal.No, context.Role.Other())) return course.Answer();
        var isAgreed = accepts && dispute.Replies.Any(reply =>
            reply.Offer == proposal.No && reply.By == context.Role.Other() && reply.Accepts);
        return (isAgreed ? Settling.Settle(course, proposal.No, proposal.Lines) : End(course, proposal.No)).Answer();
    }

    public static Course End(Course course, int proposal) => course.Then(new ProposalEnded(proposal));
}
