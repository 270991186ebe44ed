using System.Net;
using System.Text.Json;
using Entente.Server;
using Entente.Server.Web.Safety;
using Microsoft.Extensions.Configuration;

namespace Entente.Tests.Server;

public sealed class SafetyTests
{
    [Fact]
    public async Task Every_answer_carries_the_headers_whatever_it_is()
    {
        await using var server = await ServerUnderTest.Start();
        var cast = await Cast.Of(server, Cast.Here);
        var (buyer, key) = (await server.SignedIn(cast.Buyer1), await server.WithKey(Cast.Here));
        foreach (var (client, path) in new[]
                 {
                     (server.Anonymous(), "/sign-in"), (server.Anonymous(), "/"), (buyer, "/nowhere"),
                     (buyer, "/problems/not_found"),
                     (server.Anonymous(), "/v1/nowhere"), (key, "/v1/nowhere"), (server.Anonymous(), "/health/live"),
                 })
        {
            using var answer = await client.Fetch(path);
            Assert.Equal(Headers.PagePolicy, Only(answer, "Content-Security-Policy"));
            Assert.Equal("nosniff", Only(answer, "X-Content-Type-Options"));
            Assert.Equal("no-referrer", Only(answer, "Referrer-Policy"));
            Assert.Equal("same-origin", Only(answer, "Cross-Origin-Opener-Policy"));
            Assert.NotEmpty(Only(answer, "Permissions-Policy"));
            Assert.Contains("no-store", Only(answer, "Cache-Control"), StringComparison.Ordinal);
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task Another_host_name_is_refused_and_none_of_it_comes_back()
    {
        await using var server = await ServerUnderTest.Start();
        foreach (var (header, value) in new[] { ("Host", "evil.example"), ("Host", "127.0.0.1.evil.example") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Forms.Local("/sign-in"));
            request.Headers.TryAddWithoutValidation(header, value);
            using var answer = await server.Anonymous().SendAsync(request);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
        using var forwarded = new HttpRequestMessage(HttpMethod.Get, Forms.Local("/"));
        forwarded.Headers.TryAddWithoutValidation("X-Forwarded-Host", "evil.example");
        using var redirect = await server.Anonymous().SendAsync(forwarded);
        Assert.Equal(server.Address.Authority, redirect.Headers.Location!.Authority);
    }

    [Fact]
    public async Task Too_many_attempts_are_told_when_to_come_back()
    {
        await using var server = await ServerUnderTest.Start(
            change: settings => settings with { Limits = settings.Limits with { SignInsPerMinute = 3 } });
        var client = server.Anonymous();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            using var taken = await client.Send("/sign-in", "/sign-in", ("login", "x"), ("password", "y"));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, taken.StatusCode);
        }
        using var refused = await client.Send("/sign-in", "/sign-in", ("login", "x"), ("password", "y"));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.0.0.0/8", true)]
    [InlineData("10.0.0.1", false)]
    [InlineData("", false)]
    public async Task Only_a_proxy_of_ours_says_who_the_client_is(string proxy, bool isBelieved)
    {
        await using var server = await ServerUnderTest.Start(change: settings => settings with
        {
            TrustedProxies = Settings.From(new ConfigurationBuilder()
                .AddInMemoryCollection([new("trusted_proxies", proxy)]).Build()).TrustedProxies,
            Limits = settings.Limits with { SignInsPerMinute = 1 },
        });
        async Task<HttpStatusCode> From(string client)
        {
            var caller = server.Anonymous();
            caller.DefaultRequestHeaders.Add("X-Forwarded-For", client);
            using var answer = await caller.Send("/sign-in", "/sign-in", ("login", "x"), ("password", "y"));
            return answer.StatusCode;
        }
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await From("203.0.113.7"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await From("203.0.113.7"));
        Assert.Equal(
            isBelieved ? HttpStatusCode.UnprocessableEntity : HttpStatusCode.TooManyRequests,
            await From("203.0.113.8"));
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_not_read()
    {
        await using var server = await ServerUnderTest.Start();
        using var request = new HttpRequestMessage(HttpMethod.Post, Forms.Local("/sign-in"))
            { Content = Form(new string('x', 2 << 20)) };
        request.Headers.ExpectContinue = true; // Else the server may close the connection while we still send.
        using var answer = await server.Anonymous().SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Under_TLS_cookies_are_bound_to_host_and_TLS_by_their_names()
    {
        await using var server = await ServerUnderTest.Start(
            change: settings => settings with { BaseAddress = new("https://127.0.0.1"), TrustedHosts = ["localhost"] });
        using var page = await server.Anonymous().Fetch("/sign-in");
        var cookie = Assert.Single(page.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Host-entente-form=", cookie, StringComparison.Ordinal);
        foreach (var word in new[] { "secure", "httponly", "samesite=lax", "path=/" })
            Assert.Contains(word, cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("domain", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.NotEmpty(Only(page, "Strict-Transport-Security"));
    }

    [Fact]
    public async Task The_API_knows_keys_alone_and_says_what_is_wrong_with_them()
    {
        await using var server = await ServerUnderTest.Start();
        var cast = await Cast.Of(server, Cast.Here);
        var wrong = server.Anonymous();
        wrong.DefaultRequestHeaders.Authorization = new("Bearer", "ent_000000000000_0");
        var cookie = await server.SignedIn(cast.Operator);
        Assert.Equal((HttpStatusCode.Unauthorized, "key_missing"), await Said(cookie, "/v1/nowhere"));
        Assert.Equal((HttpStatusCode.Unauthorized, "key_missing"), await Said(server.Anonymous(), "/v1/nowhere"));
        Assert.Equal((HttpStatusCode.Unauthorized, "key_invalid"), await Said(wrong, "/v1/nowhere"));
        Assert.Equal((HttpStatusCode.NotFound, "not_found"),
            await Said(await server.WithKey(Cast.Here), "/v1/nowhere"));
        Assert.Equal(
            (HttpStatusCode.Forbidden, "behalf_unknown"),
            await Said(await server.WithKey(Cast.Here, "nobody"), "/v1/nowhere"));
        using var page = await (await server.WithKey(Cast.Here)).Fetch("/");
        Assert.Contains("/sign-in", page.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode, string)> Said(HttpClient client, string path)
    {
        using var answer = await client.Fetch(path);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        return (answer.StatusCode, problem.GetProperty("code").GetString()!);
    }

    private static string Only(HttpResponseMessage answer, string header) =>
        Assert.Single(answer.Headers.TryGetValues(header, out var values)
            ? values
            : answer.Content.Headers.GetValues(header));

    private static FormUrlEncodedContent Form(string token) => new([KeyValuePair.Create(FormGate.FieldName, token)]);
}
