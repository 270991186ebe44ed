using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;
using Entente.Domain.Reputation;
using static Entente.Tests.Disputes.World;

namespace Entente.Tests.Disputes;

public class StandingEntriesTests
{
    [Fact]
    public void Opening_settling_withdrawing_or_losing_counts_for_nobody()
    {
        Assert.Empty(Inputs(Opened()));
        Assert.Empty(Inputs(Opened().Does(Role.Buyer,
            new CloseDispute(ClosingReason.OpenedByMistake, true, null, false, null))));
        Assert.DoesNotContain(StandingInput.ClaimUpheld, Inputs(Settled()));
        var lost = ReadyToDecide();
        lost.Does(Role.Examiner, Decision([], new RemedyLine(RemedyKind.None, [new(1, 1)], null)));
        Assert.DoesNotContain(StandingInput.ClaimUpheld, Inputs(lost));
    }

    [Fact]
    public void A_decision_for_the_buyer_is_an_upheld_claim()
    {
        var world = ReadyToDecide();
        world.Does(Role.Examiner, Decision([], Partial(500)));
        Assert.Contains(StandingInput.ClaimUpheld, Inputs(world));
    }

    [Fact]
    public void Only_the_seller_s_own_silence_counts_and_never_the_platform_s()
    {
        var granted = Standard(rules => rules with { Answer = new(new(3, SpanUnit.Days), AnswerSilence.GrantClaim) });
        Assert.Contains(StandingInput.ClaimUpheld, Inputs(Opened(granted).Lapse()));
        var undecided = Standard(rules => rules with
        {
            Review = rules.Review with
                { ClaimantSilent = ReviewSilence.DecideOnFile, StaffSilent = StaffDefault.Grant },
        });
        var world = InReview(undecided).Does(Role.Seller, new PostMessage(Audience.All, Text("Look again.")));
        while (world.Dispute.Outcomes.Count == 0) world.Lapse();
        Assert.DoesNotContain(StandingInput.ClaimUpheld, Inputs(world));
    }

    [Fact]
    public void A_first_answer_counts_by_its_time()
    {
        Assert.Contains(StandingInput.AnsweredInTime,
            Inputs(Opened().Does(Role.Seller, new PostMessage(Audience.All, Text("Sorry!")))));
        var late = Opened().Lapse().Does(Role.Seller, new PostMessage(Audience.All, Text("Sorry!")));
        Assert.Equal([StandingInput.AnswerMissed], Inputs(late));
    }

    [Fact]
    public void Obligations_are_honoured_missed_or_broken()
    {
        var honoured = Settled().Does(Role.Seller, new Perform(1, null, null))
            .Does(Role.Buyer, new ConfirmPerformance(1));
        Assert.Contains(StandingInput.Honoured, Inputs(honoured));
        var missed = Settled().Lapse();
        Assert.Contains(StandingInput.NotHonoured, Inputs(missed));
        Assert.Contains(StandingInput.Breach, Inputs(missed.UntilClosed()));
    }

    [Fact]
    public void Nothing_a_buyer_does_in_a_dispute_touches_the_buyer_s_standing()
    {
        foreach (var world in (World[])[Opened().UntilClosed(), Settled().UntilClosed(), ReadyToDecide().UntilClosed()])
            Assert.DoesNotContain(StandingEntries.Of(world.Dispute.Id, world.Facts), entry => entry.Side == Role.Buyer);
    }

    [Fact]
    public void A_buyer_s_standing_falls_by_a_finding_of_abuse_and_a_reversal_restores_it()
    {
        var world = InReview().Does(Role.Buyer, Shows());
        foreach (var side in new[] { Role.Buyer, Role.Seller })
            world.Does(side, new WaiveTerm(world.Dispute.TermOf(TermKind.Evidence, side)!.Id));
        world.Does(Role.Examiner, Decision([1], new RemedyLine(RemedyKind.None, [new(1, 1)], null)));
        world.Does(Role.Examiner, new FindAbuse(Role.Buyer, [1], Text("The photo is another one")));
        Assert.Equal([(Role.Buyer, StandingInput.AbuseFound)], StandingEntries.Of(world.Dispute.Id, world.Facts)
            .Where(entry => entry.Side == Role.Buyer).Select(entry => (entry.Side, entry.Input)));
        world.Does(Role.Buyer, new AppealMeasure(1, Text("It is not")));
        world.Does(Role.Operator, new RuleOnMeasure(1, Lifted: true, Text("Right")));
        Assert.DoesNotContain(StandingEntries.Of(world.Dispute.Id, world.Facts), entry => entry.Side == Role.Buyer);
    }

    [Fact]
    public void Points_follow_the_published_formula_whatever_the_order_of_disputes()
    {
        static StandingEntry Entry(StandingInput input, char order) =>
            new(new DisputeId(new(new string(order, 32)), "0"), Role.Seller, input, Start);
        ValueList<StandingEntry> entries =
        [
            Entry(StandingInput.ClaimUpheld, 'a'), Entry(StandingInput.AnsweredInTime, 'a'),
            Entry(StandingInput.AnswerMissed, 'b'), Entry(StandingInput.Honoured, 'a'),
            Entry(StandingInput.Honoured, 'c'), Entry(StandingInput.Breach, 'b'),
        ];
        var standing = new SellerStanding(100, entries);
        // 40 × (1 − 10 × 2 %) = 32; 30 × 1/2 = 15; 30 × 0.666 = 19; one breach: −5.
        Assert.Equal(32 + 15 + 19 - 5, standing.Points);
        Assert.Equal(standing.Points, new SellerStanding(100, [.. entries.Reverse()]).Points);
        Assert.Equal(100, new SellerStanding(0, []).Points);
    }

    private static IEnumerable<StandingInput> Inputs(World world) =>
        StandingEntries.Of(world.Dispute.Id, world.Facts).Select(entry => entry.Input);
}
