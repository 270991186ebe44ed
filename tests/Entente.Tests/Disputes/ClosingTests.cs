using Entente.Domain;
using Entente.Domain.Disputes;
using static Entente.Tests.Disputes.World;

namespace Entente.Tests.Disputes;

public class ClosingTests
{
    private static CloseDispute Close(ClosingReason reason, bool? received = null, bool less = false) =>
        new(reason, true, received, less, null);

    [Fact]
    public void The_opener_chooses_a_reason_and_confirms()
    {
        var world = Opened();
        Assert.Equal(RefusalCode.NotConfirmed,
            world.Refuses(Role.Buyer, new CloseDispute(ClosingReason.NoLongerPursued, false, null, false, null)));
        world.Does(Role.Buyer, Close(ClosingReason.NoLongerPursued));
        Assert.Equal(Stage.Closed, world.Dispute.Stage);
        Assert.Empty(world.Dispute.Terms);
        Assert.Null(world.Dispute.Head);
    }

    [Fact]
    public void Closing_twice_is_one_closing()
    {
        var world = Opened().Does(Role.Buyer, Close(ClosingReason.NoLongerPursued))
            .Does(Role.Buyer, Close(ClosingReason.NoLongerPursued));
        Assert.Empty(world.Last);
    }

    [Fact]
    public void The_seller_does_not_close_the_buyers_dispute() =>
        Assert.Equal(RefusalCode.RoleMayNot, Opened().Refuses(Role.Seller, Close(ClosingReason.NoLongerPursued)));

    [Fact]
    public void If_the_seller_says_he_refunded_closing_asks_whether_it_came()
    {
        var world = Settled().Does(Role.Seller, new Perform(1, null, null));
        Assert.Equal(RefusalCode.ReceiptNotAnswered, world.Refuses(Role.Buyer, Close(ClosingReason.RefundReceived)));
        world.Does(Role.Buyer, Close(ClosingReason.RefundReceived, received: true));
        Assert.Equal([typeof(PerformanceConfirmed), typeof(DisputeClosed)],
            world.Last.Select(happened => happened.GetType()));
    }

    [Fact]
    public void If_it_did_not_come_the_refund_is_contested_and_the_dispute_stays_open()
    {
        var world = Settled().Does(Role.Seller, new Perform(1, null, null))
            .Does(Role.Buyer, Close(ClosingReason.RefundReceived, received: false));
        Assert.Equal(Stage.Enforcement, world.Dispute.Stage);
    }

    [Fact]
    public void Closing_while_something_is_owed_needs_a_plain_yes_to_less()
    {
        var world = Settled();
        Assert.Equal(RefusalCode.LessThanAgreed, world.Refuses(Role.Buyer, Close(ClosingReason.NoLongerPursued)));
        world.Does(Role.Buyer, Close(ClosingReason.NoLongerPursued, less: true));
        Assert.Equal(ObligationState.Cancelled, world.Dispute.Obligations[0].State);
    }

    [Theory]
    [InlineData(ClosingReason.AgreementReached)]
    [InlineData(ClosingReason.SolvedDirectly)]
    [InlineData(ClosingReason.RefundReceived)]
    public void A_promise_alone_does_not_close_a_dispute(ClosingReason reason)
    {
        var world = Opened();
        Assert.Equal(RefusalCode.ReceiptNotAnswered, world.Refuses(Role.Buyer, Close(reason)));
        Assert.Equal(RefusalCode.PromiseNotKeptYet, world.Refuses(Role.Buyer, Close(reason, received: false)));
        world.Does(Role.Buyer, Close(reason, received: true));
    }

    [Fact]
    public void Reasons_fit_the_role_and_the_course_of_the_dispute()
    {
        var world = Opened();
        Assert.Equal(RefusalCode.ClosingReasonDoesNotFit,
            world.Refuses(Role.Buyer, Close(ClosingReason.DecisionAccepted)));
        Assert.Equal(RefusalCode.ClosingReasonDoesNotFit,
            world.Refuses(Role.Buyer, Close(ClosingReason.ResolvedByBank)));
        Assert.Equal(RefusalCode.ClosingReasonNotYours, world.Refuses(Role.Buyer, Close(ClosingReason.Inadmissible)));
        Assert.Equal(RefusalCode.ClosingReasonNotYours,
            world.Refuses(Role.Examiner, Close(ClosingReason.NoLongerPursued)));
        Assert.Equal(RefusalCode.ReasonForClosingMissing, world.Refuses(Role.Examiner, Close(ClosingReason.Duplicate)));
        world.Does(Role.Examiner, Close(ClosingReason.Duplicate) with { Comment = Text("Same as another") });
        Assert.Equal(Role.Examiner, world.Dispute.Closing!.By);
    }

    [Fact]
    public void A_decision_is_accepted_by_closing()
    {
        var world = ReadyToDecide().Does(Role.Examiner, Decision([], Of(RemedyKind.None)));
        world.Does(Role.Buyer, Close(ClosingReason.DecisionAccepted));
        Assert.Equal(ClosingReason.DecisionAccepted, world.Dispute.Closing!.Reason);
    }
}
