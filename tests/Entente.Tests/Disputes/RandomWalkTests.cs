using CsCheck;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;
using static Entente.Tests.Disputes.World;

namespace Entente.Tests.Disputes;

/// <summary>
/// Anybody does anything at any time: whatever is accepted keeps the
/// invariants, and silence afterwards ends the dispute.
/// </summary>
public class RandomWalkTests
{
    private static readonly Role[] People = [Role.Buyer, Role.Seller, Role.Examiner, Role.Operator, Role.Provider];

    private static readonly Gen<RemedyLine> Line =
        from kind in Gen.Enum<RemedyKind>()
        from amount in Gen.Long[-5, 2600]
        from no in Gen.Int[1, 2]
        from units in Gen.Int[1, 2]
        from freight in Among<Role?>(null, Role.Buyer, Role.Seller)
        from back in Gen.Bool
        select new RemedyLine(kind, [new(no, units)],
            kind is RemedyKind.PartialRefund or RemedyKind.Compensation or RemedyKind.Reimbursement ? amount : null,
            freight, back);

    private static readonly Gen<Func<World, DisputeCommand>> Command = Gen.OneOf(
        Gen.Enum<Audience>().Select<Audience, Func<World, DisputeCommand>>(
            to => _ => new PostMessage(to, Text("Word"))),
        Gen.Select(Line, Gen.Bool).Select<(RemedyLine, bool), Func<World, DisputeCommand>>(offer => world =>
            new MakeOffer(offer.Item2 && world.Dispute.Offers.Count > 0
                ? world.Dispute.Offers[^1].Lines
                : [offer.Item1], null)),
        Gen.Int[1, 6].Select<int, Func<World, DisputeCommand>>(no => _ => new AcceptOffer(no)),
        Gen.Int[1, 6].Select<int, Func<World, DisputeCommand>>(no => _ => new DeclineOffer(no, null)),
        Gen.Int[1, 6].Select<int, Func<World, DisputeCommand>>(no => _ => new WithdrawOffer(no)),
        Gen.Const<Func<World, DisputeCommand>>(_ => new FileComplaint(null)),
        Gen.Const<Func<World, DisputeCommand>>(_ => new Assign(Examiner, false)),
        Gen.Bool.Select<bool, Func<World, DisputeCommand>>(seal => world =>
            Shows($"{world.Facts.Count}", seal ? Text("Private") : null)),
        Gen.Int[0, 8].Select<int, Func<World, DisputeCommand>>(index => world =>
            new WithdrawEvidence(world.Dispute.Exhibits.ElementAtOrDefault(index)?.Id ?? new("none"))),
        Gen.Int[0, 8].Select<int, Func<World, DisputeCommand>>(index => world =>
            new OpenOriginal(world.Dispute.Exhibits.ElementAtOrDefault(index)?.Id ?? new("none"))),
        Gen.Int[0, 90].Select<int, Func<World, DisputeCommand>>(index => world =>
            new QuarantineEvidence(world.Dispute.Exhibits.ElementAtOrDefault(index)?.Id ?? new("none"))),
        Gen.Select(Gen.Int[1, 10], Among(Role.Buyer, Role.Seller))
            .Select<(int, Role), Func<World, DisputeCommand>>(asked => world =>
            new RequestEvidence([asked.Item2], [], Text("Please"), world.Now + Duration.FromDays(asked.Item1))),
        Line.Select<RemedyLine, Func<World, DisputeCommand>>(line => world => Whole(world, line)),
        Gen.Int[1, 6].Select<int, Func<World, DisputeCommand>>(no => _ => new Perform(no, null, null)),
        Gen.Int[1, 6].Select<int, Func<World, DisputeCommand>>(no => _ => new ConfirmPerformance(no)),
        Gen.Int[1, 6].Select<int, Func<World, DisputeCommand>>(
            no => _ => new ContestPerformance(no, ContestReason.NotReceived, null, null)),
        Gen.Select(Gen.Int[1, 6], Gen.Enum<Ruling>()).Select<(int, Ruling), Func<World, DisputeCommand>>(ruled => _ =>
            new RuleOnPerformance(ruled.Item1, ruled.Item2, ruled.Item2 == Ruling.Adjusted ? 100 : null,
                Text("So ruled"))),
        Gen.Int[1, 40].Select<int, Func<World, DisputeCommand>>(id => _ => new WaiveTerm(id)),
        Gen.Int[1, 48].Select<int, Func<World, DisputeCommand>>(hours => world => new GiveBackTime(
            world.Now - Duration.FromHours(hours), world.Now, [.. world.Dispute.Terms.Select(term => term.Id)])),
        Gen.Int[0, 5].Select<int, Func<World, DisputeCommand>>(index => world =>
            new WaiveTerm(world.Dispute.Terms.ElementAtOrDefault(index)?.Id ?? 0)),
        Gen.Select(Gen.Enum<ClosingReason>(), Gen.Int[0, 200], Among<bool?>(null, true, false), Gen.Bool)
            .Select<(ClosingReason, int, bool?, bool), Func<World, DisputeCommand>>(close => _ =>
                new CloseDispute(close.Item1, close.Item2 < 40, close.Item3, close.Item4, null)),
        Gen.Select(Gen.Int[1, 2], Gen.Enum<ChargebackPhase>(), Gen.Long[0, 3000], Gen.Bool)
            .Select<(int, ChargebackPhase, long, bool), Func<World, DisputeCommand>>(told => _ =>
                new RecordChargeback($"cb-{told.Item1}", told.Item2, told.Item3, told.Item4, "pay-1", null,
                    null, null)),
        Gen.Select(Gen.Int[1, 6], Gen.Bool).Select<(int, bool), Func<World, DisputeCommand>>(
            told => _ => new RecordRefund(told.Item1, told.Item2, 100, null)),
        Gen.Const<Func<World, DisputeCommand>>(_ => new InformBank(null, null, null)));

