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
    private (string Name, PersonId Person)[] _people = [];
    private readonly Dictionary<string, HttpClient> _atApi = [];
    private string _inReview = "", _exhibit = "", _seller = "", _spare = "", _prefix = "";
    private int _term;

    public ServerUnderTest Server { get; private set; } = null!;
    public string Dispute { get; private set; } = "";

    public HttpClient Who(string who, bool atApi) => atApi ? _atApi[who] : _atPages[who];

    public async ValueTask InitializeAsync()
    {
        Server = await ServerUnderTest.Start(demo: true);
        var (here, elsewhere) = (await Cast.Of(Server, Cast.Here), await Cast.Of(Server, Cast.Elsewhere));
        await Server.Get<PolicyShelf>().Publish(Cast.Here, TestPolicy.Bytes, "test");
        await BringIn(here, elsewhere);
        Dispute = await Open("A-1");
        await ShowEvidence();
        await Must("s1", $"/v1/disputes/{Dispute}/offers/1/acceptance", "{}");
        await GoToReview();
        await Must("key", "/v1/orders", Order("A-3"));
        (_seller, _spare) = (here.Seller1Party.Value, here.Examiner2.Value);
        _prefix = (await Server.Get<KeyRing>().Make(Cast.Here, "spare", [Scope.DisputesRead])).Split('_')[1];
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>What stands in an address for a name of its pattern.</summary>
    public string Value(string name, string pattern) => name switch
    {
        "id" or "version" when pattern.StartsWith("/rules/", StringComparison.Ordinal) =>
            name == "id" ? TestPolicy.Standard.Id : "1",
        "dispute" or "id" when pattern.Contains("/terms/", StringComparison.Ordinal) => _inReview,
        "dispute" or "id" => Dispute,
        "order" when pattern.StartsWith("/disputes/new/", StringComparison.Ordinal) =>
            OrderId.Of(Cast.Here, "A-3").Value,
        "order" => "A-1",
        "seller" => _seller,
        "step" => "items",
        "exhibit" => _exhibit,
        "no" when pattern.Contains("/evidence/", StringComparison.Ordinal) => _exhibit,
        "no" or "term" when pattern.Contains("/terms/", StringComparison.Ordinal) => $"{_term}",
        "person" => _spare,
        "prefix" => _prefix,
        "external_id" => pattern.Contains("/orders/", StringComparison.Ordinal) ? "A-1" : "B1",
        "kind" => "buyer",
        "code" => "not_found",
        "name" => "page-1.jpg",
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

    private static string Text(string pattern) =>
        OfExchange(pattern, pattern[(pattern.LastIndexOf('/') + 1)..]) ?? Text(pattern,
            pattern[(pattern.LastIndexOf('/') + 1)..]);

    private static string? OfExchange(string pattern, string noun) => noun switch
    {
        "answer" when pattern.Contains("/contests/", StringComparison.Ordinal) =>
            """{"answer":"rejected","reasons":{"en":"No."}}""",
        "answer" when pattern.Contains("/facts/", StringComparison.Ordinal) => """{"is_true":true}""",
        "contests" => """{"ground":"other","text":"No."}""",
        "admission" => """{"reason":"Late."}""",
        "holds" => """{"dispute":"none","reason":"A claim."}""",
        "lifting" => """{"reason":"Decided."}""",
        "claim" => """
            {"items":[{"line":1,"units":1,"reason":"late"}],
             "sought":[{"kind":"replacement","items":[{"line":1,"units":1}]}],
             "text":"Late."}
            """,
        "extensions" => """{"term":1,"until":"2099-01-01T00:00:00Z"}""",
        "facts" => """{"what":"delivery"}""",
        "inquiries" => """{"whom":"carrier","owner":"seller","until":"2099-01-01T00:00:00Z","text":"Where?"}""",
        "proposals" => """{"lines":[{"kind":"replacement","items":[{"line":1,"units":1}]}],"reasons":{"en":"So."}}""",
        "bids" => """{"amount":{"minor":100,"currency":"EUR"}}""",
        _ => null,
    };

    private static string Text(string pattern, string noun) => noun switch
    {
        "orders" or "bulk" => Order().ReplaceLineEndings(" "),
        "{external_id}" when pattern.Contains("/orders/", StringComparison.Ordinal) => Order(),
        "policies" or "simulations" => TestPolicy.Text,
        "appeal" when pattern.Contains("/measures/", StringComparison.Ordinal) => """{"text":"Unfair."}""",
        "appeal" => """{"findings":[1],"text":"Look again."}""",
        "approval" => """{"draft":1}""",
        "return" => """{"draft":1,"reason":"Again."}""",
        "correction" => """{"outcome":1,"text":{"en":"A slip."}}""",
        "set-aside" or "recusal" or "challenge" => """{"reason":"Because."}""",
        "ruling" when pattern.Contains("/challenge/", StringComparison.Ordinal) =>
            """{"replaced":false,"text":"No."}""",
        "risk" or "answer" or "denial" => """{"text":"Words."}""",
        "abuse" => """{"against":"buyer","exhibits":[1],"facts":"Facts."}""",
        "reopening" => """{"ground":"new_evidence","text":"Again."}""",
        "breaches" => """{"obligation":1,"text":"Not done."}""",
        "measures" => """{"upheld":false,"text":"No."}""",
        "review" => """{"lifted":false,"text":"No."}""",
        "messages" => """{"text":"Hello."}""",
        "assignment" => """{"examiner":"m1"}""",
        "chargebacks" => """{"phase":"opened","amount":{"minor":1,"currency":"EUR"}}""",
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

    /// <summary>Everybody signs in, once more where a walk over all addresses has led them out.</summary>
    public async Task ComeIn()
    {
        foreach (var (name, person) in _people) _atPages[name] = await Server.SignedIn(person);
    }

    private async Task BringIn(Cast here, Cast elsewhere)
    {
        (string Name, PersonId Person)[] people =
        [
            ("b1", here.Buyer1), ("b2", here.Buyer2), ("s1", here.Seller1), ("s2", here.Seller2),
            ("m1", here.Examiner1), ("p1", here.Operator), ("elsewhere", elsewhere.Operator),
        ];
        _people = people;
        await ComeIn();
        foreach (var (name, _) in people)
            _atApi[name] = name == "elsewhere"
                ? await Server.WithKey(Cast.Elsewhere)
                : await Server.WithKey(Cast.Here, $"person:{name}");
        _atPages["nobody"] = Server.Anonymous();
        _atApi["nobody"] = Server.Anonymous();
        _atApi["key"] = await Server.WithKey(Cast.Here);
        _atPages["key"] = _atApi["key"];
    }

    private async Task<string> Open(string order)
    {
        await Must("key", "/v1/orders", Order(order));
        var opened = await Must("b1", "/v1/disputes", $$$"""
            {"order":"{{{order}}}","seller":"S1","items":[{"line":1,"units":1,"reason":"damaged"}],"story":"Broken.",
             "language":"en","sought":[{"kind":"full_refund","items":[{"line":1,"units":1}]}]}
            """);
        return opened["dispute"]!.GetValue<string>();
    }

    private async Task ShowEvidence()
    {
        var picture = Evidence.Files.Png();
        using var request = new HttpRequestMessage(HttpMethod.Post, Forms.Local($"/v1/disputes/{Dispute}/evidence"))
        {
            Content = new MultipartFormDataContent
            {
                { new StringContent("photo"), "kind" }, { new ByteArrayContent(picture), "file", "cup.png" },
            },
        };
        _exhibit = (await Must("b1", request))["happened"]![0]!["exhibit"]!.GetValue<string>();
        Assert.True(DisputeId.TryParse(Dispute, out var dispute));
        await Evidence.Files.Looked(Server, dispute, new(_exhibit));
    }

    /// <summary>Another dispute of the same two, in which each side's time for evidence runs.</summary>
    private async Task GoToReview()
    {
        _inReview = await Open("A-2");
        await Must("s1", $"/v1/disputes/{_inReview}/offers/1/refusal", "{}");
        var filed = await Must("b1", $"/v1/disputes/{_inReview}/complaint", """{"text":"Please decide."}""");
        _term = filed["agenda"]!.AsArray().First(line =>
            line!["kind"]!.GetValue<string>() == "evidence" && line["who"]!.GetValue<string>() == "buyer")!["term"]!
            .GetValue<int>();
    }

    private static string Order(string id = "A-1")
    {
        string DaysAgo(int days) =>
            DateTimeOffset.UtcNow.Date.AddDays(-days).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null);
        return $$$"""
            {"external_id":"{{{id}}}","buyer":{"external_id":"B1"},"currency":"EUR","status":"delivered",
             "placed_at":"{{{DaysAgo(13)}}}","paid_at":"{{{DaysAgo(13)}}}","delivered_at":"{{{DaysAgo(6)}}}",
             "lines":[{"no":1,"seller":{"external_id":"S1"},"title":"Cup","units":1,
                       "unit_price":{"minor":1000,"currency":"EUR"}}],
             "payments":[{"id":"p-{{{id}}}","method":"card","captured":{"minor":1000,"currency":"EUR"}}]}
            """;
    }

    private async Task<JsonNode> Must(string who, string path, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Forms.Local(path))
        {
            Content = JsonContent.Create(JsonSerializer.Deserialize<JsonNode>(json)),
        };
        return await Must(who, request);
    }

    private async Task<JsonNode> Must(string who, HttpRequestMessage request)
    {
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await _atApi[who].SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{request.RequestUri}: {body}");
        return JsonNode.Parse(body)!;
    }
}
