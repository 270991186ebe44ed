using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Payments;
using Entente.Domain.Policies;
using static Entente.Tests.Disputes.World;

namespace Entente.Tests.Disputes;

/// <summary>
/// I-MON: money that has left, or may have, is never promised a second time, whatever takes the place of what it was
/// for.
/// </summary>
public class OnItsWayTests
{
    public static TheoryData<RefundState> Out => [RefundState.Sent, RefundState.Unknown, RefundState.Succeeded];

    [Theory, MemberData(nameof(Out))]
    public void A_decision_on_appeal_counts_what_has_left(RefundState state)
    {
        var world = Sent(AppealTests.Decided(AtOnce), 1, state).Does(Role.Buyer, AppealTests.Attack());
        Assert.Empty(Assert.IsType<AppealFiled>(world.Last[0]).Suspends);
        AppealTests.Reviewed(world, AppealResult.Varied, Partial(900));
        Assert.Equal([(700, ObligationState.Open), (200, ObligationState.Open)], Owed(world));
        Assert.Equal(900, world.Dispute.Promised);
    }

    /// <summary>It was suspended, and yet it had left: the lines say so when the appeal is decided.</summary>
    [Fact]
    public void A_decision_on_appeal_counts_what_was_suspended_too_late()
    {
        var world = AppealTests.Decided(AtOnce).Does(Role.Buyer, AppealTests.Attack());
        AppealTests.Reviewed(Sent(world, 1), AppealResult.Varied, Partial(900));
        Assert.DoesNotContain(1, world.Facts.Select(fact => fact.Event).OfType<AppealDecided>().Single().Replaces);
        Assert.Equal([700, 200], world.Dispute.Obligations.Select(standing => standing.Obligation.Amount!.Value));
    }

    [Fact]
    public void What_never_left_is_still_replaced_whole()
    {
        var world = Sent(AppealTests.Decided(AtOnce), 1, RefundState.Cancelled);
        AppealTests.Reviewed(world.Does(Role.Buyer, AppealTests.Attack()), AppealResult.Varied, Partial(900));
        Assert.Equal([(700, ObligationState.Cancelled), (900, ObligationState.Open)], Owed(world));
    }

    [Fact]
    public void An_outcome_set_aside_leaves_what_has_left_and_the_decision_counts_it()
    {
        var world = Silent(StaffDefault.Dismiss);
        Sent(world, 1).Does(Role.Operator, new SetAsideOutcome(Text("The seller was in hospital.")));
        Assert.Equal([(1200, ObligationState.Open)], Owed(world));
        world.Does(Role.Examiner, new Assign(Examiner, false));
        AppealTests.GiveUpEvidence(world).Does(Role.Examiner, Decision([], Partial(900)));
        Assert.Equal([(1200, ObligationState.Open)], Owed(world));
    }

    [Fact]
    public void The_claim_granted_by_silence_after_that_is_not_paid_again()
    {
        var world = Silent(StaffDefault.Grant, Partial(500));
        Sent(world, 1).Does(Role.Operator, new SetAsideOutcome(Text("The seller was in hospital.")));
        while (world.Dispute.Stage == Stage.Review) world.Lapse();
        Assert.Equal(OutcomeKind.Default, world.Dispute.Outcomes[^1].Kind);
        Assert.Equal(500, Assert.Single(world.Dispute.Outcomes[^1].Lines).Amount);
        Assert.Equal(500, Assert.Single(world.Dispute.Obligations).Obligation.Amount);
    }

    [Theory, MemberData(nameof(Out))]
    public void Measures_pay_nothing_anew_for_what_has_left(RefundState state)
    {
        var world = Sent(Reported(Standard()), 1, state);
        var warned = new TakeMeasures(1, true, [new(MeasureKind.Warn)], [], Text("Late."));
        Assert.Equal(RefusalCode.RefundIsOnItsWay,
            world.Refuses(Role.Operator, warned with { Lines = [Partial(1000)] }));
        Assert.Equal(RefusalCode.RefundIsOnItsWay,
            world.Refuses(Role.Operator, warned with { Measures = [new(MeasureKind.PayFromHeldFunds, 500)] }));
        world.Does(Role.Operator, warned);
    }

