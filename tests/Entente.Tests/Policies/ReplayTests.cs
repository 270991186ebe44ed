using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;
using Entente.Tests.Disputes;
using static Entente.Tests.Disputes.World;

namespace Entente.Tests.Policies;

/// <summary>What a changed policy would have meant for disputes that are over.</summary>
public class ReplayTests
{
    [Fact]
    public void Under_its_own_rules_every_dispute_goes_as_it_did()
    {
        foreach (var world in (World[])
            [Opened().UntilClosed(), Settled().UntilClosed(), InReview().UntilClosed(), ReadyToDecide().UntilClosed()])
            Assert.True(Replayed(world, rules => rules).IsSame);
    }

    [Fact]
    public void An_answer_that_was_in_time_would_have_been_too_late()
    {
        var world = Opened().Days(2).Does(Role.Seller, new PostMessage(Audience.All, Text("Sorry")));
        var replay = Replayed(world, rules => rules with { Answer = new(Days(1), AnswerSilence.GrantClaim) });
        Assert.Equal(new ReplayDifference(ReplayChange.TooLate, TermKind.Answer, Role.Seller,
            Start + Duration.FromDays(1), Consequence.ClaimIsGranted), replay.Difference);
        Assert.True(Replayed(world, rules => rules with { Answer = new(Days(9), AnswerSilence.GrantClaim) }).IsSame);
    }

    [Fact]
    public void The_same_silence_would_have_had_another_consequence()
    {
        var world = Opened().UntilClosed();
        var replay = Replayed(world, rules =>
            rules with { Answer = rules.Answer with { Silence = AnswerSilence.Close } });
        Assert.Equal(ReplayChange.OtherConsequence, replay.Difference!.Change);
        Assert.Equal(Consequence.DisputeCloses, replay.Difference.Then);
        Assert.Equal(Role.Seller, replay.Difference.Who);
    }

    [Fact]
    public void A_dispute_might_not_have_been_opened_and_a_complaint_not_yet_filed()
    {
        var world = InReview();
        Assert.Equal(ReplayChange.NotOpened, Replayed(world, rules => rules with
        {
            Opening = new(WindowStart.Placed, null, Days(2)),
        }).Difference!.Change);
        Assert.Equal(ReplayChange.ComplaintTooEarly, Replayed(Opened()
            .Does(Role.Seller, new PostMessage(Audience.All, Text("No"))).Days(4)
            .Does(Role.Buyer, new FileComplaint(null)), rules => rules with
            {
                Negotiation = rules.Negotiation with { ComplaintAfter = Days(6) },
            }).Difference!.Change);
    }

    [Fact]
    public void Longer_silence_would_have_made_the_other_side_wait()
    {
        var world = Opened().UntilClosed();
        var replay = Replayed(world, rules => rules with { Answer = rules.Answer with { Within = Days(5) } });
        Assert.Null(replay.Difference);
        Assert.Equal([new ReplayWait(TermKind.Answer, Role.Buyer, Duration.FromDays(2))], replay.Waits);
        var report = SimulationReport.Of([replay, Replayed(world, rules => rules)]);
        Assert.Equal((2, 1), (report.Replayed, report.Same));
        Assert.Equal(Duration.FromDays(2), Assert.Single(report.Waits).Average);
    }

    private static Replay Replayed(World world, Func<Rules, Rules> change) =>
        Replay.Of(world.Dispute.Id, world.Facts, Standard(change));

    private static Span Days(int count) => new(count, SpanUnit.Days);
}
