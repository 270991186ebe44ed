using CsCheck;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;
using Entente.Tests.Disputes;
using static Entente.Tests.Disputes.World;

namespace Entente.Tests.Policies;

/// <summary>
/// A year of disputes under each preset: people act at random or fall silent at random, and every dispute ends inside
/// the bound that the rules alone give (I-DUE-5).
/// </summary>
public class YearTests
{
    private const int DisputesADay = 1;
    [ThreadStatic] private static PCG? s_pcg;
    private static readonly Instant NewYear = Instant.FromUtc(2026, 1, 1, 0, 0);

    [Theory, MemberData(nameof(CompletedPreset.Names), MemberType = typeof(CompletedPreset))]
    public void A_year_of_disputes_ends_inside_the_bound(string preset)
    {
        var policy = CompletedPreset.Policy(preset);
        var bound = LifeBound.Of(policy);
        var random = new Random(preset.Length * 7919 + 2026);
        s_pcg = new PCG(7, (ulong)preset.Length * 7919);
        var (ended, longest) = (0, Duration.Zero);
        for (var day = 0; day < 365; day++)
            for (var dispute = 0; dispute < DisputesADay; dispute++)
            {
                var world = Opened(policy, NewYear + Duration.FromDays(day) + Minutes(random, 1), random);
                var acts = random.Next(0, 25);
                var silent = random.Next(0, 4) is var who and < 3 ? Sides[who] : (Role?)null;
                for (var act = 0; act < acts; act++) Act(world, random, silent);
                var lastAct = world.Facts.Where(fact => fact.By.Kind == ActorKind.Person).Max(fact => fact.At);
                world.UntilClosed();
                var alone = world.Dispute.ClosedAt!.Value - lastAct;
                Assert.True(alone <= bound.Longest, $"{alone.TotalDays} of {bound.Days} days, day {day}");
                longest = Duration.Max(longest, alone);
                ended++;
            }
        Assert.Equal(365 * DisputesADay, ended);
        // The bound is one that is nearly reached by somebody, not any large number.
        Assert.True(longest > bound.Longest / 6, $"The longest took {longest.TotalDays} of {bound.Days} days.");
    }

    [Theory, MemberData(nameof(CompletedPreset.Names), MemberType = typeof(CompletedPreset))]
    public void Silence_of_all_from_the_opening_ends_every_reason_and_remedy_inside_the_bound(string preset)
    {
        var policy = CompletedPreset.Policy(preset);
        var bound = LifeBound.Of(policy);
        foreach (var reason in Enum.GetValues<Reason>())
            foreach (var remedy in Enum.GetValues<RemedyKind>().Where(remedy => remedy.Answers(reason)))
            {
                var world = Opened(policy, NewYear, reason, Line(remedy));
                world.UntilClosed();
                Assert.True(world.Dispute.ClosedAt - NewYear <= bound.Longest, $"{reason}, {remedy}");
            }
    }

    private static readonly Role[] Sides = [Role.Buyer, Role.Seller, Role.Examiner];

    private static World Opened(Policy policy, Instant at, Random random) =>
        Opened(policy, at, Pick<Reason>(random), random);

    private static World Opened(Policy policy, Instant at, Reason reason, Random random)
    {
        var fitting = Enum.GetValues<RemedyKind>().Where(remedy => remedy.Answers(reason)).ToList();
        return Opened(policy, at, reason, Line(fitting[random.Next(fitting.Count)]));
    }

    private static World Opened(Policy policy, Instant at, Reason reason, RemedyLine line)
    {
        var world = new World { Policy = policy, Now = at };
        world.Order = OrderAsOf(at, policy.For(reason, line.Kind).Opening, policy.Calendar);
        var opener = reason.IsOf(Role.Buyer) ? Role.Buyer : Role.Seller;
        return world.Does(opener, World.Open(line, new ClaimItem(1, 1, reason)));
    }

    /// <summary>An order whose dates put the opening inside its window.</summary>
    private static Order OrderAsOf(Instant at, OpeningRule rule, BusinessCalendar calendar)
    {
        var start = at - Duration.FromHours(1);
        while (rule.NotBefore is { } wait && calendar.Due(start, wait) > at) start -= Duration.FromHours(12);
        return TwoSellers() with { Dates = new(start, start, start, start) };
    }

    private static void Act(World world, Random random, Role? silent)
    {
        world.Now += Duration.FromMinutes(random.Next(0, 60 * 24 * 6));
        var command = random.Next(3) == 0 ? Afterwards(world) : Command(world, random);
        var by = command.Move.By[random.Next(command.Move.By.Count)];
        if (by != silent && by != Role.Rule) world.Ask(by, command);
    }

    /// <summary>What may come after an outcome, by the clauses of these rules.</summary>
    private static DisputeCommand Afterwards(World world)
    {
        var command = AfterwardsActs.Command.Generate(s_pcg!, null, out _)(world);
        var clause = world.Policy.Clauses[0].Id;
        return command is DecideDispute decision
            ? decision with { Findings = [.. decision.Findings.Select(draft => draft with { Clause = clause })] }
            : command;
    }

    private static DisputeCommand Command(World world, Random random) => random.Next(16) switch
    {
        0 => new PostMessage(Audience.All, Text("Word")),
        1 => new MakeOffer([Line(Pick<RemedyKind>(random))], null),
        2 or 3 => new AcceptOffer(random.Next(1, 5)),
        4 => new DeclineOffer(random.Next(1, 5), null),
        5 => new FileComplaint(null),
        6 => new Assign(Examiner, false),
        7 => Shows($"{world.Facts.Count}"),
        8 => new RequestEvidence([Sides[random.Next(2)]], [], Text("Please"), world.Now + Minutes(random, 4)),
        9 => Decided(world, Line(Pick<RemedyKind>(random))),
        10 or 11 => new Perform(random.Next(1, 5), null, null),
        12 => new ConfirmPerformance(random.Next(1, 5)),
        13 => new ContestPerformance(random.Next(1, 5), ContestReason.NotReceived, null, null),
        14 => new RuleOnPerformance(random.Next(1, 5), random.Next(2) == 0 ? Ruling.Performed : Ruling.NotPerformed,
            null, Text("So ruled")),
        _ => new WaiveTerm(world.Dispute.Terms.ElementAtOrDefault(random.Next(4))?.Id ?? 0),
    };

    private static DecideDispute Decided(World world, RemedyLine line)
    {
        var shown = world.Dispute.Exhibits.Where(exhibit => !exhibit.Withdrawn).Select(exhibit => exhibit.No);
        var decision = Decision(shown.ToValueList(), line);
        var clause = world.Policy.Clauses[0].Id;
        return decision with { Findings = [.. decision.Findings.Select(draft => draft with { Clause = clause })] };
    }

    private static RemedyLine Line(RemedyKind remedy) => new(
        remedy, [new(1, 1)],
        remedy is RemedyKind.PartialRefund or RemedyKind.Compensation or RemedyKind.PayBack ? 500 : null,
        remedy is RemedyKind.ReturnAndRefund or RemedyKind.Repair ? Role.Seller : null);

    private static T Pick<T>(Random random) where T : struct, Enum =>
        Enum.GetValues<T>()[random.Next(Enum.GetValues<T>().Length)];

    private static Duration Minutes(Random random, int days) => Duration.FromMinutes(random.Next(1, days * 24 * 60));
}
