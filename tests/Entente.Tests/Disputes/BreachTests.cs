using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;
using static Entente.Tests.Disputes.World;

namespace Entente.Tests.Disputes;

/// <summary>The agreement is not honoured: reported, answered, ruled on, with measures that can be appealed.</summary>
public class BreachTests
{
    private static readonly ReportBreach Report = new(1, Text("The refund never came."));

    [Fact]
    public void A_breach_after_closing_is_answered_and_ruled_on_with_measures_and_a_new_obligation()
    {
        var world = Unpaid().Does(Role.Buyer, Report).Does(Role.Buyer, Shows("statement"));
        Assert.Equal((Stage.Enforcement, Role.Seller, TermKind.BreachAnswer),
            (world.Dispute.Stage, world.Dispute.Head!.Who, world.Dispute.Head.Kind));
        world.Does(Role.Seller, new AnswerBreach(1, Text("The bank was slow.")));
        Assert.Equal(TermKind.Measures, world.Dispute.Head!.Kind);
        world.Does(Role.Examiner, new Assign(Examiner, false)).Does(Role.Examiner, Take(lines: Partial(1000)));
        Assert.Equal(Stage.Fulfilment, world.Dispute.Stage);
        Assert.Equal([ObligationState.Defaulted, ObligationState.Open],
            world.Dispute.Obligations.Select(standing => standing.State));
        Assert.Equal(1000, world.Dispute.Promised);
        Assert.Equal([MeasureKind.Warn, MeasureKind.PayFromHeldFunds],
            world.Dispute.Sanctions.Select(sanction => sanction.Kind!.Value));
        Assert.All(world.Dispute.Sanctions, sanction => Assert.Equal(Role.Seller, sanction.Against));
        world.UntilClosed();
    }

    [Fact]
    public void Without_a_new_obligation_the_dispute_is_closed_again()
    {
        var world = Unpaid().Does(Role.Buyer, Report).Does(Role.Seller, new AnswerBreach(1, Text("It was paid.")));
        world.Does(Role.Operator, Take() with { Upheld = false, Measures = [] });
        Assert.Equal((Stage.Closed, BreachState.Dismissed), (world.Dispute.Stage, world.Dispute.Breaches[0].State));
        Assert.Equal(ObligationState.Unanswered, world.Dispute.Obligations[0].State);
        Assert.Equal(RefusalCode.NothingToReport, world.Refuses(Role.Buyer, Report));
    }

    [Fact]
    public void Who_may_report_what_and_until_when()
    {
        var world = Unpaid();
        Assert.Equal(RefusalCode.NothingToReport, world.Refuses(Role.Seller, Report));
        Assert.Equal(RefusalCode.RoleMayNot, world.Refuses(Role.Examiner, Report));
        Assert.Equal(RefusalCode.ObligationUnknown, world.Refuses(Role.Buyer, Report with { Obligation = 9 }));
        Assert.Equal(RefusalCode.TextIsEmpty, world.Refuses(Role.Buyer, Report with { Text = Text("") }));
        Assert.Equal(RefusalCode.NothingToReport, Settled().Refuses(Role.Buyer, Report));
        Assert.Equal(RefusalCode.StageDoesNotAllow, Opened().Refuses(Role.Buyer, Report));
        world.Days(31);
        Assert.Equal(RefusalCode.BreachTimeIsOver, world.Refuses(Role.Buyer, Report));
    }

    [Fact]
    public void An_overdue_obligation_is_reported_while_the_dispute_is_open()
    {
        var world = Settled();
        world.Lapse();
        Assert.Equal(ObligationState.Overdue, world.Dispute.Obligations[0].State);
        world.Does(Role.Buyer, Report).Does(Role.Seller, new AnswerBreach(1, Text("Next week.")));
        Assert.Equal(RefusalCode.NothingToAnswer, world.Refuses(Role.Seller, new AnswerBreach(1, Text("Again"))));
        world.Does(Role.Operator, Take());
        Assert.Equal((Stage.Fulfilment, ObligationState.Defaulted),
            (world.Dispute.Stage, world.Dispute.Obligations[0].State));
    }

