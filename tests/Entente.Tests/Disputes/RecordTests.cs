using Entente.Domain;
using Entente.Domain.Disputes;
using static Entente.Tests.Disputes.World;

namespace Entente.Tests.Disputes;

/// <summary>What happened outside the dispute (rulings D5): said, confirmed, counted, and proposed as its
/// end.</summary>
public class RecordTests
{
    private static RecordFact Refund(long amount = 1200) => new(RecordedKind.Refund, amount, null, Text("VIR-1"));

    [Fact]
    public void What_the_seller_alone_says_counts_once_the_buyer_agrees()
    {
        var world = Opened().Does(Role.Seller, Refund());
        Assert.Equal(0, world.Dispute.ReturnedOutside);
        Assert.Null(world.Dispute.Reconciling);
        Assert.Equal(RefusalCode.RecordNotOpen, world.Refuses(Role.Seller, new AnswerRecord(1, true)));
        Assert.Equal(RefusalCode.RecordUnknown, world.Refuses(Role.Buyer, new AnswerRecord(2, true)));
        world.Does(Role.Buyer, new AnswerRecord(1, true));
        Assert.Equal((1200L, (ReconciledBy?)ReconciledBy.Refund),
            (world.Dispute.ReturnedOutside, world.Dispute.Reconciling));
        Assert.Empty(Assert.IsType<Accepted>(world.Ask(Role.Buyer, new AnswerRecord(1, true))).Events);
        world.Does(Role.Buyer, new CloseDispute(ClosingReason.RefundReceived, true, true, false, null));
        Assert.Equal(Stage.Closed, world.Dispute.Stage);
    }

    [Fact]
    public void What_the_buyer_denies_counts_for_nothing()
    {
        var world = Opened().Does(Role.Seller, Refund()).Does(Role.Buyer, new AnswerRecord(1, false));
        Assert.Equal(0, world.Dispute.ReturnedOutside);
        Assert.Equal(RefusalCode.RecordNotOpen, world.Refuses(Role.Buyer, new AnswerRecord(1, true)));
    }

    [Fact]
    public void Offers_are_capped_anew_by_what_came_back()
    {
        var world = Opened().Does(Role.Operator, Refund(1000));
        Assert.Equal(RefusalCode.AmountAboveRefundable,
            world.Refuses(Role.Seller, new MakeOffer([Partial(300)], null)));
        Assert.Equal(RefusalCode.OfferExceedsRefundable, world.Refuses(Role.Seller, new AcceptOffer(1)));
        world.Does(Role.Seller, new MakeOffer([Partial(200)], null));
    }

    [Fact]
    public void What_has_happened_is_proposed_as_the_end_and_closes_only_after_an_announced_term()
    {
        var world = Opened().Does(Role.Provider, Refund());
        var term = world.Dispute.TermOf(TermKind.Reconciliation, Role.Buyer)!;
        Assert.Equal(Consequence.ClosesAsReconciled, term.Otherwise);
        while (world.Dispute.IsOpen && world.Dispute.Terms.Any(running => running.Id == term.Id)) world.Lapse();
        Assert.Equal(ClosingReason.Reconciled, world.Dispute.Closing?.Reason ?? ClosingReason.Lapsed);
    }

    [Fact]
    public void The_claimant_can_say_that_it_is_not_settled()
    {
        var world = Opened().Does(Role.Provider, Refund());
        Assert.Equal(RefusalCode.RoleMayNot, world.Refuses(Role.Seller, new RejectReconciliation(null)));
        world.Does(Role.Buyer, new RejectReconciliation(Text("The freight is missing.")));
        Assert.DoesNotContain(world.Dispute.Terms, term => term.Kind == TermKind.Reconciliation);
        Assert.Equal(RefusalCode.NothingToReconcile, world.Refuses(Role.Buyer, new RejectReconciliation(null)));
        world.UntilClosed();
    }

    [Fact]
    public void A_delivery_that_the_order_shows_is_proposed_as_the_end_of_a_claim_that_nothing_came()
    {
        var world =
            new World { Order =
                TwoSellers() with { Dates = TwoSellers().Dates with { Delivered = null }, Status =
                    OrderStatus.Shipped } };
        world.Does(Role.Buyer, Open(null, new ClaimItem(1, 1, Reason.NotReceived)));
        world.Does(Role.Operator, new TakeOrder(world.Order with
        {
            Status = OrderStatus.Delivered, Dates = world.Order.Dates with { Delivered = world.Now },
        }));
        Assert.Equal((ReconciledBy.Delivery, OrderStatus.Delivered),
            (world.Dispute.Reconciling, world.Dispute.Opening.Order.Status));
        Assert.Contains(ClosingReason.ItemArrived, ClosingReasons.For(world.Dispute, Role.Buyer));
        Assert.Empty(Assert.IsType<Accepted>(world.Ask(Role.Operator, new TakeOrder(world.Order with
        {
            Status = OrderStatus.Delivered, Dates = world.Dispute.Opening.Order.Dates,
        }))).Events);
    }

    [Fact]
    public void A_fact_is_recorded_at_any_stage_and_after_closing()
    {
        var world = Opened().Does(Role.Buyer, new CloseDispute(ClosingReason.NoLongerPursued, true, null, true, null));
        world.Does(Role.Seller, new RecordFact(RecordedKind.Shipment, null, world.Now, Text("1Z-99")));
        Assert.Equal(Stage.Closed, world.Dispute.Stage);
        Assert.Single(world.Dispute.Records);
        Settled().Does(Role.Seller, new RecordFact(RecordedKind.Delivery, null, null, null));
    }

    [Fact]
    public void Who_may_record_what_and_with_which_values()
    {
        var world = Opened();
        Assert.Equal(RefusalCode.RoleMayNot, world.Refuses(Role.Examiner, Refund()));
        Assert.Equal(RefusalCode.RecordNotYours,
            world.Refuses(Role.Buyer, new RecordFact(RecordedKind.Shipment, null, null, null)));
        Assert.Equal(RefusalCode.RecordNotYours,
            world.Refuses(Role.Seller, new RecordFact(RecordedKind.Suspension, null, null, null)));
        Assert.Equal(RefusalCode.AmountMissing, world.Refuses(Role.Seller, Refund() with { Amount = null }));
        Assert.Equal(RefusalCode.AmountNotWanted,
            world.Refuses(Role.Seller, Refund() with { What = RecordedKind.Delivery }));
        foreach (var amount in new[] { 0L, -1L })
            Assert.Equal(RefusalCode.AmountNotPositive, world.Refuses(Role.Seller, Refund(amount)));
        Assert.Equal(RefusalCode.AmountAboveRefundable, world.Refuses(Role.Seller, Refund(99_999)));
        Assert.Equal(RefusalCode.RecordInFuture,
            world.Refuses(Role.Seller, Refund() with { On = world.Now + Duration.FromDays(1) }));
        for (var no = 0; no < 50; no++) world.Does(Role.Seller,
            new RecordFact(RecordedKind.Shipment, null, null, null));
        Assert.Equal(RefusalCode.RecordsLimitReached, world.Refuses(Role.Seller, Refund()));
    }
}
