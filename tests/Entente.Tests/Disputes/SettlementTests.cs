using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;
using static Entente.Tests.Disputes.World;

namespace Entente.Tests.Disputes;

public class SettlementTests
{
    [Fact]
    public void An_offer_is_accepted_and_becomes_an_obligation_with_its_due_time()
    {
        var world = Settled();
        Assert.Equal(Stage.Fulfilment, world.Dispute.Stage);
        var standing = Assert.Single(world.Dispute.Obligations);
        Assert.Equal((ObligationKind.Refund, Role.Seller, 1000L, ObligationState.Open),
            (standing.Obligation.Kind, standing.Obligation.Debtor, standing.Obligation.Amount!.Value, standing.State));
        Assert.Equal((TermKind.Performance, Role.Seller, Start + Duration.FromDays(5)),
            (world.Dispute.Head!.Kind, world.Dispute.Head.Who, world.Dispute.Head.Due));
        Assert.Single(world.Dispute.Terms);
    }

    [Fact]
    public void An_offer_equal_to_the_other_sides_open_one_settles_at_once()
    {
        var world = Opened().Does(Role.Seller, new MakeOffer([Full()], null));
        Assert.IsType<SettlementReached>(world.Last[^1]);
        Assert.Equal(Stage.Fulfilment, world.Dispute.Stage);
    }

    [Fact]
    public void A_newer_offer_replaces_the_older_one_of_the_same_side()
    {
        var world = Opened().Does(Role.Seller, new MakeOffer([Partial(300)], null))
            .Does(Role.Seller, new MakeOffer([Partial(500)], null));
        Assert.Equal([OfferState.Open, OfferState.Replaced, OfferState.Open],
            world.Dispute.Offers.Select(offer => offer.State));
        Assert.Equal(3, Assert.Single(world.Dispute.Terms, term => term.Kind == TermKind.OfferAnswer).Subject);
        Assert.Equal(RefusalCode.OfferNotOpen, world.Refuses(Role.Buyer, new AcceptOffer(2)));
    }

    [Fact]
    public void Offers_are_answered_by_the_other_side_only_and_while_they_stand()
    {
        var world = Opened().Does(Role.Seller, new MakeOffer([Partial(300)], null));
        Assert.Equal(RefusalCode.OfferUnknown, world.Refuses(Role.Buyer, new AcceptOffer(9)));
        Assert.Equal(RefusalCode.OfferIsYourOwn, world.Refuses(Role.Seller, new AcceptOffer(2)));
        Assert.Equal(RefusalCode.OfferIsYourOwn, world.Refuses(Role.Seller, new DeclineOffer(2, null)));
        Assert.Equal(RefusalCode.OfferNotYours, world.Refuses(Role.Buyer, new WithdrawOffer(2)));
        Assert.Equal(RefusalCode.OfferUnknown, world.Refuses(Role.Buyer, new WithdrawOffer(9)));
        world.Does(Role.Seller, new WithdrawOffer(2));
        Assert.Equal(RefusalCode.OfferNotOpen, world.Refuses(Role.Seller, new WithdrawOffer(2)));
        Assert.Equal(RefusalCode.OfferNotOpen, world.Refuses(Role.Buyer, new AcceptOffer(2)));
        Assert.Equal(RefusalCode.RoleMayNot, world.Refuses(Role.Examiner, new AcceptOffer(1)));
    }

    [Fact]
    public void An_offer_expires_at_its_instant_and_not_before()
    {
        var world = Opened().Does(Role.Seller, new MakeOffer([Partial(300)], null));
        world.Days(3);
        Assert.Equal(RefusalCode.OfferNotOpen, world.Refuses(Role.Buyer, new AcceptOffer(2)));
        Assert.Equal(OfferState.Expired, world.Dispute.Offers[1].State);

        var inTime = Opened().Does(Role.Seller, new MakeOffer([Partial(300)], null));
        inTime.Now += Duration.FromDays(3) - Duration.FromNanoseconds(1000);
        inTime.Does(Role.Buyer, new AcceptOffer(2));
    }

    [Fact]
    public void A_last_minute_offer_never_moves_the_end_of_the_negotiation()
    {
        var world = Opened().Days(6).Does(Role.Seller, new MakeOffer([Partial(300)], null));
        Assert.All(world.Dispute.Terms, term => Assert.True(term.Due <= Start + Duration.FromDays(7)));
    }

    [Fact]
    public void Acceptance_looks_at_the_money_of_that_very_version()
    {
        var world = Opened().Does(Role.Seller, new MakeOffer([Partial(1000)], null));
        world.Returnable = 999;
        Assert.Equal(RefusalCode.OfferExceedsRefundable, world.Refuses(Role.Buyer, new AcceptOffer(2)));
    }