    private static readonly Gen<(int By, Func<World, DisputeCommand> Command, double Days)> Step =
        Gen.Select(Gen.Int[0, 59], Gen.OneOf(Command, Command, ExchangeWalk.Command),
            Gen.OneOf(Gen.Const(0.0), Gen.Const(0.0), Gen.Double[0, 9]));

    /// <summary>Of a thousand walks each; one is enough on most days.</summary>
    private const int RoundsMax = 12;

    [Fact, Trait("Category", "slow")]
    public void Whatever_people_do_the_invariants_hold_and_the_dispute_ends()
    {
        var seen = new Dictionary<Type, int>();
        for (var round = 0; round < RoundsMax && NeverReached(seen).Count > 0; round++)
            Gen.Select(Gen.Int[0, 9], Step.Array[1, 60]).Sample((beginning, steps) =>
            {
                var world = Begun(beginning);
                world.Policy = Standard(rules => rules with
                {
                    Chargeback = rules.Chargeback with { Mode = Mode(steps.Length) },
                });
                foreach (var (by, command, days) in steps)
                {
                    if (!world.Dispute.IsOpen) break;
                    var asked = command(world.Days(days));
                    world.Ask(Who(by, asked), asked);
                    Check(world);
                }
                world.UntilClosed();
                Check(world);
                Assert.Equal(world.Dispute, world.Facts.Aggregate(
                    Dispute.Nothing(world.Dispute.Id), (state, fact) => state.After(fact)));
                lock (seen)
                    foreach (var fact in world.Facts)
                        seen[fact.Event.GetType()] = seen.GetValueOrDefault(fact.Event.GetType()) + 1;
            }, iter: 1000, print: walk => $"{walk.Item1} then {walk.Item2.Length} steps");
        Assert.Empty(NeverReached(seen));
    }

