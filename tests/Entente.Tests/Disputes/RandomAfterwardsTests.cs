using CsCheck;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;
using static Entente.Tests.Disputes.World;

namespace Entente.Tests.Disputes;

/// <summary>
/// Anybody does anything after an outcome: nothing is paid twice, the last word is the last, whoever decided does not
/// look at it again, and silence afterwards ends the dispute by its announced rules.
/// </summary>
public class RandomAfterwardsTests
{
    /// <summary>The facts these walks come to; the others are walked from the opening.</summary>
    public static readonly IReadOnlySet<Type> Kinds = new HashSet<Type>
    {
        typeof(AppealFiled), typeof(AppealJoined), typeof(JoiningTimeEnded), typeof(AppealDecided),
        typeof(DecisionLeftStanding), typeof(ReopeningRequested), typeof(ReopeningGranted), typeof(ReopeningDenied),
        typeof(BreachReported), typeof(BreachAnswered), typeof(BreachUnanswered), typeof(BreachRuled),
        typeof(AbuseFound), typeof(MeasureAppealed), typeof(MeasureReviewed), typeof(AbuseReversed),
        typeof(OutcomeSetAside), typeof(DecisionCorrected), typeof(DecisionDrafted), typeof(DecisionApproved),
        typeof(DecisionReturned), typeof(ExaminerRecused), typeof(ExaminerChallenged), typeof(ChallengeAnswered),
        typeof(ReferredToRisk), typeof(RiskAnswered),
    };

    private static readonly Role[] People = [Role.Buyer, Role.Seller, Role.Examiner, Role.Operator, Role.Provider];
    private static readonly PersonId[] Hands = [Examiner, OtherExaminer, new("person-third"), new("person-fourth")];
    private static readonly Gen<(int By, int Hand, Func<World, DisputeCommand> Command, double Days)> Step = Gen.Select(
        Gen.Int[0, 59], Gen.Int[0, 3], AfterwardsActs.Command,
        Gen.OneOf(Gen.Const(0.01), Gen.Const(0.01), Gen.Double[0, 6]));

    /// <summary>Of two thousand walks each; one is enough on most days.</summary>
    private const int RoundsMax = 8;

    [Fact, Trait("Category", "slow")]
    public void Whatever_people_do_after_an_outcome_the_invariants_hold_and_the_dispute_ends()
    {
        var seen = new Dictionary<Type, int>();
        for (var round = 0; round < RoundsMax && NeverReached(seen).Any(); round++)
            Gen.Select(Gen.Int[0, 7], Step.Array[1, 60]).Sample((beginning, steps) =>
            {
                var world = Begun(beginning);
                foreach (var (by, hand, command, days) in steps)
                {
                    world.OnDuty = Hands[hand];
                    var asked = command(world.Days(days));
                    var before = world.Dispute;
                    world.Ask(Who(by, asked), asked);
                    Check(world, before);
                }
                world.UntilClosed();
                Check(world, world.Dispute);
                Assert.Equal(world.Dispute, world.Facts.Aggregate(
                    Dispute.Nothing(world.Dispute.Id), (state, fact) => state.After(fact)));
                lock (seen)
                    foreach (var fact in world.Facts)
                        seen[fact.Event.GetType()] = seen.GetValueOrDefault(fact.Event.GetType()) + 1;
            }, iter: 2000, print: walk => $"{walk.Item1} then {walk.Item2.Length} steps");
        Assert.Empty(NeverReached(seen));
    }

    /// <summary>What is not walked is not checked.</summary>
    private static IEnumerable<Type> NeverReached(Dictionary<Type, int> seen) =>
        Kinds.Where(kind => seen.GetValueOrDefault(kind) < 5);

    private static World Begun(int beginning) => beginning switch
    {
        0 or 1 => AppealTests.Decided(Rules),
        2 => AppealTests.Decided(Rules).Does(Role.Seller, new Perform(1, null, null)),
        3 => Settled(policy: Rules).Does(Role.Seller, new Perform(1, null, null)).UntilClosed(),
        4 => ReadyToDecide(Rules).Does(Role.Examiner, Decision([], Full())),
        5 => Opened(Rules).Lapse().Lapse(),
        _ => AppealTests.Decided(Rules).Does(Role.Buyer, Shows())
            .Does(Role.Examiner, new FindAbuse(Role.Seller, [1], Text("The photo is another one")))
            .Does(Role.Seller, new AppealMeasure(1, Text("It is not"))),
    };

    /// <summary>Two levels, two reopenings, a second examiner from 8.00 on, and a claim granted by silence.</summary>
    private static Policy Rules => Standard(rules => rules with
    {
        Negotiation = rules.Negotiation with { Silence = NegotiationSilence.GrantClaim },
        Approval = rules.Approval with { Above = [new Money(800, "EUR")] },
        Appeal = rules.Appeal with { Count = 2, Levels = 2 },
        Reopening = rules.Reopening with
        {
            Mode = ReopeningMode.IfOrderNotCompleted, Window = new(14, SpanUnit.Days), Count = 2,
        },
    });

