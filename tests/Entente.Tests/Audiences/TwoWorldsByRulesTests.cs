using System.Text.Json;
using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Tests.Disputes;

namespace Entente.Tests.Audiences;

/// <summary>
/// I-VIS-1 through the rules: whatever the other side tells the platform in private, the same acts lead to the same
/// answers, facts and times for this reader, until the dispute is closed.
/// </summary>
public class TwoWorldsByRulesTests
{
    private static readonly Viewer Seller = Viewer.Seller(World.Marketplace, World.Seller);

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    [InlineData(5), InlineData(6), InlineData(7), InlineData(8)]
    public void What_the_buyer_says_in_private_changes_nothing_that_the_seller_can_see(int seed)
    {
        var (quiet, talking) = (World.InReview(), World.InReview());
        var (chance, secrets) = (new Random(seed), new Random(seed + 100));
        for (var step = 0; step < 8 && quiet.Dispute.IsOpen; step++)
        {
            Confide(talking, secrets.Next(3), step);
            var (days, choice) = (chance.NextDouble(), chance.Next(6));
            var before = Refusal(quiet.Days(days), choice, step);
            Assert.Equal(before, Refusal(talking.Days(days), choice, step));
            Assert.Equal(Seen(quiet), Seen(talking));
        }
        Assert.True(talking.Facts.Count > quiet.Facts.Count);
        Assert.Equal(Seen(quiet.UntilClosed()), Seen(talking.UntilClosed()));
    }

    private static void Confide(World world, int choice, int step) => world.Ask(Role.Buyer, choice switch
    {
        0 => new PostMessage(Audience.BuyerAndPlatform, World.Text($"Secret {step}")),
        1 => World.Shows($"secret-{step}", World.Text("For your eyes")),
        _ => new PostMessage(Audience.BuyerAndPlatform, World.Text("Again")),
    });

    private static RefusalCode? Refusal(World world, int choice, int step)
    {
        var (role, command) = Act(world, choice, step);
        return world.Ask(role, command) is Refused refused ? refused.Refusal.Code : null;
    }

    private static (Role, DisputeCommand) Act(World world, int choice, int step) => choice switch
    {
        0 => (Role.Seller, new PostMessage(Audience.All, World.Text($"Word {step}"))),
        1 => (Role.Seller, World.Shows($"open-{step}")),
        2 => (Role.Seller, new MakeOffer([World.Partial(500 + step)], null)),
        3 => (Role.Seller, new WaiveTerm(world.Dispute.TermOf(TermKind.Evidence, Role.Seller)?.Id ?? 0)),
        4 => (Role.Seller, new DeclineOffer(1, null)),
        _ => (Role.Seller, new PostMessage(Audience.SellerAndPlatform, World.Text($"Mine {step}"))),
    };

    private static string Seen(World world) => JsonSerializer.Serialize(
        DisputeView.For(world.Dispute, world.Facts, TextBook.Empty, Seller, world.Now));
}
