using CsCheck;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Tests.Disputes;

namespace Entente.Tests.Payments;

/// <summary>
/// One order's money at random: people do after an outcome what they may, the books follow by the plan, the provider
/// does what it is asked and does not always say so. After every step the invariants of money hold; and each of eight
/// mistakes that others have made, put in once, breaks one of them.
/// </summary>
public class RandomMoneyTests
{
    private const int Walks = 1000;

    private static readonly Gen<Func<World, DisputeCommand>> Fulfilling = Gen.OneOf<Func<World, DisputeCommand>>(
        Gen.Const<Func<World, DisputeCommand>>(_ => new Perform(1, null, null)),
        Gen.Const<Func<World, DisputeCommand>>(_ => new ConfirmPerformance(1)),
        Gen.Const<Func<World, DisputeCommand>>(_ => new ContestPerformance(1, ContestReason.Empty, null, null)));

    private static readonly Gen<(int Kind, int Which, Func<World, DisputeCommand> Command, double Days)> Step =
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 99], Gen.OneOf(AfterwardsActs.Command, Fulfilling),
            Gen.OneOf(Gen.Const(0.01), Gen.Double[0, 6]));

    private static readonly Gen<(int, (int, int, Func<World, DisputeCommand>, double)[])> Walk =
        Gen.Select(Gen.Int[0, 2], Step.Array[5, 60]);

    [Fact]
    public void Whatever_happens_money_leaves_once_and_the_books_say_where_it_is()
    {
        var (paid, unknown, failed) = (0, 0, 0);
        Walk.Sample(walk =>
        {
            var books = Walked(walk, Mistake.None, out var broken);
            Assert.Null(broken);
            Interlocked.Add(ref paid, books.Paid);
            Interlocked.Add(ref unknown, books.Unknown);
            Interlocked.Add(ref failed, books.Failed);
        }, iter: Walks, print: walk => $"{walk.Item1} then {walk.Item2.Length} steps");
        // What is not reached is not checked.
        Assert.True(
            Math.Min(paid, Math.Min(unknown, failed)) >= 100, $"{paid} paid, {unknown} unknown, {failed} failed");
    }

    [Theory]
    [InlineData(Mistake.PlannedTwice)]
    [InlineData(Mistake.KeyForEachTry)]
    [InlineData(Mistake.MessageBookedBesideTheLine)]
    [InlineData(Mistake.UnknownForgotten)]
    [InlineData(Mistake.HundredTimes)]
    [InlineData(Mistake.HundredthPart)]
    [InlineData(Mistake.TwoDecimalsForThree)]
    [InlineData(Mistake.RoundedParts)]
    public void A_mistake_that_others_made_is_noticed(Mistake mistake)
    {
        var noticed = 0;
        Walk.Sample(walk =>
        {
            Walked(walk, mistake, out var broken);
            if (broken is not null) Interlocked.Increment(ref noticed);
        }, iter: 200);
        Assert.True(noticed > 0, $"Nobody noticed {mistake}.");
    }

    private static Books Walked(
        (int Beginning, (int Kind, int Which, Func<World, DisputeCommand> Command, double Days)[] Steps) walk,
        Mistake mistake, out string? broken)
    {
        var world = walk.Beginning switch
        {
            0 => World.Settled(),
            1 => World.ReadyToDecide().Does(Role.Examiner, World.Decision([], World.Full())),
            _ => World.Settled(World.Partial(1199)),
        };
        var books = new Books(world, mistake);
        books.Follow();
        broken = books.Broken();
        foreach (var (kind, which, command, days) in walk.Steps)
        {
            if (broken is not null) return books;
            if (kind < 4)
            {
                var asked = command(world.Days(days));
                world.Ask(asked.Move.By[which % asked.Move.By.Count], asked);
                books.Follow();
            }
            else books.Provider(kind, which);
            broken = books.Broken();
        }
        if (broken is null) books.Rest();
        broken ??= books.Broken() ?? books.Unsettled();
        return books;
    }
}
