using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;
using static Entente.Tests.Disputes.World;

namespace Entente.Tests.Disputes;

/// <summary>« Rouvrir » : only as the policy's mode says, in time, and by a request that somebody answers.</summary>
public class ReopeningTests
{
    private static readonly RequestReopening Request =
        new(ReopeningGround.OrderNotCompleted, Text("It broke again and the order is not completed."));

    [Theory]
    [InlineData(ReopeningMode.Never, RefusalCode.ReopeningNever)]
    [InlineData(ReopeningMode.NewDisputeWithinCoverage, RefusalCode.ReopeningIsANewDispute)]
    public void A_mode_without_reopening_says_so(ReopeningMode mode, RefusalCode expected) =>
        Assert.Equal(expected, Closed(mode).Refuses(Role.Buyer, Request));

    [Fact]
    public void A_completed_order_is_not_reopened()
    {
        var world = Closed();
        world.Order = world.Order with { Status = OrderStatus.Completed };
        Assert.Equal(RefusalCode.ReopeningGroundDoesNotFit, world.Refuses(Role.Buyer, Request));
        Assert.Equal(RefusalCode.ReopeningGroundDoesNotFit,
            world.Refuses(Role.Buyer, Request with { Ground = ReopeningGround.NotHonoured }));
    }

    [Fact]
    public void A_request_comes_in_time_from_a_party_with_words_and_never_by_a_message()
    {
        var world = Closed();
        Assert.Equal(RefusalCode.StageDoesNotAllow,
            world.Refuses(Role.Buyer, new PostMessage(Audience.All, Text("Hm"))));
        Assert.Equal(RefusalCode.RoleMayNot, world.Refuses(Role.Examiner, Request));
        Assert.Equal(RefusalCode.TextIsEmpty, world.Refuses(Role.Buyer, Request with { Text = Text("") }));
        Assert.Equal(RefusalCode.ReopeningGroundNotYours,
            world.Refuses(Role.Buyer, Request with { Ground = ReopeningGround.ArrivedAfterRefund }));
        Assert.Equal(RefusalCode.ReopeningGroundNotYours,
            world.Refuses(Role.Seller, Request with { Ground = ReopeningGround.BankReversed }));
        world.Days(15);
        Assert.Equal(RefusalCode.ReopeningTimeIsOver, world.Refuses(Role.Buyer, Request));
        Assert.Equal(RefusalCode.StageDoesNotAllow, Opened(Mode()).Refuses(Role.Buyer, Request));
    }

    [Fact]
    public void A_request_asked_twice_is_one()
    {
        var world = Closed().Does(Role.Buyer, Request).Does(Role.Buyer, Request);
        Assert.Empty(world.Last);
        Assert.Equal(Stage.ReopeningRequested, world.Dispute.Stage);
    }

    [Theory]
    [InlineData(ReopenedInto.Review, Stage.Review)]
    [InlineData(ReopenedInto.Negotiation, Stage.Negotiation)]
    public void Granted_the_same_dispute_goes_on_with_new_due_times(ReopenedInto into, Stage stage)
    {
        var world = Closed(into: into).Does(Role.Buyer, Request).Does(Role.Buyer, Shows("proof"));
        Assert.Equal(RefusalCode.NotAssignedToYou, world.Refuses(Role.Examiner, new GrantReopening(null)));
        world.Does(Role.Examiner, new Assign(Examiner, false)).Does(Role.Examiner, new GrantReopening(Text("Go on.")));
        Assert.Equal(stage, world.Dispute.Stage);
        Assert.Equal(world.Dispute.Opening.Items, world.Dispute.OpenItems);
        Assert.Null(world.Dispute.Closing);
        Assert.Equal(RefusalCode.StageDoesNotAllow, world.Refuses(Role.Operator, new DenyReopening(Text("No"))));
        world.UntilClosed();
    }

