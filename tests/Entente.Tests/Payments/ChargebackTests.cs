using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;
using Entente.Server.Payments;
using Entente.Tests.Disputes;

namespace Entente.Tests.Payments;

/// <summary>The buyer's bank takes a hand: what is held back, fulfilled, released, and who may say so.</summary>
public class ChargebackTests
{
    private static readonly Actor Stripe = new(ActorKind.Provider, Role.Provider, "stripe");

    [Fact]
    public void An_open_chargeback_holds_back_what_it_covers_and_no_more()
    {
        var world = World.Settled().Does(Role.Provider, Bank(ChargebackPhase.Opened, 400));
        var owed = world.Dispute.Obligation(1)!;
        Assert.Equal((400, 600), (owed.Frozen, owed.Payable));
        Assert.Contains(world.Dispute.Terms, term => term.Kind == TermKind.Performance);
    }

    [Fact]
    public void While_all_of_it_is_held_back_the_platform_is_waited_for_and_not_the_seller()
    {
        var world = World.Settled().Does(Role.Provider, Bank(ChargebackPhase.Opened, 1200));
        var term = Assert.Single(world.Dispute.Terms);
        Assert.Equal((TermKind.BankPause, Role.Operator, Consequence.GoesToExaminer), (term.Kind, term.Who,
            term.Otherwise));
        world.Lapse();
        Assert.Equal(Stage.Enforcement, world.Dispute.Stage);
        world.UntilClosed();
    }

    [Fact]
    public void The_banks_last_word_for_the_buyer_fulfils_what_was_owed()
    {
        var world = World.Settled().Does(Role.Provider, Bank(ChargebackPhase.Opened, 1200));
        world.Does(Role.Provider, Bank(ChargebackPhase.ForBuyer, 1200));
        Assert.Equal(ObligationState.Discharged, world.Dispute.Obligation(1)!.State);
        Assert.Contains(ClosingReason.ResolvedByBank, ClosingReasons.For(world.Dispute, Role.Buyer));
        // The same money is not promised again: what the bank gave beyond the obligation counts too.
        Assert.Equal(RefusalCode.AmountAboveRefundable, world.Refuses(Role.Seller,
            new MakeOffer([World.Partial(100)], null)));
        world.Does(Role.Buyer, new CloseDispute(ClosingReason.ResolvedByBank, true, null, false, null));
    }

    [Fact]
    public void A_part_that_the_bank_paid_leaves_the_rest_owed()
    {
        var world = World.Settled().Does(Role.Provider, Bank(ChargebackPhase.Opened, 400));
        world.Does(Role.Provider, Bank(ChargebackPhase.ForBuyer, 400));
        var owed = world.Dispute.Obligation(1)!;
        Assert.Equal((ObligationState.Open, 400, 0, 600), (owed.State, owed.Discharged, owed.Frozen, owed.Payable));
    }

    [Fact]
    public void What_the_bank_paid_and_another_dispute_of_the_order_had_is_not_had_again()
    {
        var world = World.Settled();
        world.Till = new([new("pay-1", "card", null, null, 9900, ChargedBack: 1200, Matched: 900)], []);
        world.Does(Role.Provider, Bank(ChargebackPhase.Opened, 1200) with { Payment = "pay-1" });
        world.Does(Role.Provider, Bank(ChargebackPhase.ForBuyer, 1200) with { Payment = "pay-1" });
        var owed = world.Dispute.Obligation(1)!;
        Assert.Equal((ObligationState.Open, 300, 700), (owed.State, owed.Discharged, owed.Payable));
    }

    [Fact]
    public void The_banks_word_for_the_seller_releases_what_was_held_back()
    {
        var world = World.Settled().Does(Role.Provider, Bank(ChargebackPhase.Opened, 1200));
        world.Days(10).Does(Role.Provider, Bank(ChargebackPhase.ForSeller, 1200));
        Assert.Equal(1000, world.Dispute.Obligation(1)!.Payable);
        Assert.Equal(TermKind.Performance, Assert.Single(world.Dispute.Terms).Kind);
    }

    [Fact]
    public void A_word_that_is_not_the_banks_last_keeps_everything_held_back()
    {
        var world = World.Settled().Does(Role.Provider, Bank(ChargebackPhase.Opened, 1200));
        world.Does(Role.Provider, Bank(ChargebackPhase.ForSeller, 1200) with { Final = false });
        Assert.True(world.Dispute.Obligation(1)!.IsFrozen);
        Assert.DoesNotContain(ClosingReason.ResolvedByBank, ClosingReasons.For(world.Dispute, Role.Buyer));
    }