    [Fact]
    public void A_part_may_be_settled_and_carried_out_while_the_rest_goes_on()
    {
        var world = new World();
        world.Does(Role.Buyer, Open(Full(1, 2), new(1, 1, Reason.Incomplete), new(1, 1, Reason.Damaged)));
        world.Does(Role.Seller, new MakeOffer([Partial(1000)], null)).Does(Role.Buyer, new AcceptOffer(2));
        Assert.Equal(Stage.Negotiation, world.Dispute.Stage);
        Assert.Equal(1, world.Dispute.OpenItems.Sum(item => item.Units));
        Assert.Contains(world.Dispute.Terms, term => term.Kind == TermKind.Performance);
        Assert.Contains(world.Dispute.Terms, term => term.Kind == TermKind.Negotiation);
        Assert.Equal(RefusalCode.AmountAboveRefundable,
            world.Refuses(Role.Seller, new MakeOffer([Partial(1401)], null)));
        world.Does(Role.Seller, new Perform(1, null, null)).Does(Role.Buyer, new ConfirmPerformance(1));
        world.Does(Role.Seller, new MakeOffer([Partial(500)], null)).Does(Role.Buyer, new AcceptOffer(3));
        Assert.Equal(Stage.Fulfilment, world.Dispute.Stage);
    }

    [Fact]
    public void A_new_agreement_during_fulfilment_replaces_what_nobody_has_performed()
    {
        var world = Settled(Of(RemedyKind.Replacement));
        world.Does(Role.Seller, new MakeOffer([Partial(1200)], Text("None left"))).Does(Role.Buyer, new AcceptOffer(3));
        Assert.Equal([ObligationState.Cancelled, ObligationState.Open],
            world.Dispute.Obligations.Select(standing => standing.State));
        Assert.Equal(2, Assert.Single(world.Dispute.Terms).Subject);
    }

    [Theory]
    [InlineData(RemedyKind.ReturnAndRefund, Role.Seller, "ReturnLabel,ReturnGoods,Refund")]
    [InlineData(RemedyKind.ReturnAndRefund, Role.Buyer, "ReturnGoods,Refund")]
    [InlineData(RemedyKind.Replacement, null, "ShipReplacement")]
    [InlineData(RemedyKind.Repair, Role.Seller, "ReturnLabel,ReturnGoods,Repair")]
    [InlineData(RemedyKind.MissingParts, null, "ShipParts")]
    [InlineData(RemedyKind.None, null, "")]
    public void Remedies_become_chains_of_obligations(RemedyKind kind, Role? freight, string expected)
    {
        var world = Settled(Of(kind, freight));
        Assert.Equal(
            expected, string.Join(",", world.Dispute.Obligations.Select(standing => standing.Obligation.Kind)));
        Assert.True(world.Dispute.Obligations.Count(standing => standing.State == ObligationState.Open) <= 1);
    }

    [Fact]
    public void After_a_set_aside_an_agreement_counts_what_was_paid_already()
    {
        var world = Opened(Standard(rules => rules with
        {
            Negotiation = rules.Negotiation with { Silence = NegotiationSilence.GrantClaim },
        }), Partial(1000));
        world.Lapse().Lapse();
        world.Does(Role.Seller, new Perform(1, null, null)).Does(Role.Buyer, new ConfirmPerformance(1));
        world.Does(Role.Operator, new SetAsideOutcome(Text("They were ill.")));
        world.Does(Role.Seller, new MakeOffer([Partial(1200)], null)).Does(Role.Buyer, new AcceptOffer(2));
        Assert.Equal(200, world.Dispute.Obligations[1].Obligation.Amount);
        Assert.Equal(1200, world.Dispute.Promised);
    }

    [Fact]
    public void After_a_set_aside_an_agreement_on_less_than_was_paid_asks_for_nothing_more()
    {
        var world = Opened(Standard(rules => rules with
        {
            Negotiation = rules.Negotiation with { Silence = NegotiationSilence.GrantClaim },
        }), Partial(1000));
        world.Lapse().Lapse();
        world.Does(Role.Seller, new Perform(1, null, null)).Does(Role.Operator, new SetAsideOutcome(Text("Ill.")));
        world.Does(Role.Seller, new MakeOffer([Partial(700)], null)).Does(Role.Buyer, new AcceptOffer(2));
        Assert.Single(world.Dispute.Obligations);
        Assert.Equal(1000, world.Dispute.Promised);
        world.UntilClosed();
    }
}
