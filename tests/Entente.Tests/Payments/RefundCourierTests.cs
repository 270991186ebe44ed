using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Payments;
using Entente.Server.Payments;
using Entente.Server.Storage;

namespace Entente.Tests.Payments;

/// <summary>Refunds through a provider that does not behave, by the real door, store and courier.</summary>
public class RefundCourierTests
{
    /// <summary>F33: what left after the copy was made is not in these books.</summary>
    [Fact]
    public async Task After_a_restore_no_refund_leaves_until_the_money_is_reconciled()
    {
        using var house = await MoneyHouse.Ready();
        await house.Agreed();
        var mark = Path.Combine(house.Centre.Database.Folder, Backup.RestoredFile);
        await File.WriteAllTextAsync(mark, "");
        await house.Quiet();
        Assert.Equal((0, 0), (house.Provider.Calls, house.Ledger.GaveBack("pi_M-1_1")));
        File.Delete(mark);
        await house.Quiet();
        Assert.Equal((1, 1200), (house.Provider.Calls, house.Ledger.GaveBack("pi_M-1_1")));
    }

    [Fact]
    public async Task What_is_agreed_is_set_aside_with_the_agreement_and_paid_once()
    {
        using var house = await MoneyHouse.Ready();
        var id = await house.Agreed();
        Assert.Equal(1200, Assert.Single(await house.Payments(id)).Reserved);
        Assert.Equal(0, house.Provider.Calls);

        await house.Quiet();

        Assert.Equal(1200, house.Ledger.GaveBack("pi_M-1_1"));
        Assert.Equal((0, 1200), Books(Assert.Single(await house.Payments(id))));
        var standing = Assert.Single((await house.Standing(id)).Obligations);
        Assert.Equal((ObligationState.Performed, true), (standing.State, standing.Verified));
        Assert.Equal(1, house.Provider.Calls);
    }

    [Fact]
    public async Task A_refund_is_split_over_the_payments_and_vouchers_go_back_as_vouchers()
    {
        using var house = await MoneyHouse.Ready();
        var id = await house.Agreed(700, 500);
        await house.Quiet();
        Assert.Equal([("card", 700L), ("voucher", 500L)],
            (await house.Payments(id)).Select(paid => (paid.Method, paid.Refunded)));
        Assert.Equal([700L, 500], (await house.Payments(id))
            .Select(payment => house.Ledger.GaveBack(payment.Reference!)));
        Assert.Equal(ObligationState.Performed, Assert.Single((await house.Standing(id)).Obligations).State);
    }

    /// <summary>D3, F28: the provider does it and the answer is lost; it is found, and not sent again.</summary>
    [Fact]
    public async Task An_answer_that_is_lost_after_the_deed_is_unknown_and_then_found()
    {
        using var house = await MoneyHouse.Ready();
        house.Provider.Mischief = _ => Mischief.CutAfter;
        var id = await house.Agreed();
        await house.Settle();
        Assert.Equal(RefundState.Unknown, Assert.Single(await house.Lines(id)).State);
        Assert.Equal(ObligationState.Open, Assert.Single((await house.Standing(id)).Obligations).State);

        await house.Quiet();

        Assert.Equal(RefundState.Succeeded, Assert.Single(await house.Lines(id)).State);
        Assert.Equal((1, 1200), (house.Provider.Calls, house.Ledger.GaveBack("pi_M-1_1")));
    }

    [Fact]
    public async Task A_line_that_breaks_before_the_deed_is_tried_again_under_the_same_key()
    {
        using var house = await MoneyHouse.Ready();
        var keys = new List<string>();
        house.Provider.Mischief = order =>
        {
            keys.Add(order.Key);
            return keys.Count < 3 ? Mischief.CutBefore : Mischief.None;
        };
        var id = await house.Agreed();
        await house.Quiet();
        Assert.Equal((3, 1), (keys.Count, keys.Distinct().Count()));
        Assert.Equal(1200, house.Ledger.GaveBack("pi_M-1_1"));
        Assert.Equal(RefundState.Succeeded, Assert.Single(await house.Lines(id)).State);
    }

    /// <summary>D4: the message comes a moment before the answer.</summary>
    [Fact]
    public async Task A_message_that_comes_before_the_answer_is_the_same_refund()
    {
        using var house = await MoneyHouse.Ready();
        var id = await house.Agreed();
        house.Provider.Mischief = _ => Mischief.MessageFirst;
        house.Provider.Message = (order, given) => house.Facts.Observe(id.Order, new(
            given.Id, "pay-1", given.Amount, ProviderRefundStatus.Succeeded, order.Key, house.Centre.Database.Now(), 2),
            "unruled");
        await house.Quiet();
        Assert.Equal((0, 1200), Books(Assert.Single(await house.Payments(id))));
        Assert.Equal(0, Assert.Single(await house.Payments(id)).Outside);
        Assert.Equal(ObligationState.Performed, Assert.Single((await house.Standing(id)).Obligations).State);
    }