    /// <summary>Kinds of facts that the walks came upon less than five times:
    /// what is not walked is not checked.</summary>
    private static List<Type> NeverReached(Dictionary<Type, int> seen) => [.. typeof(DisputeEvent).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(DisputeEvent)) && !RandomAfterwardsTests.Kinds.Contains(type))
        .Where(type => seen.GetValueOrDefault(type) < 5)];

    /// <summary>Some walks begin after an agreement, so that its carrying out is walked often enough.</summary>
    private static World Begun(int beginning)
    {
        var world = new World().Does(Role.Buyer,
            Open(Full(1, 2), new(1, 2, Reason.Damaged), new(2, 1, Reason.Incomplete)));
        return beginning switch
        {
            >= 6 => ExchangeWalk.Begun(world, beginning - 6),
            0 => world,
            1 => Examined(Contested(world)),
            2 => Agreed(world, new RemedyLine(RemedyKind.PartialRefund, All, 900)),
            3 => Agreed(world, new RemedyLine(RemedyKind.PartialRefund, All, 900))
                .Does(Role.Seller, new Perform(1, null, null)),
            4 => Agreed(world, new RemedyLine(RemedyKind.PartialRefund, All, 900))
                .Does(Role.Provider, Bank(ChargebackPhase.Opened)).Does(Role.Provider, Bank(ChargebackPhase.ForBuyer)),
            _ => Agreed(world, new RemedyLine(RemedyKind.ReturnAndRefund, All, null, Role.Buyer))
                .Does(Role.Buyer, new Perform(1, null, null)),
        };
    }

    private static RecordChargeback Bank(ChargebackPhase phase) =>
        new("cb-1", phase, 500, phase != ChargebackPhase.Opened, "pay-1", null, null, null);

    private static readonly ValueList<Units> All = [new(1, 2), new(2, 1)];

    private static World Agreed(World world, RemedyLine line) =>
        world.Does(Role.Seller, new MakeOffer([line], null)).Does(Role.Buyer, new AcceptOffer(2));

    private static World Contested(World world)
    {
        world.Does(Role.Buyer, Shows("first")).Does(Role.Seller, new ContestEvidence(
            world.Dispute.Exhibits[0].Id, ContestGround.Misleading, Text("Not so.")));
        return world.Does(Role.Seller, new DeclineOffer(1, null)).Does(Role.Buyer, new FileComplaint(null));
    }

    private static World Examined(World world)
    {
        foreach (var term in world.Dispute.Terms.Where(term => term.Kind == TermKind.Evidence))
            world.Does(term.Who, new WaiveTerm(term.Id));
        return world.Does(Role.Examiner, new Assign(Examiner, false));
    }

    /// <summary>Mostly somebody who may, sometimes anybody.</summary>
    private static Role Who(int by, DisputeCommand command) =>
        by < 50 ? command.Move.By[by % command.Move.By.Count] : People[by % People.Length];

    /// <summary>All ways in which rules may treat a chargeback are walked.</summary>
    private static ChargebackMode Mode(int steps) => (ChargebackMode)(steps % 3);

    private static Gen<T> Among<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static void Check(World world)
    {
        var dispute = world.Dispute;
        Assert.True(dispute.Promised <= dispute.Opening.RefundableCap, "More is promised than can be refunded.");
        Assert.Equal(world.Facts.Count, dispute.Version);
        Assert.Equal(dispute.Version, dispute.Counts.Sum());
        Assert.True(world.Facts.Zip(world.Facts.Skip(1)).All(pair => pair.First.At <= pair.Second.At));
        Assert.True(dispute.Offers.Count(offer => offer is { State: OfferState.Open, By: Role.Buyer }) <= 1);
        Assert.True(dispute.Offers.Count(offer => offer is { State: OfferState.Open, By: Role.Seller }) <= 1);
        if (!dispute.IsOpen) return;
        foreach (var standing in dispute.Obligations)
            Assert.Equal(standing is { State: ObligationState.Open, IsFrozen: false } && !dispute.IsPaused ? 1 : 0,
                dispute.Terms.Count(term =>
                    term.Kind == TermKind.Performance && term.Subject == standing.Obligation.No));
        Assert.Equal(dispute.Stage == Stage.Enforcement || dispute.OpenItems.Count > 0
            && dispute.Obligations.Any(standing => standing.AwaitsRuling),
            dispute.Obligations.Any(standing => standing.AwaitsRuling));
        Assert.All(dispute.Exhibits.GroupBy(exhibit => exhibit.Audience),
            series => Assert.Equal(Enumerable.Range(1, series.Count()), series.Select(exhibit => exhibit.No)));
    }

    private static DecideDispute Whole(World world, RemedyLine line)
    {
        var open = world.Dispute.Exhibits.Where(exhibit => exhibit is { Audience: Audience.All, Withdrawn: false })
            .Select(exhibit => exhibit.No).ToValueList();
        return Decision(open, line);
    }
}
