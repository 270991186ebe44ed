using Entente.Domain.Policies;

namespace Entente.Domain.Disputes;

/// <summary>
/// The claimant changes what is claimed and sought, as often as the rules allow at each stage; the other side gets
/// its time to answer anew (rulings D4).
/// </summary>
public sealed record AmendClaim(
    ValueList<ClaimItem> Items, ValueList<RemedyLine> Sought, PersonalText Text) : DisputeCommand
{
    public static readonly Move Amends =
        new("amend_claim", [Role.Buyer, Role.Seller], [Stage.Negotiation, Stage.Review],
        (dispute, role, _) => role.IsParty() && role != dispute.Opener ? RefusalCode.RoleMayNot
            : dispute.Outcomes.Count > 0 ? RefusalCode.ClaimIsPartlySettled
            : dispute.IsPaused ? RefusalCode.BankPauseRuns
            : null);

    public override Move Move => Amends;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        var rules = dispute.Under(context.Policy).Amendment;
        var isInReview = dispute.Stage == Stage.Review;
        if (isInReview ? dispute.AmendmentsInReview >= rules.InReview
            : dispute.Amendments >= rules.InNegotiation) return RefusalCode.AmendmentsUsedUp;
        var lines = dispute.Opening.Order.Lines;
        if (Claims.Objection(Items, lines, context.Head.Held, dispute.Opener) is { } wrong) return wrong;
        if (Sought.Count == 0) return new Refusal(RefusalCode.RemedyHasNoLines, "sought");
        var returnable = Math.Max(0, context.Head.Returnable - dispute.Promised);
        var cap = Math.Min(Remedies.Value(Remedies.AllOf(Items), lines), returnable);
        var (sought, refusal) = Remedies.Complete(
            Sought, Items, lines, new Money(cap, dispute.Currency), Costs.Left(dispute, context, []), "sought");
        if (refusal is not null) return refusal;
        if (Items == dispute.Opening.Items && sought == dispute.Opening.Sought)
            return new Refusal(RefusalCode.NothingAmended, "items");
        if (Texts.Objection(Text, Texts.StoryMax, "text") is { } text) return text;
        return Amending.Amend(Course.From(dispute, context), new(
            dispute.Amendments + 1, dispute.Offers.Count + 1, Items, sought, cap + dispute.Promised,
                Text.Ref)).Answer(Text);
    }
}

/// <summary>Which terms begin anew with a changed claim.</summary>
internal static class Amending
{
    public static Course Amend(Course course, ClaimAmended amended) =>
        course.Dispute.Stage == Stage.Negotiation ? InNegotiation(course, amended) : InReview(course, amended);

    /// <summary>
    /// The end of the negotiation stays. Where it cuts the new answer short, it grants nothing by itself.
    /// </summary>
    private static Course InNegotiation(Course course, ClaimAmended amended)
    {
        var dispute = course.Dispute;
        var end = dispute.Terms.First(term => term.Kind == TermKind.Negotiation);
        var rules = course.Context.Policy.For(amended.Items[0].Reason, amended.Sought[0].Kind).Answer;
        var due = course.Context.Due(rules.Within);
        var isCutShort = end.Due < due;
        var answer = course.Term(TermKind.Answer, dispute.Respondent, isCutShort ? end.Due : due, RuleKeys.AnswerWithin,
            isCutShort ? Consequence.ComplaintBecomesPossible : OpenDispute.Otherwise(rules.Silence));
        var old = dispute.TermOf(TermKind.Answer, dispute.Respondent);
        ValueList<int> ends = old is null ? [] : [old.Id];
        var softens = isCutShort && end.Otherwise == Consequence.ClaimIsGranted;
        return course.Then(amended with
        {
            Ends = softens ? ends.Add(end.Id) : ends,
            Starts = softens
                ? [answer, end with { Id = answer.Id + 1, Otherwise = Consequence.GoesToReview }]
                : [answer],
        });
    }

    /// <summary>Both sides' time for evidence and the examiner's for the decision begin once more.</summary>
    private static Course InReview(Course course, ClaimAmended amended)
    {
        var running = course.Dispute.Terms
            .Where(term => term.Kind is TermKind.Evidence or TermKind.Decision or TermKind.Inquiry)
            .Select(term => term.Id).ToValueList();
        return course.Then(amended with { Ends = running, Starts = Complaints.Review(course) });
    }
}

/// <summary>What a claim's items must keep to, when it is opened and when it is changed.</summary>
internal static class Claims
{
    /// <param name="held">Units that other open disputes of the order are about.</param>
    public static Refusal? Objection(
        ValueList<ClaimItem> items, ValueList<OrderLine> lines, ValueList<Units> held, Role opener)
    {
        if (items.Count == 0) return new(RefusalCode.ClaimHasNoItems, "items");
        for (var index = 0; index < items.Count; index++)
        {
            var item = items[index];
            var line = lines.FirstOrDefault(candidate => candidate.No == item.Line);
            if (line is null) return new(RefusalCode.LineNotOfThisSeller, $"items[{index}].line");
            if (!item.Reason.IsOf(opener)) return new(RefusalCode.ReasonNotYours, $"items[{index}].reason");
            if (items.Take(index).Any(earlier => earlier.Line == item.Line && earlier.Reason == item.Reason))
                return new(RefusalCode.LineNamedTwice, $"items[{index}].line");
            var claimed = items.Take(index + 1).Where(other => other.Line == item.Line).Sum(other => (long)other.Units);
            if (item.Units < 1 || claimed > line.Units)
                return Refusal.Of(RefusalCode.UnitsOutOfRange, $"items[{index}].units", ("max", line.Units));
            var taken =
                held.Where(units => units.Line == Claimants.HeldAs(item.Line, opener)).Sum(units => units.Count);
            if (claimed > line.Units - taken) return new(RefusalCode.UnitsAlreadyInDispute, $"items[{index}].units");
        }
        return null;
    }
}
