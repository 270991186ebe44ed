using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;
using static Entente.Tests.Disputes.World;

namespace Entente.Tests.Disputes;

/// <summary>Who examines, who approves, and how a decision or an outcome by silence is put right.</summary>
public class ExaminationTests
{
    [Fact]
    public void A_decision_above_the_amount_waits_for_a_second_examiner_unknown_to_the_parties()
    {
        var world = ReadyToDecide(Approved()).Does(Role.Examiner, Decision());
        var drafted = Assert.IsType<DecisionDrafted>(Assert.Single(world.Last));
        Assert.Equal((Audience.Staff, Stage.Review), (drafted.Audience, world.Dispute.Stage));
        Assert.Equal(RefusalCode.ApprovalPending, world.Refuses(Role.Examiner, Decision()));
        Assert.Equal(RefusalCode.ApproverIsAuthor, world.Refuses(Role.Examiner, new ApproveDecision(1, false)));
        Assert.Equal(RefusalCode.NothingToApprove, world.Refuses(Role.Operator, new ApproveDecision(2, false)));
        Assert.Equal(RefusalCode.ExaminerIsAParty, world.Refuses(Role.Operator, new ApproveDecision(1, true)));
        Assert.Equal(RefusalCode.RoleMayNot, world.Refuses(Role.Buyer, new ApproveDecision(1, false)));
        world.OnDuty = OtherExaminer;
        world.Does(Role.Examiner, new ApproveDecision(1, false));
        Assert.Equal([typeof(DecisionApproved), typeof(Decided)], world.Last.Select(happened => happened.GetType()));
        Assert.Equal([Examiner, OtherExaminer], world.Dispute.Deciders);
        Assert.Equal(RefusalCode.StageDoesNotAllow, world.Refuses(Role.Examiner, new ApproveDecision(1, false)));
    }

    [Fact]
    public void A_small_decision_needs_no_second_examiner() => Assert.IsType<Decided>(Assert.Single(
        ReadyToDecide(Approved()).Does(Role.Examiner, Decision([], Partial(100))).Last));

    [Fact]
    public void A_decision_is_given_back_with_a_reason_and_written_anew()
    {
        var world = ReadyToDecide(Approved()).Does(Role.Examiner, Decision());
        Assert.Equal(RefusalCode.TextIsEmpty, world.Refuses(Role.Operator, new ReturnDecision(1, Text(""))));
        Assert.Equal(RefusalCode.NothingToApprove, world.Refuses(Role.Operator, new ReturnDecision(3, Text("No"))));
        world.Does(Role.Operator, new ReturnDecision(1, Text("The clause is another.")))
            .Does(Role.Examiner, Decision());
        world.Does(Role.Operator, new ApproveDecision(2, false));
        Assert.Equal(Stage.Fulfilment, world.Dispute.Stage);
    }

    [Fact]
    public void A_settlement_wins_over_a_decision_that_is_not_published()
    {
        var world = ReadyToDecide(Approved()).Does(Role.Examiner, Decision()).Does(Role.Seller, new AcceptOffer(1));
        Assert.Null(world.Dispute.Draft);
        Assert.Equal(1200, world.Dispute.Promised);
        var published = ReadyToDecide(Approved()).Does(Role.Seller, new MakeOffer([Partial(800)], null));
        published.Does(Role.Examiner, Decision()).Does(Role.Operator, new ApproveDecision(1, false));
        Assert.DoesNotContain(published.Dispute.Offers, offer => offer.State == OfferState.Open);
    }

    [Fact]
    public void What_was_shown_since_the_draft_has_to_be_marked_before_it_is_published()
    {
        var world = Opened(Approved()).Does(Role.Buyer, Shows()).Days(4).Does(Role.Buyer, new FileComplaint(null));
        AppealTests.GiveUpEvidence(world.Does(Role.Examiner, new Assign(Examiner, false)));
        world.Does(Role.Examiner, Decision([1])).Does(Role.Seller, Shows("late"));
        Assert.Equal(RefusalCode.ExhibitNotMarked, world.Refuses(Role.Operator, new ApproveDecision(1, false)));
    }

    [Fact]
    public void Silence_over_a_draft_ends_as_announced() => ReadyToDecide(Approved()).Does(Role.Examiner, Decision())
        .UntilClosed();

    [Fact]
    public void Whoever_withdraws_is_not_put_in_charge_again()
    {
        var world = InReview();
        Assert.Equal(RefusalCode.TextIsEmpty, world.Refuses(Role.Examiner, new Recuse(Text(""))));
        world.OnDuty = OtherExaminer;
        Assert.Equal(RefusalCode.NotAssignedToYou, world.Refuses(Role.Examiner, new Recuse(Text("I know them"))));
        world.OnDuty = Examiner;
        world.Does(Role.Examiner, new Recuse(Text("I know them")));
        Assert.Null(world.Dispute.Examiner);
        Assert.Equal(RefusalCode.NotAssignedToYou, world.Refuses(Role.Examiner, new Recuse(Text("I know them"))));
        Assert.Equal(RefusalCode.ExaminerWithdrew, world.Refuses(Role.Operator, new Assign(Examiner, false)));
        world.Does(Role.Operator, new Assign(OtherExaminer, false));
    }

