using CsCheck;
using Entente.Domain;
using Entente.Domain.Disputes;
using static Entente.Tests.Disputes.World;

namespace Entente.Tests.Disputes;

/// <summary>Anything that anybody may try after an outcome.</summary>
internal static class AfterwardsActs
{
    private static readonly ValueList<PersonalText> Both = [Text("So"), Text("Ainsi", "fr")];

    private static readonly Gen<RemedyLine> Line =
        from kind in Gen.Enum<RemedyKind>()
        from amount in Gen.Long[100, 1300]
        from freight in Among<Role?>(Role.Buyer, Role.Seller)
        select new RemedyLine(kind, [new(1, 1)],
            kind is RemedyKind.PartialRefund or RemedyKind.Compensation or RemedyKind.Reimbursement ? amount : null,
            freight);

    public static readonly Gen<Func<World, DisputeCommand>> Command = Gen.OneOf(
        Is(_ => new AppealDecision([1], [], Text("Look again"))),
        Is(_ => new AppealDecision([1], [], Text("Look again"))),
        Is(world => new Assign(world.OnDuty, false)),
        Is(world => new Assign(world.OnDuty, false)),
        Gen.Select(Line, Gen.Enum<AppealResult>()).Select<(RemedyLine, AppealResult), Func<World, DisputeCommand>>(
            made => world => Whole(world, made.Item1, made.Item2)),
        Gen.Select(Line, Gen.Enum<AppealResult>()).Select<(RemedyLine, AppealResult), Func<World, DisputeCommand>>(
            made => world => Whole(world, made.Item1, made.Item2)),
        Gen.Int[0, 4].Select<int, Func<World, DisputeCommand>>(index => world =>
            new WaiveTerm(world.Dispute.Terms.ElementAtOrDefault(index)?.Id ?? 0)),
        Gen.Int[0, 4].Select<int, Func<World, DisputeCommand>>(index => world =>
            new WaiveTerm(world.Dispute.Terms.ElementAtOrDefault(index)?.Id ?? 0)),
        Gen.Enum<ReopeningGround>().Select<ReopeningGround, Func<World, DisputeCommand>>(
            ground => _ => new RequestReopening(ground, Text("Again"))),
        Is(_ => new GrantReopening(null)),
        Is(_ => new DenyReopening(Text("No"))),
        Is(world => new ReportBreach(Reportable(world), Text("Not done"))),
        Is(world => new ReportBreach(Reportable(world), Text("Not done"))),
        Is(world => new AnswerBreach(world.Dispute.Breaches.Count, Text("It was"))),
        Is(world => new AnswerBreach(world.Dispute.Breaches.Count, Text("It was"))),
        Gen.Select(Gen.Int[1, 3], Gen.Bool, Line.Array[0, 1])
            .Select<(int, bool, RemedyLine[]), Func<World, DisputeCommand>>(ruled => _ =>
                new TakeMeasures(ruled.Item1, ruled.Item2, ruled.Item2 ? [new(MeasureKind.Warn)] : [],
                ruled.Item2 ? ruled.Item3.ToValueList() : [], Text("So"))),
        Gen.Int[1, 3].Select<int, Func<World, DisputeCommand>>(no => _ => new AppealMeasure(no, Text("Unfair"))),
        Gen.Select(Gen.Int[1, 3], Gen.Bool).Select<(int, bool), Func<World, DisputeCommand>>(
            ruled => _ => new RuleOnMeasure(ruled.Item1, ruled.Item2, Text("So"))),
        Among(Role.Buyer, Role.Seller).Select<Role, Func<World, DisputeCommand>>(
            side => _ => new FindAbuse(side, [1], Text("The photo is another one"))),
        Is(_ => new SetAsideOutcome(Text("They were ill"))),
        Gen.Long[1, 1200].Select<long, Func<World, DisputeCommand>>(
            amount => world => new CorrectDecision(world.Dispute.Outcomes.Count, 1, amount, Both)),
        Is(world => new ApproveDecision(world.Dispute.Draft?.No ?? 0, false)),
        Is(world => new ReturnDecision(world.Dispute.Draft?.No ?? 0, Text("Again"))),
        Is(world => new ReturnDecision(world.Dispute.Draft?.No ?? 0, Text("Again"))),
        Is(_ => new Recuse(Text("I know them"))),
        Is(_ => new ChallengeExaminer(Text("I know her"))),
        Gen.Bool.Select<bool, Func<World, DisputeCommand>>(yes => _ => new RuleOnChallenge(yes, Text("So"))),
        Is(_ => new ReferToRisk(Text("A pattern?"))),
        Is(_ => new ReferToRisk(Text("A pattern?"))),
        Is(_ => new AnswerRisk(Text("No"))),
        Is(_ => new AnswerRisk(Text("No"))),
        Gen.Int[1, 5].Select<int, Func<World, DisputeCommand>>(no => _ => new Perform(no, null, null)),
        Gen.Int[1, 5].Select<int, Func<World, DisputeCommand>>(no => _ => new ConfirmPerformance(no)),
        Gen.Int[1, 5].Select<int, Func<World, DisputeCommand>>(
            no => _ => new ContestPerformance(no, ContestReason.NotReceived, null, null)),
        Gen.Select(Gen.Int[1, 5], Among(Ruling.Performed, Ruling.NotPerformed))
            .Select<(int, Ruling), Func<World, DisputeCommand>>(ruled => _ =>
                new RuleOnPerformance(ruled.Item1, ruled.Item2, null, Text("So"))),
        Is(world => Shows($"{world.Facts.Count}")),
        Line.Select<RemedyLine, Func<World, DisputeCommand>>(line => _ => new MakeOffer([line], null)),
        Is(world => new AcceptOffer(world.Dispute.Offers.Count)),
        Gen.Bool.Select<bool, Func<World, DisputeCommand>>(less => _ =>
            new CloseDispute(ClosingReason.NoLongerPursued, true, true, less, null)));

    private static int Reportable(World world) => new[] { Role.Buyer, Role.Seller }
        .SelectMany(side => Breaching.Reportable(world.Dispute, side))
        .Select(standing => standing.Obligation.No).FirstOrDefault();

    private static DecideDispute Whole(World world, RemedyLine line, AppealResult result)
    {
        var open = world.Dispute.Exhibits
            .Where(exhibit => exhibit is { Audience: Audience.All, Withdrawn: false })
            .Select(exhibit => exhibit.No).ToValueList();
        var decision = Decision(open, line);
        return world.Dispute.Stage != Stage.Appeal ? decision
            : result == AppealResult.Upheld ? decision with { Result = result, Lines = [] }
            : decision with { Result = result };
    }

    private static Gen<Func<World, DisputeCommand>> Is(Func<World, DisputeCommand> command) => Gen.Const(command);

    private static Gen<T> Among<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);
}
