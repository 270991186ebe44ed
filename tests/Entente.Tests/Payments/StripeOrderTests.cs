using System.Text.Json.Nodes;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Payments;
using Microsoft.Extensions.Logging.Abstractions;

namespace Entente.Tests.Payments;

/// <summary>F25, F26: Stripe's own events in every order and twice come to the books of the ordered run.</summary>
public class StripeOrderTests
{
    [Fact]
    public async Task Every_order_of_a_chargebacks_events_and_each_twice_gives_what_the_ordered_run_gives()
    {
        using var house = await MoneyHouse.Ready(isSending: false);
        var (inbox, clerk) = Clerk(house);
        var stories = new Dictionary<string, Func<string, string, JsonObject[]>>
        {
            ["won"] = (charge, name) => Story(charge, name, "won"),
            ["lost"] = (charge, name) => Story(charge, name, "lost"),
            ["closed without an id"] = (charge, name) => [.. Story(charge, name, "won").Take(2), Closed(charge, "won")],
        };
        foreach (var (story, events) in stories)
        {
            string? ordered = null;
            foreach (var order in Permutations(events("ch_x", "x").Length))
                foreach (var twice in order[0] == 0 ? new[] { false, true } : [false])
                {
                    var name = $"{story}-{string.Concat(order)}-{twice}".Replace(" ", "", StringComparison.Ordinal);
                    var id = await Agreed(house, name);
                    var told = events($"ch_{name}", name);
                    foreach (var index in twice ? [.. order, .. order.Reverse()] : order)
                    {
                        await inbox.Take(StripeEvents.Message(told[index], MoneyHouse.Here,
                            house.Centre.Database.Now()));
                        while (await clerk.Round() > 0) { }
                    }
                    var state = await State(house, id);
                    Assert.True((ordered ??= state) == state, $"{name}:\n{state}\ninstead of\n{ordered}");
                }
            Assert.NotNull(ordered);
        }
    }

    /// <summary>A dispute over its life, and a refund that somebody made by hand beside it.</summary>
    private static JsonObject[] Story(string charge, string name, string end) =>
    [
        StripeEvents.About("charge.dispute.created.json", charge, 1200, At(1), $"dp_{name}", "needs_response"),
        StripeEvents.About("charge.dispute.funds_withdrawn.json", charge, 1200, At(2), $"dp_{name}"),
        StripeEvents.About("charge.dispute.funds_reinstated.json", charge, 1200, At(5), $"dp_{name}", end),
        StripeEvents.About("charge.refunded.json", charge, 100, At(3), $"re_{name}"),
    ];

    /// <summary>As Stripe published it: without the dispute's id.</summary>
    private static JsonObject Closed(string charge, string status) =>
        StripeEvents.About("charge.dispute.closed.json", charge, 1200, At(6), null, status);

    private static Instant At(int hours) => Given.Start + Duration.FromHours(hours);

    private static Task<DisputeId> Agreed(MoneyHouse house, string name) => AgreedAsync(house, name);

    private static async Task<DisputeId> AgreedAsync(MoneyHouse house, string name)
    {
        var id = await house.Dispute($"S-{name}", [new("pay-1", "card", 2000, StripeProvider.ProviderName,
            $"ch_{name}")]);
        await house.Does(id, new AcceptOffer(1), MoneyHouse.Seller);
        return id;
    }

    private static async Task<string> State(MoneyHouse house, DisputeId id)
    {
        var (dispute, paid) = (await house.Standing(id), Assert.Single(await house.Payments(id)));
        return string.Join('\n', dispute.Chargebacks.Select(told => $"{told.Phase} {told.Final} {told.Amount}")
            .Concat(dispute.Obligations.Select(owed => $"{owed.State} {owed.Discharged} {owed.Frozen}"))
            .Append($"{paid.Reserved} {paid.Refunded} {paid.Outside} {paid.ChargedBack} {paid.Matched}"));
    }

    private static (Inbox, InboundClerk) Clerk(MoneyHouse house)
    {
        var inbox = new Inbox(house.Centre.Database);
        var stripe = new StripeFacts(house.Centre.Database, inbox, house.Facts, house.Door);
        return (inbox, new(inbox, stripe, house.Centre.Feed, house.Time, NullLogger<InboundClerk>.Instance));
    }

    private static IEnumerable<int[]> Permutations(int count)
    {
        IEnumerable<int[]> all = [[]];
        for (var next = 0; next < count; next++)
            all = all.SelectMany(some => Enumerable.Range(0, count).Except(some).Select(more => (int[])[.. some,
                more])).ToList();
        return all;
    }
}