    private static void Check(World world, Dispute before)
    {
        var (dispute, last) = (world.Dispute, world.Facts.Skip(before.Version).ToList());
        Assert.True(dispute.Promised <= dispute.Opening.RefundableCap, "More is promised than can be refunded.");
        Assert.Equal(dispute.Version, dispute.Counts.Sum());
        LeavesClosedOnlyByADeclaredWay(before, last);
        IsNetted(dispute, last);
        HoldsWhileAnAppealWaits(dispute);
        foreach (var fact in last)
        {
            // I-APP-1: another examiner, and no side more often than the rules allow.
            if (fact.Event is AppealDecided)
                Assert.DoesNotContain(new PersonId(fact.By.Whose), Earlier(world, fact));
            // I-REO-1: a request comes in time and only as often as the rules count.
            if (fact.Event is ReopeningGranted or ReopeningDenied) Assert.True(ReopeningRules.Counted(dispute) <= 2);
        }
        foreach (var side in new[] { Role.Buyer, Role.Seller })
            Assert.True(dispute.Appeals.Count(appeal => appeal.By == side) <= 2);
        // I-APP-2: the last level is final.
        Assert.True(dispute.Level <= 2);
        if (dispute.Level == 2 && dispute.Stage != Stage.Appeal) Assert.Empty(dispute.AppealRights);
        // I-FIN-4: at most one outcome stands for an item, but for a decision and those that upheld it.
        Assert.True(dispute.Outcomes.Count(outcome =>
            outcome is { Stands: true, Kind: not OutcomeKind.Settlement, Result: not AppealResult.Upheld }) <= 1);
    }

    /// <summary>I-FIN-1: nothing leaves a closed dispute but an appeal, a reopening, a breach, or a measure.</summary>
    private static void LeavesClosedOnlyByADeclaredWay(Dispute before, List<Fact> last)
    {
        if (before.IsOpen || last.Count == 0) return;
        Assert.True(last[0].Event is AppealFiled or ReopeningRequested or BreachReported or MeasureAppealed
            or OutcomeSetAside or EvidenceAdded, $"{last[0].Event.GetType().Name} left a closed dispute.");
    }

    /// <summary>I-FIN-2: what is owed by a decision is what its lines say, less what was given before.</summary>
    private static void IsNetted(Dispute dispute, List<Fact> last)
    {
        foreach (var (outcome, lines, owed) in last.Select(fact => fact.Event).SelectMany(Granted))
        {
            var granted = lines.Sum(line => line.Amount ?? 0);
            var given = dispute.Obligations
                .Where(standing => standing.Obligation.Outcome != outcome && standing.CountsAsPromised)
                .Sum(standing => standing.Obligation.Amount ?? 0);
            Assert.Equal(Math.Max(granted - given, 0), owed.Where(one => one.IsPayment).Sum(one => one.Amount ?? 0));
        }
    }

    private static IEnumerable<(int Outcome, ValueList<RemedyLine> Lines, ValueList<Obligation> Owed)> Granted(
        DisputeEvent happened) => happened switch
        {
            Decided decided => [(decided.Outcome, decided.Lines, decided.Obligations)],
            AppealDecided { Result: not AppealResult.Upheld } decided =>
                [(decided.Outcome, decided.Lines, decided.Obligations)],
            _ => [],
        };

    /// <summary>
    /// I-FIN-3: nothing is asked to be done while an appeal waits, or a window that holds it back runs.
    /// </summary>
    private static void HoldsWhileAnAppealWaits(Dispute dispute)
    {
        if (dispute.Stage == Stage.Appeal)
            Assert.DoesNotContain(dispute.Obligations, standing => standing.State == ObligationState.Open
                && dispute.ChainOf(dispute.OpenAppeals.First().Outcome)
                    .Any(outcome => outcome.No == standing.Obligation.Outcome)
                && standing.Rulings == 0);
        if (dispute.Terms.Any(term => term is
            { Kind: TermKind.AppealWindow, Otherwise: Consequence.OutcomeIsCarriedOut }))
            Assert.DoesNotContain(dispute.Obligations, standing =>
                standing.State == ObligationState.Open && standing.Obligation.Outcome == dispute.Outcomes[^1].No
                && standing.Rulings == 0);
    }

    /// <summary>Who decided or approved the decisions that an appeal was about.</summary>
    private static IEnumerable<PersonId> Earlier(World world, Fact decided) => world.Facts
        .TakeWhile(fact => fact.Seq < decided.Seq)
        .SkipWhile(fact => fact.Seq < Began(world, decided))
        .Where(fact => fact.Event is Decided or AppealDecided)
        .Select(fact => new PersonId(fact.By.Whose));

    private static int Began(World world, Fact decided) => world.Facts
        .LastOrDefault(fact => fact.Seq < decided.Seq && fact.Event is ReopeningGranted or OutcomeSetAside)?.Seq ?? 0;

    private static Role Who(int by, DisputeCommand command) =>
        by < 50 ? command.Move.By[by % command.Move.By.Count] : People[by % People.Length];
}
