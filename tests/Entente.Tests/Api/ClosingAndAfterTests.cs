using System.Text.Json;
using Entente.Server.Couriers;

namespace Entente.Tests.Api;

/// <summary>What the article says of closing, by API.</summary>
public sealed class ClosingAndAfterTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    [Fact]
    public async Task A_refund_that_came_is_confirmed_by_closing_and_changes_nothing_in_the_standing()
    {
        var dispute = await Refunded();
        var before = Inputs(await house.Buyer.Must("GET", "/v1/parties/buyer/b-1/standing"));
        var asked = await house.Buyer.Send(
            "POST", $"{dispute}/closure", """{"reason":"refund_received","confirmed":true}""");
        Assert.Equal("receipt_not_answered", asked.Code);
        var closed = await house.Buyer.Must(
            "POST", $"{dispute}/closure", """{"reason":"refund_received","confirmed":true,"received":true}""");
        Assert.Equal("closed", closed.Text("stage"));
        var standing = await house.Buyer.Must("GET", "/v1/parties/buyer/b-1/standing");
        Assert.True(standing.Json.GetProperty("is_good").GetBoolean());
        Assert.Equal(before, Inputs(standing));
        var seller = await house.Seller.Must("GET", "/v1/parties/seller/s-1/standing");
        Assert.Contains("honoured", Inputs(seller), StringComparison.Ordinal);
        Assert.Equal(404, (await house.OtherSeller.Send("GET", "/v1/parties/seller/s-1/standing", key: "")).Status);
    }

    [Fact]
    public async Task What_is_not_closed_stays_pending_says_what_for_and_may_still_be_answered()
    {
        var dispute = await Refunded();
        await house.Buyer.Must("POST", $"{dispute}/obligations/1/confirmation", "{}");
        var pending = await house.Buyer.Must("GET", dispute);
        Assert.Equal("fulfilment", pending.Text("stage"));
        var head = pending.Json.GetProperty("agenda").EnumerateArray()
            .First(line => line.GetProperty("kind").GetString() == "closing");
        Assert.Equal("closing.within", head.GetProperty("rule").GetString());
        await house.Seller.Must("POST", $"{dispute}/messages", """{"text":"You may close it now."}""");
    }

    [Fact]
    public async Task Everyone_concerned_is_told_and_reads_every_update()
    {
        var dispute = await house.Dispute();
        var person = await house.Server.Get<Entente.Server.Desk.People>().AddPerson(
            ApiHouse.Marketplace, "bob", "Bob", "en", "bob@shop.example");
        var party = await house.Server.Get<Entente.Server.Desk.People>()
            .FindParty(ApiHouse.Marketplace, Domain.Role.Seller, "s-1");
        await house.Server.Get<Entente.Server.Desk.People>()
            .Join(ApiHouse.Marketplace, person, Domain.Role.Seller, party!.Id);
        await house.Buyer.Must("POST", $"{dispute}/messages", """{"text":"It is in pieces."}""");
        var read = await house.Seller.Must("GET", dispute);
        Assert.Contains("It is in pieces.", System.Text.Encoding.UTF8.GetString(read.Bytes), StringComparison.Ordinal);
        var shelf = house.Server.Get<MailShelf>();
        async Task<bool> Told() => (await shelf.Newest(ApiHouse.Marketplace, 50))
            .Any(mail => mail.Person == person && mail.Subject.StartsWith("The buyer wrote", StringComparison.Ordinal));
        await Soon.Until(Told);
    }

    private async Task<string> Refunded()
    {
        var dispute = await house.Dispute();
        await house.Seller.Must("POST", $"{dispute}/offers", """
            {"lines":[{"kind":"partial_refund","items":[{"line":1,"units":1}],"amount":{"minor":800,"currency":"EUR"}}]}
            """);
        await house.Buyer.Must("POST", $"{dispute}/offers/2/acceptance", "{}");
        await house.Seller.Must("POST", $"{dispute}/obligations/1/performance", """{"reference":"R-1"}""");
        return dispute;
    }

    private static string Inputs(ApiHouse.Reply reply) => JsonSerializer.Serialize(reply.Json.GetProperty("inputs"));
}
