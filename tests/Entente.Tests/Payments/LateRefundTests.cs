using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Payments;
using Entente.Domain.Policies;

namespace Entente.Tests.Payments;

/// <summary>What the seller did not refund in time, the platform refunds in its place (rulings D1).</summary>
public class LateRefundTests
{
    private static readonly Actor Operator = new(ActorKind.Person, Role.Operator, "person-operator");
    private static readonly Actor Examiner = new(ActorKind.Person, Role.Examiner, "person-examiner");
    private static readonly string Rules = TestPolicy.Text.Replace(
        "refund_through: outside", "refund_through: provider_when_late", StringComparison.Ordinal);

    [Fact]
    public async Task What_was_announced_happens_when_the_time_is_over_and_once()
    {
        using var house = await MoneyHouse.Ready(rules: Rules);
        var id = await house.Agreed();
        Assert.Equal(Consequence.PlatformRefunds, (await house.Standing(id)).Head!.Otherwise);
        await house.Quiet(TimeSpan.Zero);
        Assert.Equal(
            (RefundWay.Outside, RefundState.Reserved), Stands(Assert.Single(await house.Lines(id))));
        Assert.Equal(0, house.Provider.Calls);

        await Lapse(house, id);
        await house.Quiet(TimeSpan.FromMinutes(1));
        Assert.Equal(
            (RefundWay.Provider, RefundState.Succeeded), Stands(Assert.Single(await house.Lines(id))));
        Assert.Equal((1200, 1), (house.Ledger.GaveBack("pi_M-1_1"), house.Provider.Calls));
        var standing = Assert.Single((await house.Standing(id)).Obligations);
        Assert.Equal((ObligationState.Performed, true), (standing.State, standing.Verified));
    }

    [Fact]
    public async Task A_seller_who_is_in_time_pays_alone()
    {
        using var house = await MoneyHouse.Ready(rules: Rules);
        var id = await house.Agreed();
        await house.Does(id, new Perform(1, null, null), MoneyHouse.Seller);
        await house.Does(id, new ConfirmPerformance(1), MoneyHouse.Buyer);
        await house.Quiet();
        Assert.Equal(
            (RefundWay.Outside, RefundState.Succeeded), Stands(Assert.Single(await house.Lines(id))));
        Assert.Equal(0, house.Provider.Calls);
    }

    /// <summary>He said that he had paid, and the examiner found that he had not.</summary>
    [Fact]
    public async Task What_was_said_to_be_paid_and_was_not_is_paid()
    {
        using var house = await MoneyHouse.Ready(rules: Rules);
        var id = await house.Agreed();
        await house.Does(id, new Perform(1, null, null), MoneyHouse.Seller);
        await house.Does(
            id, new ContestPerformance(1, ContestReason.NotReceived, null, null), MoneyHouse.Buyer);
        await house.Quiet();
        Assert.Equal(0, house.Provider.Calls);
        await house.Does(id, new Assign(new(Examiner.Principal), false), Examiner);
        await house.Does(id, new RuleOnPerformance(
            1, Ruling.NotPerformed, null, new(Examiner.Principal, "en", "Nothing came.", new byte[16])), Examiner);
        await house.Quiet();
        Assert.Equal((1200, 1), (house.Ledger.GaveBack("pi_M-1_1"), house.Provider.Calls));
    }

    [Fact]
    public async Task Where_no_payment_allows_it_the_examiner_rules()
    {
        using var house = await MoneyHouse.Ready(isSending: false, rules: Rules);
        var id = await house.Agreed();
        await Lapse(house, id);
        await house.Quiet(TimeSpan.FromMinutes(1));
        Assert.Equal(
            (RefundWay.Outside, RefundState.Reserved), Stands(Assert.Single(await house.Lines(id))));
        Assert.Equal(TermKind.Ruling, (await house.Standing(id)).Head!.Kind);
    }

    /// <summary>A measure reaches the money that the marketplace holds, whatever the rules say of refunds.</summary>
    [Fact]
    public async Task A_measure_pays_from_what_is_held()
    {
        using var house = await MoneyHouse.Ready(rules: TestPolicy.Text);
        var id = await house.Agreed();
        while ((await house.Standing(id)).Obligations[0].State != ObligationState.Defaulted) await Lapse(house, id);
        var text = new PersonalText("person-operator", "en", "Nothing was paid.", new byte[16]);
        var report = new PersonalText("person-buyer", "en", "He never paid.", new byte[16]);
        await house.Does(id, new ReportBreach(1, report), MoneyHouse.Buyer);
        await Lapse(house, id);
        await house.Does(id, new TakeMeasures(
            1, Upheld: true, [new(MeasureKind.PayFromHeldFunds, 700)], [], text), Operator);
        await house.Quiet(TimeSpan.FromMinutes(1));
        Assert.Equal((700, 1), (house.Ledger.GaveBack("pi_M-1_1"), house.Provider.Calls));
    }

    /// <summary>What an order's payout leaves out (rulings D25).</summary>
    [Fact]
    public async Task What_is_in_question_is_kept_back_until_it_is_settled()
    {
        using var house = await MoneyHouse.Ready(rules: TestPolicy.Text);
        var id = await house.Dispute();
        Assert.Equal(1200, KeptBack.Of(await house.Standing(id)));
        await house.Does(id, new MakeOffer([new(RemedyKind.PartialRefund, [new(1, 1)], 300)], null), MoneyHouse.Seller);
        await house.Does(id, new AcceptOffer(2), MoneyHouse.Buyer);
        Assert.Equal(300, KeptBack.Of(await house.Standing(id)));
        await house.Does(id, new Perform(1, null, null), MoneyHouse.Seller);
        Assert.Equal(300, KeptBack.Of(await house.Standing(id)));
        await house.Does(id, new ConfirmPerformance(1), MoneyHouse.Buyer);
        Assert.Equal(0, KeptBack.Of(await house.Standing(id)));
    }

    private static (RefundWay, RefundState) Stands(RefundLine line) => (line.Way, line.State);

    private static async Task Lapse(MoneyHouse house, DisputeId id)
    {
        house.Time.SetUtcNow((await house.Standing(id)).NextDue!.Value.ToDateTimeOffset());
        await house.Desk.Lapse(id);
    }
}
