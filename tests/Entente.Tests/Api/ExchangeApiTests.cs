using System.Text.Json;

namespace Entente.Tests.Api;

/// <summary>
/// By API: contests, more time, the examiner's proposal, confidential amounts, a changed claim, facts from outside,
/// waiting for a carrier, and a seller's own claim.
/// </summary>
public class ExchangeApiTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    private static JsonElement Exchange(ApiHouse.Reply read) => read.Json.GetProperty("exchange");

    private static async Task<int> Term(ApiHouse.Program reader, string dispute, string kind) =>
        (await reader.Must("GET", dispute)).Json.GetProperty("agenda").EnumerateArray()
            .First(line => line.GetProperty("kind").GetString() == kind).GetProperty("term").GetInt32();

    private static async Task<string> DueOf(ApiHouse.Program reader, string dispute, string kind) =>
        (await reader.Must("GET", dispute)).Json.GetProperty("agenda").EnumerateArray()
            .First(line => line.GetProperty("kind").GetString() == kind).GetProperty("due_at").GetString()!;

    private async Task<string> Exhibit(ApiHouse.Program who, string dispute)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri($"{dispute}/evidence?kind=photo&title=Cup&file_name=cup.txt", UriKind.Relative))
        {
            Content = new ByteArrayContent("A cup."u8.ToArray()),
        };
        request.Content.Headers.ContentType = new("text/plain");
        var added = await who.Send(request);
        Assert.Equal(201, added.Status);
        return added.Headers.Location!.ToString().Split('/')[^1];
    }

    [Fact]
    public async Task S6_An_exhibit_is_contested_and_the_decision_has_to_answer()
    {
        var dispute = await house.Dispute();
        var exhibit = await Exhibit(house.Buyer, dispute);
        var contested = await house.Seller.Send("POST", $"{dispute}/evidence/{exhibit}/contests", """
            {"ground":"not_this_order","text":"That is not our cup."}
            """);
        Assert.Equal(201, contested.Status);
        Assert.Equal("not_this_order",
            Exchange(await house.Buyer.Must("GET", dispute)).GetProperty("contests")[0].GetProperty(
                "ground").GetString());
        await house.Seller.Must("POST", $"{dispute}/offers/1/refusal", "{}");
        await house.Buyer.Must("POST", $"{dispute}/complaint", "{}");
        await house.Examiner.Must("PUT", $"{dispute}/assignment", """{"examiner":"eve"}""");
        foreach (var side in new[] { house.Buyer, house.Seller })
            await side.Must("POST", $"{dispute}/terms/{await ApiHouse.TermOf(side, dispute, "evidence")}/waiver", "{}");
        const string Decision = """
            {"findings":[{"question":{"en":"Broken?","fr":"Cassé ?"},"answer":"for_buyer","clause":"as-described",
             "relied_on":[1]}],"lines":[{"kind":"full_refund","items":[{"line":1,"units":1}]}],
             "reasons":{"en":"Because.","fr":"Parce que."}CONTESTS}
            """;
        var without = await house.Examiner.Send("POST", $"{dispute}/decision", Decision.Replace("CONTESTS", ""));
        Assert.Equal((422, "contest_unanswered", "contests"), (without.Status, without.Code, without.Field));
        var decided = await house.Examiner.Send("POST", $"{dispute}/decision", Decision.Replace("CONTESTS", """
            ,"contests":[{"contest":1,"answer":"rejected","reasons":{"en":"It is.","fr":"C'est elle."}}]
            """));
        Assert.Equal(201, decided.Status);
        Assert.Equal("rejected",
            Exchange(await house.Seller.Must("GET", dispute)).GetProperty("contests")[0].GetProperty(
                "answer").GetString());
    }

    [Fact]
    public async Task S12_A_deadline_is_moved_by_agreement()
    {
        var dispute = await house.Dispute();
        var term = await Term(house.Seller, dispute, "negotiation");
        var until = house.Clock.GetUtcNow().AddDays(9).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null);
        var asked = await house.Seller.Send("POST", $"{dispute}/extensions",
            $$"""{"term":{{term}},"until":"{{until}}","text":"The carrier."}""");
        Assert.Equal(201, asked.Status);
        Assert.Equal("extension_not_open",
            (await house.Seller.Send("POST", $"{dispute}/extensions/1/acceptance", "{}")).Code);
        await house.Buyer.Must("POST", $"{dispute}/extensions/1/acceptance", "{}");
        Assert.StartsWith(until[..10], await DueOf(house.Buyer, dispute, "negotiation"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task S3_The_examiners_proposal_is_answered_unseen_and_holds_with_both()
    {
        var dispute = await house.Review();
        var proposed = await house.Examiner.Send("POST", $"{dispute}/proposals", """
            {"lines":[{"kind":"partial_refund","items":[{"line":1,"units":1}],"amount":{"minor":600,"currency":"EUR"}}],
             "reasons":{"en":"Half.","fr":"La moitié."}}
            """);
        Assert.Equal(201, proposed.Status);
        var no = proposed.Headers.Location!.ToString().Split('/')[^1];
        var before = await house.Seller.Must("GET", dispute);
        await house.Buyer.Must("POST", $"{dispute}/offers/{no}/acceptance", "{}");
        var after = await house.Seller.Must("GET", dispute);
        Assert.Equal((before.ETag, before.Bytes.Length), (after.ETag, after.Bytes.Length));
        Assert.Equal(before.Bytes, after.Bytes);
        var settled = await house.Seller.Must("POST", $"{dispute}/offers/{no}/acceptance", "{}");
        Assert.Equal("fulfilment", settled.Text("stage"));
    }

    [Fact]
    public async Task D12_Nothing_of_a_confidential_amount_shows_before_both_are_in()
    {
        var dispute = await house.Dispute();
        await house.Buyer.Must("POST", $"{dispute}/bid-rounds", "{}");
        string[] addresses =
            [dispute, $"{dispute}/actions", "/v1/disputes"];
        var before = await Read(house.Seller, addresses);
        var placed = await house.Buyer.Send("POST", $"{dispute}/bid-rounds/1/bids",
            """{"amount":{"minor":812,"currency":"EUR"}}""");
        Assert.Equal(201, placed.Status);
        Assert.Equal(before, await Read(house.Seller, addresses));
        var tooMuch = await house.Seller.Send("POST", $"{dispute}/bid-rounds/1/bids",
            """{"amount":{"minor":99999,"currency":"EUR"}}""");
        Assert.Equal((422, "amount_above_refundable"), (tooMuch.Status, tooMuch.Code));
        Assert.Equal(before, await Read(house.Seller, addresses));
        var again = await house.Buyer.Send("POST", $"{dispute}/bid-rounds/1/bids",
            """{"amount":{"minor":700,"currency":"EUR"}}""");
        Assert.Equal((409, "bid_already_placed"), (again.Status, again.Code));
        Assert.DoesNotContain("812",
            System.Text.Encoding.UTF8.GetString((await house.Examiner.Must("GET", dispute)).Bytes),
                StringComparison.Ordinal);
        Assert.DoesNotContain("812",
            System.Text.Encoding.UTF8.GetString((await house.Market.Must("GET", dispute)).Bytes),
                StringComparison.Ordinal);
        var met = await house.Seller.Send("POST", $"{dispute}/bid-rounds/1/bids",
            """{"amount":{"minor":1001,"currency":"EUR"}}""");
        Assert.Equal("fulfilment", met.Text("stage"));
        var owed = (await house.Buyer.Must("GET", dispute)).Json.GetProperty("obligations")[0].GetProperty("amount");
        Assert.Equal(906, owed.GetProperty("minor").GetInt32());
    }

    private static async Task<string> Read(ApiHouse.Program reader, IEnumerable<string> addresses)
    {
        var told = "";
        foreach (var address in addresses)
        {
            var reply = await reader.Must("GET", address);
            told += $"{reply.Headers.ETag} {System.Text.Encoding.UTF8.GetString(reply.Bytes)}\n";
        }
        return told;
    }

    [Fact]
    public async Task S3_A_claim_is_changed_and_answered_anew()
    {
        var dispute = await house.Dispute();
        await house.Seller.Must("POST", $"{dispute}/offers/1/refusal", "{}");
        var changed = await house.Buyer.Send("POST", $"{dispute}/claim", """
            {"items":[{"line":1,"units":1,"reason":"damaged"},{"line":2,"units":1,"reason":"incomplete"}],
             "sought":[{"kind":"partial_refund","items":[{"line":1,"units":1},{"line":2,"units":1}],
               "amount":{"minor":2000,"currency":"EUR"}}],
             "text":"The lid is missing, too."}
            """);
        Assert.Equal(201, changed.Status);
        Assert.Contains(changed.Json.GetProperty("agenda").EnumerateArray(), line =>
            line.GetProperty("kind").GetString() == "answer");
        Assert.Equal(2, (await house.Seller.Must("GET", dispute)).Json.GetProperty("items").GetArrayLength());
        Assert.Equal(403, (await house.Seller.Send("POST", $"{dispute}/claim", """
            {"items":[],"sought":[],"text":"No."}
            """)).Status);
    }

    [Fact]
    public async Task S13_A_refund_outside_is_reported_confirmed_and_the_dispute_closed()
    {
        var dispute = await house.Dispute();
        await house.Seller.Must("POST", $"{dispute}/facts", """
            {"what":"refund","amount":{"minor":1200,"currency":"EUR"},"reference":"VIR-5"}
            """);
        var read = await house.Buyer.Must("GET", dispute);
        Assert.Equal("VIR-5",
            Exchange(read).GetProperty("facts")[0].GetProperty("reference").GetProperty("text").GetString());
        var confirmed = await house.Buyer.Must("POST", $"{dispute}/facts/1/answer", """{"is_true":true}""");
        Assert.Contains(confirmed.Json.GetProperty("agenda").EnumerateArray(), line =>
            line.GetProperty("kind").GetString() == "reconciliation");
        var closed = await house.Buyer.Must("POST", $"{dispute}/closure",
            """{"reason":"refund_received","confirmed":true,"received":true}""");
        Assert.Equal("closed", closed.Text("stage"));
        await house.Seller.Must("POST", $"{dispute}/facts", """{"what":"shipment","reference":"1Z"}""");
    }

    [Fact]
    public async Task S14_An_order_handed_in_anew_shows_that_it_is_over_and_closes_only_after_its_term()
    {
        await using var town = new ApiHouse();
        await town.InitializeAsync();
        string Order(string dates, string status) =>
            ApiHouse.OrderJson("A-77", status).Replace("\"delivered_at\": \"2026-10-27T14:00:00Z\"", dates);
        await town.Market.Must("POST", "/v1/orders",
            Order("\"delivery_expected_at\": \"2026-10-27T14:00:00Z\"", "shipped"));
        var opened =
            await town.Buyer.Must("POST", "/v1/disputes",
                ApiHouse.OpeningJson("A-77").Replace("damaged", "not_received"));
        var dispute = $"/v1/disputes/{opened.Text("dispute")}";
        await town.Market.Must("PUT", "/v1/orders/A-77",
            Order("\"delivered_at\": \"2026-11-02T08:00:00Z\"", "delivered"));
        var read = await town.Buyer.Must("GET", dispute);
        Assert.Equal(("delivery", "delivered"),
            (Exchange(read).GetProperty("reconciling").GetString(), read.Text("order.status")));
        await town.Market.Must("PUT", "/v1/orders/A-77",
            Order("\"delivered_at\": \"2026-11-02T08:00:00Z\"", "delivered"));
        Assert.Equal(read.ETag, (await town.Buyer.Must("GET", dispute)).ETag);
        await town.Buyer.Must("POST", $"{dispute}/reconciliation/refusal",
            """{"text":"Only an empty box."}""");
        Assert.Equal("negotiation", (await town.Buyer.Must("GET", dispute)).Text("stage"));
    }

    [Fact]
    public async Task S6_The_carrier_is_asked_and_late_evidence_admitted()
    {
        var dispute = await house.Review();
        var until = house.Clock.GetUtcNow().AddDays(3).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null);
        await house.Examiner.Must("POST", $"{dispute}/inquiries", $$"""
            {"whom":"carrier","owner":"seller","until":"{{until}}","text":"Where is it?"}
            """);
        Assert.Equal("seller",
            Exchange(await house.Buyer.Must("GET", dispute)).GetProperty("inquiry").GetProperty("owner").GetString());
        var notTheirs = await house.Buyer.Send("POST", $"{dispute}/inquiries/1/answer", """{"text":"Lost."}""");
        Assert.Equal(403, notTheirs.Status);
        await house.Seller.Must("POST", $"{dispute}/inquiries/1/answer", """{"text":"It was lost."}""");
        var exhibit = await Exhibit(house.Seller, dispute);
        await house.Examiner.Must("POST", $"{dispute}/evidence/{exhibit}/admission",
            """{"reason":"It could not come earlier."}""");
        var read = await house.Buyer.Must("GET", dispute);
        Assert.True(read.Json.GetProperty("exhibits")[0].GetProperty("admitted").GetBoolean());
        Assert.Contains(read.Json.GetProperty("agenda").EnumerateArray(), line =>
            line.GetProperty("kind").GetString() == "evidence" && line.GetProperty("who").GetString() == "buyer");
    }
}
