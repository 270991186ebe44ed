namespace Entente.Tests.Api;

/// <summary>Lists go on where they stopped, and hold nothing that their reader may not see.</summary>
public class ListTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    [Fact]
    public async Task Pages_follow_each_other_without_a_gap()
    {
        var made = new List<string>();
        for (var count = 0; count < 5; count++) made.Add((await house.Dispute())["/v1/disputes/".Length..]);
        var seen = new List<string>();
        for (string? address = "/v1/disputes?limit=2"; address is not null;)
        {
            var page = await house.Buyer.Must("GET", address);
            seen.AddRange(Ids(page));
            address = page.Json.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Empty(made.Except(seen));
    }

    [Fact]
    public async Task A_list_is_narrowed()
    {
        var id = (await house.Dispute())["/v1/disputes/".Length..];
        var read = await house.Buyer.Must("GET", $"/v1/disputes/{id}");
        var order = read.Text("order.external_id");
        Assert.Equal([id], Ids(await house.Buyer.Must("GET", $"/v1/disputes?order={order}")));
        Assert.Equal([id], Ids(await house.Seller.Must("GET", $"/v1/disputes?order={order}&waits_for=me")));
        Assert.Empty(Ids(await house.Buyer.Must("GET", $"/v1/disputes?order={order}&waits_for=me")));
        Assert.Equal(
            [id], Ids(await house.Buyer.Must(
                "GET", $"/v1/disputes?order={order}&waits_for=others&stage=negotiation&reason=damaged")));
        Assert.Empty(Ids(await house.Buyer.Must("GET", $"/v1/disputes?order={order}&stage=closed")));
        Assert.Equal([id], Ids(await house.Market.Must("GET", $"/v1/disputes?order={order}&party=seller:s-1")));
        Assert.Empty(Ids(await house.Market.Must("GET", $"/v1/disputes?order={order}&party=seller:s-2")));
        Assert.Empty(Ids(await house.OtherSeller.Must("GET", "/v1/disputes")));
    }

    [Fact]
    public async Task Who_examines_is_shown_to_the_platform_s_people_alone()
    {
        await house.Review();
        Assert.Contains(Examiners(await house.Examiner.Must("GET", "/v1/disputes?stage=review")), found => found);
        foreach (var who in new[] { house.Market, house.Buyer, house.Seller })
            Assert.DoesNotContain(Examiners(await who.Must("GET", "/v1/disputes?stage=review")), found => found);
    }

    [Fact]
    public async Task What_changed_since_is_only_what_its_reader_can_see()
    {
        await using var own = new ApiHouse();
        await own.InitializeAsync();
        var dispute = await own.Dispute();
        own.Clock.Advance(TimeSpan.FromHours(1));
        await own.Buyer.Must("POST", $"{dispute}/messages",
            """{"text":"In private.","audience":"buyer_and_platform"}""");
        const string Since = "/v1/disputes?updated_after=2026-11-02T09:30:00Z";
        Assert.Single(Ids(await own.Buyer.Must("GET", Since)));
        Assert.Single(Ids(await own.Examiner.Must("GET", Since)));
        Assert.Empty(Ids(await own.Seller.Must("GET", Since)));
        Assert.Empty(Ids(await own.Market.Must("GET", Since)));
    }

    [Theory]
    [InlineData("stage=eaten", "stage")]
    [InlineData("limit=many", "limit")]
    [InlineData("limit=0", "limit")]
    [InlineData("cursor=here", "cursor")]
    [InlineData("updated_after=yesterday", "updated_after")]
    [InlineData("waits_for=nobody", "waits_for")]
    [InlineData("party=somebody", "party")]
    [InlineData("colour=red", "colour")]
    public async Task A_parameter_that_cannot_be_is_refused_by_name(string query, string field)
    {
        var reply = await house.Buyer.Send("GET", $"/v1/disputes?{query}");
        Assert.Equal((400, "invalid_parameter", field), (reply.Status, reply.Code, reply.Field));
    }

    private static IEnumerable<bool> Examiners(ApiHouse.Reply page) =>
        page.Json.GetProperty("disputes").EnumerateArray().Select(item => item.TryGetProperty("examiner", out _));

    private static IEnumerable<string> Ids(ApiHouse.Reply page) =>
        page.Json.GetProperty("disputes").EnumerateArray().Select(item => item.GetProperty("id").GetString()!);
}
