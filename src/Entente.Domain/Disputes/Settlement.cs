using Entente.Domain.Policies;

namespace Entente.Domain.Disputes;

/// <summary>A side proposes remedy lines for some or all items; an offer equal to
/// the other side's open one settles at once.</summary>
public sealed record MakeOffer(ValueList<RemedyLine> Lines, PersonalText? Comment) : DisputeCommand
{
    public static readonly Move Makes = new("make_offer", [Role.Buyer, Role.Seller], Settling.Stages);

    public override Move Move => Makes;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        var (lines, refusal) = Remedies.Complete(
            Lines, Settling.Items(dispute), dispute.Opening.Order.Lines,
            new Money(Settling.Cap(dispute, context), dispute.Currency), Settling.Costs(dispute, context), "lines");
        if (refusal is not null) return refusal;
        if (Texts.Objection(Comment, Texts.CommentMax, "comment", needed: false) is { } text) return text;
        var course = Course.From(dispute, context).Then(Made(dispute, lines, context));
        var theirs = dispute.OpenOfferOf(context.Role.Other());
        if (theirs is not null && theirs.Lines == lines && Settling.HasLeft(dispute, context))
            return new Refusal(RefusalCode.RefundIsOnItsWay, "lines");
        return (theirs is not null && theirs.Lines == lines ? Settling.Settle(course, theirs.No, lines) : course)
            .Answer(Comment);
    }

    private OfferMade Made(Dispute dispute, ValueList<RemedyLine> lines, Context context)
    {
        var number = dispute.Offers.Count + 1;
        var due = context.Due(dispute.Under(context.Policy).Negotiation.OfferValidity);
        var end = dispute.Terms.FirstOrDefault(term => term.Kind == TermKind.Negotiation)?.Due;
        return new(number, context.Role, lines, Comment?.Ref)
        {
            Starts = [Course.From(dispute, context).Term(TermKind.OfferAnswer, context.Role.Other(),
                end < due ? end.Value : due, RuleKeys.NegotiationOfferValidity, Consequence.OfferExpires, number)],
        };
    }
}

/// <summary>The other side takes an open offer; the money is looked at once more at that very version.</summary>
public sealed record AcceptOffer(int Offer) : DisputeCommand
{
    public static readonly Move Accepts = new(
        "accept_offer", [Role.Buyer, Role.Seller], Settling.Stages, Settling.FacesAnOffer);

    public override Move Move => Accepts;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        var (offer, refusal) = Settling.Faced(dispute, Offer, context.Role);
        if (offer is null) return refusal!;
        if (Settling.HasLeft(dispute, context)) return new Refusal(RefusalCode.RefundIsOnItsWay, "offer");
        var isProposal = offer.By == Role.Examiner;
        var cap = Settling.Cap(dispute, context);
        return Remedies.Paid(offer.Lines) > cap
            ? Refusal.Of(RefusalCode.OfferExceedsRefundable, "offer", ("max", new Money(cap, dispute.Currency)))
            : isProposal ? Proposals.Reply(offer, accepts: true, dispute, context)
            : Settling.Settle(Course.From(dispute, context), offer.No, offer.Lines).Answer();
    }
}

/// <summary>The other side says no to an open offer.</summary>
public sealed record DeclineOffer(int Offer, PersonalText? Comment) : DisputeCommand
{
    public static readonly Move Declines = new(
        "decline_offer", [Role.Buyer, Role.Seller], Settling.Stages, Settling.FacesAnOffer);

    public override Move Move => Declines;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        var (offer, refusal) = Settling.Faced(dispute, Offer, context.Role);
        if (offer is null) return refusal!;
        if (offer.By == Role.Examiner) return Proposals.Reply(offer, accepts: false, dispute, context);
        return Texts.Objection(Comment, Texts.CommentMax, "comment", needed: false) is { } text
            ? text
            : Course.From(dispute, context).Then(new OfferDeclined(offer.No, context.Role, Comment?.Ref))
                .Answer(Comment);
    }
}

/// <summary>A side takes its own open offer back.</summary>
public sealed record WithdrawOffer(int Offer) : DisputeCommand
{
    public static readonly Move Withdraws = new("withdraw_offer", [Role.Buyer, Role.Seller], Settling.Stages,
        (dispute, role, _) => dispute.OpenOfferOf(role) is null ? RefusalCode.OfferNotOpen : null);

