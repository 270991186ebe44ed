using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;
using static Entente.Tests.Disputes.World;

namespace Entente.Tests.Disputes;

/// <summary>What happens when nobody acts: exactly what each term announced.</summary>
public class SilenceTests
{
    [Fact]
    public void Silence_from_the_beginning_ends_in_a_dismissal_and_a_closed_dispute()
    {
        var world = Opened().UntilClosed();
        Assert.Equal(
            [typeof(DisputeOpened), typeof(AnswerMissed), typeof(ComplaintFiled), typeof(EvidenceTimeEnded),
                typeof(DefaultOutcome),
             typeof(ReminderSent), typeof(ReminderSent), typeof(DisputeClosed)],
            world.Facts.Select(fact => fact.Event.GetType()));
        Assert.Equal(ClosingReason.Lapsed, world.Dispute.Closing!.Reason);
    }

    [Theory]
    [InlineData(AnswerSilence.Escalate, Stage.Review)]
    [InlineData(AnswerSilence.Close, Stage.Closed)]
    [InlineData(AnswerSilence.GrantClaim, Stage.Fulfilment)]
    [InlineData(AnswerSilence.ComplaintPossible, Stage.Negotiation)]
    public void A_missed_answer_does_what_the_policy_says(AnswerSilence silence, Stage expected)
    {
        var world = Opened(Standard(rules => rules with { Answer = rules.Answer with { Silence = silence } }));
        world.Lapse();
        Assert.Equal(expected, world.Dispute.Stage);
        if (expected == Stage.Negotiation) world.Does(Role.Buyer, new FileComplaint(null));
    }

    [Theory]
    [InlineData(NegotiationSilence.Escalate, true, Stage.Review)]
    [InlineData(NegotiationSilence.Close, true, Stage.Closed)]
    [InlineData(NegotiationSilence.Close, false, Stage.Review)]
    [InlineData(NegotiationSilence.GrantClaim, true, Stage.Fulfilment)]
    public void The_end_of_the_negotiation_closes_only_if_the_opener_owed_the_last_act(
        NegotiationSilence silence, bool answered, Stage expected)
    {
        var world =
            Opened(Standard(rules => rules with { Negotiation = rules.Negotiation with { Silence = silence } }));
        if (answered) world.Does(Role.Seller, new PostMessage(Audience.All, Text("Well?")));
        else world.Lapse();
        world.Lapse();
        Assert.Equal(expected, world.Dispute.Stage);
    }

    [Fact]
    public void Whoever_spoke_in_review_or_showed_anything_before_is_not_silent()
    {
        var world = InReview().Does(Role.Buyer, new PostMessage(Audience.All, Text("It is all in my first message")));
        world.Lapse();
        world.Lapse();
        Assert.Equal(Stage.Review, world.Dispute.Stage);
        Assert.Equal(TermKind.Decision, world.Dispute.Head!.Kind);
    }

    [Fact]
    public void The_platforms_silence_goes_to_a_supervisor_and_then_to_the_stated_default()
    {
        var world = ReadyToDecide(
            Standard(rules => rules with { Review = rules.Review with { StaffSilent = StaffDefault.Grant } }));
        world.Lapse();
        Assert.Equal(Role.Operator, world.Dispute.Head!.Who);
        Assert.Equal(Consequence.ClaimIsGranted, world.Dispute.Head.Otherwise);
        world.Lapse();
        Assert.Equal(1200, Assert.Single(world.Dispute.Obligations).Obligation.Amount);
    }

    [Fact]
    public void Goods_not_returned_cancel_the_refund_after_one_reminder()
    {
        var world = Settled(Of(RemedyKind.ReturnAndRefund, Role.Buyer));
        world.Lapse();
        Assert.Equal(Consequence.DependentRefundIsCancelled, world.Dispute.Head!.Otherwise);
        world.Lapse();
        Assert.All(world.Dispute.Obligations, standing => Assert.Equal(ObligationState.Cancelled, standing.State));
        world.UntilClosed();
    }

    [Fact]
    public void No_label_in_time_counts_as_returned()
    {
        var world = Settled(Of(RemedyKind.ReturnAndRefund, Role.Seller));
        world.Lapse();
        Assert.Equal([ObligationState.Cancelled, ObligationState.Confirmed, ObligationState.Open],
            world.Dispute.Obligations.Select(standing => standing.State));
    }

    [Theory]
    [InlineData(RemedyKind.Replacement)]
    [InlineData(RemedyKind.MissingParts)]
    public void What_is_not_sent_becomes_a_refund(RemedyKind kind)
    {
        var world = Settled(Of(kind));
        world.Lapse();
        var refund = world.Dispute.Obligations[^1];
        Assert.Equal((ObligationKind.Refund, 1200L, ObligationState.Open),
            (refund.Obligation.Kind, refund.Obligation.Amount!.Value, refund.State));
        world.UntilClosed();
    }

    [Fact]
    public void A_return_that_nobody_verified_or_confirmed_goes_to_the_examiner()
    {
        var world = Settled(Of(RemedyKind.ReturnAndRefund, Role.Buyer)).Does(Role.Buyer, new Perform(1, null, null));
        Assert.Equal(Consequence.GoesToExaminer, world.Dispute.Head!.Otherwise);
        world.Lapse();
        Assert.Equal((Stage.Enforcement, ObligationState.Doubted),
            (world.Dispute.Stage, world.Dispute.Obligations[0].State));
        world.UntilClosed();
    }

    [Fact]
    public void A_term_lapses_only_when_it_is_due_and_only_once()
    {
        var world = Opened();
        var term = world.Dispute.Head!;
        Assert.Equal(RefusalCode.TermNotDue, world.Refuses(Role.Rule, new Lapse(term.Id)));
        Assert.Equal(RefusalCode.RoleMayNot, world.Refuses(Role.Buyer, new Lapse(term.Id)));
        world.Lapse();
        Assert.Equal(RefusalCode.TermUnknown, world.Refuses(Role.Rule, new Lapse(term.Id)));
    }
}
