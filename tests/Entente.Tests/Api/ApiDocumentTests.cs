using System.Text.Json;
using System.Text.Json.Nodes;

namespace Entente.Tests.Api;

/// <summary>The API describes itself, and the description that is checked in is the one it gives.</summary>
public class ApiDocumentTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true, NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public async Task The_checked_in_description_is_fresh()
    {
        var document = await Document();
        Repository.IsFresh("docs/openapi.json", document.ToJsonString(Indented) + "\n");
    }

    [Fact]
    public async Task Every_call_says_what_it_does_and_only_calls_of_the_API_are_in_it()
    {
        var document = await Document();
        Assert.StartsWith("3.1", document["openapi"]!.GetValue<string>(), StringComparison.Ordinal);
        foreach (var (path, item) in document["paths"]!.AsObject())
        {
            Assert.StartsWith("/v1/", path, StringComparison.Ordinal);
            foreach (var (method, call) in item!.AsObject())
            {
                Assert.False(string.IsNullOrEmpty(call!["summary"]?.GetValue<string>()),
                    $"{method} {path} has no summary.");
                var named = call["parameters"]!.AsArray()
                    .Where(parameter => parameter!["in"]!.GetValue<string>() == "path")
                    .Select(parameter => parameter!["name"]!.GetValue<string>()).Order();
                Assert.Equal(path.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}'))
                    .Order(), named);
            }
        }
    }

    [Fact]
    public async Task The_page_to_browse_it_asks_nobody_else()
    {
        var page = await house.Server.Anonymous().GetAsync(new Uri("/api", UriKind.Relative));
        for (var hop = 0; hop < 3 && page.Headers.Location is { } next; hop++)
            page = await house.Server.Anonymous().GetAsync(new Uri(new Uri(house.Server.Address, "/api"), next));
        var html = await page.Content.ReadAsStringAsync();
        Assert.True(page.IsSuccessStatusCode, html);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("connect-src 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("'nonce-", policy, StringComparison.Ordinal);
    }

    private async Task<JsonObject> Document()
    {
        var text = await house.Server.Anonymous().GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative));
        return JsonNode.Parse(text)!.AsObject();
    }
}
