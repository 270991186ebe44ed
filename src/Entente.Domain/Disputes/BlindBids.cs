using Entente.Domain.Policies;

namespace Entente.Domain.Disputes;

/// <summary>« Montants confidentiels »: a side opens a round in which each may hand in one final amount,
/// unseen.</summary>
public sealed record OpenBidRound : DisputeCommand
{
    public static readonly Move Opens = new("open_bid_round", [Role.Buyer, Role.Seller],
        [Stage.Negotiation, Stage.Review],
        (dispute, _, _) => dispute.BidRound is null ? null : RefusalCode.BidRoundIsOpen);

    public override Move Move => Opens;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        var rules = dispute.Under(context.Policy).BlindBid;
        if (dispute.BidRounds >= rules.Rounds) return Refusal.Of(RefusalCode.BidRoundsUsedUp, null,
            ("max", rules.Rounds));
        if (Settling.Cap(dispute, context) <= 0) return new Refusal(RefusalCode.NothingToRefund);
        var round = dispute.BidRounds + 1;
        var course = Course.From(dispute, context);
        return course.Then(new BidRoundOpened(round, context.Role)
        {
            Starts = [Bidding(Role.Buyer, 0), Bidding(Role.Seller, 1)],
        }).Answer();

        Term Bidding(Role side, int offset) => course.Term(TermKind.BidRound, side, Due(dispute, context, rules),
            RuleKeys.BlindBidAnswerWithin, Consequence.RoundEnds, round, offset);
    }

    /// <summary>A round never moves the end of the negotiation, nor the decision.</summary>
    private static Instant Due(Dispute dispute, Context context, BlindBidRule rules)
    {
        var due = context.Due(rules.AnswerWithin);
        var end = dispute.Terms.FirstOrDefault(term => term.Kind is TermKind.Negotiation or TermKind.Decision)?.Due;
        return end < due ? end.Value : due;
    }
}

/// <summary>A side hands in its final amount of the round that runs; when both are in, it is known whether they
/// meet.</summary>
/// <param name="Amount">
/// Minor units in digits: the least the claimant takes, the most the other side gives. Lies sealed under its owner's
/// key.
/// </param>
public sealed record PlaceBlindBid(int Round, PersonalText Amount) : DisputeCommand
{
    public static readonly Move Places = new("place_blind_bid", [Role.Buyer, Role.Seller],
        [Stage.Negotiation, Stage.Review],
        (dispute, role, _) => dispute.BidRound is null ? RefusalCode.BidRoundNotOpen
            : dispute.HasBid(role) ? RefusalCode.BidAlreadyPlaced
            : null);

    public override Move Move => Places;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        if (dispute.BidRound != Round) return new Refusal(RefusalCode.BidRoundNotOpen, "round");
        var cap = Blind.Cap(dispute, context);
        if (Blind.Read(Amount.Value) is not { } mine
            || mine <= 0) return new Refusal(RefusalCode.AmountNotPositive, "amount");
        if (mine > cap)
            return Refusal.Of(RefusalCode.AmountAboveRefundable, "amount", ("max", new Money(cap, dispute.Currency)));
        var course = Course.From(dispute, context).Then(new BlindBidPlaced(Round, context.Role, Amount.Ref));
        var theirs = dispute.Bids.FirstOrDefault(bid => bid.Round == Round && bid.By == context.Role.Other());
        return (theirs is null ? course
            : Blind.Open(course, mine, Blind.Read(context.Unseal(theirs.Amount)))).Answer(Amount);
    }
}

/// <summary>What a round of confidential amounts comes to.</summary>
internal static class Blind
{
    public static long Cap(Dispute dispute, Context context) => Math.Min(
        Settling.Cap(dispute, context),
        Remedies.Value(Remedies.AllOf(dispute.OpenItems), dispute.Opening.Order.Lines));

    public static long? Read(string? digits) =>
        digits is { Length: > 0 and <= 18 } && digits.All(char.IsAsciiDigit)
            ? digits.Aggregate(0L, (sum, digit) => sum * 10 + (digit - '0'))
            : null;

    /// <summary>Half-way between the two, rounded down to the minor unit, and never more than can still be
    /// refunded.</summary>
    public static Course Open(Course course, long mine, long? theirs)
    {
        var (dispute, context) = (course.Dispute, course.Context);
        var (least, most) = context.Role == dispute.Opener ? (mine, theirs) : (theirs, (long?)mine);
        var meets = least <= most;
        course = course.Then(new BidRoundEnded(dispute.BidRound!.Value, meets));
        if (!meets) return course;
        var amount = Math.Min(checked(least!.Value + most!.Value) / 2, Cap(dispute, context));
        return Settling.Settle(course, Settling.NoOffer,
            [new(dispute.Opener == Role.Buyer ? RemedyKind.PartialRefund
                : RemedyKind.PayBack, Remedies.AllOf(dispute.OpenItems), amount)]);
    }
}
