using Entente.Server.Api;

namespace Entente.Tests.Api;

/// <summary>The article's path by API: opened, talked over, offered, complained of, decided, closed.</summary>
public class DisputePathTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    [Fact]
    public async Task The_answer_to_an_opening_names_every_deadline_that_follows()
    {
        var order = await house.Order();
        var opened = await house.Buyer.Send("POST", "/v1/disputes", ApiHouse.OpeningJson(order));
        Assert.Equal(201, opened.Status);
        var id = opened.Text("dispute");
        Assert.Equal($"/v1/disputes/{id}", opened.Headers.Location!.ToString());
        Assert.Equal("negotiation", opened.Text("stage"));
        Assert.Equal("2026-11-05T09:00:00.000000Z", opened.Text("complaint_from"));
        var kinds = opened.Json.GetProperty("agenda").EnumerateArray()
            .Select(term => term.GetProperty("kind").GetString());
        Assert.Equal(["answer", "negotiation"], kinds);
        Assert.Contains(opened.Json.GetProperty("timetable").EnumerateArray(), line =>
            line.GetProperty("rule").GetString() == "fulfilment.refund");
        Assert.All(opened.Json.GetProperty("agenda").EnumerateArray(), term =>
        {
            Assert.NotEmpty(term.GetProperty("task").GetString()!);
            Assert.NotEmpty(term.GetProperty("otherwise").GetString()!);
        });
    }

    [Fact]
    public async Task Each_side_reads_the_same_dispute_in_its_own_language()
    {
        var dispute = await house.Dispute();
        var (buyer, seller) = (await house.Buyer.Must("GET", dispute), await house.Seller.Must("GET", dispute));
        Assert.Equal("One cup came broken.", buyer.Text("story.text"));
        Assert.Equal("Bazaar", seller.Text("seller.name"));
        Assert.Equal(1200, seller.Json.GetProperty("sought")[0].GetProperty("amount").GetProperty("minor").GetInt32());
        Assert.Equal(2, seller.Json.GetProperty("order").GetProperty("lines").GetArrayLength());
        Assert.NotEqual(
            buyer.Json.GetProperty("agenda")[0].GetProperty("task").GetString(),
            seller.Json.GetProperty("agenda")[0].GetProperty("task").GetString());
    }

    [Fact]
    public async Task A_message_is_read_by_whom_it_is_for()
    {
        var dispute = await house.Dispute();
        var posted = await house.Seller.Send("POST", $"{dispute}/messages", """{"text":"We are sorry."}""");
        Assert.Equal(201, posted.Status);
        await house.Buyer.Must("POST", $"{dispute}/messages",
            """{"text":"Between us.","audience":"buyer_and_platform"}""");
        var (buyer, seller) = (await house.Buyer.Must("GET", dispute), await house.Seller.Must("GET", dispute));
        Assert.Equal(["dispute_opened", "message_posted", "message_posted"], Types(buyer));
        Assert.Equal(["dispute_opened", "message_posted"], Types(seller));
        Assert.Equal("\"2\"", seller.ETag);
    }

    [Fact]
    public async Task An_offer_is_made_read_and_accepted()
    {
        var dispute = await house.Dispute();
        var made = await house.Seller.Send("POST", $"{dispute}/offers", """
            {"lines":[{"kind":"partial_refund","items":[{"line":1,"units":1}],"amount":{"minor":800,"currency":"EUR"}}],
             "comment":"Keep the cup."}
            """);
        Assert.Equal(201, made.Status);
        Assert.Equal($"{dispute}/offers/2", made.Headers.Location!.ToString());
        var offer = await house.Buyer.Must("GET", $"{dispute}/offers/2");
        Assert.Equal("Keep the cup.", offer.Text("comment.text"));
        Assert.Equal("open", offer.Text("state"));
        var accepted = await house.Buyer.Send("POST", $"{dispute}/offers/2/acceptance");
        Assert.Equal(201, accepted.Status);
        Assert.Equal("fulfilment", accepted.Text("stage"));
    }

    [Fact]
    public async Task An_offer_is_refused_and_another_taken_back()
    {
        var dispute = await house.Dispute();
        await house.Seller.Must("POST", $"{dispute}/offers/1/refusal", """{"text":"It left us whole."}""");
        await house.Buyer.Must("POST", $"{dispute}/offers",
            """{"lines":[{"kind":"replacement","items":[{"line":1,"units":1}]}]}""");
        var withdrawn = await house.Buyer.Send("DELETE", $"{dispute}/offers/2", key: "");
        Assert.Equal(200, withdrawn.Status);
        Assert.Equal(["declined", "withdrawn"], (await house.Buyer.Must("GET", dispute)).Json.GetProperty("offers")
            .EnumerateArray().Select(offer => offer.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task The_platform_decides_what_was_promised_is_done_and_the_dispute_is_closed()
    {
        var dispute = await house.Review();
        var decided = await house.Examiner.Send("POST", $"{dispute}/decision", """
            {"findings":[{"question":{"en":"Did the cup arrive whole?","fr":"La tasse est-elle arrivée entière ?"},
                          "answer":"for_buyer","clause":"as-described","relied_on":[]}],
             "lines":[{"kind":"full_refund","items":[{"line":1,"units":1}]}],
             "reasons":{"en":"It came broken.","fr":"Elle est arrivée cassée."}}
            """);
        Assert.Equal(201, decided.Status);
        Assert.Equal("fulfilment", decided.Text("stage"));
        await house.Seller.Must("POST",
            $"{dispute}/terms/{await ApiHouse.TermOf(house.Seller, dispute, "appeal_window")}/waiver");
        await house.Seller.Must("POST", $"{dispute}/obligations/1/performance", """{"reference":"refund 4711"}""");
        var asked = await house.Buyer.Send(
            "POST", $"{dispute}/closure", """{"reason":"decision_accepted","confirmed":true}""");
        Assert.Equal((422, "receipt_not_answered", "received"), (asked.Status, asked.Code, asked.Field));
        var closed = await house.Buyer.Send(
            "POST", $"{dispute}/closure", """{"reason":"decision_accepted","confirmed":true,"received":true}""");
        Assert.Equal(201, closed.Status);
        Assert.Equal("closed", closed.Text("stage"));
        Assert.Empty(closed.Json.GetProperty("agenda").EnumerateArray());
    }

    [Fact]
    public async Task A_performance_is_contested_and_the_examiner_rules()
    {
        var dispute = await house.Dispute();
        await house.Seller.Must("POST", $"{dispute}/offers/1/acceptance");
        await house.Seller.Must("POST", $"{dispute}/obligations/1/performance");
        var contested = await house.Buyer.Send("POST", $"{dispute}/obligations/1/contest",
            """{"reason":"wrong_amount","amount_received":{"minor":200,"currency":"EUR"},"text":"Only two euros."}""");
        Assert.Equal((201, "enforcement"), (contested.Status, contested.Text("stage")));
        await house.Examiner.Must("PUT", $"{dispute}/assignment", """{"examiner":"eve"}""");
        var ruled = await house.Examiner.Send("POST", $"{dispute}/obligations/1/ruling",
            """{"ruling":"adjusted","amount":{"minor":1000,"currency":"EUR"},"text":"The rest is owed."}""");
        Assert.Equal((201, "fulfilment"), (ruled.Status, ruled.Text("stage")));
        await house.Seller.Must("POST", $"{dispute}/obligations/1/performance");
        var confirmed = await house.Buyer.Send("POST", $"{dispute}/obligations/1/confirmation");
        Assert.Equal(201, confirmed.Status);
        Assert.Equal("confirmed", (await house.Buyer.Must("GET", dispute)).Json.GetProperty("obligations")[0]
            .GetProperty("state").GetString());
    }

    [Fact]
    public async Task Every_action_that_is_offered_has_its_address_and_its_due_time()
    {
        var dispute = await house.Dispute();
        var read = await house.Seller.Must("GET", $"{dispute}/actions");
        var actions = read.Json.GetProperty("actions").EnumerateArray()
            .ToLookup(action => action.GetProperty("action").GetString()!);
        Assert.Equal(
            $"{dispute}/offers/1/acceptance", actions["accept_offer"].Single().GetProperty("href").GetString());
        Assert.Equal(
            "2026-11-05T09:00:00.000000Z", actions["post_message"].Single().GetProperty("due_at").GetString());
        Assert.All(
            Domain.Disputes.Moves.All.Where(move => move.By.Any(role => role != Domain.Role.Rule)
                && move.Name is not ("open" or "take_order" or "record_refund")),
            move => Assert.NotEmpty(ActionPaths.Of(move.Name, 1).Path));
    }

    [Fact]
    public async Task What_is_overdue_has_happened_before_anybody_reads()
    {
        await using var house = new ApiHouse();
        await house.InitializeAsync();
        var dispute = await house.Dispute();
        house.Clock.Advance(TimeSpan.FromDays(8));
        Assert.Equal("review", (await house.Buyer.Must("GET", dispute)).Text("stage"));
    }

    private static IEnumerable<string> Types(ApiHouse.Reply reply) =>
        reply.Json.GetProperty("timeline").EnumerateArray().Select(entry => entry.GetProperty("type").GetString()!);
}