    [Fact]
    public void To_pay_from_held_funds_is_to_promise_a_refund_of_that_amount()
    {
        var world = Unpaid().Does(Role.Buyer, Report).Does(Role.Seller, new AnswerBreach(1, Text("Next week.")));
        world.Does(Role.Operator, Take());
        var paid = world.Dispute.Obligations[^1];
        Assert.Equal((2, ObligationKind.Refund, 500L, ObligationState.Open),
            (world.Dispute.Obligations.Count, paid.Obligation.Kind, paid.Obligation.Amount, paid.State));
        Assert.Equal((Stage.Fulfilment, 500L), (world.Dispute.Stage, world.Dispute.Promised));
    }

    [Fact]
    public void Only_the_side_in_breach_answers_and_only_once()
    {
        var world = Unpaid().Does(Role.Buyer, Report);
        Assert.Equal(RefusalCode.NothingToAnswer, world.Refuses(Role.Buyer, new AnswerBreach(1, Text("I"))));
        Assert.Equal(RefusalCode.BreachUnknown, world.Refuses(Role.Seller, new AnswerBreach(2, Text("I"))));
        Assert.Equal(RefusalCode.NothingToRule, world.Refuses(Role.Operator, Take()));
    }

    [Fact]
    public void Measures_are_those_of_the_rules_and_of_a_real_breach()
    {
        var world = Unpaid(Standard(rules => rules with
        {
            Breach = rules.Breach with { Measures = [MeasureKind.Warn, MeasureKind.PayFromHeldFunds] },
        }));
        world.Does(Role.Buyer, Report).Does(Role.Seller, new AnswerBreach(1, Text("No.")));
        Assert.Equal(RefusalCode.NotAssignedToYou, world.Refuses(Role.Examiner, Take()));
        Assert.Equal(RefusalCode.BreachUnknown, world.Refuses(Role.Operator, Take() with { Breach = 2 }));
        Assert.Equal(RefusalCode.MeasureNotAllowed,
            world.Refuses(Role.Operator, Take() with { Measures = [new(MeasureKind.Suspend)] }));
        Assert.Equal(RefusalCode.RulingAmountWrong,
            world.Refuses(Role.Operator, Take() with { Measures = [new(MeasureKind.PayFromHeldFunds)] }));
        Assert.Equal(RefusalCode.MeasuresNeedABreach, world.Refuses(Role.Operator, Take() with { Upheld = false }));
        Assert.Equal(RefusalCode.MeasuresNeedABreach, world.Refuses(
            Role.Operator, Take(lines: Partial(10)) with { Upheld = false, Measures = [] }));
        Assert.Equal(RefusalCode.AmountAboveRefundable, world.Refuses(Role.Operator, Take(lines: Partial(1201))));
    }

    [Fact]
    public void Silence_of_the_side_in_breach_and_of_the_platform_leaves_it_on_record()
    {
        var world = Unpaid().Does(Role.Buyer, Report);
        world.Lapse();
        Assert.Equal(BreachState.Unanswered, world.Dispute.Breaches[0].State);
        world.Lapse();
        Assert.Equal(Consequence.StaysDefaulted, world.Dispute.Head!.Otherwise);
        world.Lapse();
        Assert.Equal((Stage.Closed, ObligationState.Defaulted),
            (world.Dispute.Stage, world.Dispute.Obligations[0].State));
    }

    [Fact]
    public void An_answered_report_that_nobody_rules_on_falls_away()
    {
        var world = Unpaid().Does(Role.Buyer, Report).Does(Role.Seller, new AnswerBreach(1, Text("It was paid.")));
        world.Lapse();
        Assert.Equal(Consequence.BreachFallsAway, world.Dispute.Head!.Otherwise);
        world.Lapse();
        Assert.Equal((Stage.Closed, ObligationState.Unanswered),
            (world.Dispute.Stage, world.Dispute.Obligations[0].State));
    }