    [Fact]
    public void What_the_bank_takes_back_is_owed_again()
    {
        var world = World.Settled().Does(Role.Provider, Bank(ChargebackPhase.Opened, 1200));
        world.Does(Role.Provider, Bank(ChargebackPhase.ForBuyer, 1200));
        world.Does(Role.Provider, Bank(ChargebackPhase.Reversed, 1200));
        Assert.Equal((ObligationState.Open, 1000), (world.Dispute.Obligation(1)!.State,
            world.Dispute.Obligation(1)!.Payable));
    }

    [Fact]
    public void A_reversal_after_closing_on_the_banks_word_is_a_ground_for_reopening()
    {
        var world = World.Settled().Does(Role.Provider, Bank(ChargebackPhase.Opened, 1200));
        world.Does(Role.Provider, Bank(ChargebackPhase.ForBuyer, 1200));
        world.Does(Role.Buyer, new CloseDispute(ClosingReason.ResolvedByBank, true, null, false, null));
        Assert.False(world.Dispute.BankHasReversed);
        world.Days(20).Does(Role.Provider, Bank(ChargebackPhase.Reversed, 1200));
        Assert.True(world.Dispute.BankHasReversed);
        Assert.Equal(Stage.Closed, world.Dispute.Stage);
    }

    [Fact]
    public void What_is_said_twice_adds_nothing()
    {
        var world = World.Settled().Does(Role.Provider, Bank(ChargebackPhase.Opened, 1200));
        world.Does(Role.Provider, Bank(ChargebackPhase.Opened, 1200));
        Assert.Empty(world.Last);
    }

    [Fact]
    public void A_buyer_tells_of_their_own_bank_and_never_frees_money_against_what_others_know()
    {
        var world = World.Settled();
        Assert.Equal(RefusalCode.ChargebackUnknown, world.Refuses(Role.Buyer, Bank(ChargebackPhase.Withdrawn, 500)));
        Assert.Equal(RefusalCode.AmountNotPositive, world.Refuses(Role.Buyer, Bank(ChargebackPhase.Opened, 0)));
        Assert.Equal(RefusalCode.AmountAboveRefundable, world.Refuses(Role.Buyer, Bank(ChargebackPhase.Opened,
            1_000_000)));
        world.Does(Role.Buyer, Bank(ChargebackPhase.Opened, 500));
        Assert.Equal(RefusalCode.ChargebackNotYours, world.Refuses(Role.Buyer, Bank(ChargebackPhase.ForSeller, 500)));
        Assert.Equal(RefusalCode.RoleMayNot, world.Refuses(Role.Seller, Bank(ChargebackPhase.Withdrawn, 500)));
        world.Does(Role.Provider, Bank(ChargebackPhase.Opened, 700));
        Assert.Equal(RefusalCode.ChargebackNotYours, world.Refuses(Role.Buyer, Bank(ChargebackPhase.Withdrawn, 700)));
    }

    [Fact]
    public void Where_the_rules_pause_for_the_bank_every_term_keeps_the_time_it_had_left()
    {
        var world = World.Opened(Rules(ChargebackMode.Pause)).Days(1);
        var before = world.Dispute.Terms.ToDictionary(term => term.Kind, term => term.Due - world.Now);
        world.Does(Role.Provider, Bank(ChargebackPhase.Opened, 1200));
        Assert.Equal(TermKind.BankPause, Assert.Single(world.Dispute.Terms).Kind);
        // No new time begins while the others stand still.
        Assert.Equal(RefusalCode.BankPauseRuns, world.Refuses(Role.Buyer, new AmendClaim(
            [new(1, 1, Reason.Defective)], [World.Full()], World.Text("It does not hold water."))));
        world.Days(20).Does(Role.Provider, Bank(ChargebackPhase.Withdrawn, 1200));
        Assert.Equal(before, world.Dispute.Terms.ToDictionary(term => term.Kind, term => term.Due - world.Now));
        // Once only: a second procedure does not stop the clock again.
        world.Does(Role.Provider, Bank(ChargebackPhase.Opened, 1200) with { Id = "cb-2" });
        Assert.False(world.Dispute.IsPaused);
        world.UntilClosed();
    }

    [Fact]
    public void A_pause_ends_at_its_longest_time()
    {
        var world = World.Opened(Rules(ChargebackMode.Pause)).Does(Role.Provider, Bank(ChargebackPhase.Opened, 1200));
        world.Lapse();
        Assert.Equal(Duration.FromDays(60), world.Now - World.Start);
        Assert.False(world.Dispute.IsPaused);
        Assert.Contains(world.Dispute.Terms, term => term.Kind == TermKind.Answer);
        world.UntilClosed();
    }

