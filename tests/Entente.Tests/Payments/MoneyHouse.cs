using Dapper;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Payments;
using Entente.Server.Desk;
using Entente.Server.Payments;
using Entente.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Entente.Tests.Payments;

/// <summary>The door, the store and the courier as they are, with a provider that does as a test wants.</summary>
public sealed class MoneyHouse : IDisposable
{
    public static readonly MarketplaceId Here = new("here");
    public static readonly Actor Buyer = new(ActorKind.Person, Role.Buyer, "person-buyer");
    public static readonly Actor Seller = new(ActorKind.Person, Role.Seller, "person-seller");
    public static readonly Actor Market = new(ActorKind.Marketplace, Role.Operator, "key:market");
    private int _orders;

    public MoneyHouse(bool isSending = true, RefundProvider? with = null, On? on = null)
    {
        Centre = new(on);
        Ledger = new(Centre.Time);
        Provider = new(Ledger, Centre.Time);
        People = new(Centre.Database);
        Orders = new(Centre.Database, People, isSending ? new ProviderAccess([with ?? Provider]) : null);
        Policies = new(Centre.Database);
        Desk = new(Centre.Store, Orders, Policies, Antecedents.From(Centre.Database, Centre.Store, Policies));
        Cashier = new(Centre.Database);
        Facts = new(Centre.Database);
        Door = new(Centre.Database, Centre.Store, Orders, Desk, Policies);
        Testimonies = new(Centre.Database, Door);
        Errands = new(Cashier, [with ?? Provider], Door.Tell, Centre.Time, NullLogger<RefundErrands>.Instance);
        Courier = new(Cashier, Errands, Centre.Feed, Centre.Time, NullLogger<RefundCourier>.Instance);
    }

    public StoredCentre Centre { get; }
    public FakeTimeProvider Time => Centre.Time;
    public ProviderLedger Ledger { get; }
    public UnruledProvider Provider { get; }
    public People People { get; }
    public OrderBook Orders { get; }
    public PolicyShelf Policies { get; }
    public DisputeDesk Desk { get; }
    public Cashier Cashier { get; }
    public ProviderFacts Facts { get; }
    public MoneyDoor Door { get; }
    public Testimonies Testimonies { get; }
    public RefundErrands Errands { get; }
    public RefundCourier Courier { get; }

    public static async Task<MoneyHouse> Ready(
        bool isSending = true, string? rules = null, RefundProvider? with = null)
    {
        var house = new MoneyHouse(isSending, with);
        await house.PublishRules(rules);
        return house;
    }

    public async Task PublishRules(string? rules = null)
    {
        var text = TestPolicy.Text.Replace(
            "refund_through: outside", "refund_through: provider", StringComparison.Ordinal);
        Assert.NotNull(
            (await Policies.Publish(Here, System.Text.Encoding.UTF8.GetBytes(rules ?? text), "operator")).Policy);
    }

    /// <summary>A cup of 10.00 with 2.00 freight, paid by one or several
    /// payments; the dispute about it, opened.</summary>
    public async Task<DisputeId> Dispute(params long[] paid)
    {
        var name = $"M-{++_orders}";
        var payments = (paid.Length == 0 ? [1200] : paid).Select((amount, index) => new Payment(
            $"pay-{index + 1}", index == 0 ? "card" : "voucher", amount, Provider.Name, $"pi_{name}_{index + 1}"))
                .ToValueList();
        foreach (var payment in payments) Ledger.Captured(payment.Reference!, payment.Captured);
        return await Dispute(name, payments);
    }

    public async Task<DisputeId> Dispute(string name, ValueList<Payment> payments)
    {
        var report = await Orders.Import(Here,
        [
            new(name, new("buyer-1", "Ana"), "EUR", OrderStatus.Delivered,
                new(Given.Start - Duration.FromDays(9), Delivered: Given.Start - Duration.FromDays(2)),
                [new(1, new("seller-1", "Pots"), "Cup", "CUP", 1, 1000, 200)], payments),
        ]);
        var order = (await Orders.Find(report[0].Id))!.Order;
        var reply = await Desk.Open(order.Id, new(Here, order.Lines[0].Seller, [new(1, 1, Reason.Damaged)],
            new("person-buyer", "en", "It is broken.", new byte[16]), [new(RemedyKind.FullRefund, [new(1, 1)], null)],
            ["en"]), Buyer, Buyer.Principal);
        return Assert.IsType<Reply.Done>(reply).Dispute.Id;
    }

    /// <summary>The same with a refund agreed: the seller takes the opening remedy.</summary>
    public async Task<DisputeId> Agreed(params long[] paid)
    {
        var id = await Dispute(paid);
        await Does(id, new AcceptOffer(1), Seller);
        return id;
    }

    public async Task<Dispute> Does(DisputeId id, DisputeCommand command, Actor by) =>
        Assert.IsType<Reply.Done>(await Ask(id, command, by)).Dispute;

    public async Task<RefusalCode> Refuses(DisputeId id, DisputeCommand command, Actor by) =>
        Assert.IsType<Reply.Refused>(await Ask(id, command, by)).Refusal.Code;

    public Task<Reply> Ask(DisputeId id, DisputeCommand command, Actor by) =>
        Desk.Ask(new(id, command, _ => by, by.Principal));

    public async Task<Dispute> Standing(DisputeId id) => (await Centre.Store.Read(id)).Dispute;

    /// <summary>Rounds until nothing is due now.</summary>
    public async Task Settle()
    {
        for (var round = 0; await Courier.Round() > 0; round++)
            Assert.True(round < 100, "The courier does not come to rest.");
    }

    /// <summary>Lets time pass and the courier work, until nothing is left that only time settles.</summary>
    public async Task Quiet(TimeSpan? most = null)
    {
        var end = Time.GetUtcNow() + (most ?? TimeSpan.FromDays(10));
        await Settle();
        while (await Cashier.Next() is { } next && next.ToDateTimeOffset() <= end)
        {
            if (next.ToDateTimeOffset() > Time.GetUtcNow()) Time.SetUtcNow(next.ToDateTimeOffset());
            await Settle();
        }
    }

    public async Task<IReadOnlyList<RefundLine>> Lines(DisputeId id) =>
        (await Orders.HeadFor(await Standing(id), default))!.Value.Head.Till.Lines;

    public async Task<IReadOnlyList<PaymentBalance>> Payments(DisputeId id) =>
        (await Orders.HeadFor(await Standing(id), default))!.Value.Head.Till.Payments;

    public async Task<IReadOnlyList<string>> Tasks(DisputeId id)
    {
        await using var connection = await Centre.Database.Open();
        return [.. await connection.QueryAsync<string>(
            "SELECT kind FROM money_task WHERE order_id = @Order AND done_at IS NULL AND due_at > opened_at ORDER BY "
                + "kind", new { id.Order })];
    }

    public void Dispose() => Centre.Dispose();
}
