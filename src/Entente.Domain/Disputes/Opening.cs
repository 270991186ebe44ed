using Entente.Domain.Policies;

namespace Entente.Domain.Disputes;

/// <summary>A dispute between the buyer and one seller of an order begins: what is
/// wrong with which units, and what is sought.</summary>
/// <param name="Languages">Languages of both sides; a decision will be written in each.</param>
public sealed record OpenDispute(
    MarketplaceId Marketplace,
    PartyId Seller,
    ValueList<ClaimItem> Items,
    PersonalText Story,
    ValueList<RemedyLine> Sought,
    ValueList<string> Languages) : DisputeCommand
{
    public static readonly Move Opens = new("open", [Role.Buyer, Role.Seller], [Stage.Negotiation],
        (dispute, _, _) => dispute.Exists ? RefusalCode.StageDoesNotAllow : null);

    public override Move Move => Opens;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        var order = context.Head.Order;
        if (context.Head.Restriction is { } kept && context.Now < kept.Until)
            return Refusal.Of(RefusalCode.PartyIsRestricted, null, ("kind", kept.Kind), ("until", kept.Until));
        if (Objection(order) is { } objection) return objection;
        if (Claims.Objection(Items, order.LinesOf(Seller).ToValueList(), context.Head.Held, context.Role) is { } wrong)
            return wrong;
        if (Sought.Count == 0) return new Refusal(RefusalCode.RemedyHasNoLines, "sought");
        var rules = context.Policy.For(Items[0].Reason, Sought[0].Kind);
        if (rules.Chargeback.Mode == ChargebackMode.BarsClaim && context.Head.Till.IsChargedBack)
            return new Refusal(RefusalCode.ChargebackBarsClaim, "order");
        if (Window(order.Dates, rules.Opening, context) is { } closed) return closed;
        var earlier = Anew.Earlier(this, context);
        if (Anew.Objection(earlier, rules.Reopening) is { } again) return again;
        if (Texts.Objection(Story, Texts.StoryMax, "story") is { } text) return text;

        var lines = order.LinesOf(Seller).ToValueList();
        var value = Remedies.Value(Remedies.AllOf(Items), lines);
        var cap = context.Role == Role.Buyer
            ? Math.Min(Math.Min(value, Anew.Left(Items, earlier, lines)), context.Head.Returnable)
            : value;
        var (sought, refusal) = Remedies.Complete(
            Sought, Items, lines, new Money(cap, order.Currency), Costs.Limit(rules, order.Currency), "sought");
        if (refusal is not null) return refusal;
        var opened = Opened(order, lines, sought, cap, rules, context) with { Earlier = earlier.LastOrDefault()?.Id };
        return Course.From(dispute, context).Then(opened).Answer(Story);
    }

    private Refusal? Objection(Order order) =>
        order.Lines.Count == 0 ? new(RefusalCode.OrderHasNoLines, "order")
        : !order.LinesOf(Seller).Any() ? new(RefusalCode.SellerNotOnOrder, "seller")
        : order.Buyer == Seller ? new(RefusalCode.BuyerIsSeller, "seller")
        : order.Captured <= 0 ? new(RefusalCode.OrderHasNoPayment, "order")
        : null;

    private static Refusal? Window(OrderDates dates, OpeningRule rule, Context context)
    {
        var start = Start(dates, rule.From);
        if (rule.NotBefore is { } wait && context.Policy.Calendar.Due(start, wait) is var first && context.Now < first)
            return Refusal.Of(RefusalCode.WindowNotOpenYet, "order", ("from", first));
        var last = context.Policy.Calendar.Due(start, rule.Within);
        return context.Now >= last ? Refusal.Of(RefusalCode.WindowHasClosed, "order", ("until", last)) : null;
    }

    /// <summary>The date asked for, or the next known earlier one; every order was placed.</summary>
    internal static Instant Start(OrderDates dates, WindowStart from) => from switch
    {
        WindowStart.Delivered => dates.Delivered ?? Start(dates, WindowStart.DeliveryExpected),
        WindowStart.DeliveryExpected => dates.DeliveryExpected ?? Start(dates, WindowStart.Shipped),
        WindowStart.Shipped => dates.Shipped ?? Start(dates, WindowStart.Paid),
        WindowStart.Paid => dates.Paid ?? dates.Placed,
        WindowStart.Placed => dates.Placed,
    };

    private DisputeOpened Opened(
        Order order, ValueList<OrderLine> lines, ValueList<RemedyLine> sought, long cap, Rules rules,
        Context context) => new(
        Marketplace, order.Buyer, Seller, context.Role,
        new(order.ExternalId, order.Currency, order.Status, order.Dates, lines, order.Captured),
        new(context.Policy.Id, context.Policy.Version, context.Policy.Digest),
        Items, Story.Ref, sought, cap,
        context.Due(rules.Negotiation.ComplaintAfter), rules.Negotiation.ComplaintAtOnceAfterRefusal, Languages)
    {
        Starts =
        [
            new(1, TermKind.Answer, context.Role.Other(), context.Due(rules.Answer.Within),
                RuleKeys.AnswerWithin, Otherwise(rules.Answer.Silence)),
            new(2, TermKind.Negotiation, context.Role, context.Due(rules.Negotiation.Length),
                RuleKeys.NegotiationLength, Otherwise(rules.Negotiation.Silence)),
        ],
    };

    internal static Consequence Otherwise(AnswerSilence silence) => silence switch
    {
        AnswerSilence.ComplaintPossible => Consequence.ComplaintBecomesPossible,
        AnswerSilence.Escalate => Consequence.GoesToReview,
        AnswerSilence.Close => Consequence.DisputeCloses,
        AnswerSilence.GrantClaim => Consequence.ClaimIsGranted,
    };

    internal static Consequence Otherwise(NegotiationSilence silence) => silence switch
    {
        NegotiationSilence.Escalate => Consequence.GoesToReview,
        NegotiationSilence.Close => Consequence.DisputeCloses,
        NegotiationSilence.GrantClaim => Consequence.ClaimIsGranted,
    };
}
