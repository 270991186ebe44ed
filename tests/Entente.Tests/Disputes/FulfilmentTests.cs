using Entente.Domain;
using Entente.Domain.Disputes;
using static Entente.Tests.Disputes.World;

namespace Entente.Tests.Disputes;

public class FulfilmentTests
{
    [Fact]
    public void A_refund_is_performed_and_confirmed_and_then_waits_for_closing()
    {
        var world = Settled().Does(Role.Seller, new Perform(1, Text("RF-1"), null));
        Assert.Equal((TermKind.Confirmation, Role.Buyer), (world.Dispute.Head!.Kind, world.Dispute.Head.Who));
        world.Does(Role.Buyer, new ConfirmPerformance(1));
        Assert.Equal((TermKind.Closing, Role.Buyer), (world.Dispute.Head!.Kind, world.Dispute.Head.Who));
        Assert.Equal(2, world.Dispute.Terms.Count(term => term.Kind == TermKind.ClosingReminder));
        Assert.Equal(world.Now + Duration.FromDays(7), world.Dispute.NextDue);
    }

    [Fact]
    public void Asked_twice_adds_nothing()
    {
        var world = Settled().Does(Role.Seller, new Perform(1, null, null))
            .Does(Role.Seller, new Perform(1, null, null));
        Assert.Empty(world.Last);
        world.Does(Role.Buyer, new ConfirmPerformance(1)).Does(Role.Buyer, new ConfirmPerformance(1));
        Assert.Empty(world.Last);
    }

    [Fact]
    public void Only_the_debtor_performs_and_only_the_creditor_answers()
    {
        var world = Settled();
        Assert.Equal(RefusalCode.ObligationNotOpen, world.Refuses(Role.Buyer, new Perform(1, null, null)));
        Assert.Equal(RefusalCode.ObligationUnknown, world.Refuses(Role.Seller, new Perform(4, null, null)));
        Assert.Equal(RefusalCode.NothingToContest,
            world.Refuses(Role.Buyer, new ContestPerformance(1, ContestReason.NotReceived, null, null)));
        Assert.Equal(RefusalCode.ExhibitUnknown,
            world.Refuses(Role.Seller, new Perform(1, null, new ExhibitId("none"))));
        world.Does(Role.Seller, new Perform(1, null, null));
        Assert.Equal(RefusalCode.NothingToConfirm, world.Refuses(Role.Seller, new ConfirmPerformance(1)));
        Assert.Equal(RefusalCode.ObligationUnknown, world.Refuses(Role.Buyer, new ConfirmPerformance(4)));
        var chain = Settled(Of(RemedyKind.ReturnAndRefund, Role.Buyer));
        Assert.Equal(RefusalCode.ObligationNotYours, chain.Refuses(Role.Buyer, new Perform(2, null, null)));
        Assert.Equal(RefusalCode.NothingToConfirm, chain.Refuses(Role.Buyer, new ConfirmPerformance(1)));
        chain.Does(Role.Buyer, new Perform(1, null, null)).Does(Role.Seller, new ConfirmPerformance(1))
            .Does(Role.Seller, new Perform(2, null, null));
        Assert.Equal(RefusalCode.ObligationNotYours, chain.Refuses(Role.Buyer, new ConfirmPerformance(1)));
        chain.Does(Role.Buyer, new ConfirmPerformance(2));
        Assert.Equal(RefusalCode.ObligationNotOpen, chain.Refuses(Role.Seller, new Perform(2, null, null)));
    }

    [Fact]
    public void A_return_comes_before_its_refund()
    {
        var world = Settled(Of(RemedyKind.ReturnAndRefund, Role.Seller));
        world.Does(Role.Seller, new Perform(1, null, null)).Does(Role.Buyer, new ConfirmPerformance(1));
        Assert.Equal((Role.Buyer, 2), (world.Dispute.Head!.Who, world.Dispute.Head.Subject));
        world.Does(Role.Buyer, new Perform(2, Text("TRACK"), null)).Does(Role.Seller, new ConfirmPerformance(2));
        Assert.Equal((Role.Seller, 3), (world.Dispute.Head!.Who, world.Dispute.Head.Subject));
    }