    [Fact]
    public void A_side_asks_for_another_examiner_once_and_is_answered()
    {
        var world = Opened().Days(4).Does(Role.Buyer, new FileComplaint(null));
        var challenge = new ChallengeExaminer(Text("She sells there too."));
        Assert.Equal(RefusalCode.NobodyExaminesYet, world.Refuses(Role.Buyer, challenge));
        world.Does(Role.Examiner, new Assign(Examiner, false));
        Assert.Equal(RefusalCode.NothingToRule, world.Refuses(Role.Operator, new RuleOnChallenge(true, Text("Yes"))));
        Assert.Equal(RefusalCode.TextIsEmpty, world.Refuses(Role.Buyer, challenge with { Reason = Text("") }));
        AppealTests.GiveUpEvidence(world.Does(Role.Buyer, challenge));
        Assert.Equal(RefusalCode.ChallengePending, world.Refuses(Role.Examiner, Decision()));
        Assert.Equal(RefusalCode.RoleMayNot, world.Refuses(Role.Examiner, new RuleOnChallenge(false, Text("No"))));
        world.Does(Role.Operator, new RuleOnChallenge(false, Text("She does not.")));
        Assert.Equal(RefusalCode.ChallengedBefore, world.Refuses(Role.Buyer, challenge));
        world.Does(Role.Seller, challenge);
        Assert.Equal(Consequence.ExaminerIsReplaced, world.Dispute.Head!.Otherwise);
        world.Lapse();
        Assert.Null(world.Dispute.Examiner);
        Assert.Equal(RefusalCode.ExaminerWithdrew, world.Refuses(Role.Operator, new Assign(Examiner, false)));
    }

    [Fact]
    public void A_side_whose_wish_is_granted_gets_another_examiner()
    {
        var world = InReview().Does(Role.Seller, new ChallengeExaminer(Text("He bought from me.")));
        world.Does(Role.Operator, new RuleOnChallenge(true, Text("Right.")));
        Assert.Equal((null, false), (world.Dispute.Examiner, world.Dispute.IsExamined));
    }

    [Fact]
    public void An_outcome_by_silence_is_set_aside_once_in_time_by_a_person()
    {
        var world = Silent();
        Assert.Equal(RefusalCode.RoleMayNot, world.Refuses(Role.Seller, new SetAsideOutcome(Text("Ill"))));
        Assert.Equal(RefusalCode.TextIsEmpty, world.Refuses(Role.Operator, new SetAsideOutcome(Text(""))));
        world.Does(Role.Operator, new SetAsideOutcome(Text("The seller was in hospital.")));
        Assert.Equal((Stage.Review, ObligationState.Cancelled),
            (world.Dispute.Stage, world.Dispute.Obligations[0].State));
        Assert.Equal(0, world.Dispute.Promised);
        while (world.Dispute.Stage == Stage.Review) world.Lapse();
        Assert.Equal(RefusalCode.NothingToSetAside, world.Refuses(Role.Operator, new SetAsideOutcome(Text("Again"))));
        world.UntilClosed();
        var late = Silent();
        late.Days(15);
        Assert.Equal(RefusalCode.NothingToSetAside, late.Refuses(Role.Operator, new SetAsideOutcome(Text("Late"))));
        var decided = AppealTests.Decided();
        Assert.Equal(RefusalCode.NothingToSetAside, decided.Refuses(Role.Operator, new SetAsideOutcome(Text("No"))));
    }

