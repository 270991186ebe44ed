using System.Security.Cryptography;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Tests.Storage;

namespace Entente.Tests.Desk;

/// <summary>The door with everything behind it: a store, an order book with one order, and published rules.</summary>
public sealed class OpenDesk : IDisposable
{
    public static readonly MarketplaceId Here = new("here");
    public static readonly Actor Buyer = new(ActorKind.Person, Role.Buyer, "person-buyer");
    public static readonly Actor Seller = new(ActorKind.Person, Role.Seller, "person-seller");

    private OpenDesk(On? on)
    {
        Centre = new(on);
        People = new(Centre.Database);
        Orders = new(Centre.Database, People);
        Policies = new(Centre.Database);
        Door = new(Centre.Store, Orders, Policies, Antecedents.From(Centre.Database, Centre.Store, Policies));
    }

    public StoredCentre Centre { get; }
    public People People { get; }
    public OrderBook Orders { get; }
    public PolicyShelf Policies { get; }
    public DisputeDesk Door { get; }
    public Order Order { get; private set; } = null!;

    public static async Task<OpenDesk> Ready(On? on = null)
    {
        var desk = new OpenDesk(on);
        Assert.NotNull((await desk.Policies.Publish(Here, TestPolicy.Bytes, "operator")).Policy);
        var report = await desk.Orders.Import(Here, [Handed("A-1")]);
        desk.Order = (await desk.Orders.Find(report[0].Id))!.Order;
        return desk;
    }

    /// <summary>Two cups and a teapot of one seller, a kettle of another.</summary>
    public static OrderToImport Handed(string externalId) => new(
        externalId, new("buyer-1", "Ana"), "EUR", OrderStatus.Delivered,
        new(Given.Start - Duration.FromDays(9), Delivered: Given.Start - Duration.FromDays(2)),
        [
            new(1, new("seller-1", "Pots"), "Cup", "CUP", 2, 1000, 400),
            new(2, new("seller-1", "Pots"), "Teapot", null, 1, 2500, 0),
            new(3, new("seller-2"), "Kettle", null, 1, 4000, 500),
        ],
        [new("pay-1", "card", 9400)]);

    public PartyId SellerOf(int line) => Order.Lines.First(candidate => candidate.No == line).Seller;

    public static PersonalText Text(string words, Role by = Role.Buyer) =>
        new($"person-{Codes.Of(by)}", "en", words, RandomNumberGenerator.GetBytes(16));

    public OpenDispute Claim(int line = 1, int units = 1) => new(
        Here, SellerOf(line), [new(line, units, Reason.Damaged)], Text("It is broken."),
        [new(RemedyKind.FullRefund, [new(line, units)], null)], ["en"]);

    public Task<Reply> Open(OpenDispute? claim = null, string? key = null) =>
        Door.Open(Order.Id, claim ?? Claim(), Buyer, Buyer.Principal, key);

    public async Task<DisputeId> Opened() => Assert.IsType<Reply.Done>(await Open()).Dispute.Id;

    public static Ask Asked(DisputeId id, DisputeCommand command, Actor by, string? key = null) =>
        new(id, command, _ => by, by.Principal) { Key = key };

    public Task<Reply> Ask(DisputeId id, DisputeCommand command, Actor by, string? key = null) =>
        Door.Ask(Asked(id, command, by, key));

    public Task<Reply> Say(DisputeId id, string words, Actor by, string? key = null) =>
        Ask(id, new PostMessage(Audience.All, Text(words, by.Role)), by, key);

    public void Dispose() => Centre.Dispose();
}
