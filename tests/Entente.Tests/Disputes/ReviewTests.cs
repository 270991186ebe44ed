using Entente.Domain;
using Entente.Domain.Disputes;
using static Entente.Tests.Disputes.World;

namespace Entente.Tests.Disputes;

public class ReviewTests
{
    [Fact]
    public void A_complaint_is_possible_from_its_day_on()
    {
        var world = Opened();
        Assert.Equal(RefusalCode.ComplaintTooEarly, world.Refuses(Role.Buyer, new FileComplaint(null)));
        world.Does(Role.Seller, new PostMessage(Audience.All, Text("Let us talk"))).Days(3);
        world.Does(Role.Seller, new FileComplaint(Text("We do not agree")));
        Assert.Equal(Stage.Review, world.Dispute.Stage);
        Assert.Equal([TermKind.Evidence, TermKind.Evidence, TermKind.Decision],
            world.Dispute.Terms.Select(term => term.Kind));
    }

    [Fact]
    public void A_complaint_is_possible_at_once_when_the_respondent_refused_the_claim()
    {
        var world = Opened().Does(Role.Seller, new DeclineOffer(1, Text("No")));
        world.Does(Role.Buyer, new FileComplaint(null));
        var patient = Opened(Standard(
            rules => rules with { Negotiation = rules.Negotiation with { ComplaintAtOnceAfterRefusal = false } }));
        patient.Does(Role.Seller, new DeclineOffer(1, null));
        Assert.Equal(RefusalCode.ComplaintTooEarly, patient.Refuses(Role.Buyer, new FileComplaint(null)));
    }

    [Fact]
    public void Parties_never_examine_and_an_examiner_takes_only_for_himself()
    {
        var world = Opened().Days(4).Does(Role.Buyer, new FileComplaint(null));
        Assert.Equal(RefusalCode.ExaminerIsAParty,
            world.Refuses(Role.Operator, new Assign(new("person-seller"), IsParty: true)));
        Assert.Equal(RefusalCode.NotAssignedToYou,
            world.Refuses(Role.Examiner, new Assign(new("person-other"), false)));
        Assert.Equal(RefusalCode.RoleMayNot, world.Refuses(Role.Buyer, new Assign(Examiner, false)));
        world.Does(Role.Examiner, new Assign(Examiner, false));
        Assert.Equal([typeof(ExaminerAssigned), typeof(ExaminationBegan)],
            world.Last.Select(happened => happened.GetType()));
        world.Does(Role.Examiner, new Assign(Examiner, false));
        Assert.Empty(world.Last);
    }

    [Fact]
    public void An_assignment_makes_no_sense_while_the_parties_talk() =>
        Assert.Equal(RefusalCode.StageDoesNotAllow, Opened().Refuses(Role.Examiner, new Assign(Examiner, false)));

    [Fact]
    public void A_decision_holds_what_it_grants_until_the_time_to_appeal_is_over()
    {
        var world = ReadyToDecide().Does(Role.Examiner, Decision());
        Assert.Equal(Stage.Fulfilment, world.Dispute.Stage);
        Assert.Equal((ObligationState.Waiting, true),
            (world.Dispute.Obligations[0].State, world.Dispute.Obligations[0].Held));
        Assert.Equal([Role.Buyer, Role.Seller], world.Dispute.Terms.Select(term => term.Who));
        world.Does(Role.Seller, new WaiveTerm(world.Dispute.TermOf(TermKind.AppealWindow, Role.Seller)!.Id));
        Assert.True(world.Dispute.Obligations[0].Held);
        world.Lapse();
        Assert.Equal((ObligationState.Open, false),
            (world.Dispute.Obligations[0].State, world.Dispute.Obligations[0].Held));
        Assert.Equal(TermKind.Performance, world.Dispute.Head!.Kind);
    }

    [Fact]
    public void A_decision_that_gives_all_that_was_sought_cannot_be_appealed_by_the_opener()
    {
        var world = ReadyToDecide().Does(Role.Examiner, Decision([], Full()));
        Assert.Equal([Role.Seller], world.Dispute.Terms.Select(term => term.Who));
    }

    [Fact]
    public void A_decision_is_carried_out_at_once_where_the_policy_says_so()
    {
        var world =
            ReadyToDecide(Standard(rules => rules with { Appeal = rules.Appeal with { ExecuteAtOnce = true } }));
        world.Does(Role.Examiner, Decision());
        Assert.Equal(ObligationState.Open, world.Dispute.Obligations[0].State);
    }

    public static TheoryData<string, RefusalCode> Gaps => new()
    {
        { "no findings", RefusalCode.FindingsMissing },
        { "no clause", RefusalCode.ClauseMissing },
        { "unknown clause", RefusalCode.ClauseUnknown },
        { "rests on nothing", RefusalCode.FindingRestsOnNothing },
        { "unmarked", RefusalCode.ExhibitNotMarked },
        { "unknown exhibit", RefusalCode.ExhibitNotOpen },
        { "aside unknown", RefusalCode.ExhibitNotOpen },
        { "marked twice", RefusalCode.ExhibitMarkedTwice },
        { "no reasons", RefusalCode.ReasonsMissing },
        { "one language", RefusalCode.LanguageMissing },
        { "question in one language", RefusalCode.LanguageMissing },
        { "no lines", RefusalCode.RemedyHasNoLines },
        { "above", RefusalCode.AmountAboveRefundable },
    };

