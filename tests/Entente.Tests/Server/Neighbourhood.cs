using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Entente.Domain;
using Entente.Server.Desk;

namespace Entente.Tests.Server;

/// <summary>
/// A centre with one dispute in it, of b1 with s1, settled so that every part of it exists; and everybody who might try
/// an address of it, by page and by key.
/// </summary>
public sealed class Neighbourhood : IAsyncLifetime
{
    /// <summary>Who tries; "key" is the marketplace's own, "elsewhere" is
    /// another marketplace's operator and key.</summary>
    public static readonly IReadOnlyList<string> Everybody =
        ["nobody", "b1", "b2", "s1", "s2", "m1", "p1", "key", "elsewhere"];

    private readonly Dictionary<string, HttpClient> _atPages = [];
    private readonly Dictionary<string, HttpClient> _atApi = [];

    public ServerUnderTest Server { get; private set; } = null!;
    public string Dispute { get; private set; } = "";

    public HttpClient Who(string who, bool atApi) => atApi ? _atApi[who] : _atPages[who];

    public async ValueTask InitializeAsync()
    {
        Server = await ServerUnderTest.Start(demo: true);
        var (here, elsewhere) = (await Cast.Of(Server, Cast.Here), await Cast.Of(Server, Cast.Elsewhere));
        await Server.Get<PolicyShelf>().Publish(Cast.Here, TestPolicy.Bytes, "test");
        await BringIn(here, elsewhere);
        Dispute = await Open();
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>What stands in an address for a name of its pattern.</summary>
    public string Value(string name, string pattern) => name switch
    {
        "id" or "version" when pattern.StartsWith("/rules/", StringComparison.Ordinal) =>
            name == "id" ? TestPolicy.Standard.Id : "1",
        "dispute" or "id" => Dispute,
        "order" => "A-1",
        "external_id" => pattern.Contains("/orders/", StringComparison.Ordinal) ? "A-1" : "B1",
        "kind" => "buyer",
        "code" => "not_found",
        "documentName" => "v1",
        "document" => "statement.html",
        _ => "1",
    };

    /// <summary>A body that is read whole, so that what refuses it is the caller's standing and not its form.</summary>
    public static StringContent Body(string pattern) => new(Text(pattern), Encoding.UTF8, pattern switch
    {
        "/v1/orders/bulk" => "application/x-ndjson",
        "/v1/policies" or "/v1/policies/simulations" => "application/yaml",
        _ => "application/json",
    });

    private static string Text(string pattern) => pattern[(pattern.LastIndexOf('/') + 1)..] switch
    {
        "orders" or "bulk" => Order().ReplaceLineEndings(" "),
        "{external_id}" when pattern.Contains("/orders/", StringComparison.Ordinal) => Order(),
        "policies" or "simulations" => TestPolicy.Text,
        "messages" => """{"text":"Hello."}""",
        "assignment" => """{"examiner":"m1"}""",
        "closure" => """{"reason":"no_longer_pursued","confirmed":false}""",
        "contest" => """{"reason":"not_received"}""",
        "ruling" => """{"ruling":"performed","text":"It came."}""",
        "evidence-requests" => """{"from":["buyer"],"text":"Show it.","due":"2099-01-01T00:00:00Z"}""",
        "offers" => """{"lines":[{"kind":"replacement","items":[{"line":1,"units":1}]}]}""",
        "decision" => """
            {"findings":[{"question":{"en":"Whole?"},"answer":"for_buyer","clause":"as-described","relied_on":[]}],
             "lines":[{"kind":"none","items":[{"line":1,"units":1}]}],"reasons":{"en":"Because."}}
            """,
        _ => "{}",
    };

    private async Task BringIn(Cast here, Cast elsewhere)
    {
        (string Name, PersonId Person)[] people =
        [
            ("b1", here.Buyer1), ("b2", here.Buyer2), ("s1", here.Seller1), ("s2", here.Seller2),
            ("m1", here.Examiner1), ("p1", here.Operator), ("elsewhere", elsewhere.Operator),
        ];
        foreach (var (name, person) in people)
        {
            _atPages[name] = await Server.SignedIn(person);
            _atApi[name] = name == "elsewhere"
                ? await Server.WithKey(Cast.Elsewhere)
                : await Server.WithKey(Cast.Here, $"person:{name}");
        }
        _atPages["nobody"] = Server.Anonymous();
        _atApi["nobody"] = Server.Anonymous();
        _atApi["key"] = await Server.WithKey(Cast.Here);
        _atPages["key"] = _atApi["key"];
    }

    private async Task<string> Open()
    {
        await Must("key", "/v1/orders", Order());
        var opened = await Must("b1", "/v1/disputes", """
            {"order":"A-1","seller":"S1","items":[{"line":1,"units":1,"reason":"damaged"}],"story":"Broken.",
             "language":"en","sought":[{"kind":"full_refund","items":[{"line":1,"units":1}]}]}
            """);
        var dispute = opened["dispute"]!.GetValue<string>();
        await Must("s1", $"/v1/disputes/{dispute}/offers/1/acceptance", "{}");
        return dispute;
    }

    private static string Order()
    {
        string DaysAgo(int days) =>
            DateTimeOffset.UtcNow.Date.AddDays(-days).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null);
        return $$$"""
            {"external_id":"A-1","buyer":{"external_id":"B1"},"currency":"EUR","status":"delivered",
             "placed_at":"{{{DaysAgo(13)}}}","paid_at":"{{{DaysAgo(13)}}}","delivered_at":"{{{DaysAgo(6)}}}",
             "lines":[{"no":1,"seller":{"external_id":"S1"},"title":"Cup","units":1,
                       "unit_price":{"minor":1000,"currency":"EUR"}}],
             "payments":[{"id":"p-1","method":"card","captured":{"minor":1000,"currency":"EUR"}}]}
            """;
    }

    private async Task<JsonNode> Must(string who, string path, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Forms.Local(path))
        {
            Content = JsonContent.Create(JsonSerializer.Deserialize<JsonNode>(json)),
        };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await _atApi[who].SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {body}");
        return JsonNode.Parse(body)!;
    }
}
