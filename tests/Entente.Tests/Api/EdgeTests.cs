using System.Text;
using Dapper;
using Entente.Server.Api;
using Entente.Server.Desk;
using Entente.Server.Storage;
using Entente.Server.Web.Safety;
using Entente.Tests.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Entente.Tests.Api;

/// <summary>What is refused before the rules are asked, and what is our own fault.</summary>
public sealed class EdgeTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    [Fact]
    public async Task A_method_no_address_knows_is_named()
    {
        var reply = await house.Market.Send("DELETE", "/v1/orders");
        Assert.Equal((405, "method_not_allowed"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task An_order_is_put_under_its_own_id_alone()
    {
        var reply = await house.Market.Send("PUT", "/v1/orders/A-elsewhere", ApiHouse.OrderJson("A-here"));
        Assert.Equal((422, "address_differs", "external_id"), (reply.Status, reply.Code, reply.Field));
        Assert.Equal(404, (await house.Market.Send("GET", "/v1/orders/A-here")).Status);
    }

    [Fact]
    public async Task A_line_longer_than_any_order_is_named_and_the_next_one_is_taken()
    {
        var order = ApiHouse.OrderJson("A-after").ReplaceLineEndings(" ");
        var reply = await house.Market.Send(
            "POST", "/v1/orders/bulk", $"{new string('x', NdjsonLines.LineBytesMax + 1)}\n{order}\n",
            type: NdjsonLines.MediaType);
        var lines = reply.Json.GetProperty("lines");
        Assert.Equal((1, "line_too_long"),
            (lines[0].GetProperty("line").GetInt32(), lines[0].GetProperty("problem").GetProperty("code").GetString()));
        Assert.Equal("created", lines[1].GetProperty("result").GetString());
    }

    [Fact]
    public async Task A_marketplace_without_rules_opens_nothing_and_says_why()
    {
        await using var server = await ServerUnderTest.Start(house.Clock);
        await server.Get<Marketplaces>().Add(new(ApiHouse.Marketplace, "Market", "en", "Europe/Paris"));
        var market = new ApiHouse.Program(await server.WithKey(ApiHouse.Marketplace));
        await market.Must("POST", "/v1/orders", ApiHouse.OrderJson("A-1"));
        var buyer = new ApiHouse.Program(await server.WithKey(ApiHouse.Marketplace, "buyer:b-1"));
        var reply = await buyer.Send("POST", "/v1/disputes", ApiHouse.OpeningJson("A-1"));
        Assert.Equal((409, "policy_missing"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task A_program_that_asks_too_often_is_told_when_to_come_back()
    {
        await using var server = await ServerUnderTest.Start(house.Clock, settings =>
            settings with { Limits = settings.Limits with { KeyRequestsPerSecond = 1 } });
        await server.Get<Marketplaces>().Add(new(ApiHouse.Marketplace, "Market", "en", "Europe/Paris"));
        var market = new ApiHouse.Program(await server.WithKey(ApiHouse.Marketplace));
        var replies = await Task.WhenAll(Enumerable.Range(0, 50)
            .Select(_ => market.Send("POST", "/v1/disputes", "{}")));
        var refused = replies.First(reply => reply.Status == 429);
        Assert.Equal("too_many_requests", refused.Code);
        Assert.True(refused.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_form_without_its_token_has_expired()
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("login", "x")]);
        using var answer = await house.Server.Anonymous().PostAsync(new Uri("/sign-in", UriKind.Relative), form);
        Assert.Equal(Statuses.Of(ProblemCode.FormExpired), (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_fault_of_ours_is_called_one_and_tells_nothing_of_us()
    {
        await using var server = await ServerUnderTest.Start(house.Clock);
        await server.Get<Marketplaces>().Add(new(ApiHouse.Marketplace, "Market", "en", "Europe/Paris"));
        var market = new ApiHouse.Program(await server.WithKey(ApiHouse.Marketplace));
        await server.Get<Database>().Write(transaction => transaction.Connection!.ExecuteAsync(
            "ALTER TABLE orders RENAME TO mislaid", transaction: transaction));
        var reply = await market.Send("GET", "/v1/orders/A-1");
        Assert.Equal((500, "failure"), (reply.Status, reply.Code));
        Assert.DoesNotContain("SQL", Encoding.UTF8.GetString(reply.Bytes), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(13, 507, "storage_full")]
    [InlineData(10, 503, "busy")]
    [InlineData(5, 503, "busy")]
    [InlineData(1, 500, "failure")]
    public async Task What_the_database_cannot_keep_is_said_as_it_is(int sqlite, int status, string code) =>
        Assert.Equal((status, code), await Said(new SqliteException("trouble", sqlite)));

    [Fact]
    public async Task A_full_disk_is_one_whoever_meets_it() =>
        Assert.Equal((507, "storage_full"), await Said(new IOException("No space left on device", 28)));

    /// <summary>What a program is told when an endpoint ends in this.</summary>
    private async Task<(int, string)> Said(Exception failure)
    {
        using var scope = house.Server.Services.CreateScope();
        var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        (context.Request.Path, context.Response.Body) = ("/v1/orders", body);
        await new Edge(NullLogger<Edge>.Instance).TryHandleAsync(context, failure, CancellationToken.None);
        var problem = System.Text.Json.JsonDocument.Parse(body.ToArray()).RootElement;
        if (context.Response.StatusCode != 500) Assert.Equal("30", context.Response.Headers.RetryAfter);
        return (context.Response.StatusCode, problem.GetProperty("code").GetString()!);
    }
}