    [Fact]
    public void A_contest_goes_to_the_examiner_and_his_ruling_is_final_the_second_time()
    {
        var world = Settled().Does(Role.Seller, new Perform(1, null, null));
        world.Does(Role.Buyer, new ContestPerformance(1, ContestReason.WrongAmount, 400, Text("Only 4")));
        Assert.Equal((Stage.Enforcement, TermKind.Ruling), (world.Dispute.Stage, world.Dispute.Head!.Kind));
        Assert.Equal(RefusalCode.NotAssignedToYou,
            world.Refuses(Role.Examiner, new RuleOnPerformance(1, Ruling.NotPerformed, null, Text("No"))));
        world.Does(Role.Examiner, new Assign(Examiner, false));
        Assert.Equal(RefusalCode.RulingAmountWrong,
            world.Refuses(Role.Examiner, new RuleOnPerformance(1, Ruling.Adjusted, null, Text("x"))));
        Assert.Equal(RefusalCode.ObligationUnknown,
            world.Refuses(Role.Examiner, new RuleOnPerformance(8, Ruling.Performed, null, Text("x"))));
        world.Does(Role.Examiner, new RuleOnPerformance(1, Ruling.Adjusted, 600, Text("Six are left")));
        Assert.Equal((Stage.Fulfilment, 600L),
            (world.Dispute.Stage, world.Dispute.Obligations[0].Obligation.Amount!.Value));
        Assert.Equal(Consequence.StaysDefaulted, world.Dispute.Head!.Otherwise);
        world.Does(Role.Seller, new Perform(1, null, null))
            .Does(Role.Buyer, new ContestPerformance(1, ContestReason.NotReceived, null, null));
        world.Does(Role.Examiner, new RuleOnPerformance(1, Ruling.NotPerformed, null, Text("Again nothing")));
        Assert.Equal(ObligationState.Defaulted, world.Dispute.Obligations[0].State);
        Assert.Equal(TermKind.Closing, world.Dispute.Head!.Kind);
        Assert.Equal(RefusalCode.NothingToRule,
            world.Refuses(Role.Examiner, new RuleOnPerformance(1, Ruling.Performed, null, Text("x"))));
    }

    [Fact]
    public void A_contested_amount_lies_between_nothing_and_what_is_owed()
    {
        var world = Settled().Does(Role.Seller, new Perform(1, null, null));
        Assert.Equal(RefusalCode.RulingAmountWrong,
            world.Refuses(Role.Buyer, new ContestPerformance(1, ContestReason.WrongAmount, -1, null)));
        Assert.Equal(RefusalCode.RulingAmountWrong,
            world.Refuses(Role.Buyer, new ContestPerformance(1, ContestReason.WrongAmount, 1001, null)));
    }

    [Fact]
    public void Silence_confirms_only_what_a_provider_verified()
    {
        var said = Settled().Does(Role.Seller, new Perform(1, null, null));
        Assert.Equal(Consequence.StaysUnconfirmed, said.Dispute.Head!.Otherwise);
        said.Lapse();
        Assert.Equal(ObligationState.Unanswered, said.Dispute.Obligations[0].State);

        var verified = Settled().Does(Role.Provider, new Perform(1, null, null));
        Assert.Equal(Consequence.CountsAsReceived, verified.Dispute.Head!.Otherwise);
        verified.Lapse();
        Assert.Equal(ObligationState.Confirmed, verified.Dispute.Obligations[0].State);
    }

    [Fact]
    public void The_seller_may_refund_before_the_time_to_appeal_is_over()
    {
        var world = ReadyToDecide().Does(Role.Examiner, Decision()).Does(Role.Seller, new Perform(1, null, null));
        Assert.Equal(ObligationState.Performed, world.Dispute.Obligations[0].State);
        world.Does(Role.Buyer, new ConfirmPerformance(1));
        world.UntilClosed();
    }

    [Fact]
    public void Late_performance_is_still_performance()
    {
        var world = Settled();
        world.Lapse();
        Assert.Equal(Stage.Enforcement, world.Dispute.Stage);
        world.Does(Role.Seller, new Perform(1, null, null));
        Assert.Equal(Stage.Fulfilment, world.Dispute.Stage);
    }
}
