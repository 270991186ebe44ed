using Entente.Domain;
using Entente.Domain.Disputes;
using static Entente.Tests.Disputes.AppealTests;
using static Entente.Tests.Disputes.World;

namespace Entente.Tests.Disputes;

/// <summary>
/// What an appeal may come to, who joins it, how often, and what silence or an agreement makes of it.
/// </summary>
public class AppealLevelsTests
{
    [Fact]
    public void A_sole_appellant_is_not_left_with_less()
    {
        var buyer = Decided().Does(Role.Buyer, Attack());
        Ready(buyer);
        Assert.Equal(RefusalCode.AppellantMadeWorse,
            buyer.Refuses(Role.Examiner, Decision([], Partial(600)) with { Result = AppealResult.Varied }));
        var seller = Decided().Does(Role.Seller, Attack());
        Ready(seller);
        Assert.Equal(RefusalCode.AppellantMadeWorse,
            seller.Refuses(Role.Examiner, Decision([], Partial(800)) with { Result = AppealResult.Varied }));
        seller.Does(Role.Examiner, Decision([], Of(RemedyKind.None)) with { Result = AppealResult.Overturned });
        Assert.Equal(0, seller.Dispute.Promised);
    }

    [Fact]
    public void The_other_side_joins_and_then_anything_may_be_decided()
    {
        var world = Decided().Does(Role.Buyer, Attack()).Does(Role.Seller, Attack());
        Assert.Equal([typeof(AppealJoined)], world.Last.Select(happened => happened.GetType()));
        Assert.Equal(2, world.Dispute.OpenAppeals.Count());
        Assert.Equal([TermKind.Evidence, TermKind.Evidence, TermKind.Decision],
            world.Dispute.Terms.Select(term => term.Kind));
        Reviewed(world, AppealResult.Varied, Partial(600));
        Assert.All(world.Dispute.Appeals, appeal => Assert.Equal(AppealState.Varied, appeal.State));
    }

    [Fact]
    public void The_result_fits_what_is_granted()
    {
        var world = Decided().Does(Role.Buyer, Attack());
        Ready(world);
        Assert.Equal(RefusalCode.AppealResultMissing, world.Refuses(Role.Examiner, Decision([], Partial(900))));
        Assert.Equal(RefusalCode.AppealResultDoesNotFit,
            world.Refuses(Role.Examiner, Decision([], Partial(700)) with { Result = AppealResult.Varied }));
        Assert.Equal(RefusalCode.AppealResultDoesNotFit,
            world.Refuses(Role.Examiner, Decision([], Partial(900)) with { Result = AppealResult.Upheld }));
        Assert.Equal(RefusalCode.AppealResultDoesNotFit,
            ReadyToDecide().Refuses(Role.Examiner, Decision() with { Result = AppealResult.Upheld }));
    }

    [Fact]
    public void An_appeal_stays_possible_after_the_other_side_closed()
    {
        var world = Decided().Does(Role.Seller, new Perform(1, null, null));
        world.Does(Role.Buyer, new CloseDispute(ClosingReason.DecisionAccepted, true, true, false, null));
        Assert.Equal(RefusalCode.NothingToAppeal, world.Refuses(Role.Buyer, Attack()));
        world.Does(Role.Seller, Shows("new")).Does(Role.Seller, Attack() with { Exhibits = [1] });
        Assert.Equal(Stage.Appeal, world.Dispute.Stage);
        world.UntilClosed();
        Assert.Equal(ObligationState.Confirmed, world.Dispute.Obligations[0].State);
    }

    [Fact]
    public void A_closed_dispute_is_not_appealed_while_another_holds_its_units()
    {
        var world = Decided().Does(Role.Seller, new Perform(1, null, null));
        world.Does(Role.Buyer, new CloseDispute(ClosingReason.DecisionAccepted, true, true, false, null));
        world.HeldElsewhere = [new(1, 2)];
        Assert.Equal(RefusalCode.UnitsAlreadyInDispute, world.Refuses(Role.Seller, Attack()));
    }

    [Fact]
    public void The_platforms_silence_leaves_the_first_decision()
    {
        var world = Decided().Does(Role.Buyer, Attack());
        while (world.Dispute.Stage == Stage.Appeal) world.Lapse();
        Assert.Equal([typeof(DecisionLeftStanding), typeof(ObligationsReleased)],
            world.Last.Select(happened => happened.GetType()));
        Assert.Equal((AppealState.LeftStanding, ObligationState.Open),
            (world.Dispute.Appeals[0].State, world.Dispute.Obligations[0].State));
        world.UntilClosed();
    }

    [Fact]
    public void A_settlement_ends_an_appeal()
    {
        var world = Decided().Does(Role.Buyer, Attack()).Does(Role.Seller, new MakeOffer([Partial(1000)], null));
        world.Does(Role.Buyer, new AcceptOffer(world.Dispute.Offers[^1].No));
        Assert.Equal((Stage.Fulfilment, AppealState.Settled), (world.Dispute.Stage, world.Dispute.Appeals[0].State));
        Assert.Equal(1000, world.Dispute.Promised);
        Assert.False(world.Dispute.Outcomes[0].Stands);
    }

    [Fact]
    public void As_many_levels_as_the_policy_says_and_the_last_is_final()
    {
        var world = Decided(Standard(rules => rules with { Appeal = rules.Appeal with { Count = 2, Levels = 2 } }));
        Reviewed(world.Does(Role.Buyer, Attack()), AppealResult.Upheld);
        Assert.Equal([Role.Buyer, Role.Seller], world.Dispute.AppealRights.Select(right => right.Who));
        Assert.True(world.Dispute.Obligations[0].Held);
        world.Does(Role.Seller, Attack());
        world.Does(Role.Operator, new Assign(new("person-third"), false));
        world.OnDuty = new("person-third");
        GiveUpEvidence(world);
        world.Does(Role.Examiner, Decision([], Partial(300)) with { Result = AppealResult.Varied });
        Assert.Empty(world.Dispute.AppealRights);
        Assert.Equal([3, 3, null], world.Dispute.Outcomes.Select(outcome => outcome.ReplacedBy));
        Assert.Equal(300, world.Dispute.Promised);
    }

    [Fact]
    public void Carried_out_at_once_a_decision_can_still_be_appealed()
    {
        var world = Decided(Standard(rules => rules with { Appeal = rules.Appeal with { ExecuteAtOnce = true } }));
        Assert.Equal(ObligationState.Open, world.Dispute.Obligations[0].State);
        Assert.Contains(world.Dispute.Terms, term => term.Otherwise == Consequence.DecisionBecomesFinal);
        world.Does(Role.Buyer, Attack());
        Assert.Equal(ObligationState.Waiting, world.Dispute.Obligations[0].State);
    }
}
