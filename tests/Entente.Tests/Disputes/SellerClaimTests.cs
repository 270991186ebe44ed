using Entente.Domain;
using Entente.Domain.Disputes;
using static Entente.Tests.Disputes.World;

namespace Entente.Tests.Disputes;

/// <summary>The seller opens (rulings D17): reasons and remedies of its own, beside a buyer's claim and never in its
/// way.</summary>
public class SellerClaimTests
{
    private static OpenDispute Claim(RemedyLine? sought = null, Reason reason = Reason.RefundedInError) => new(
        Marketplace, Seller, [new(1, 1, reason)], Text("We refunded twice."),
        [sought ?? new(RemedyKind.PayBack, [new(1, 1)], 700)], ["en", "fr"]);

    private static World Claimed(RemedyLine? sought = null) => new World().Does(Role.Seller, Claim(sought));

    [Fact]
    public void The_buyer_answers_accepts_and_pays_back_and_the_seller_closes()
    {
        var world = Claimed();
        Assert.Equal((Role.Seller, Role.Buyer), (world.Dispute.Opener, world.Dispute.Head!.Who));
        world.Does(Role.Buyer, new AcceptOffer(1));
        var owed = Assert.Single(world.Dispute.Obligations).Obligation;
        Assert.Equal((ObligationKind.PayBack, Role.Buyer, 700L), (owed.Kind, owed.Debtor, owed.Amount!.Value));
        Assert.Equal(0, world.Dispute.Promised);
        world.Does(Role.Buyer, new Perform(1, Text("SEPA-1"), null)).Does(Role.Seller, new ConfirmPerformance(1));
        Assert.Equal(RefusalCode.RoleMayNot, world.Refuses(
            Role.Buyer, new CloseDispute(ClosingReason.AgreementReached, true, true, false, null)));
        world.Does(Role.Seller, new CloseDispute(ClosingReason.AgreementReached, true, true, false, null));
    }

    [Fact]
    public void Held_money_is_released_by_the_outcome_itself()
    {
        var world =
            Claimed(new RemedyLine(RemedyKind.ReleaseFunds, [new(1, 1)], null)).Does(Role.Buyer, new AcceptOffer(1));
        Assert.Empty(world.Dispute.Obligations);
        Assert.Equal(Stage.Fulfilment, world.Dispute.Stage);
        world.UntilClosed();
    }

    [Fact]
    public void Reasons_and_remedies_belong_to_who_claims()
    {
        Assert.Equal(RefusalCode.ReasonNotYours, new World().Refuses(Role.Seller, Claim(reason: Reason.Damaged)));
        Assert.Equal(RefusalCode.RemedyNotForThisClaim, new World().Refuses(Role.Seller, Claim(Partial(500))));
        Assert.Equal(RefusalCode.ReasonNotYours,
            new World().Refuses(Role.Buyer, Open(null, new ClaimItem(1, 1, Reason.ReturnNotAsSent))));
        Assert.Equal(RefusalCode.RemedyNotForThisClaim,
            new World().Refuses(Role.Buyer, Open(new RemedyLine(RemedyKind.PayBack, [new(1, 1)], 100))));
        Assert.Equal(RefusalCode.AmountMissing, new World().Refuses(
            Role.Seller, Claim(new RemedyLine(RemedyKind.PayBack, [new(1, 1)], null))));
    }

    [Fact]
    public void A_buyers_claim_on_the_same_units_stands_beside_the_sellers()
    {
        var seller = Claimed();
        var buyer = new World { HeldElsewhere = seller.Dispute.HeldUnits }.Does(Role.Buyer, Open());
        var again = new World { HeldElsewhere = [.. seller.Dispute.HeldUnits, new(-1, 1)] };
        Assert.Equal(RefusalCode.UnitsAlreadyInDispute, again.Refuses(Role.Seller, Claim()));
        buyer.Does(Role.Buyer, new CloseDispute(ClosingReason.NoLongerPursued, true, null, true, null));
        Assert.True(seller.Dispute.IsOpen);
    }

    [Fact]
    public void A_decision_and_everybodys_silence_end_a_sellers_claim_too()
    {
        Claimed().UntilClosed();
        var world = Claimed();
        world.Days(4).Does(Role.Seller, new FileComplaint(null)).Does(Role.Examiner, new Assign(Examiner, false));
        foreach (var side in new[] { Role.Buyer, Role.Seller })
            world.Does(side, new WaiveTerm(world.Dispute.TermOf(TermKind.Evidence, side)!.Id));
        world.Does(Role.Examiner, Decision(null, new RemedyLine(RemedyKind.PayBack, [new(1, 1)], 300)));
        Assert.Equal(300, world.Dispute.ToPayBack);
        world.UntilClosed();
    }

    [Fact]
    public void Confidential_amounts_meet_the_other_way_round()
    {
        var world = Claimed().Does(Role.Buyer, new OpenBidRound());
        world.Does(Role.Seller, new PlaceBlindBid(1, Text("500", "und") with { Owner = "s" }));
        world.Does(Role.Buyer, new PlaceBlindBid(1, Text("601", "und") with { Owner = "b" }));
        var owed = Assert.Single(world.Dispute.Obligations).Obligation;
        Assert.Equal((ObligationKind.PayBack, 550L), (owed.Kind, owed.Amount!.Value));
    }
}