    [Fact]
    public void A_measure_is_appealed_once_and_looked_at_by_somebody_else()
    {
        var world = Measured();
        Assert.Equal(Stage.Closed, world.Dispute.Stage);
        Assert.Equal(RefusalCode.NothingToAppeal, world.Refuses(Role.Buyer, new AppealMeasure(1, Text("Unfair"))));
        Assert.Equal(RefusalCode.MeasureUnknown, world.Refuses(Role.Seller, new AppealMeasure(3, Text("Unfair"))));
        world.Does(Role.Seller, new AppealMeasure(1, Text("Unfair")));
        Assert.Equal((Stage.Enforcement, TermKind.MeasureReview), (world.Dispute.Stage, world.Dispute.Head!.Kind));
        world.Does(Role.Seller, new AppealMeasure(1, Text("Unfair")));
        Assert.Empty(world.Last);
        Assert.Equal(RefusalCode.MeasureAppealPending, world.Refuses(
            Role.Buyer, new CloseDispute(ClosingReason.NoLongerPursued, true, null, true, null)));
        Assert.Equal(RefusalCode.ExaminerDecidedBefore,
            world.Refuses(Role.Operator, new RuleOnMeasure(1, true, Text("Lifted"))));
        Assert.Equal(RefusalCode.NothingToRule,
            world.Refuses(Role.Examiner, new RuleOnMeasure(2, true, Text("Lifted"))));
        world.Does(Role.Examiner, new RuleOnMeasure(1, true, Text("Lifted")));
        Assert.Equal((Stage.Closed, SanctionState.Lifted), (world.Dispute.Stage, world.Dispute.Sanctions[0].State));
        Assert.Equal(RefusalCode.NothingToAppeal, world.Refuses(Role.Seller, new AppealMeasure(1, Text("Again"))));
        world.Days(15);
        Assert.Equal(RefusalCode.NothingToAppeal, world.Refuses(Role.Seller, new AppealMeasure(2, Text("Late"))));
    }

    [Fact]
    public void A_measure_stays_where_nobody_looks_at_it()
    {
        var world = Measured().Does(Role.Seller, new AppealMeasure(1, Text("Unfair")));
        world.Lapse();
        Assert.Equal((Stage.Closed, SanctionState.Confirmed), (world.Dispute.Stage, world.Dispute.Sanctions[0].State));
    }

    [Fact]
    public void The_opener_does_not_close_over_the_other_sides_report()
    {
        var world = Settled(Of(RemedyKind.ReturnAndRefund, Role.Buyer)).Does(Role.Buyer, new Perform(1, null, null));
        world.Does(Role.Seller, new ContestPerformance(1, ContestReason.Empty, null, null));
        world.Does(Role.Examiner, new Assign(Examiner, false));
        world.Does(Role.Examiner, new RuleOnPerformance(1, Ruling.NotPerformed, null, Text("No")));
        world.Does(Role.Buyer, new Perform(1, null, null));
        world.Does(Role.Seller, new ContestPerformance(1, ContestReason.Empty, null, null));
        world.Does(Role.Examiner, new RuleOnPerformance(1, Ruling.NotPerformed, null, Text("No")));
        Assert.Equal(ObligationState.Defaulted, world.Dispute.Obligations[0].State);
        world.Does(Role.Seller, Report);
        Assert.Equal(RefusalCode.BreachPending, world.Refuses(
            Role.Buyer, new CloseDispute(ClosingReason.NoLongerPursued, true, null, true, null)));
        world.UntilClosed();
    }

    private static TakeMeasures Take(params RemedyLine[] lines) => new(1, true,
        [new(MeasureKind.Warn), new(MeasureKind.PayFromHeldFunds, 500)], lines.ToValueList(), Text("It was not paid."));

    /// <summary>Said to be refunded, never confirmed, and closed by the clock.</summary>
    private static World Unpaid(Policy? policy = null)
    {
        var world = Settled(policy: policy).Does(Role.Seller, new Perform(1, null, null)).UntilClosed();
        Assert.Equal(ObligationState.Unanswered, world.Dispute.Obligations[0].State);
        return world.Days(1);
    }

    internal static World Measured(params MeasureDraft[] measures)
    {
        var world = Unpaid().Does(Role.Buyer, Report);
        world.Lapse();
        return world.Does(Role.Operator, Take() with
        {
            Measures = measures.Length > 0
                ? measures.ToValueList()
                : [new(MeasureKind.Warn), new(MeasureKind.Suspend)],
        });
    }
}