    [Fact]
    public void What_was_refunded_before_counts_in_the_decision_after_a_reopening()
    {
        var world = Settled(policy: Mode()).Does(Role.Seller, new Perform(1, null, null));
        world.Does(Role.Buyer, new CloseDispute(ClosingReason.RefundReceived, true, true, false, null));
        world.Does(Role.Buyer, Request).Does(Role.Operator, new GrantReopening(null));
        AppealTests.GiveUpEvidence(world.Does(Role.Examiner, new Assign(Examiner, false)));
        world.Does(Role.Examiner, Decision([], Full()));
        Assert.Equal([1000, 200], world.Dispute.Obligations.Select(standing => standing.Obligation.Amount!.Value));
        Assert.Equal(1200, world.Dispute.Promised);
    }

    [Fact]
    public void Denied_it_stays_closed_and_the_count_is_used_up()
    {
        var world = Closed().Does(Role.Buyer, Request);
        Assert.Equal(RefusalCode.TextIsEmpty, world.Refuses(Role.Operator, new DenyReopening(Text(" "))));
        world.Does(Role.Operator, new DenyReopening(Text("Nothing new.")));
        Assert.Equal((Stage.Closed, ClosingReason.NoLongerPursued),
            (world.Dispute.Stage, world.Dispute.Closing!.Reason));
        Assert.Equal(RefusalCode.ReopenedTooOften, world.Refuses(Role.Buyer, Request));
    }

    [Fact]
    public void Silence_of_the_platform_denies_and_may_be_repeated_once()
    {
        var world = Closed().Does(Role.Buyer, Request);
        world.Lapse();
        Assert.Equal((Role.Operator, Consequence.ReopeningIsDenied),
            (world.Dispute.Head!.Who, world.Dispute.Head.Otherwise));
        world.Lapse();
        Assert.Equal(Stage.Closed, world.Dispute.Stage);
        world.Days(12).Does(Role.Buyer, Request);
        world.Lapse().Lapse();
        Assert.Equal(RefusalCode.ReopenedTooOften, world.Refuses(Role.Buyer, Request));
    }

    [Fact]
    public void The_seller_asks_where_the_parcel_arrived_after_the_refund_whatever_the_mode()
    {
        var world = new World { Policy = Mode(ReopeningMode.Never) };
        world.Does(Role.Buyer, Open(null, new ClaimItem(1, 1, Reason.NotReceived)));
        world.Does(Role.Seller, new AcceptOffer(1)).Does(Role.Seller, new Perform(1, null, null));
        world.Does(Role.Buyer, new CloseDispute(ClosingReason.RefundReceived, true, true, false, null));
        world.Does(Role.Seller, new RequestReopening(ReopeningGround.ArrivedAfterRefund, Text("It was delivered.")));
        Assert.Equal(Stage.ReopeningRequested, world.Dispute.Stage);
        var broken = Settled(policy: Mode(ReopeningMode.Never)).Does(Role.Seller, new Perform(1, null, null));
        broken.Does(Role.Buyer, new CloseDispute(ClosingReason.RefundReceived, true, true, false, null));
        Assert.Equal(RefusalCode.ReopeningGroundDoesNotFit, broken.Refuses(
            Role.Seller, new RequestReopening(ReopeningGround.ArrivedAfterRefund, Text("It was delivered."))));
    }

    [Fact]
    public void Units_that_another_dispute_holds_by_now_are_not_taken_up_again()
    {
        var world = Closed();
        world.HeldElsewhere = [new(1, 2)];
        Assert.Equal(RefusalCode.UnitsAlreadyInDispute, world.Refuses(Role.Buyer, Request));
    }

    internal static Policy Mode(
        ReopeningMode mode = ReopeningMode.IfOrderNotCompleted, ReopenedInto into = ReopenedInto.Review) =>
        Standard(rules => rules with
        {
            Reopening = rules.Reopening with
            {
                Mode = mode, Window = new(14, SpanUnit.Days), Count = 1, LeadsTo = into,
            },
        });

    private static World Closed(
        ReopeningMode mode = ReopeningMode.IfOrderNotCompleted, ReopenedInto into = ReopenedInto.Review) =>
        Opened(Mode(mode, into)).Does(
            Role.Buyer, new CloseDispute(ClosingReason.NoLongerPursued, true, null, false, null));
}