    [Fact]
    public void Where_the_rules_leave_it_to_the_bank_a_dispute_closes_and_none_is_opened()
    {
        var world = World.Opened(Rules(ChargebackMode.BarsClaim)).Does(Role.Provider, Bank(ChargebackPhase.Opened,
            1200));
        Assert.Equal(ClosingReason.HandedToBank, world.Dispute.Closing!.Reason);

        var context = new World { Policy = Rules(ChargebackMode.BarsClaim) }.ContextFor(Role.Buyer);
        var charged = context with
        {
            Head = context.Head with { Till = new([new("pay-1", "card", null, null, 9900, ChargedBack: 1200)], []) },
        };
        var refused = Assert.IsType<Refused>(World.Open().Judge(new World().Dispute, charged));
        Assert.Equal(RefusalCode.ChargebackBarsClaim, refused.Refusal.Code);
    }

    [Fact]
    public void The_bank_is_told_once_there_is_something_to_tell()
    {
        var world = World.Settled();
        Assert.Equal(RefusalCode.ChargebackUnknown, world.Refuses(Role.Buyer, new InformBank("none", null, null)));
        Assert.Equal(RefusalCode.SentInFuture,
            world.Refuses(Role.Buyer, new InformBank(null, world.Now + Duration.FromDays(1), null)));
        Assert.Equal(RefusalCode.RoleMayNot, world.Refuses(Role.Seller, new InformBank(null, null, null)));
        world.Does(Role.Buyer, new InformBank(null, null, World.Text("Sent by post.")));
        Assert.Equal(world.Now, world.Dispute.BankInformedAt);
    }

    [Fact]
    public void There_is_nothing_to_tell_the_bank_before_an_outcome()
    {
        var world = World.Settled(World.Partial(500));
        Assert.Null(InformBank.Informs.Objection(world.Dispute, Role.Buyer, world.Now));
        Assert.Equal(RefusalCode.NothingToTellTheBank, InformBank.Informs.Objection(
            world.Dispute with { Outcomes = [], Closing = null }, Role.Buyer, world.Now));
    }

    /// <summary>D5: whatever the remedy's state, no money leaves for what the bank has in hand.</summary>
    [Fact]
    public async Task A_chargeback_stops_a_refund_that_waits_and_the_excess_is_booked_when_it_has_left()
    {
        using var house = await MoneyHouse.Ready();
        var (waiting, left) = (await house.Agreed(), await house.Agreed());
        await house.Quiet();
        Assert.Equal(2, house.Provider.Calls);
        var third = await house.Agreed();
        foreach (var id in new[] { waiting, third })
        {
            await house.Facts.Note(id.Order, Note(house, ChargebackPhase.Opened), "stripe");
            await house.Does(id, Bank(ChargebackPhase.Opened, 1200), Stripe);
        }
        await house.Quiet();
        Assert.Equal(2, house.Provider.Calls);
        Assert.Equal(0, Assert.Single(await house.Payments(third)).Reserved);
        Assert.Empty(await house.Tasks(third));
        // It had left already: bank and provider gave the same money back. That is booked, and somebody sees to it.
        Assert.Equal(1200, Assert.Single(await house.Payments(waiting)).Overpaid);
        Assert.Equal(["overpaid"], await house.Tasks(waiting));
        Assert.Equal(0, Assert.Single(await house.Payments(left)).Overpaid);

        house.Time.Advance(TimeSpan.FromDays(3));
        await house.Facts.Note(third.Order, Note(house, ChargebackPhase.ForSeller), "stripe");
        await house.Does(third, Bank(ChargebackPhase.ForSeller, 1200), Stripe);
        await house.Quiet();
        Assert.Equal(1200, house.Ledger.GaveBack("pi_M-3_1"));
        Assert.Equal(3, house.Provider.Calls);
    }

    private static ChargebackNote Note(MoneyHouse house, ChargebackPhase phase) => new(
        "cb-1", "pay-1", 1200, phase, phase != ChargebackPhase.Opened, "dp_1", null, house.Centre.Database.Now(), 1);

    private static RecordChargeback Bank(ChargebackPhase phase, long amount) =>
        new("cb-1", phase, amount, phase != ChargebackPhase.Opened, "pay-1", null, null, null);

    private static Policy Rules(ChargebackMode mode) =>
        World.Standard(rules => rules with { Chargeback = rules.Chargeback with { Mode = mode } });
}
