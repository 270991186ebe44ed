namespace Entente.Tests.Api;

/// <summary>Amounts that are none, many at once, two at once, skipped steps (attacks D7, D9, D10, A12).</summary>
public class ExchangeAttackTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    [Theory]
    [InlineData("-1", 422)]
    [InlineData("0", 422)]
    [InlineData("0.001", 400)]
    [InlineData("1e400", 400)]
    [InlineData("1e2", 400)]
    [InlineData("9223372036854775808", 400)]
    [InlineData("\"1,00\"", 400)]
    [InlineData("\"１００\"", 400)]
    [InlineData("NaN", 400)]
    [InlineData("null", 400)]
    public async Task D7_No_amount_that_is_none_gets_in(string minor, int status)
    {
        var dispute = await house.Dispute();
        await house.Buyer.Must("POST", $"{dispute}/bid-rounds", "{}");
        var before = (await house.Buyer.Must("GET", dispute)).ETag;
        foreach (var (path, body) in new[]
        {
            ($"{dispute}/bid-rounds/1/bids", "{\"amount\":AMOUNT}"),
            ($"{dispute}/facts", "{\"what\":\"refund\",\"amount\":AMOUNT}"),
            ($"{dispute}/offers",
                "{\"lines\":[{\"kind\":\"partial_refund\",\"items\":[{\"line\":1,\"units\":1}],\"amount\":AMOUNT}]}"),
        })
        {
            var reply = await house.Buyer.Send("POST", path, body.Replace("AMOUNT",
                $$"""{"minor":{{minor}},"currency":"EUR"}"""));
            Assert.Equal(status, reply.Status);
            var other = await house.Buyer.Send("POST", path, body.Replace("AMOUNT",
                """{"minor":100,"currency":"USD"}"""));
            Assert.Equal((422, "currency_mismatch"), (other.Status, other.Code));
        }
        Assert.Equal(before, (await house.Buyer.Must("GET", dispute)).ETag);
    }

    [Fact]
    public async Task D9_Fifty_at_once_count_once()
    {
        var dispute = await house.Dispute();
        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ =>
            house.Seller.Send("POST", $"{dispute}/offers/1/acceptance", "{}")));
        Assert.Single(replies, reply => reply.Status == 201 && reply.Json.GetProperty("happened").GetArrayLength() > 0);
        Assert.Single((await house.Buyer.Must("GET", dispute)).Json.GetProperty("outcomes").EnumerateArray());
        var round = await house.Dispute();
        await house.Buyer.Must("POST", $"{round}/bid-rounds", "{}");
        var bids = await Task.WhenAll(Enumerable.Range(1, 50).Select(amount =>
            house.Buyer.Send("POST", $"{round}/bid-rounds/1/bids",
                $$"""{"amount":{"minor":{{amount}},"currency":"EUR"} }""")));
        Assert.Single(bids, reply => reply.Status == 201);
        Assert.All(bids.Where(reply => reply.Status != 201), reply => Assert.Equal("bid_already_placed", reply.Code));
    }

    [Fact]
    public async Task D10_Of_two_commands_at_once_one_wins_and_both_learn_what_is()
    {
        for (var race = 0; race < 8; race++)
        {
            var dispute = await house.Dispute();
            var replies = await Task.WhenAll(
                house.Seller.Send("POST", $"{dispute}/offers/1/acceptance", "{}"),
                house.Buyer.Send("DELETE", $"{dispute}/offers/1"));
            Assert.Single(replies, reply => reply.Status is 200 or 201);
            Assert.Equal("offer_not_open", replies.Single(reply => reply.Status is not (200 or 201)).Code is var code
                && code is "offer_not_open" or "offer_not_yours" or "stage_does_not_allow" ? "offer_not_open" : code);
            var stage = (await house.Buyer.Must("GET", dispute)).Text("stage");
            Assert.Equal(replies[0].Status == 201 ? "fulfilment" : "negotiation", stage);
        }
    }

    [Fact]
    public async Task A12_No_step_is_skipped()
    {
        var (dispute, other) = (await house.Dispute(), await house.Dispute());
        Assert.Equal(404, (await house.Seller.Send("POST", $"{dispute}/offers/9/acceptance", "{}")).Status);
        Assert.Equal("offer_not_open",
            (await house.Buyer.Send("POST", $"{dispute}/offers/1/acceptance", "{}")).Code);
        await house.Seller.Must("POST", $"{other}/offers", """
            {"lines":[{"kind":"partial_refund","items":[{"line":1,"units":1}],"amount":{"minor":100,"currency":"EUR"}}]}
            """);
        Assert.Equal(409, (await house.Buyer.Send("POST", $"{dispute}/offers/2/acceptance", "{}")).Status);
        await house.Seller.Must("DELETE", $"{other}/offers/2");
        Assert.Equal(409, (await house.Buyer.Send("POST", $"{other}/offers/2/acceptance", "{}")).Status);
        await house.Seller.Must("POST", $"{dispute}/offers/1/refusal", "{}");
        Assert.Equal(409, (await house.Seller.Send("POST", $"{dispute}/offers/1/acceptance", "{}")).Status);
        await house.Buyer.Must("POST", $"{dispute}/complaint", "{}");
        await house.Examiner.Must("PUT", $"{dispute}/assignment", """{"examiner":"eve"}""");
        var early = await house.Examiner.Send("POST", $"{dispute}/decision", """
            {"findings":[{"question":{"en":"Broken?","fr":"Cassé ?"},"answer":"for_buyer","clause":"as-described",
             "relied_on":[]}],
             "lines":[{"kind":"none","items":[{"line":1,"units":1}]}],"reasons":{"en":"Because.","fr":"Parce que."}}
            """);
        Assert.Equal((409, "evidence_time_runs"), (early.Status, early.Code));
    }

    [Fact]
    public async Task A_seller_opens_and_the_buyers_claim_stands_beside_it()
    {
        var order = await house.Order();
        var opened = await house.Seller.Send("POST", "/v1/disputes", $$"""
            {"order":"{{order}}","seller":"s-1","items":[{"line":1,"units":1,"reason":"refunded_in_error"}],
             "story":"We refunded twice.","sought":[{"kind":"pay_back","items":[{"line":1,"units":1}],
               "amount":{"minor":700,"currency":"EUR"} }]}
            """);
        Assert.Equal(201, opened.Status);
        var dispute = $"/v1/disputes/{opened.Text("dispute")}";
        await house.Buyer.Must("POST", "/v1/disputes", ApiHouse.OpeningJson(order));
        await house.Buyer.Must("POST", $"{dispute}/offers/1/acceptance", "{}");
        Assert.Equal("pay_back",
            (await house.Seller.Must("GET", dispute)).Json.GetProperty("obligations")[0].GetProperty(
                "kind").GetString());
        var stranger = await house.OtherSeller.Send("POST", "/v1/disputes", $$"""
            {"order":"{{order}}","seller":"s-1","items":[{"line":1,"units":1,"reason":"refunded_in_error"}],
             "story":"Not mine.","sought":[{"kind":"release_funds","items":[{"line":1,"units":1}]}]}
            """);
        Assert.Equal(404, stranger.Status);
    }
}
