namespace Entente.Tests.Api;

/// <summary>S17 by API: a chargeback already runs at the bank.</summary>
public sealed class BankPathTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    [Fact]
    public async Task S17_the_dispute_goes_on_beside_the_bank_is_closed_once_solved_and_the_bank_is_told()
    {
        var dispute = await house.Dispute();
        await house.Buyer.Must("POST", $"{dispute}/chargebacks", Bank("opened", "false"));
        var seen = (await house.Seller.Must("GET", dispute)).Json.GetProperty("chargebacks")[0];
        Assert.True(seen.GetProperty("freezes").GetBoolean());
        Assert.StartsWith("2026-11-20", seen.GetProperty("bank_due_at").GetString(), StringComparison.Ordinal);
        await house.Seller.Must("POST", $"{dispute}/offers/1/acceptance");
        await house.Market.Must("POST", $"{dispute}/chargebacks", Bank("for_buyer", "true"));
        var twice = await house.Seller.Send("POST", $"{dispute}/obligations/1/performance", "{}");
        Assert.Equal(409, twice.Status);
        await house.Buyer.Must("POST", $"{dispute}/closure", """{"reason":"resolved_by_bank","confirmed":true}""");
        await house.Buyer.Must("POST", $"{dispute}/bank-notices", """{"chargeback":"cb-1"}""");
        var read = (await house.Seller.Must("GET", dispute)).Json;
        Assert.Equal("closed", read.GetProperty("stage").GetString());
        Assert.Equal("discharged", read.GetProperty("obligations")[0].GetProperty("state").GetString());
        Assert.NotNull(read.GetProperty("bank_informed_at").GetString());
    }

    private static string Bank(string phase, string final) => $$"""
        {"chargeback":"cb-1","phase":"{{phase}}","final":{{final}},"amount":{"minor":1200,"currency":"EUR"},
         "bank_due_at":"2026-11-20T12:00:00Z"}
        """;
}