    /// <summary>F30: after a day the key says nothing; the provider is asked by
    /// our reference, and then a person is.</summary>
    [Theory, InlineData(true), InlineData(false)]
    public async Task What_is_unknown_when_the_key_is_forgotten_is_found_or_asked_of_a_person_and_never_sent_again(
        bool done)
    {
        using var house = await MoneyHouse.Ready();
        house.Provider.Mischief = _ => done ? Mischief.BlackHoleAfter : Mischief.BlackHoleBefore;
        var id = await house.Agreed();
        await house.Quiet();
        var line = Assert.Single(await house.Lines(id));
        Assert.True(house.Ledger.GaveBack("pi_M-1_1") <= 1200);
        if (done)
        {
            Assert.Equal(RefundState.Succeeded, line.State);
            return;
        }
        Assert.Equal(RefundState.Unknown, line.State);
        Assert.Equal(["unknown"], await house.Tasks(id));
        Assert.Equal(0, house.Ledger.GaveBack("pi_M-1_1"));

        var statement = State(id, line, Says.NotPaid);
        Assert.Equal(TestimonyOutcome.Done, await house.Testimonies.Make(MoneyHouse.Here, statement));
        Assert.Equal(TestimonyOutcome.SamePerson,
            await house.Testimonies.Approve(MoneyHouse.Here, id.Order, statement.Id, "ada"));
        Assert.Equal(RefundState.Unknown, Assert.Single(await house.Lines(id)).State);
        Assert.Equal(TestimonyOutcome.Done,
            await house.Testimonies.Approve(MoneyHouse.Here, id.Order, statement.Id, "bob"));
        await house.Quiet();
        Assert.Equal(RefundState.Failed, Assert.Single(await house.Lines(id)).State);
        Assert.Empty(await house.Tasks(id));

        // A person may have it tried anew: then it is another refund, under another key, and the first is settled.
        house.Provider.Mischief = _ => Mischief.None;
        var anew = State(id, line, Says.TryAnew) with { Id = "st-2" };
        Assert.Equal(TestimonyOutcome.Done, await house.Testimonies.Make(MoneyHouse.Here, anew));
        Assert.Equal(TestimonyOutcome.Done, await house.Testimonies.Approve(MoneyHouse.Here, id.Order, anew.Id, "bob"));
        await house.Quiet();
        Assert.Equal([1, 2], (await house.Lines(id)).Select(each => each.Part));
        Assert.Equal(1200, house.Ledger.GaveBack("pi_M-1_1"));
        Assert.Equal(ObligationState.Performed, Assert.Single((await house.Standing(id)).Obligations).State);
    }

    [Fact]
    public async Task A_definite_no_fails_tells_the_dispute_and_asks_a_person()
    {
        using var house = await MoneyHouse.Ready();
        house.Provider.Mischief = _ => Mischief.Refuses;
        var id = await house.Agreed();
        await house.Quiet();
        var line = Assert.Single(await house.Lines(id));
        Assert.Equal(RefundState.Failed, line.State);
        Assert.Equal(["failed"], await house.Tasks(id));
        Assert.Equal(0, Assert.Single(await house.Payments(id)).Reserved);
        Assert.Contains(await house.Centre.Store.History(id), fact =>
            fact.Event is RefundFailed && fact.By.Role == Role.Provider);
        Assert.Equal(1, house.Provider.Calls);

        var otherwise = State(id, line, Says.PaidOtherwise);
        Assert.Equal(TestimonyOutcome.Done, await house.Testimonies.Make(MoneyHouse.Here, otherwise));
        Assert.Equal(TestimonyOutcome.Done,
            await house.Testimonies.Approve(MoneyHouse.Here, id.Order, otherwise.Id, "bob"));
        await house.Quiet();
        Assert.Equal(1200, Assert.Single(await house.Payments(id)).Outside);
        Assert.Equal(ObligationState.Performed, Assert.Single((await house.Standing(id)).Obligations).State);
    }

    private static (long Reserved, long Refunded) Books(PaymentBalance payment) => (payment.Reserved, payment.Refunded);

    private static Testimony State(DisputeId id, RefundLine line, Says says) =>
        new(id, "st-1", line.Obligation, line.Payment, line.Part, says, "re_by_hand",
            "Seen on the provider's own page.", "ada", default);

}
