using Entente.Domain;
using Entente.Domain.Disputes;
using static Entente.Tests.Disputes.World;

namespace Entente.Tests.Disputes;

/// <summary>More time, the examiner's proposals and changed claims: announced, counted, and never without an
/// end.</summary>
public class ExchangeTests
{
    private static Instant NegotiationEnd(World world) => world.Dispute.TermOf(TermKind.Negotiation, Role.Buyer)!.Due;
    private static int Negotiation(World world) => world.Dispute.TermOf(TermKind.Negotiation, Role.Buyer)!.Id;

    [Fact]
    public void A_deadline_moves_once_the_other_side_agrees()
    {
        var world = Opened();
        var (end, later) = (NegotiationEnd(world), NegotiationEnd(world) + Duration.FromDays(3));
        world.Does(Role.Seller, new ProposeExtension(Negotiation(world), later, Text("The carrier needs time.")));
        Assert.Equal(end, NegotiationEnd(world));
        Assert.Equal(Role.Buyer, world.Dispute.Terms.Single(term => term.Kind == TermKind.ExtensionAnswer).Who);
        world.Does(Role.Buyer, new AgreeExtension(1));
        Assert.Equal(later, NegotiationEnd(world));
        Assert.DoesNotContain(world.Dispute.Terms, term => term.Kind == TermKind.ExtensionAnswer);
    }

    [Fact]
    public void More_time_is_bounded_counted_and_never_taken_for_granted()
    {
        var world = Opened();
        var (term, end) = (Negotiation(world), NegotiationEnd(world));
        Assert.Equal(RefusalCode.ExtensionNotLater, world.Refuses(Role.Seller, new ProposeExtension(term, end, null)));
        Assert.Equal(RefusalCode.ExtensionTooLong,
            world.Refuses(Role.Seller, new ProposeExtension(term, end + Duration.FromDays(8), null)));
        Assert.Equal(RefusalCode.TermUnknown, world.Refuses(Role.Seller, new ProposeExtension(99, end, null)));
        Assert.Equal(RefusalCode.RoleMayNot,
            world.Refuses(Role.Examiner, new ProposeExtension(term, end + Duration.FromDays(1), null)));
        world.Does(Role.Seller, new ProposeExtension(term, end + Duration.FromDays(1), null));
        Assert.Equal(RefusalCode.ExtensionAlreadyProposed,
            world.Refuses(Role.Buyer, new ProposeExtension(term, end + Duration.FromDays(1), null)));
        Assert.Equal(RefusalCode.ExtensionNotOpen, world.Refuses(Role.Seller, new AgreeExtension(1)));
        Assert.Equal(RefusalCode.ExtensionNotOpen, world.Refuses(Role.Buyer, new AgreeExtension(7)));
        world.Does(Role.Buyer, new RefuseExtension(1));
        Assert.Equal(end, NegotiationEnd(world));
        for (var agreed = 1; agreed <= world.Policy.Rules.Extension.Count; agreed++)
        {
            var next = NegotiationEnd(world) + Duration.FromDays(2);
            world.Does(Role.Seller, new ProposeExtension(Negotiation(world), next, null));
            world.Does(Role.Buyer, new AgreeExtension(world.Dispute.Extension!.No));
        }
        Assert.Equal(RefusalCode.ExtensionsUsedUp, world.Refuses(
            Role.Seller, new ProposeExtension(Negotiation(world), NegotiationEnd(world) + Duration.FromDays(1), null)));
    }

    [Fact]
    public void Silence_about_more_time_means_no()
    {
        var world = Opened();
        var end = NegotiationEnd(world);
        world.Does(Role.Seller, new ProposeExtension(Negotiation(world), end + Duration.FromDays(1), null));
        while (world.Dispute.Extension is not null) world.Lapse();
        Assert.Contains(world.Last, happened => happened is ExtensionRefused { By: null });
        Assert.Equal(end, NegotiationEnd(world));
    }

    [Fact]
    public void More_time_for_evidence_leaves_the_examiner_as_much_as_before()
    {
        var world = InReview();
        var (evidence, decision) = (world.Dispute.TermOf(TermKind.Evidence, Role.Seller)!,
            world.Dispute.TermOf(TermKind.Decision, Role.Examiner)!);
        world.Does(Role.Seller, new ProposeExtension(evidence.Id, evidence.Due + Duration.FromDays(2), null));
        world.Does(Role.Buyer, new AgreeExtension(1));
        Assert.Equal(decision.Due + Duration.FromDays(2), world.Dispute.TermOf(TermKind.Decision, Role.Examiner)!.Due);
        Assert.Equal(RefusalCode.TermCannotBeExtended, world.Refuses(Role.Seller, new ProposeExtension(
            world.Dispute.TermOf(TermKind.Decision, Role.Examiner)!.Id, decision.Due + Duration.FromDays(9), null)));
    }

    private static ProposeRemedy Proposal(long amount = 800) => new(
        [Partial(amount)], [Text("Half seems fair."), Text("La moitié paraît juste.", "fr")]);

    [Fact]
    public void The_examiners_proposal_holds_if_both_sides_say_yes()
    {
        var world = ReadyToDecide().Does(Role.Examiner, Proposal());
        world.Does(Role.Buyer, new AcceptOffer(2));
        Assert.Equal(Stage.Review, world.Dispute.Stage);
        Assert.All(world.Last, happened => Assert.Equal(Audience.BuyerAndPlatform, happened.Audience));
        world.Does(Role.Seller, new AcceptOffer(2));
        Assert.Equal(Stage.Fulfilment, world.Dispute.Stage);
        Assert.Equal(800, world.Dispute.Obligations[0].Obligation.Amount);
    }

