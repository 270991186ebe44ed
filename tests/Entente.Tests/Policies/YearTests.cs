using CsCheck;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;
using Entente.Tests.Disputes;
using static Entente.Tests.Disputes.World;

namespace Entente.Tests.Policies;

/// <summary>
/// A year of disputes under each preset, however it treats chargebacks: people, banks and providers act at random or
/// fall silent at random, and every dispute ends inside the bound that the rules alone give (I-DUE-5).
/// </summary>
public class YearTests
{
    private const int DisputesADay = 2;
    [ThreadStatic] private static PCG? s_pcg;
    private static readonly Instant NewYear = Instant.FromUtc(2026, 1, 1, 0, 0);

    /// <summary>What has to happen in some year, so that no year is a quiet one.</summary>
    private static readonly Type[] Rare =
    [
        typeof(ReconciliationProposed), typeof(ChargebackRecorded), typeof(ProposalMade), typeof(BidRoundOpened),
        typeof(ClaimAmended), typeof(ThirdPartyAwaited), typeof(AppealFiled), typeof(BreachReported),
    ];

    public static TheoryData<string, ChargebackMode> Years
    {
        get
        {
            var years = new TheoryData<string, ChargebackMode>();
            foreach (var preset in CompletedPreset.Names)
                foreach (var mode in Enum.GetValues<ChargebackMode>()) years.Add(preset, mode);
            return years;
        }
    }

    [Theory, MemberData(nameof(Years))]
    public void A_year_of_disputes_ends_inside_the_bound(string preset, ChargebackMode mode)
    {
        var policy = Under(mode, CompletedPreset.Policy(preset));
        var seen = new HashSet<Type>();
        var bound = LifeBound.Of(policy);
        var random = new Random(preset.Length * 7919 + 2026);
        s_pcg = new PCG(7, (ulong)preset.Length * 7919);
        var (ended, longest) = (0, Duration.Zero);
        for (var day = 0; day < 365; day++)
            for (var dispute = 0; dispute < DisputesADay; dispute++)
            {
                var world = Opened(policy, NewYear + Duration.FromDays(day) + Minutes(random, 1), random);
                Lead(world, random.Next(0, 6));
                var acts = random.Next(0, 30);
                var silent = random.Next(0, 4) is var who and < 3 ? Sides[who] : (Role?)null;
                for (var act = 0; act < acts; act++) Act(world, random, silent);
                var lastAct = world.Facts.Where(fact => fact.By.Kind != ActorKind.Rule).Max(fact => fact.At);
                world.UntilClosed();
                NobodyLosesBySilenceUntold(world);
                seen.UnionWith(world.Facts.Select(fact => fact.Event.GetType()));
                var alone = world.Dispute.ClosedAt!.Value - lastAct;
                Assert.True(alone <= bound.Longest, $"{alone.TotalDays} of {bound.Days} days, day {day}");
                longest = Duration.Max(longest, alone);
                ended++;
            }
        Assert.Equal(365 * DisputesADay, ended);
        Assert.Empty(Rare.Except(seen));
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

    /// <summary>
    /// I-DUE-6: what silence does was said when the term began, at least as long before as the rules promise.
    /// </summary>
    private static void NobodyLosesBySilenceUntold(World world)
    {
        var begun = world.Facts.SelectMany(fact => fact.Event.Starts.Select(term => (term, fact.At)))
            .ToDictionary(began => began.term.Id, began => began);
        foreach (var fact in world.Facts.Where(fact => fact.Event is DefaultOutcome { Silent: not null }))
        {
            var passed = world.Facts.Where(other => other.At == fact.At).SelectMany(other => other.Event.Ends)
                .Select(id => begun[id]).Where(began => began.term.Due <= fact.At
                    && began.term.Otherwise is Consequence.ClaimIsGranted or Consequence.ClaimIsDismissed).ToList();
            Assert.NotEmpty(passed);
            Assert.All(passed, began => Assert.True(
                world.Policy.Calendar.Due(began.At, world.Dispute.Under(world.Policy).Silence.Notice) <= fact.At,
                $"Told at {began.At}, lost at {fact.At}: {began.term}"));
        }
    }

    private static Policy Under(ChargebackMode mode, Policy policy) => policy with
    {
        Rules = policy.Rules with { Chargeback = policy.Rules.Chargeback with { Mode = mode } },
    };

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

    /// <summary>Some disputes are well on their way before chance takes over: what comes late comes too.</summary>
    private static void Lead(World world, int far)
    {
        var (opener, respondent) = (world.Dispute.Opener, world.Dispute.Respondent);
        if (far == 0) return;
        if (far == 5)
        {
            world.Ask(respondent, new AcceptOffer(1));
            world.Lapse();
            world.Ask(opener, new ReportBreach(1, Text("Nothing came.")));
            return;
        }
        world.Ask(respondent, new DeclineOffer(1, null));
        world.Now = Instant.Max(world.Now, world.Dispute.ComplaintPossibleFrom);
        world.Ask(opener, new FileComplaint(null));
        world.Ask(Role.Examiner, new Assign(Examiner, false));
        if (far == 1) return;
        foreach (var term in world.Dispute.Terms.Where(term => term.Kind == TermKind.Evidence))
            world.Ask(term.Who, new WaiveTerm(term.Id));
        if (far == 2) return;
        world.Ask(Role.Examiner, Decided(world, Line(RemedyKind.None)));
        if (far == 3) return;
        world.Now += Duration.FromHours(1);
        world.Ask(opener, Shows("new"));
        world.Ask(opener, new AppealDecision([1], [1], Text("Look at this.")));
    }

    private static void Act(World world, Random random, Role? silent)
    {
        world.Now += Duration.FromMinutes(random.Next(0, 60 * 24 * 6));
        var command = random.Next(8) switch
        {
            0 or 1 => Afterwards(world),
            2 or 3 => ExchangeWalk.Command.Generate(s_pcg!, null, out _)(world),
            4 => OfMoney(random),
            _ => Command(world, random),
        };
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

    /// <summary>What banks and providers say, in any order.</summary>
    private static DisputeCommand OfMoney(Random random) => random.Next(4) switch
    {
        0 => new RecordRefund(random.Next(1, 4), random.Next(2) == 0, 100, null),
        1 => new RecordFact(RecordedKind.Refund, random.Next(1, 3000), null, null),
        _ => new RecordChargeback($"cb-{random.Next(1, 3)}", Pick<ChargebackPhase>(random), random.Next(1, 3000),
            random.Next(2) == 0, "pay-1", null, null, null),
    };

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
        remedy is RemedyKind.PartialRefund or RemedyKind.Compensation or RemedyKind.PayBack
            or RemedyKind.Reimbursement ? 500 : null,
        remedy is RemedyKind.ReturnAndRefund or RemedyKind.Repair ? Role.Seller : null);

    private static T Pick<T>(Random random) where T : struct, Enum =>
        Enum.GetValues<T>()[random.Next(Enum.GetValues<T>().Length)];

    private static Duration Minutes(Random random, int days) => Duration.FromMinutes(random.Next(1, days * 24 * 60));
}
