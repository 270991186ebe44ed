using System.Net.Http.Json;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Api;
using Entente.Server.Desk;
using Entente.Server.Storage;
using Entente.Tests.Desk;

namespace Entente.Tests.Faults;

/// <summary>What nodes find when they start: a marketplace with rules and a key, and disputes to write in.</summary>
internal sealed record NodeTown(string Key, IReadOnlyList<DisputeId> Disputes)
{
    /// <summary>Who asks, as the idempotency records name them.</summary>
    public string Asker => $"key:{Key.Split('_')[1]}";

    /// <summary>A message to a dispute under a key of the writer's own.</summary>
    public static HttpRequestMessage Message(DisputeId dispute, string key) =>
        new(HttpMethod.Post, $"/v1/disputes/{dispute}/messages")
        {
            Content = JsonContent.Create(new { text = $"Message {key}." }),
            Headers = { { DisputeCall.KeyHeader, key } },
        };

    public static async Task<NodeTown> Found(Database database, int disputes)
    {
        Migrations.Run(database);
        var here = OpenDesk.Here;
        await new Marketplaces(database).Add(new(here, "Here", "en", "Europe/Paris"));
        var policies = new PolicyShelf(database);
        await policies.Publish(here, TestPolicy.Bytes, "operator");
        var key = await new KeyRing(database).Make(here, "test", Enum.GetValues<Scope>());
        var orders = new OrderBook(database, new(database));
        using var store = new DisputeStore(database, new(database), new());
        var door = new DisputeDesk(store, orders, policies, Antecedents.From(database, store, policies));
        var opened = new List<DisputeId>();
        for (var number = 0; number < disputes; number++) opened.Add(await Open(door, orders, number));
        return new(key, opened);
    }

    private static async Task<DisputeId> Open(DisputeDesk door, OrderBook orders, int number)
    {
        var yesterday = Instant.FromDateTimeOffset(DateTimeOffset.UtcNow.AddDays(-1));
        var handed = OpenDesk.Handed($"N-{number}") with { Dates = new(yesterday, Delivered: yesterday) };
        var order = (await orders.Find((await orders.Import(OpenDesk.Here, [handed]))[0].Id))!.Order;
        var claim = new OpenDispute(OpenDesk.Here, order.Lines[0].Seller, [new(1, 1, Reason.Damaged)],
            OpenDesk.Text("It is broken."), [new(RemedyKind.FullRefund, [new(1, 1)], null)], ["en"]);
        var reply = await door.Open(order.Id, claim, OpenDesk.Buyer, "test");
        return Assert.IsType<Reply.Done>(reply).Dispute.Id;
    }
}