    [Theory]
    [MemberData(nameof(Gaps))]
    public void A_decision_with_a_gap_is_refused_by_name(string gap, RefusalCode expected)
    {
        var world = Opened().Does(Role.Buyer, Shows("a")).Does(Role.Seller, Shows("b"));
        world.Days(4).Does(Role.Buyer, new FileComplaint(null)).Does(Role.Examiner, new Assign(Examiner, false));
        foreach (var side in new[] { Role.Buyer, Role.Seller })
            world.Does(side, new WaiveTerm(world.Dispute.TermOf(TermKind.Evidence, side)!.Id));
        var whole = Decision([1]) with { SetAside = [new(2, SetAsideWhy.NotRelevant)] };
        var finding = whole.Findings[0];
        var broken = gap switch
        {
            "no findings" => whole with { Findings = [] },
            "no clause" => whole with { Findings = [finding with { Clause = "" }] },
            "unknown clause" => whole with { Findings = [finding with { Clause = "Z-9" }] },
            "rests on nothing" => whole with { Findings = [finding with { ReliedOn = [] }] },
            "unmarked" => whole with { SetAside = [] },
            "unknown exhibit" => whole with { Findings = [finding with { ReliedOn = [7] }] },
            "aside unknown" => whole with { SetAside = [new(9, SetAsideWhy.Late)] },
            "marked twice" => whole with { SetAside = [new(1, SetAsideWhy.Late), new(2, SetAsideWhy.Late)] },
            "no reasons" => whole with { Reasons = [] },
            "one language" => whole with { Reasons = [Text("Only English")] },
            "question in one language" => whole with { Findings = [finding with { Question = [Text("Why?")] }] },
            "no lines" => whole with { Lines = [] },
            _ => whole with { Lines = [Partial(1201)] },
        };
        Assert.Equal(expected, world.Refuses(Role.Examiner, broken));
        world.Does(Role.Examiner, whole);
    }

    [Fact]
    public void Nobody_decides_unassigned_or_while_evidence_time_runs()
    {
        var world = Opened().Days(4).Does(Role.Buyer, new FileComplaint(null));
        Assert.Equal(RefusalCode.NotAssignedToYou, world.Refuses(Role.Examiner, Decision()));
        world.Does(Role.Examiner, new Assign(Examiner, false));
        Assert.Equal(RefusalCode.EvidenceTimeRuns, world.Refuses(Role.Examiner, Decision()));
        Assert.Equal(RefusalCode.RoleMayNot, world.Refuses(Role.Operator, Decision()));
        world.Does(Role.Operator, new Assign(new("person-other"), false));
        Assert.Equal(RefusalCode.NotAssignedToYou, world.Refuses(
            Role.Examiner, new RequestEvidence([Role.Buyer], [], Text("More"), world.Now + Duration.FromHours(1))));
    }

    [Fact]
    public void A_settlement_is_still_possible_in_review()
    {
        var world = InReview().Does(Role.Seller, new AcceptOffer(1));
        Assert.Equal(Stage.Fulfilment, world.Dispute.Stage);
        Assert.DoesNotContain(world.Dispute.Terms, term => term.Kind is TermKind.Evidence or TermKind.Decision);
    }

    [Fact]
    public void Only_ones_own_evidence_or_appeal_time_is_given_up()
    {
        var world = InReview();
        Assert.Equal(RefusalCode.TermNotYours,
            world.Refuses(Role.Buyer, new WaiveTerm(world.Dispute.TermOf(TermKind.Evidence, Role.Seller)!.Id)));
        Assert.Equal(RefusalCode.TermUnknown, world.Refuses(Role.Buyer, new WaiveTerm(99)));
        var settled = Settled();
        Assert.Equal(RefusalCode.TermCannotBeWaived,
            settled.Refuses(Role.Seller, new WaiveTerm(settled.Dispute.Head!.Id)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whoever_has_shown_or_said_something_is_not_threatened_with_a_default_any_more(bool shows)
    {
        var world = World.Opened();
        if (shows) world.Does(Role.Buyer, World.Shows());
        world.Days(4).Does(Role.Buyer, new FileComplaint(null));
        if (!shows)
        {
            Assert.Equal(Consequence.ClaimIsDismissed, world.Dispute.TermOf(TermKind.Evidence, Role.Buyer)!.Otherwise);
            var due = world.Dispute.TermOf(TermKind.Evidence, Role.Buyer)!.Due;
            world.Does(Role.Buyer, new PostMessage(Audience.All, World.Text("It came broken.")));
            Assert.Equal(due, world.Dispute.TermOf(TermKind.Evidence, Role.Buyer)!.Due);
        }
        Assert.Equal(Consequence.DecidedOnFile, world.Dispute.TermOf(TermKind.Evidence, Role.Buyer)!.Otherwise);
    }
}
