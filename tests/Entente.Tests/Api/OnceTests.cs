using System.Text;

namespace Entente.Tests.Api;

/// <summary>Commands are done once for each key, and only on what their asker has seen.</summary>
public class OnceTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    private const string Hello = """{"text":"Hello."}""";

    [Fact]
    public async Task A_command_sent_again_under_its_key_gets_the_first_answer_again()
    {
        var dispute = await house.Dispute();
        var first = await house.Buyer.Send("POST", $"{dispute}/messages", Hello, key: "k-1");
        var again = await house.Buyer.Send("POST", $"{dispute}/messages", Hello, key: "k-1");
        Assert.False(first.Headers.Contains("Idempotent-Replayed"));
        Assert.Equal("true", again.Headers.GetValues("Idempotent-Replayed").Single());
        Assert.Equal(201, again.Status);
        Assert.Equal(Encoding.UTF8.GetString(first.Bytes), Encoding.UTF8.GetString(again.Bytes));
        Assert.Equal(2, (await house.Buyer.Must("GET", dispute)).Json.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task An_opening_sent_again_under_its_key_is_one_dispute()
    {
        var json = ApiHouse.OpeningJson(await house.Order());
        var (first, again) = (await house.Buyer.Send("POST", "/v1/disputes", json, key: "k-2"),
            await house.Buyer.Send("POST", "/v1/disputes", json, key: "k-2"));
        Assert.Equal(first.Text("dispute"), again.Text("dispute"));
        Assert.Equal("true", again.Headers.GetValues("Idempotent-Replayed").Single());
    }

    [Fact]
    public async Task Another_command_under_a_used_key_is_refused()
    {
        var dispute = await house.Dispute();
        await house.Buyer.Send("POST", $"{dispute}/messages", Hello, key: "k-3");
        var other = await house.Buyer.Send("POST", $"{dispute}/messages", """{"text":"Other."}""", key: "k-3");
        Assert.Equal((422, "idempotency_key_reused", "Idempotency-Key"), (other.Status, other.Code, other.Field));
        Assert.Equal(201, (await house.Seller.Send("POST", $"{dispute}/messages", Hello, key: "k-3")).Status);
    }

    [Fact]
    public async Task A_refusal_is_not_kept_under_its_key()
    {
        var dispute = await house.Dispute();
        Assert.Equal(
            422, (await house.Buyer.Send("POST", $"{dispute}/messages", """{"text":""}""", key: "k-4")).Status);
        Assert.Equal(201, (await house.Buyer.Send("POST", $"{dispute}/messages", Hello, key: "k-4")).Status);
    }

    [Fact]
    public async Task What_adds_something_needs_a_key()
    {
        var dispute = await house.Dispute();
        foreach (var (path, json) in new[]
            { ("/messages", Hello), ("/offers/1/acceptance", null),
                ("/closure", """{"reason":"duplicate","confirmed":true}""") })
        {
            var reply = await house.Buyer.Send("POST", dispute + path, json, key: "");
            Assert.Equal((400, "idempotency_key_missing", "Idempotency-Key"), (reply.Status, reply.Code, reply.Field));
        }
        Assert.Equal(
            400, (await house.Buyer.Send("POST", "/v1/disputes", ApiHouse.OpeningJson(await house.Order()), key: ""))
            .Status);
    }

    [Fact]
    public async Task Two_of_the_same_at_once_are_one()
    {
        var dispute = await house.Dispute();
        var replies = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => house.Buyer.Send("POST", $"{dispute}/messages", Hello, key: "k-5")));
        Assert.All(replies, reply => Assert.Equal(201, reply.Status));
        Assert.Equal(2, (await house.Buyer.Must("GET", dispute)).Json.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task A_stale_version_is_refused_with_what_has_changed()
    {
        var dispute = await house.Dispute();
        var seen = (await house.Buyer.Must("GET", dispute)).ETag;
        await house.Seller.Must("POST", $"{dispute}/messages", """{"text":"One moment."}""");
        var stale = await house.Buyer.Send("POST", $"{dispute}/messages", Hello, ifMatch: seen);
        Assert.Equal((412, "stale_version", "If-Match"), (stale.Status, stale.Code, stale.Field));
        var changed = stale.Json.GetProperty("arguments").GetProperty("changed").EnumerateArray().Single();
        Assert.Equal("One moment.", changed.GetProperty("texts")[0].GetProperty("text").GetString());
        Assert.Equal(201, (await house.Buyer.Send("POST", $"{dispute}/messages", Hello, ifMatch: stale.ETag)).Status);
    }

    [Fact]
    public async Task What_a_reader_may_not_see_does_not_make_them_stale()
    {
        var dispute = await house.Dispute();
        var seen = (await house.Buyer.Must("GET", dispute)).ETag;
        await house.Seller.Must("POST", $"{dispute}/messages",
            """{"text":"In private.","audience":"seller_and_platform"}""");
        Assert.Equal(201, (await house.Buyer.Send("POST", $"{dispute}/messages", Hello, ifMatch: seen)).Status);
    }

    [Fact]
    public async Task A_version_that_is_none_is_refused()
    {
        var dispute = await house.Dispute();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{dispute}/messages", UriKind.Relative))
        {
            Content = new StringContent(Hello, Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("If-Match", "\"x\"");
        var reply = await house.Buyer.Send(request);
        Assert.Equal((400, "invalid_parameter", "If-Match"), (reply.Status, reply.Code, reply.Field));
    }
}
