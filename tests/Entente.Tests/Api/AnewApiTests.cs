using Entente.Domain;
using Entente.Server.Desk;

namespace Entente.Tests.Api;

/// <summary>By API: a new dispute after a closed one, a restricted party, costs beside the price.</summary>
public class AnewApiTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    [Fact]
    public async Task A_new_dispute_names_the_closed_one_and_gives_back_only_what_is_left()
    {
        var order = await house.Order();
        var first = (await house.Buyer.Must("POST", "/v1/disputes", ApiHouse.OpeningJson(order))).Text("dispute");
        await house.Seller.Must("POST", $"/v1/disputes/{first}/offers/1/acceptance");
        await house.Seller.Must("POST", $"/v1/disputes/{first}/obligations/1/performance", """{"reference":"R"}""");
        await house.Buyer.Must("POST", $"/v1/disputes/{first}/closure",
            """{"reason":"refund_received","confirmed":true,"received":true}""");
        var twice = ApiHouse.OpeningJson(order).Replace("\"units\": 1", "\"units\": 2", StringComparison.Ordinal);
        var second = (await house.Buyer.Must("POST", "/v1/disputes", twice)).Text("dispute");
        var read = await house.Buyer.Must("GET", $"/v1/disputes/{second}");
        Assert.Equal(first, read.Text("earlier"));
        // Two cups at 12.00, one of which came back.
        Assert.Equal("1200", read.Text("money.cap.minor"));
        Assert.False((await house.Buyer.Must("GET", $"/v1/disputes/{first}")).Json.TryGetProperty("earlier", out _));
    }

    [Fact]
    public async Task A_restricted_seller_opens_nothing_until_the_measure_is_lifted()
    {
        await house.Market.Must("PUT", "/v1/parties/seller/s-1", """{"name":"Bazaar"}""");
        var dispute = await Restricted();
        var claim = """
            {"order":"ORDER","seller":"s-1","items":[{"line":2,"units":1,"reason":"return_not_as_sent"}],
             "story":"The lid is gone.",
             "sought":[{"kind":"pay_back","items":[{"line":2,"units":1}],"amount":{"minor":500,"currency":"EUR"}}]}
            """.Replace("ORDER", await house.Order(), StringComparison.Ordinal);
        var refused = await house.Seller.Send("POST", "/v1/disputes", claim);
        Assert.Equal((403, "party_is_restricted"), (refused.Status, refused.Code));
        foreach (var reader in new[] { house.Seller, house.Market })
        {
            var standing = await reader.Must("GET", "/v1/parties/seller/s-1/standing");
            Assert.Equal(("restrict", dispute.Split('/')[^1]),
                (standing.Text("restriction.kind"), standing.Text("restriction.dispute")));
        }
        // In disputes that run, the party goes on answering.
        await house.Seller.Must("POST", $"{await house.Dispute()}/messages", """{"text":"Sorry."}""");
        await house.Seller.Must("POST", $"{dispute}/measures/1/appeal", """{"text":"It was the bank."}""");
        var people = house.Server.Get<People>();
        var max = await people.AddPerson(ApiHouse.Marketplace, "max", "Max", "en", "max@market.example");
        await people.Join(ApiHouse.Marketplace, max, Role.Operator);
        await new ApiHouse.Program(await house.Server.WithKey(ApiHouse.Marketplace, "person:max"))
            .Must("POST", $"{dispute}/measures/1/review", """{"lifted":true,"text":"It was."}""");
        await house.Seller.Must("POST", "/v1/disputes", claim);
        Assert.False((await house.Seller.Must("GET", "/v1/parties/seller/s-1/standing")).Json
            .TryGetProperty("restriction", out _));
    }

    [Fact]
    public async Task Costs_beside_the_price_go_on_top_of_a_refund()
    {
        var dispute = await house.Dispute();
        const string Offer = """
            {"lines":[{"kind":"full_refund","items":[{"line":1,"units":1}]},
              {"kind":"reimbursement","items":[{"line":1,"units":1}],"amount":{"minor":COSTS,"currency":"EUR"}}]}
            """;
        var tooMuch = await house.Seller.Send("POST", $"{dispute}/offers",
            Offer.Replace("COSTS", "10001", StringComparison.Ordinal));
        Assert.Equal((422, "costs_above_limit", "lines[1].amount"), (tooMuch.Status, tooMuch.Code, tooMuch.Field));
        await house.Seller.Must("POST", $"{dispute}/offers", Offer.Replace("COSTS", "800", StringComparison.Ordinal));
        await house.Buyer.Must("POST", $"{dispute}/offers/2/acceptance");
        var owed = (await house.Seller.Must("GET", dispute)).Json.GetProperty("obligations");
        Assert.Equal(("reimburse", 800), (owed[1].GetProperty("kind").GetString(),
            owed[1].GetProperty("amount").GetProperty("minor").GetInt32()));
    }

    /// <summary>A closed dispute whose refund was not honoured, with the measure taken for it.</summary>
    private async Task<string> Restricted()
    {
        var dispute = await house.Dispute();
        await house.Seller.Must("POST", $"{dispute}/offers/1/acceptance");
        await house.Seller.Must("POST", $"{dispute}/obligations/1/performance", """{"reference":"RF-1"}""");
        await house.Buyer.Must("POST", $"{dispute}/closure",
            """{"reason":"refund_received","confirmed":true,"received":true}""");
        await house.Buyer.Must("POST", $"{dispute}/breaches", """{"obligation":1,"text":"It was called back."}""");
        await house.Seller.Must("POST", $"{dispute}/breaches/1/answer", """{"text":"We will look."}""");
        await house.Examiner.Must("PUT", $"{dispute}/assignment", """{"examiner":"eve"}""");
        await house.Examiner.Must("POST", $"{dispute}/breaches/1/measures",
            """{"upheld":true,"text":"It never came.","measures":[{"kind":"restrict"}]}""");
        return dispute;
    }
}