    [Fact]
    public void A_decision_after_a_reopening_counts_what_left_for_a_promise_that_fell_away()
    {
        var world = Reported(Standard(rules => rules with
        {
            Reopening = rules.Reopening with
            {
                Mode = ReopeningMode.IfOrderNotCompleted, Window = new(14, SpanUnit.Days), Count = 1,
            },
        }));
        world.Does(Role.Operator, new TakeMeasures(1, true, [], [], Text("Not paid."))).UntilClosed();
        Assert.Equal((Stage.Closed, ObligationState.Defaulted),
            (world.Dispute.Stage, world.Dispute.Obligations[0].State));
        Sent(world, 1).Does(Role.Buyer, new RequestReopening(ReopeningGround.NotHonoured, Text("Nothing came.")));
        world.Does(Role.Operator, new GrantReopening(null)).Does(Role.Operator, new Assign(Examiner, false));
        AppealTests.GiveUpEvidence(world).Does(Role.Examiner, Decision([], Partial(1100)));
        Assert.Equal([(1000, ObligationState.Defaulted), (100, ObligationState.Waiting)], Owed(world));
    }

    [Theory, MemberData(nameof(Out))]
    public void A_figure_is_not_corrected_once_the_money_has_left(RefundState state)
    {
        var world = Sent(AppealTests.Decided(AtOnce), 1, state);
        var correction = new CorrectDecision(1, 1, 800, [Text("8, not 7."), Text("8 et non 7.", "fr")]);
        Assert.Equal(RefusalCode.RefundIsOnItsWay, world.Refuses(Role.Examiner, correction));
        world.Does(Role.Examiner, correction with { Line = null, Amount = null });
    }

    [Theory, MemberData(nameof(Out))]
    public void A_settlement_in_enforcement_does_not_replace_what_has_left(RefundState state)
    {
        var world = Settled();
        world.Lapse();
        Sent(world, 1, state).Does(Role.Buyer, new ReportBreach(1, Text("Nothing came.")));
        Assert.Equal(Stage.Enforcement, world.Dispute.Stage);
        world.Does(Role.Seller, new MakeOffer([Partial(900)], null));
        Assert.Equal(RefusalCode.RefundIsOnItsWay,
            world.Refuses(Role.Buyer, new AcceptOffer(world.Dispute.Offers.Count)));
        Assert.Equal(RefusalCode.RefundIsOnItsWay, world.Refuses(Role.Buyer, new MakeOffer([Partial(900)], null)));
    }

    private static World Sent(World world, int obligation, RefundState state = RefundState.Unknown)
    {
        world.Till = new([], [new(obligation, "pay-1", 1,
            world.Dispute.Obligation(obligation)!.Obligation.Amount!.Value, RefundWay.Provider, state, WasSent: true)]);
        return world;
    }

    private static IEnumerable<(long, ObligationState)> Owed(World world) =>
        world.Dispute.Obligations.Select(standing => (standing.Obligation.Amount!.Value, standing.State));

    private static Policy AtOnce =>
        Standard(rules => rules with { Appeal = rules.Appeal with { ExecuteAtOnce = true } });

    private static World Silent(StaffDefault staff, RemedyLine? sought = null)
    {
        var world = Opened(Standard(rules => rules with
        {
            Answer = rules.Answer with { Silence = AnswerSilence.GrantClaim },
            Review = rules.Review with { StaffSilent = staff },
        }), sought);
        world.Lapse();
        Assert.Equal(OutcomeKind.Default, world.Dispute.Outcomes[0].Kind);
        return world.Days(1);
    }

    /// <summary>Agreed, not paid in time, closed, reported and answered: the ruling is waited for.</summary>
    private static World Reported(Policy policy)
    {
        var world = Settled(policy: policy);
        world.Lapse();
        world.Does(Role.Buyer, new ReportBreach(1, Text("Nothing came.")));
        return world.Does(Role.Seller, new AnswerBreach(1, Text("Next week.")));
    }
}
