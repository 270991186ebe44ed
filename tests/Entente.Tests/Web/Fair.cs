using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Server.Storage;
using Entente.Tests.Server;
using Microsoft.Extensions.Time.Testing;

namespace Entente.Tests.Web;

/// <summary>A market on a fair day: rules in force, purchases made, a buyer
/// and a seller with something to settle.</summary>
public sealed class Fair : IAsyncDisposable
{
    private Fair(ServerUnderTest server, Cast cast, Order order) => (Server, Cast, Order) = (server, cast, order);

    public ServerUnderTest Server { get; }
    public Cast Cast { get; }

    /// <summary>Two cups and a teapot of the first seller, a kettle of the second.</summary>
    public Order Order { get; }

    public static async Task<Fair> Open(
        FakeTimeProvider? clock = null, bool french = false, string? rules = null,
        Func<Entente.Server.Settings, Entente.Server.Settings>? change = null)
    {
        var server = await ServerUnderTest.Start(clock, change);
        var cast = await Cast.Of(server, Cast.Here);
        Assert.NotNull(
            (await server.Get<PolicyShelf>().Publish(
                cast.Marketplace, System.Text.Encoding.UTF8.GetBytes(rules ?? TestPolicy.Text), "operator")).Policy);
        var people = server.Get<People>();
        await people.PartyOf(cast.Marketplace, Role.Buyer, "B1", "Amélie Rousseau", "fr");
        await people.PartyOf(cast.Marketplace, Role.Seller, "S1", "Poterie du Marais", "fr");
        await people.PartyOf(cast.Marketplace, Role.Seller, "S2", "Ferblanterie & Fils", "fr");
        if (french)
            foreach (var person in new[] { cast.Buyer1, cast.Seller1, cast.Buyer2, cast.Seller2 })
                await people.SpeakTo(person, "fr");
        var fair = new Fair(server, cast, null!);
        return new(server, cast, await fair.Purchase("2026-000123"));
    }

    public async Task<Order> Purchase(string externalId, string cup = "Tasse en grès émaillé « Matin bleu », 25 cl")
    {
        var now = Instant.FromDateTimeOffset(Server.Get<TimeProvider>().GetUtcNow());
        var report = await Server.Get<OrderBook>().Import(Cast.Marketplace,
        [
            new(externalId, new("B1", "Amélie Rousseau"), "EUR", OrderStatus.Delivered,
                new(now - Duration.FromDays(9), now - Duration.FromDays(9), now - Duration.FromDays(6),
                    now - Duration.FromDays(2)),
                [
                    new(1, new("S1", "Poterie du Marais"), cup, "CUP", 2, 1450, 400),
                    new(2, new("S1", "Poterie du Marais"), "Théière", null, 1, 3990, 0),
                    new(3, new("S2", "Ferblanterie & Fils"), "Bouilloire", null, 1, 4000, 500),
                ],
                [new("pay-1", "card", 11790)]),
        ]);
        return (await Server.Get<OrderBook>().Find(report[0].Id))!.Order;
    }

    public Task<HttpClient> Buyer() => Server.SignedIn(Cast.Buyer1);
    public Task<HttpClient> Seller() => Server.SignedIn(Cast.Seller1);

    /// <summary>The buyer's dispute about one broken cup and, if wished, the teapot too.</summary>
    public async Task<DisputeId> Dispute(Order? order = null, bool everything = false)
    {
        var (about, by) = (order ?? Order, await Caller(Role.Buyer));
        ValueList<ClaimItem> items = everything
            ? [new(1, 2, Reason.Damaged), new(2, 1, Reason.WrongItem)]
            : [new(1, 1, Reason.Damaged)];
        ValueList<Units> units = everything ? [new(1, 2), new(2, 1)] : [new(1, 1)];
        var reply = await Server.Get<DisputeDesk>().Open(about.Id,
            new(Cast.Marketplace, Cast.Seller1Party, items,
                Text("Le colis est arrivé ouvert et la tasse est en morceaux.", Role.Buyer),
                [new(RemedyKind.FullRefund, units, null)], ["fr"]),
            by.ActorAs(Role.Buyer, Cast.Buyer1Party), by.Principal);
        return Assert.IsType<Reply.Done>(reply).Dispute.Id;
    }

    public async Task<Dispute> Ask(DisputeId dispute, Role role, DisputeCommand command)
    {
        var reply = await Server.Get<DisputeDesk>()
            .Ask(Entente.Server.Desk.Ask.Of(await Caller(role), dispute, command));
        return reply is Reply.Done done ? done.Dispute : throw new InvalidOperationException(reply.ToString());
    }

    public async Task<Dispute> Standing(DisputeId dispute) => (await Server.Get<DisputeStore>().Read(dispute)).Dispute;

    public PersonalText Text(string words, Role by) =>
        new(PersonOf(by).Value, "fr", words, System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private async Task<Caller> Caller(Role role) =>
        (await Server.Get<Callers>().Person(Cast.Marketplace, PersonOf(role)))!;

    private PersonId PersonOf(Role role) => role switch
    {
        Role.Buyer => Cast.Buyer1,
        Role.Seller => Cast.Seller1,
        Role.Examiner => Cast.Examiner1,
        Role.Operator => Cast.Operator,
        Role.Rule or Role.Provider =>
            throw new ArgumentOutOfRangeException(nameof(role), role, "Nobody signs in as that."),
    };
}