    [Fact]
    public void A_no_to_the_examiners_proposal_shows_only_that_it_ended()
    {
        var world = ReadyToDecide().Does(Role.Examiner, Proposal());
        world.Does(Role.Seller, new DeclineOffer(2, null));
        Assert.NotNull(world.Dispute.OpenProposal);
        Assert.Equal(RefusalCode.ProposalAlreadyAnswered, world.Refuses(Role.Seller, new AcceptOffer(2)));
        world.Does(Role.Buyer, new AcceptOffer(2));
        Assert.Contains(world.Last, happened => happened is ProposalEnded);
        Assert.Equal((Stage.Review, OfferState.Void), (world.Dispute.Stage, world.Dispute.Offers[1].State));
    }

    [Fact]
    public void Silence_ends_the_examiners_proposal_and_the_review_goes_on()
    {
        var world = ReadyToDecide().Does(Role.Examiner, Proposal());
        Assert.Equal(RefusalCode.ProposalIsOpen, world.Refuses(Role.Examiner, Proposal(500)));
        while (world.Dispute.OpenProposal is not null) world.Lapse();
        Assert.Equal(Stage.Review, world.Dispute.Stage);
        Assert.DoesNotContain(world.Dispute.Terms, term => term.Kind == TermKind.OfferAnswer);
        world.UntilClosed();
    }

    [Fact]
    public void Only_the_examiner_in_charge_proposes_within_what_can_be_refunded_and_so_often()
    {
        var world = ReadyToDecide();
        Assert.Equal(RefusalCode.RoleMayNot, world.Refuses(Role.Buyer, Proposal()));
        Assert.Equal(RefusalCode.AmountAboveRefundable, world.Refuses(Role.Examiner, Proposal(99_999)));
        Assert.Equal(RefusalCode.LanguageMissing, world.Refuses(
            Role.Examiner, Proposal() with { Reasons = [Text("Half seems fair.")] }));
        for (var time = 0; time < 3; time++)
        {
            world.Does(Role.Examiner, Proposal(700 + time));
            var no = world.Dispute.OpenProposal!.No;
            world.Does(Role.Buyer, new DeclineOffer(no, null)).Does(Role.Seller, new DeclineOffer(no, null));
        }
        Assert.Equal(RefusalCode.ProposalsUsedUp, world.Refuses(Role.Examiner, Proposal()));
    }

    private static AmendClaim Amended() => new(
        [new(1, 1, Reason.Damaged), new(2, 1, Reason.Incomplete)],
        [new(RemedyKind.PartialRefund, [new(1, 1), new(2, 1)], 2000)], Text("The teapot lacks its lid, too."));

    [Fact]
    public void A_changed_claim_gives_the_other_side_its_answer_anew_and_stands_as_an_offer()
    {
        var world = Opened().Does(Role.Seller, new MakeOffer([Partial(300)], null)).Days(1).Does(Role.Buyer, Amended());
        Assert.Equal(world.Now + Duration.FromDays(3), world.Dispute.TermOf(TermKind.Answer, Role.Seller)!.Due);
        Assert.Equal((3, 2000L),
            (world.Dispute.OpenOfferOf(Role.Buyer)!.No, world.Dispute.OpenOfferOf(Role.Buyer)!.Lines[0].Amount!.Value));
        Assert.Null(world.Dispute.OpenOfferOf(Role.Seller));
        Assert.Equal(2, world.Dispute.HeldUnits.Count);
        world.Does(Role.Seller, new AcceptOffer(3));
        Assert.Equal(Stage.Fulfilment, world.Dispute.Stage);
    }

    [Fact]
    public void A_claim_is_changed_by_its_claimant_once_in_review_and_to_something_else()
    {
        var world = Opened();
        Assert.Equal(RefusalCode.RoleMayNot, world.Refuses(Role.Seller, Amended()));
        Assert.Equal(RefusalCode.NothingAmended, world.Refuses(Role.Buyer, new AmendClaim(
            world.Dispute.Opening.Items, world.Dispute.Opening.Sought, Text("Same."))));
        Assert.Equal(RefusalCode.ReasonNotYours, world.Refuses(
            Role.Buyer, Amended() with { Items = [new(1, 1, Reason.RefundedInError)] }));
        var review = InReview().Days(1).Does(Role.Buyer, Amended());
        Assert.Equal(review.Now + Duration.FromDays(5), review.Dispute.TermOf(TermKind.Evidence, Role.Seller)!.Due);
        Assert.Equal(RefusalCode.AmendmentsUsedUp, review.Refuses(
            Role.Buyer, Amended() with { Items = [new(2, 1, Reason.Incomplete)], Sought = [Partial(500, 2)] }));
        review.UntilClosed();
        var settled =
            new World().Does(Role.Buyer, Open(Full(1, 2), new(1, 2, Reason.Damaged), new(2, 1, Reason.Incomplete)));
        settled.Does(Role.Seller, new MakeOffer([Partial(500, 2)], null)).Does(Role.Buyer, new AcceptOffer(2));
        Assert.Equal(RefusalCode.ClaimIsPartlySettled, settled.Refuses(Role.Buyer, Amended()));
    }
}
