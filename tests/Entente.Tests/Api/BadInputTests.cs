using System.Text;

namespace Entente.Tests.Api;

/// <summary>Every bad input is a clear no that names field and rule, and changes nothing.</summary>
public class BadInputTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    private const string Remedy =
        """{"kind":"partial_refund","items":[{"line":1,"units":1}],"amount":{"minor":100,"currency":"EUR"}}""";

    [Theory]
    [InlineData("""{"text":"a","colour":"red"}""", 400, "unknown_member", "colour")]
    [InlineData("""{}""", 400, "missing_member", "text")]
    [InlineData("""{"text":"a","text":"b"}""", 400, "duplicate_member", "text")]
    [InlineData("""{"text":7}""", 400, "wrong_type", "text")]
    [InlineData("""{"text":null}""", 400, "wrong_type", "text")]
    [InlineData("""{"text":"a","audience":"everybody"}""", 400, "wrong_type", "audience")]
    [InlineData("""{"text":"a","Text":"b"}""", 400, "unknown_member", "Text")]
    [InlineData("""{"text":"a",}""", 400, "malformed_json", null)]
    [InlineData("""["text"]""", 400, "wrong_type", null)]
    [InlineData("""null""", 400, null, null)]
    [InlineData("", 400, null, null)]
    [InlineData("""{"text":"   "}""", 422, "text_is_empty", "text")]
    [InlineData("{\"text\":\"a\\u0000b\"}", 422, "text_has_forbidden_characters", "text")]
    [InlineData("""{"text":"a","language":"français"}""", 422, "language_refused", "language")]
    [InlineData("""{"text":"a","audience":"seller_and_platform"}""", 403, "audience_not_yours", "audience")]
    public async Task A_message_that_cannot_be(string json, int status, string? code, string? field)
    {
        var dispute = await house.Dispute();
        await IsRefused(house.Buyer, dispute, "POST", "/messages", json, status, code, field);
    }

    private const string PartOf =
        """{"lines":[{"kind":"partial_refund","items":[{"line":1,"units":1}],"amount":""";

    [Theory]
    [InlineData("""{"lines":[]}""", 422, "remedy_has_no_lines", "lines")]
    [InlineData("""{"lines":[{"kind":"partial_refund","items":[{"line":1,"units":1}]}]}""", 422, "amount_missing",
        "lines[0].amount")]
    [InlineData(PartOf + """{"minor":-5,"currency":"EUR"}}]}""", 422, "amount_not_positive", "lines[0].amount")]
    [InlineData(PartOf + """{"minor":0,"currency":"EUR"}}]}""", 422, "amount_not_positive", "lines[0].amount")]
    [InlineData(PartOf + """{"minor":10.5,"currency":"EUR"}}]}""", 400, "wrong_type", "lines[0].amount.minor")]
    [InlineData(PartOf + """{"minor":"10","currency":"EUR"}}]}""", 400, "wrong_type", "lines[0].amount.minor")]
    [InlineData(PartOf + """{"minor":99999999999999999999,"currency":"EUR"}}]}""", 400, "wrong_type",
        "lines[0].amount.minor")]
    [InlineData(PartOf + """{"minor":1201,"currency":"EUR"}}]}""", 422, "amount_above_refundable", "lines[0].amount")]
    [InlineData(PartOf + """{"minor":100,"currency":"USD"}}]}""", 422, "currency_mismatch", "lines[0].amount.currency")]
    [InlineData("""{"lines":[{"kind":"partial_refund","items":[{"line":1,"units":1}],"amount":{"minor":100}}]}""", 400,
        "missing_member", "lines[0].amount.currency")]
    [InlineData("""{"lines":[{"kind":"replacement","items":[{"line":2,"units":1}]}]}""", 422,
        "remedy_items_not_claimed", "lines[0].items")]
    [InlineData("""{"lines":[{"kind":"replacement","items":[{"line":1,"units":2}]}]}""", 422,
        "remedy_items_not_claimed", "lines[0].items")]
    public async Task An_offer_that_cannot_be(string json, int status, string code, string field)
    {
        var dispute = await house.Dispute();
        await IsRefused(house.Seller, dispute, "POST", "/offers", json, status, code, field);
    }

    [Fact]
    public async Task A_move_of_another_stage_or_role_is_refused_by_name()
    {
        var dispute = await house.Dispute();
        var (buyer, seller, examiner) = (house.Buyer, house.Seller, house.Examiner);
        await IsRefused(buyer, dispute, "POST", "/offers/1/acceptance", null, 409, "offer_not_open", null);
        await IsRefused(seller, dispute, "POST", "/offers/7/acceptance", null, 404, "offer_unknown", "offer");
        await IsRefused(buyer, dispute, "POST", "/complaint", "{}", 409, "complaint_too_early", null);
        await IsRefused(seller, dispute, "POST", "/closure", """{"reason":"solved_directly","confirmed":true}""", 403,
            "role_may_not", null);
        await IsRefused(examiner, dispute, "POST", "/offers", $$"""{"lines":[{{Remedy}}]}""", 403,
            "role_may_not", null);
        await IsRefused(examiner, dispute, "PUT", "/assignment", """{"examiner":"eve"}""", 409,
            "stage_does_not_allow", null);
        await IsRefused(examiner, dispute, "PUT", "/assignment", """{"examiner":"nobody"}""", 404, "not_found",
            "examiner");
        await IsRefused(buyer, dispute, "POST", "/obligations/1/performance", null, 409, "obligation_not_open", null);
        await IsRefused(buyer, dispute, "POST", "/terms/2/waiver", null, 409, "stage_does_not_allow", null);
        await IsRefused(house.Market, dispute, "POST", "/messages", """{"text":"a"}""", 403, "behalf_needed",
            "Entente-On-Behalf-Of");
    }

    [Fact]
    public async Task What_belongs_to_others_is_answered_like_what_never_was()
    {
        var dispute = await house.Dispute();
        var never = $"/v1/disputes/{new string('0', 48)}";
        foreach (var (method, path, json) in new[]
        {
            ("GET", "", null), ("GET", "/actions", null), ("GET", "/offers/1", null),
            ("POST", "/messages", """{"text":"a"}"""), ("POST", "/offers/1/acceptance", null),
            ("DELETE", "/offers/1", null),
            ("POST", "/complaint", "{}"), ("POST", "/closure", """{"reason":"duplicate","confirmed":true}"""),
        })
        {
            var (foreign, random) = (await house.OtherSeller.Send(method, dispute + path, json),
                await house.OtherSeller.Send(method, never + path, json));
            Assert.Equal(404, foreign.Status);
            Assert.Equal(Encoding.UTF8.GetString(random.Bytes), Encoding.UTF8.GetString(foreign.Bytes));
            Assert.Equal(Timeless(random), Timeless(foreign));
        }
        Assert.Equal(404, (await house.Buyer.Send("GET", "/v1/disputes/nonsense")).Status);
    }

    /// <summary>The headers but for the second they were sent in.</summary>
    private static IEnumerable<string> Timeless(ApiHouse.Reply reply) => reply.Headers
        .Where(header => header.Key != "Date").Select(header => $"{header.Key}: {string.Join(',', header.Value)}");

    [Fact]
    public async Task A_message_of_a_megabyte_is_refused_and_one_that_is_larger_is_not_even_read()
    {
        var dispute = await house.Dispute();
        await IsRefused(house.Buyer, dispute, "POST", "/messages", $$"""{"text":"{{new string('a', 1_000_000)}}"}""",
            422, "text_is_too_long", "text");
        await IsRefused(house.Buyer, dispute, "POST", "/messages", $$"""{"text":"{{new string('a', 1_200_000)}}"}""",
            413, "body_too_large", null);
    }

    [Theory]
    [InlineData("\"order\": \"ORDER\"", "\"order\": \"Z-1\"", 404, "not_found", "order")]
    [InlineData("s-1", "s-3", 422, "seller_not_on_order", "seller")]
    [InlineData("\"line\": 1, \"units\": 1, \"reason\"", "\"line\": 3, \"units\": 1, \"reason\"", 422,
        "line_not_of_this_seller", "items[0].line")]
    [InlineData("\"line\": 1, \"units\": 1, \"reason\"", "\"line\": 1, \"units\": 3, \"reason\"", 422,
        "units_out_of_range", "items[0].units")]
    [InlineData("\"line\": 1, \"units\": 1, \"reason\"", "\"line\": 1, \"units\": -1, \"reason\"", 422,
        "units_out_of_range", "items[0].units")]
    [InlineData("damaged", "boring", 400, "wrong_type", "items[0].reason")]
    [InlineData("One cup came broken.", "", 422, "text_is_empty", "story")]
    [InlineData("\"full_refund\"", "\"partial_refund\", \"amount\": {\"minor\": 6401, \"currency\": \"EUR\"}", 422,
        "amount_above_refundable", "sought[0].amount")]
    [InlineData("\"full_refund\"", "\"full_refund\", \"amount\": {\"minor\": 1200, \"currency\": \"JPY\"}", 422,
        "currency_mismatch", "sought[0].amount.currency")]
    public async Task An_opening_that_cannot_be(string right, string wrong, int status, string code, string field)
    {
        var order = await house.Order();
        var json = ApiHouse.OpeningJson(order).Replace(right.Replace("ORDER", order), wrong);
        var reply = await house.Buyer.Send("POST", "/v1/disputes", json);
        Assert.Equal((status, code, field), (reply.Status, reply.Code, reply.Field));
        await house.Buyer.Must("POST", "/v1/disputes", ApiHouse.OpeningJson(order));
    }

    [Fact]
    public async Task No_unit_is_in_two_open_disputes()
    {
        var order = await house.Order();
        await house.Buyer.Must("POST", "/v1/disputes", ApiHouse.OpeningJson(order));
        await house.Buyer.Must("POST", "/v1/disputes", ApiHouse.OpeningJson(order));
        var third = await house.Buyer.Send("POST", "/v1/disputes", ApiHouse.OpeningJson(order));
        Assert.Equal((409, "units_already_in_dispute", "items[0].units"), (third.Status, third.Code, third.Field));
    }

    [Fact]
    public async Task A_body_of_another_type_is_refused()
    {
        var dispute = await house.Dispute();
        var reply = await house.Buyer.Send(
            "POST", $"{dispute}/messages", "text=a", type: "application/x-www-form-urlencoded");
        Assert.Equal((415, "media_type_unsupported"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task A_key_does_only_what_its_scopes_say()
    {
        var dispute = await house.Dispute();
        var reader = new ApiHouse.Program(
            await house.Server.WithKey(ApiHouse.Marketplace, "buyer:b-1", Entente.Server.Desk.Scope.DisputesRead));
        Assert.Equal(200, (await reader.Send("GET", dispute)).Status);
        var refused = await reader.Send("POST", $"{dispute}/messages", """{"text":"a"}""");
        Assert.Equal((403, "scope_missing", "disputes:write"), (refused.Status, refused.Code, refused.Field));
        var stranger = new ApiHouse.Program(house.Server.Anonymous());
        Assert.Equal((401, "key_missing"),
            (await stranger.Send("GET", dispute) is var none ? (none.Status, none.Code) : default));
    }

    /// <summary>JSON that parsers have stumbled over: each is refused or is a
    /// message, and never a failure of ours.</summary>
    [Fact]
    public async Task Hostile_JSON_is_never_a_failure_of_ours()
    {
        var folder = SharedData.Folder("hazards", "json");
        var dispute = await house.Dispute();
        foreach (var file in Directory.EnumerateFiles(folder, "*.json"))
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Post, new Uri($"{dispute}/messages", UriKind.Relative))
            {
                Content = new ByteArrayContent(await File.ReadAllBytesAsync(file)),
            };
            request.Content.Headers.ContentType = new("application/json");
            var reply = await house.Buyer.Send(request);
            Assert.True(reply.Status is 400 or 413 or 422, $"{Path.GetFileName(file)}: {reply.Status}");
            Assert.Equal("application/problem+json", reply.ContentHeaders.ContentType!.MediaType);
        }
        Assert.Equal(1, (await house.Buyer.Must("GET", dispute)).Json.GetProperty("version").GetInt32());
    }

    /// <summary>The no has status, code and field; it is a problem with a
    /// stable type, and nothing has changed.</summary>
    private static async Task IsRefused(
        ApiHouse.Program who, string dispute, string method, string path, string? json, int status, string? code,
        string? field)
    {
        var before = (await who.Must("GET", dispute)).ETag;
        var reply = await who.Send(method, dispute + path, json);
        Assert.Equal(status, reply.Status);
        if (code is not null) Assert.Equal((code, field), (reply.Code, reply.Field));
        Assert.Equal("application/problem+json", reply.ContentHeaders.ContentType!.MediaType);
        Assert.Equal($"/problems/{reply.Code}", reply.Text("type"));
        Assert.NotEmpty(reply.Text("detail"));
        Assert.Equal(before, (await who.Must("GET", dispute)).ETag);
    }
}
