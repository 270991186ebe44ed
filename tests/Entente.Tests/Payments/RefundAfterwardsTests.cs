using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Payments;
using Entente.Domain.Policies;
using Entente.Server.Payments;

namespace Entente.Tests.Payments;

/// <summary>What becomes of refunds after they left, beside them, and where the world is not as it should be.</summary>
public class RefundAfterwardsTests
{
    /// <summary>F29: it succeeded, and days later the money came back; and the reverse.</summary>
    [Fact]
    public async Task What_comes_back_days_later_is_owed_again()
    {
        using var house = await MoneyHouse.Ready();
        var id = await house.Agreed();
        await house.Quiet();
        await house.Does(id, new ConfirmPerformance(1), MoneyHouse.Buyer);
        house.Time.Advance(TimeSpan.FromDays(4));
        var line = Assert.Single(await house.Lines(id));
        var given = house.Ledger.Find(line.KeyIn(id))!;
        house.Ledger.Becomes(given.Id, "failed");
        await Said(house, id, given, line, ProviderRefundStatus.Failed);
        await house.Quiet(TimeSpan.Zero);
        Assert.Equal(ObligationState.Open, Assert.Single((await house.Standing(id)).Obligations).State);
        Assert.Contains((await house.Standing(id)).Terms, term => term.Kind == TermKind.Performance);
        Assert.Equal((0, 0), Books(Assert.Single(await house.Payments(id))));
        Assert.Equal(["failed"], await house.Tasks(id));

        house.Time.Advance(TimeSpan.FromHours(1));
        house.Ledger.Becomes(given.Id, "succeeded");
        await Said(house, id, given, line, ProviderRefundStatus.Succeeded);
        await house.Quiet(TimeSpan.Zero);
        Assert.Equal(ObligationState.Performed, Assert.Single((await house.Standing(id)).Obligations).State);
        Assert.Empty(await house.Tasks(id));
    }

    /// <summary>F31: down for a day; due times run, nothing is lost, nothing doubled, and calls become few.</summary>
    [Fact]
    public async Task A_provider_that_is_down_for_a_day_is_asked_less_and_less()
    {
        using var house = await MoneyHouse.Ready();
        var until = house.Time.GetUtcNow().AddHours(20);
        house.Provider.IsDeaf = _ => house.Time.GetUtcNow() < until;
        for (var index = 0; index < 20; index++) await house.Agreed();
        await house.Quiet();
        Assert.All(Enumerable.Range(1, 20), index => Assert.Equal(1200, house.Ledger.GaveBack($"pi_M-{index}_1")));
        Assert.Equal(20, house.Provider.Calls);
        Assert.InRange(house.Provider.Finds, 20, 20 * 15);
    }

    /// <summary>D2: nothing that has left can be agreed away, given up, or said to be paid by hand.</summary>
    [Fact]
    public async Task Money_that_is_on_its_way_cannot_be_called_back()
    {
        using var house = await MoneyHouse.Ready();
        var id = await house.Agreed();
        Assert.Equal(RefusalCode.RefundIsOnItsWay,
            await house.Refuses(id, new Perform(1, null, null), MoneyHouse.Seller));
        house.Provider.Mischief = _ => Mischief.CutBefore;
        await house.Settle();
        await house.Does(id, new MakeOffer([new(RemedyKind.PartialRefund, [new(1, 1)], 300)], null), MoneyHouse.Seller);
        Assert.Equal(RefusalCode.RefundIsOnItsWay, await house.Refuses(id, new AcceptOffer(2), MoneyHouse.Buyer));
        Assert.Equal(RefusalCode.RefundIsOnItsWay,
            await house.Refuses(id, new CloseDispute(ClosingReason.NoLongerPursued, true, null, true, null),
                MoneyHouse.Buyer));
    }

    [Fact]
    public async Task What_was_not_sent_yet_is_free_again_when_the_two_agree_on_something_else()
    {
        using var house = await MoneyHouse.Ready();
        var id = await house.Agreed();
        await house.Does(id, new MakeOffer([new(RemedyKind.PartialRefund, [new(1, 1)], 300)], null), MoneyHouse.Seller);
        await house.Does(id, new AcceptOffer(2), MoneyHouse.Buyer);
        Assert.Equal(300, Assert.Single(await house.Payments(id)).Reserved);
        await house.Quiet();
        Assert.Equal(300, house.Ledger.GaveBack("pi_M-1_1"));
    }

