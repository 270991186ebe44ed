using CsCheck;
using Entente.Domain;
using Entente.Domain.Disputes;
using static Entente.Tests.Disputes.World;

namespace Entente.Tests.Disputes;

/// <summary>What people do at random beside offers and obligations.</summary>
internal static class ExchangeWalk
{
    private static readonly ValueList<Units> All = [new(1, 2), new(2, 1)];
    private static readonly ValueList<PersonalText> Both = [Text("So."), Text("Ainsi.", "fr")];

    public static readonly Gen<Func<World, DisputeCommand>> Command = Gen.OneOf(
        Gen.Int[0, 4].Select<int, Func<World, DisputeCommand>>(index => world => new ContestEvidence(
            ExhibitAt(world, index), ContestGround.Misleading, Text("Not so."))),
        Gen.Int[1, 3].Select<int, Func<World, DisputeCommand>>(no => _ =>
            new AnswerContest(no, ContestAnswer.LeftOpen, Both)),
        Gen.Int[0, 4].Select<int, Func<World, DisputeCommand>>(index => world =>
            new AdmitLateEvidence(ExhibitAt(world, index), Text("It matters."))),
        Gen.Int[1, 20].Select<int, Func<World, DisputeCommand>>(days => world => new AwaitThirdParty(
            ThirdParty.Carrier, Role.Seller, world.Now + Duration.FromDays(days), Text("Where is it?"))),
        Gen.Int[1, 2].Select<int, Func<World, DisputeCommand>>(no => _ => new AnswerInquiry(no, Text("Lost."))),
        Gen.Select(Gen.Int[0, 3], Gen.Int[1, 9]).Select<(int, int), Func<World, DisputeCommand>>(asked => world =>
        {
            var term = world.Dispute.Terms.ElementAtOrDefault(asked.Item1);
            return new ProposeExtension(
                term?.Id ?? 0, (term?.Due ?? world.Now) + Duration.FromDays(asked.Item2), null);
        }),
        Gen.Const<Func<World, DisputeCommand>>(world => new AgreeExtension(world.Dispute.Extension?.No ?? 0)),
        Gen.Const<Func<World, DisputeCommand>>(world => new RefuseExtension(world.Dispute.Extension?.No ?? 0)),
        Gen.Long[1, 900].Select<long, Func<World, DisputeCommand>>(amount => world => new ProposeRemedy(
            [new(RemedyKind.PartialRefund, Remaining(world), amount)], Both)),
        Gen.Const<Func<World, DisputeCommand>>(_ => new OpenBidRound()),
        Gen.Long[1, 2000].Select<long, Func<World, DisputeCommand>>(amount => world => new PlaceBlindBid(
            world.Dispute.BidRound ?? 1, Text($"{amount}", "und") with { Owner = $"p{world.Facts.Count}" })),
        Gen.Select(Gen.Int[1, 2], Gen.Long[1, 900]).Select<(int, long), Func<World, DisputeCommand>>(claim => _ =>
            new AmendClaim([new(1, claim.Item1, Reason.Defective)],
                [new(RemedyKind.PartialRefund, [new(1, claim.Item1)], claim.Item2)], Text("Otherwise."))),
        Gen.Select(Gen.Enum<RecordedKind>(), Gen.Long[0, 3000]).Select<(RecordedKind, long), Func<World,
            DisputeCommand>>(
            fact => _ => new RecordFact(fact.Item1, fact.Item1 == RecordedKind.Refund ? fact.Item2 : null, null, null)),
        Gen.Select(Gen.Int[1, 4], Gen.Bool).Select<(int, bool), Func<World, DisputeCommand>>(answer => _ =>
            new AnswerRecord(answer.Item1, answer.Item2)),
        Gen.Enum<OrderStatus>().Select<OrderStatus, Func<World, DisputeCommand>>(status => world =>
            new TakeOrder(world.Order with { Status = status })),
        Gen.Const<Func<World, DisputeCommand>>(_ => new RejectReconciliation(null)));

    /// <summary>A walk that begins where what is rare at random is near.</summary>
    public static World Begun(World world, int beginning) => beginning switch
    {
        0 => world.Does(Role.Provider, new RecordFact(RecordedKind.Refund, 4900, null, null)),
        1 => world.Does(Role.Seller, new OpenBidRound()),
        2 => world.Does(Role.Seller, new ProposeExtension(2, world.Dispute.Terms[1].Due + Duration.FromDays(2), null)),
        _ => InReview(world),
    };

    private static World InReview(World world)
    {
        world.Does(Role.Buyer, Shows("first")).Does(Role.Seller, new DeclineOffer(1, null));
        world.Does(Role.Buyer, new FileComplaint(null)).Does(Role.Examiner, new Assign(Examiner, false));
        foreach (var term in world.Dispute.Terms.Where(term => term.Kind == TermKind.Evidence))
            world.Does(term.Who, new WaiveTerm(term.Id));
        world.Does(Role.Seller, Shows("late")).Does(Role.Examiner, new ProposeRemedy(
            [new(RemedyKind.PartialRefund, All, 700)], Both));
        return world.Does(Role.Examiner, new AwaitThirdParty(
            ThirdParty.Carrier, Role.Seller, world.Now + Duration.FromDays(3), Text("Where is it?")));
    }

    private static ExhibitId ExhibitAt(World world, int index) =>
        world.Dispute.Exhibits.ElementAtOrDefault(index)?.Id ?? new("none");

    private static ValueList<Units> Remaining(World world) => world.Dispute.OpenItems
        .GroupBy(item => item.Line).Select(line => new Units(line.Key, line.Sum(item => item.Units))).ToValueList();
}