    [Fact]
    public void A_slip_of_the_pen_is_corrected_by_its_author_and_the_time_to_appeal_begins_anew()
    {
        var world = AppealTests.Decided();
        world.Days(3);
        var both = new ValueList<PersonalText>[] { [Text("70, not 7."), Text("70 et non 7.", "fr")] }[0];
        Assert.Equal(RefusalCode.NothingToCorrect,
            world.Refuses(Role.Examiner, new CorrectDecision(2, null, null, both)));
        Assert.Equal(RefusalCode.LanguageMissing,
            world.Refuses(Role.Examiner, new CorrectDecision(1, null, null, [Text("Only this")])));
        Assert.Equal(RefusalCode.CorrectionNotClerical,
            world.Refuses(Role.Examiner, new CorrectDecision(1, 2, 800, both)));
        Assert.Equal(RefusalCode.AmountMissing, world.Refuses(Role.Examiner, new CorrectDecision(1, 1, null, both)));
        Assert.Equal(RefusalCode.AmountNotWanted, world.Refuses(Role.Examiner, new CorrectDecision(1, null, 5, both)));
        Assert.Equal(RefusalCode.AmountNotPositive, world.Refuses(Role.Examiner, new CorrectDecision(1, 1, 700, both)));
        Assert.Equal(RefusalCode.AmountAboveRefundable,
            world.Refuses(Role.Examiner, new CorrectDecision(1, 1, 1201, both)));
        world.OnDuty = OtherExaminer;
        Assert.Equal(RefusalCode.NotAssignedToYou,
            world.Refuses(Role.Examiner, new CorrectDecision(1, 1, 800, both)));
        world.OnDuty = Examiner;
        world.Does(Role.Examiner, new CorrectDecision(1, 1, 800, both));
        Assert.Equal(
            (800, 800), (world.Dispute.Outcomes[0].Lines[0].Amount, world.Dispute.Obligations[0].Obligation.Amount));
        Assert.Equal(world.Now + Duration.FromDays(7), world.Dispute.TermOf(TermKind.AppealWindow, Role.Seller)!.Due);
        Assert.Equal(700, world.Facts.Select(fact => fact.Event).OfType<Decided>().Single().Lines[0].Amount);
        world.Does(Role.Examiner, new CorrectDecision(1, null, null, both)).UntilClosed();
        Assert.Equal(RefusalCode.StageDoesNotAllow,
            world.Refuses(Role.Examiner, new CorrectDecision(1, null, null, both)));
    }

    [Fact]
    public void What_is_carried_out_is_not_corrected()
    {
        var world = AppealTests.Decided().Does(Role.Seller, new Perform(1, null, null));
        Assert.Equal(RefusalCode.CorrectionNotClerical, world.Refuses(Role.Examiner,
            new CorrectDecision(1, 1, 800, [Text("70"), Text("70", "fr")])));
    }

    [Fact]
    public void A_finding_of_abuse_rests_on_exhibits_can_be_appealed_and_is_reversed_whole()
    {
        var world = Opened().Does(Role.Seller, Shows("pattern")).Days(4).Does(Role.Buyer, new FileComplaint(null));
        AppealTests.GiveUpEvidence(world.Does(Role.Examiner, new Assign(Examiner, false)));
        var abuse = new FindAbuse(Role.Buyer, [1], Text("The photo shows another cup."));
        Assert.Equal(RefusalCode.StageDoesNotAllow, world.Refuses(Role.Examiner, abuse));
        world.Does(Role.Examiner, Decision([1], Of(RemedyKind.None)));
        Assert.Equal(RefusalCode.FindingRestsOnNothing, world.Refuses(Role.Examiner, abuse with { Exhibits = [] }));
        Assert.Equal(RefusalCode.ExhibitNotOpen, world.Refuses(Role.Examiner, abuse with { Exhibits = [2] }));
        Assert.Equal(RefusalCode.RequestHasNoAddressee,
            world.Refuses(Role.Examiner, abuse with { Against = Role.Operator }));
        world.Does(Role.Examiner, abuse);
        Assert.Equal(RefusalCode.AbuseFoundBefore, world.Refuses(Role.Examiner, abuse));
        world.Does(Role.Buyer, new AppealMeasure(1, Text("It is the same cup.")));
        Assert.Equal(RefusalCode.ExaminerDecidedBefore,
            world.Refuses(Role.Examiner, new RuleOnMeasure(1, true, Text("Reversed"))));
        world.Does(Role.Operator, new RuleOnMeasure(1, true, Text("It is.")));
        Assert.IsType<AbuseReversed>(Assert.Single(world.Last));
        Assert.Equal(SanctionState.Lifted, world.Dispute.Sanctions[0].State);
        world.UntilClosed();
    }

    [Fact]
    public void Other_staff_are_asked_for_a_bounded_time_and_nobody_else_learns_of_it()
    {
        var world = InReview().Does(Role.Examiner, new ReferToRisk(Text("Twelve like it this month.")));
        Assert.Equal(Audience.Staff, world.Last[0].Audience);
        Assert.Equal(RefusalCode.ReferredBefore, world.Refuses(Role.Examiner, new ReferToRisk(Text("More"))));
        Assert.Equal(RefusalCode.RoleMayNot, world.Refuses(Role.Buyer, new AnswerRisk(Text("Me"))));
        world.Does(Role.Operator, new AnswerRisk(Text("Nothing in it.")));
        Assert.Equal(RefusalCode.NothingToAnswer, world.Refuses(Role.Operator, new AnswerRisk(Text("More"))));
    }

    private static Policy Approved() => Standard(rules => rules with
    {
        Approval = rules.Approval with { Above = [new Money(500, "EUR")] },
    });

    /// <summary>The seller never answered, and the claim was granted by the rule.</summary>
    private static World Silent()
    {
        var world = Opened(Standard(rules => rules with
        {
            Answer = rules.Answer with { Silence = AnswerSilence.GrantClaim },
        }));
        world.Lapse();
        Assert.Equal(OutcomeKind.Default, world.Dispute.Outcomes[0].Kind);
        return world.Days(1);
    }
}
