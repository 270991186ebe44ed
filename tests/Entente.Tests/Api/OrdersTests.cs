using System.Text;

namespace Entente.Tests.Api;

/// <summary>Orders are handed in one by one or by the thousand; the same again changes nothing.</summary>
public class OrdersTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    [Fact]
    public async Task An_order_is_created_read_unchanged_and_updated()
    {
        var created = await house.Market.Send("POST", "/v1/orders", ApiHouse.OrderJson("B/1 ü"));
        Assert.Equal((201, "created"), (created.Status, created.Text("result")));
        Assert.Equal(["several_sellers"],
            created.Json.GetProperty("oddities").EnumerateArray().Select(oddity => oddity.GetString()));
        var address = created.Headers.Location!.ToString();
        Assert.Equal("unchanged", (await house.Market.Must("POST", "/v1/orders", ApiHouse.OrderJson("B/1 ü")))
            .Text("result"));
        Assert.Equal("updated", (await house.Market.Must("PUT", address, ApiHouse.OrderJson("B/1 ü", "completed")))
            .Text("result"));
        var read = await house.Buyer.Must("GET", address);
        Assert.Equal("completed", read.Text("status"));
        Assert.Equal(3, read.Json.GetProperty("lines").GetArrayLength());
        Assert.Equal(6400, read.Json.GetProperty("payments")[0].GetProperty("captured").GetProperty("minor")
            .GetInt32());
    }

    [Fact]
    public async Task A_seller_reads_only_what_it_sold()
    {
        var order = await house.Order();
        var read = await house.OtherSeller.Must("GET", $"/v1/orders/{order}");
        Assert.Equal(["Book"], read.Json.GetProperty("lines").EnumerateArray()
            .Select(line => line.GetProperty("title").GetString()));
        Assert.Empty(read.Json.GetProperty("payments").EnumerateArray());
        Assert.Empty(read.Json.GetProperty("oddities").EnumerateArray());
        await house.Market.Must("PUT", "/v1/parties/buyer/b-2", "{}");
        var stranger = new ApiHouse.Program(await house.Server.WithKey(ApiHouse.Marketplace, "buyer:b-2"));
        var (foreign, random) = (await stranger.Send("GET", $"/v1/orders/{order}"),
            await stranger.Send("GET", "/v1/orders/none"));
        Assert.Equal((404, Encoding.UTF8.GetString(random.Bytes)),
            (foreign.Status, Encoding.UTF8.GetString(foreign.Bytes)));
    }

    /// <summary>A payout run asks it; between the platform and the seller concerned (rulings D25).</summary>
    [Fact]
    public async Task What_a_dispute_keeps_back_of_a_payout_is_said_until_it_is_closed()
    {
        var order = await house.Order();
        var opened = await house.Buyer.Must("POST", "/v1/disputes", ApiHouse.OpeningJson(order));
        async Task<string[]> KeptBack(ApiHouse.Program reader) =>
            [.. (await reader.Must("GET", $"/v1/orders/{order}")).Json.GetProperty("kept_back").EnumerateArray()
                .Select(kept => $"{kept.GetProperty("seller").GetProperty("external_id")} "
                    + $"{kept.GetProperty("amount").GetProperty("minor")} {kept.GetProperty("dispute")}")];
        string[] held = [$"s-1 1200 {opened.Text("dispute")}"];
        Assert.Equal(held, await KeptBack(house.Market));
        Assert.Equal(held, await KeptBack(house.Seller));
        Assert.Empty(await KeptBack(house.OtherSeller));
        Assert.Empty(await KeptBack(house.Buyer));
        await house.Buyer.Must(
            "POST", $"/v1/disputes/{opened.Text("dispute")}/closure",
            """{"reason":"no_longer_pursued","confirmed":true}""");
        Assert.Empty(await KeptBack(house.Market));
    }

    [Theory]
    [InlineData("\"EUR\", \"status\"", "\"EUX\", \"status\"", 422, "currency_unknown", "currency")]
    [InlineData("\"minor\": 1000, \"currency\": \"EUR\"", "\"minor\": 1000, \"currency\": \"USD\"", 422,
        "currency_mismatch", "lines[0].unit_price.currency")]
    [InlineData("\"minor\": 1000", "\"minor\": -1", 422, "out_of_range", "lines[0].unit_price.minor")]
    [InlineData("\"minor\": 1000", "\"minor\": 10.5", 400, "wrong_type", "lines[0].unit_price.minor")]
    [InlineData("\"units\": 2", "\"units\": 0", 422, "out_of_range", "lines[0].units")]
    [InlineData("\"no\": 2", "\"no\": 1", 422, "named_twice", "lines[1].no")]
    [InlineData("\"title\": \"Cup\"", "\"title\": \"\"", 422, "text_refused", "lines[0].title")]
    [InlineData("\"external_id\": \"C-1\"", "\"external_id\": \"\"", 422, "id_refused", "external_id")]
    [InlineData("delivered\"", "eaten\"", 400, "wrong_type", "status")]
    [InlineData("2026-10-20T08:00:00Z", "yesterday", 400, "wrong_type", "placed_at")]
    public async Task An_order_that_cannot_be(string right, string wrong, int status, string code, string field)
    {
        var reply = await house.Market.Send(
            "POST", "/v1/orders", ReplaceFirst(ApiHouse.OrderJson("C-1"), right, wrong));
        Assert.Equal((status, code, field), (reply.Status, reply.Code, reply.Field));
        Assert.Equal(404, (await house.Market.Send("GET", "/v1/orders/C-1")).Status);
    }

    [Fact]
    public async Task Broken_lines_of_a_bulk_import_are_refused_by_name_and_the_rest_is_done()
    {
        var body = string.Join('\n',
            OneLine(ApiHouse.OrderJson("D-1")),
            "{\"external_id\":\"D-2\"}",
            "this is no order",
            "",
            OneLine(ApiHouse.OrderJson("D-3").Replace("\"minor\": 400", "\"minor\": -400")),
            OneLine(ApiHouse.OrderJson("D-1")),
            $"{{\"external_id\":\"{new string('x', 1_100_000)}\"}}",
            "null",
            OneLine(ApiHouse.OrderJson("D-4")) + "\r\n");
        var report = await house.Market.Send("POST", "/v1/orders/bulk", body, type: "application/x-ndjson");
        Assert.Equal(200, report.Status);
        Assert.Equal("2 0 1 5", string.Join(' ', Counts(report)));
        Assert.Equal(
            [
                "1 D-1 created ", "2 D-2 refused missing_member buyer", "3  refused malformed_json ",
                "5 D-3 refused out_of_range lines[0].freight.minor",
                "6 D-1 unchanged ", "7  refused line_too_long ", "8  refused wrong_type ", "9 D-4 created ",
            ],
            report.Json.GetProperty("lines").EnumerateArray().Select(Line));
    }

    [Fact]
    public async Task A_bulk_import_sent_again_changes_nothing_and_says_so()
    {
        var body =
            string.Join('\n', Enumerable.Range(1, 1200).Select(number => OneLine(ApiHouse.OrderJson($"E-{number}"))));
        Assert.Equal("1200 0 0 0", string.Join(
            ' ', Counts(await house.Market.Send("POST", "/v1/orders/bulk", body, type: "application/x-ndjson"))));
        Assert.Equal("0 0 1200 0", string.Join(
            ' ', Counts(await house.Market.Send("POST", "/v1/orders/bulk", body, type: "application/x-ndjson"))));
    }

    [Fact]
    public async Task Only_the_marketplace_hands_in_orders()
    {
        var reply = await house.Buyer.Send("POST", "/v1/orders", ApiHouse.OrderJson("F-1"));
        Assert.Equal((403, "role_may_not"), (reply.Status, reply.Code));
    }

    private static IEnumerable<int> Counts(ApiHouse.Reply report) =>
        new[] { "created", "updated", "unchanged", "refused" }.Select(name => report.Json.GetProperty(name).GetInt32());

    private static string Line(System.Text.Json.JsonElement row)
    {
        var problem = row.TryGetProperty("problem", out var found) ? found : default;
        var code = problem.ValueKind == System.Text.Json.JsonValueKind.Undefined
            ? ""
            : problem.GetProperty("code").GetString();
        var member = problem.ValueKind != System.Text.Json.JsonValueKind.Undefined
            && problem.TryGetProperty("field", out var named) ? named.GetString() : "";
        var id = row.TryGetProperty("external_id", out var external) ? external.GetString() : "";
        return $"{row.GetProperty("line")} {id} {row.GetProperty("result")} {code}{(code == "" ? "" : " ")}{member}";
    }

    private static string OneLine(string json) => json.ReplaceLineEndings(" ");

    private static string ReplaceFirst(string text, string right, string wrong)
    {
        var at = text.IndexOf(right, StringComparison.Ordinal);
        return string.Concat(text.AsSpan(0, at), wrong, text.AsSpan(at + right.Length));
    }
}