    public override Move Move => Withdraws;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        var offer = dispute.Offers.FirstOrDefault(candidate => candidate.No == Offer);
        if (offer is null) return new Refusal(RefusalCode.OfferUnknown, "offer");
        if (offer.By != context.Role) return new Refusal(RefusalCode.OfferNotYours, "offer");
        return offer.State != OfferState.Open
            ? new Refusal(RefusalCode.OfferNotOpen, "offer")
            : Course.From(dispute, context).Then(new OfferWithdrawn(offer.No, context.Role)).Answer();
    }
}

/// <summary>What offers have in common.</summary>
internal static class Settling
{
    /// <summary>The number that stands in an agreement which no offer led to.</summary>
    public const int NoOffer = 0;

    public static readonly ValueList<Stage> Stages =
        [Stage.Negotiation, Stage.Review, Stage.Fulfilment, Stage.Appeal, Stage.Enforcement];

    /// <summary>The units that may be settled: what is still open; after an
    /// outcome, all there was (rulings D7).</summary>
    public static ValueList<ClaimItem> Items(Dispute dispute) =>
        dispute.OpenItems.Count > 0 ? dispute.OpenItems : dispute.Opening.Items;

    /// <summary>The most that may still be promised, in minor units, once what
    /// an agreement replaces has fallen away.</summary>
    public static long Cap(Dispute dispute, Context context) => dispute.OpenItems.Count > 0
        ? Netting.Cap(dispute, context, Netting.Done(dispute, context)).Minor
        : Left(dispute, context) + Replaced(dispute).Where(standing => standing.CountsAsPromised)
            .Sum(standing => standing.Obligation.Amount ?? 0);

    /// <summary>The most that costs beside the price may come to in a new agreement.</summary>
    public static Money? Costs(Dispute dispute, Context context) => Disputes.Costs.Left(
        dispute, context, dispute.OpenItems.Count > 0 ? Netting.Done(dispute, context) : Replaced(dispute));

    /// <summary>The most that may be promised beside all that is promised already, in minor units.</summary>
    public static long Left(Dispute dispute, Context context) => dispute.Opener == Role.Buyer
        ? Math.Max(0, Math.Min(dispute.Opening.RefundableCap - dispute.PaidByBankAlone, context.Head.Returnable)
            - dispute.Promised - Netting.Gone(dispute, context))
        : Math.Max(0, dispute.Opening.RefundableCap - dispute.ToPayBack);

    public static RefusalCode? FacesAnOffer(Dispute dispute, Role role, Instant now) =>
        dispute.OpenOfferOf(role.Other()) is null && Proposals.FacedBy(dispute, role) is null
            ? RefusalCode.OfferNotOpen
            : null;

    /// <summary>The open offer that this role may answer, or why there is none.</summary>
    public static (Offer? Offer, Refusal? Refusal) Faced(Dispute dispute, int number, Role role)
    {
        var offer = dispute.Offers.FirstOrDefault(candidate => candidate.No == number);
        if (offer is null) return (null, new(RefusalCode.OfferUnknown, "offer"));
        if (offer.By == role) return (null, new(RefusalCode.OfferIsYourOwn, "offer"));
        return offer.State == OfferState.Open ? (offer, null) : (null, new(RefusalCode.OfferNotOpen, "offer"));
    }

    public static Course Settle(Course course, int offer, ValueList<RemedyLine> lines)
    {
        var dispute = course.Dispute;
        var outcome = dispute.Outcomes.Count + 1;
        // Of what is open anew some may be done; an agreement while an outcome stands goes on top of it (rulings D7).
        var done = dispute.OpenItems.Count > 0 ? Netting.Done(dispute, course.Context) : [];
        return course.Then(new SettlementReached(offer, outcome, lines, Netting.Owed(lines, outcome, course, done),
            Replaced(dispute).Select(standing => standing.Obligation.No).ToValueList()));
    }

    /// <summary>Whether money is out for what a new agreement would put an end to: it cannot be called back.</summary>
    public static bool HasLeft(Dispute dispute, Context context) =>
        dispute.OpenItems.Count == 0 && Replaced(dispute).Concat(dispute.Obligations.Where(Netting.IsGivenUp))
            .Any(standing => context.Head.Till.HasLeft(standing.Obligation.No));

    /// <summary>After an outcome, a new agreement takes the place of what nobody has performed yet.</summary>
    private static IEnumerable<ObligationStanding> Replaced(Dispute dispute) =>
        dispute.OpenItems.Count > 0
            ? []
            : dispute.Obligations.Where(standing => !standing.IsSettled && standing.State != ObligationState.Performed);
}