    /// <summary>I-MON-4: whenever a call arrives, the commit that says so is there already.</summary>
    [Fact]
    public async Task No_call_arrives_that_was_not_committed_before()
    {
        using var house = await MoneyHouse.Ready();
        var id = await house.Agreed();
        house.Provider.Arrived = async _ => Assert.Equal(RefundState.Sent, Assert.Single(await house.Lines(id)).State);
        await house.Quiet();
        Assert.Equal(1, house.Provider.Calls);
    }

    /// <summary>D6: the seller's word is no fact; the provider's is; and that can fail again.</summary>
    [Fact]
    public async Task What_a_seller_refunds_outside_is_believed_when_the_provider_shows_it()
    {
        using var house = await MoneyHouse.Ready(isSending: false);
        var id = await house.Agreed();
        var line = Assert.Single(await house.Lines(id));
        Assert.Equal((RefundWay.Outside, RefundState.Reserved), (line.Way, line.State));
        var claimed = await house.Does(id, new Perform(1, null, null), MoneyHouse.Seller);
        Assert.False(Assert.Single(claimed.Obligations).Verified);
        Assert.Equal(0, Assert.Single(await house.Payments(id)).Outside);

        await house.Facts.Observe(id.Order, Outside(house, ProviderRefundStatus.Succeeded), "unruled");
        await house.Quiet(TimeSpan.Zero);
        Assert.True(Assert.Single((await house.Standing(id)).Obligations).Verified);
        var paid = Assert.Single(await house.Payments(id));
        Assert.Equal((0, 1200, 1200), (paid.Reserved, paid.Outside, paid.Matched));

        house.Time.Advance(TimeSpan.FromHours(5));
        await house.Facts.Observe(id.Order, Outside(house, ProviderRefundStatus.Failed), "unruled");
        await house.Quiet(TimeSpan.Zero);
        Assert.Equal(ObligationState.Open, Assert.Single((await house.Standing(id)).Obligations).State);
        paid = Assert.Single(await house.Payments(id));
        Assert.Equal((1200, 0, 0), (paid.Reserved, paid.Outside, paid.Matched));
        Assert.Equal(0, house.Provider.Calls);
    }

    /// <summary>A refund outside that nobody waited for stops what waits, and the excess is booked exactly.</summary>
    [Fact]
    public async Task What_goes_out_twice_by_another_hand_is_booked_as_overpaid_with_a_task()
    {
        using var house = await MoneyHouse.Ready();
        var id = await house.Agreed();
        await house.Quiet();
        await house.Facts.Observe(id.Order,
            Outside(house, ProviderRefundStatus.Succeeded) with { Amount = 500 }, "unruled");
        Assert.Equal(500, Assert.Single(await house.Payments(id)).Overpaid);
        Assert.Equal(["overpaid"], await house.Tasks(id));
        house.Time.Advance(TimeSpan.FromHours(5));
        await house.Facts.Observe(id.Order,
            Outside(house, ProviderRefundStatus.Failed) with { Amount = 500 }, "unruled");
        Assert.Equal(0, Assert.Single(await house.Payments(id)).Overpaid);
        Assert.Empty(await house.Tasks(id));
    }

    private static ProviderRefund Outside(MoneyHouse house, ProviderRefundStatus status) =>
        new("re_outside", "pay-1", 1200, status, null, house.Centre.Database.Now(), 2);

    private static (long Reserved, long Refunded) Books(PaymentBalance payment) => (payment.Reserved, payment.Refunded);

    private static Task Said(MoneyHouse house, DisputeId id, GivenBack given, RefundLine line,
        ProviderRefundStatus status) =>
        house.Facts.Observe(id.Order, new(
            given.Id, line.Payment, given.Amount, status, line.KeyIn(id), house.Centre.Database.Now(), 2), "unruled");
}
