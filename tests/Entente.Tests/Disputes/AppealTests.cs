using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;
using static Entente.Tests.Disputes.World;

namespace Entente.Tests.Disputes;

/// <summary>« Pas satisfait » : one additional review by somebody else, on named findings.</summary>
public class AppealTests
{
    [Fact]
    public void An_appeal_suspends_what_is_not_done_and_gives_both_sides_evidence_time()
    {
        var world = Decided().Does(Role.Buyer, Attack());
        Assert.Equal(Stage.Appeal, world.Dispute.Stage);
        Assert.Equal((ObligationState.Waiting, true),
            (world.Dispute.Obligations[0].State, world.Dispute.Obligations[0].Held));
        Assert.Equal([TermKind.Joining, TermKind.Evidence, TermKind.Evidence, TermKind.Decision],
            world.Dispute.Terms.Select(term => term.Kind));
        Assert.Null(world.Dispute.Examiner);
        Assert.Equal([1], Assert.IsType<AppealFiled>(world.Last[0]).Suspends);
    }

    [Fact]
    public void Only_a_side_that_lost_something_appeals_in_time_and_once()
    {
        var full = ReadyToDecide().Does(Role.Examiner, Decision([], Full()));
        Assert.Equal(RefusalCode.NothingToAppeal, full.Refuses(Role.Buyer, Attack()));
        Assert.Equal(RefusalCode.RoleMayNot, full.Refuses(Role.Examiner, Attack()));
        Assert.Equal(RefusalCode.StageDoesNotAllow, InReview().Refuses(Role.Buyer, Attack()));
        var late = Decided();
        late.Days(8);
        Assert.Equal(RefusalCode.NothingToAppeal, late.Refuses(Role.Buyer, Attack()));
        var waived = Decided();
        waived.Does(Role.Buyer, new WaiveTerm(waived.Dispute.TermOf(TermKind.AppealWindow, Role.Buyer)!.Id));
        Assert.Equal(RefusalCode.NothingToAppeal, waived.Refuses(Role.Buyer, Attack()));
        var twice = Decided().Does(Role.Buyer, Attack());
        Assert.Equal(RefusalCode.NothingToAppeal, twice.Refuses(Role.Buyer, Attack()));
        Reviewed(twice, AppealResult.Varied, Partial(900));
        Assert.Equal(RefusalCode.NothingToAppeal, twice.Refuses(Role.Buyer, Attack()));
        Assert.Empty(twice.Dispute.AppealRights);
    }

    [Fact]
    public void An_appeal_names_findings_of_the_decision()
    {
        var world = Decided();
        Assert.Equal(RefusalCode.FindingMissing, world.Refuses(Role.Buyer, Attack() with { Findings = [] }));
        Assert.Equal(RefusalCode.FindingUnknown, world.Refuses(Role.Buyer, Attack() with { Findings = [2] }));
        Assert.Equal(RefusalCode.TextIsEmpty, world.Refuses(Role.Buyer, Attack() with { Text = Text(" ") }));
    }

    [Fact]
    public void An_appeal_brings_something_new_where_the_policy_asks_for_it()
    {
        var world = Opened(NewEvidence).Does(Role.Buyer, Shows("old"));
        world.Days(4).Does(Role.Buyer, new FileComplaint(null)).Does(Role.Examiner, new Assign(Examiner, false));
        GiveUpEvidence(world).Days(0.1).Does(Role.Examiner, Decision([1]));
        Assert.Equal(RefusalCode.NewEvidenceMissing, world.Refuses(Role.Buyer, Attack()));
        Assert.Equal(RefusalCode.ExhibitNotNew, world.Refuses(Role.Buyer, Attack() with { Exhibits = [1] }));
        Assert.Equal(RefusalCode.ExhibitNotOpen, world.Refuses(Role.Buyer, Attack() with { Exhibits = [2] }));
        world.Days(0.1).Does(Role.Buyer, Shows("new")).Does(Role.Buyer, Attack() with { Exhibits = [2] });
        Assert.Equal(Stage.Appeal, world.Dispute.Stage);
    }

    [Fact]
    public void Whoever_decided_does_not_look_at_it_again()
    {
        var world = Decided().Does(Role.Buyer, Attack());
        Assert.Equal(RefusalCode.ExaminerDecidedBefore, world.Refuses(Role.Examiner, new Assign(Examiner, false)));
        Assert.Equal(RefusalCode.ExaminerDecidedBefore, world.Refuses(Role.Operator, new Assign(Examiner, false)));
        Assert.Equal(RefusalCode.ExaminerIsAParty, world.Refuses(Role.Operator, new Assign(OtherExaminer, true)));
        world.Does(Role.Operator, new Assign(OtherExaminer, false));
        Assert.Equal(RefusalCode.NotAssignedToYou, GiveUpEvidence(world).Refuses(Role.Examiner, Decision()));
    }

    [Fact]
    public void Nobody_decides_while_evidence_or_joining_time_runs()
    {
        var world = Decided().Does(Role.Buyer, Attack()).Does(Role.Operator, new Assign(OtherExaminer, false));
        world.OnDuty = OtherExaminer;
        Assert.Equal(RefusalCode.EvidenceTimeRuns, world.Refuses(Role.Examiner, Decision()));
        foreach (var term in world.Dispute.Terms.Where(term => term.Kind == TermKind.Evidence).ToList())
            world.Does(term.Who, new WaiveTerm(term.Id));
        Assert.Equal(RefusalCode.JoiningTimeRuns, world.Refuses(Role.Examiner, Decision()));
    }

    [Fact]
    public void An_upheld_decision_is_carried_out_and_its_reasons_stay()
    {
        var world = Reviewed(Decided().Does(Role.Buyer, Attack()), AppealResult.Upheld);
        Assert.Equal(
            (Stage.Fulfilment, ObligationState.Open), (world.Dispute.Stage, world.Dispute.Obligations[0].State));
        Assert.Equal(700, Assert.Single(world.Dispute.Obligations).Obligation.Amount);
        Assert.All(world.Dispute.Outcomes, outcome => Assert.True(outcome.Stands));
        Assert.Equal(AppealState.Upheld, world.Dispute.Appeals[0].State);
    }

    [Fact]
    public void A_varied_decision_takes_the_place_of_the_first_which_stays_readable()
    {
        var world = Reviewed(Decided().Does(Role.Buyer, Attack()), AppealResult.Varied, Partial(900));
        Assert.Equal([ObligationState.Cancelled, ObligationState.Open],
            world.Dispute.Obligations.Select(standing => standing.State));
        Assert.Equal(900, world.Dispute.Obligations[1].Obligation.Amount);
        Assert.Equal(2, world.Dispute.Outcomes[0].ReplacedBy);
        Assert.Equal((1, AppealResult.Varied), (world.Dispute.Outcomes[1].Attacked, world.Dispute.Outcomes[1].Result));
        Assert.Equal(900, world.Dispute.Promised);
    }

    [Fact]
    public void What_was_refunded_already_is_counted_and_never_paid_again()
    {
        var world = Decided().Does(Role.Seller, new Perform(1, null, null)).Does(Role.Buyer, new ConfirmPerformance(1));
        world.Does(Role.Buyer, Attack());
        Assert.Empty(Assert.IsType<AppealFiled>(world.Last[0]).Suspends);
        Reviewed(world, AppealResult.Varied, Partial(900));
        Assert.Equal([700, 200], world.Dispute.Obligations.Select(standing => standing.Obligation.Amount!.Value));
        Assert.Equal(900, world.Dispute.Promised);
        var less = Decided().Does(Role.Seller, new Perform(1, null, null)).Does(Role.Buyer, new ConfirmPerformance(1));
        less.Does(Role.Seller, Attack());
        Reviewed(less, AppealResult.Varied, Partial(500));
        Assert.Equal(700, Assert.Single(less.Dispute.Obligations).Obligation.Amount);
    }

    [Fact]
    public void Goods_that_went_back_do_not_go_back_twice()
    {
        var world = ReadyToDecide().Does(Role.Examiner,
            Decision([], new RemedyLine(RemedyKind.ReturnAndRefund, [new(1, 1)], 800, Role.Buyer)));
        world.Does(Role.Buyer, new Perform(1, null, null)).Does(Role.Seller, new ConfirmPerformance(1));
        Reviewed(world.Does(Role.Buyer, Attack()), AppealResult.Varied,
            new RemedyLine(RemedyKind.ReturnAndRefund, [new(1, 1)], 1200, Role.Buyer));
        Assert.Equal(
            [(ObligationKind.ReturnGoods, ObligationState.Confirmed),
             (ObligationKind.Refund, ObligationState.Cancelled), (ObligationKind.Refund, ObligationState.Open)],
            world.Dispute.Obligations.Select(standing => (standing.Obligation.Kind, standing.State)));
    }

    internal static AppealDecision Attack() => new([1], [], Text("The finding overlooks the crack."));

    internal static World Decided(Policy? policy = null)
    {
        var world = ReadyToDecide(policy).Days(0.01).Does(Role.Examiner, Decision());
        return world.Days(0.01);
    }

    internal static World Ready(World world)
    {
        world.Does(Role.Operator, new Assign(OtherExaminer, false));
        world.OnDuty = OtherExaminer;
        return GiveUpEvidence(world);
    }

    internal static World Reviewed(World world, AppealResult result, params RemedyLine[] lines)
    {
        var decision = Decision([.. world.Dispute.Exhibits.Select(exhibit => exhibit.No)], lines);
        return Ready(world).Does(Role.Examiner,
            decision with { Result = result, Lines = lines.ToValueList() });
    }

    internal static World GiveUpEvidence(World world)
    {
        foreach (var term in world.Dispute.Terms
            .Where(term => term.Kind is TermKind.Evidence or TermKind.Joining).ToList())
            world.Does(term.Who, new WaiveTerm(term.Id));
        return world;
    }

    private static Policy NewEvidence =>
        Standard(rules => rules with { Appeal = rules.Appeal with { NewEvidenceNeeded = true } });
}
