using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Entente.Domain;
using Entente.Server.Desk;
using Entente.Tests.Server;
using Microsoft.Extensions.Time.Testing;

namespace Entente.Tests.Api;

/// <summary>
/// A centre of its own for a class of API tests: one marketplace with rules, a buyer, two sellers, an examiner, and
/// programs that act for each of them.
/// </summary>
public sealed class ApiHouse : IAsyncLifetime
{
    public static readonly MarketplaceId Marketplace = new("market");
    private int _orders;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero));
    public ServerUnderTest Server { get; private set; } = null!;

    /// <summary>The marketplace's own key, for nobody in particular.</summary>
    public Program Market { get; private set; } = null!;
    public Program Buyer { get; private set; } = null!;
    public Program Seller { get; private set; } = null!;
    public Program OtherSeller { get; private set; } = null!;
    public Program Examiner { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await ServerUnderTest.Start(Clock);
        await Server.Get<Marketplaces>().Add(new(Marketplace, "Market", "en", "Europe/Paris"));
        var examiner = await Server.Get<People>().AddPerson(Marketplace, "eve", "Eve", "en", "eve@market.example");
        await Server.Get<People>().Join(Marketplace, examiner, Role.Examiner);
        await Server.Get<PolicyShelf>().Publish(Marketplace, TestPolicy.Bytes, "test");
        Market = new(await Server.WithKey(Marketplace));
        await Market.Must("PUT", "/v1/parties/buyer/b-1", """{"name":"Alice","language":"fr"}""");
        await Market.Must("PUT", "/v1/parties/seller/s-1", """{"name":"Bazaar","language":"en"}""");
        await Market.Must("PUT", "/v1/parties/seller/s-2", """{"name":"Other","language":"en"}""");
        Buyer = new(await Server.WithKey(Marketplace, "buyer:b-1"));
        Seller = new(await Server.WithKey(Marketplace, "seller:s-1"));
        OtherSeller = new(await Server.WithKey(Marketplace, "seller:s-2"));
        Examiner = new(await Server.WithKey(Marketplace, "person:eve"));
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>A new order of Alice's: two cups and a teapot from s-1, a book from s-2. Its external id.</summary>
    public async Task<string> Order(string? id = null)
    {
        id ??= $"A-{Interlocked.Increment(ref _orders)}";
        await Market.Must("POST", "/v1/orders", OrderJson(id));
        return id;
    }

    /// <summary>A new dispute of Alice's with s-1 about one broken cup. Its address.</summary>
    public async Task<string> Dispute()
    {
        var opened = await Buyer.Must("POST", "/v1/disputes", OpeningJson(await Order()));
        return $"/v1/disputes/{opened.Text("dispute")}";
    }

    /// <summary>The same with a complaint filed, the examiner in charge, and
    /// both sides' time for evidence given up.</summary>
    public async Task<string> Review(string? dispute = null)
    {
        dispute ??= await Dispute();
        await Seller.Must("POST", $"{dispute}/offers/1/refusal", "{}");
        await Buyer.Must("POST", $"{dispute}/complaint", """{"text":"Please decide."}""");
        await Examiner.Must("PUT", $"{dispute}/assignment", """{"examiner":"eve"}""");
        foreach (var side in new[] { Buyer, Seller })
            await side.Must("POST", $"{dispute}/terms/{await TermOf(side, dispute, "evidence")}/waiver", "{}");
        return dispute;
    }

    /// <summary>The running term of a kind that waits for this reader.</summary>
    public static async Task<int> TermOf(Program reader, string dispute, string kind)
    {
        var read = await reader.Must("GET", $"{dispute}/actions");
        return read.Json.GetProperty("actions").EnumerateArray()
            .Where(action => action.GetProperty("action").GetString() == "waive_term")
            .Select(action => action.GetProperty("subject").GetInt32())
            .First(term => read.Json.GetProperty("agenda").EnumerateArray().Any(line =>
                line.GetProperty("term").GetInt32() == term && line.GetProperty("kind").GetString() == kind));
    }

    public static string OrderJson(string id, string status = "delivered") => $$$"""
        {
          "external_id": "{{{id}}}", "buyer": {"external_id": "b-1"}, "currency": "EUR", "status": "{{{status}}}",
          "placed_at": "2026-10-20T08:00:00Z", "paid_at": "2026-10-20T08:01:00Z",
          "delivered_at": "2026-10-27T14:00:00Z",
          "lines": [
            {"no": 1, "seller": {"external_id": "s-1"}, "title": "Cup", "sku": "CUP", "units": 2,
             "unit_price": {"minor": 1000, "currency": "EUR"}, "freight": {"minor": 400, "currency": "EUR"}},
            {"no": 2, "seller": {"external_id": "s-1"}, "title": "Teapot", "units": 1,
             "unit_price": {"minor": 2500, "currency": "EUR"}},
            {"no": 3, "seller": {"external_id": "s-2"}, "title": "Book", "units": 1,
             "unit_price": {"minor": 1500, "currency": "EUR"}}
          ],
          "payments": [{"id": "p-{{{id}}}", "method": "card", "captured": {"minor": 6400, "currency": "EUR"}}]
        }
        """;

    public static string OpeningJson(string order) => $$$"""
        {
          "order": "{{{order}}}", "seller": "s-1",
          "items": [{"line": 1, "units": 1, "reason": "damaged"}],
          "story": "One cup came broken.", "language": "en",
          "sought": [{"kind": "full_refund", "items": [{"line": 1, "units": 1}]}]
        }
        """;

    /// <summary>A program at the API with a key of its own.</summary>
    public sealed class Program(HttpClient client)
    {
        public HttpClient Client => client;

        /// <summary>Sends a body; commands get a key of their own unless one is given, an empty one for none.</summary>
        public async Task<Reply> Send(
            string method, string path, string? json = null, string? key = null, string? ifMatch = null,
            string type = "application/json")
        {
            using var request = new HttpRequestMessage(new(method), new Uri(path, UriKind.Relative));
            if (json is not null)
                request.Content = new StringContent(json, Encoding.UTF8, MediaTypeHeaderValue.Parse(type));
            return await Send(request, key, ifMatch);
        }

        public async Task<Reply> Send(HttpRequestMessage request, string? key = null, string? ifMatch = null)
        {
            // Who is refused before the body is read may close the door on it; this waits to be asked for it.
            request.Headers.ExpectContinue = request.Content?.Headers.ContentLength > 1 << 20;
            if (key != "") request.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString());
            if (ifMatch is not null) request.Headers.Add("If-Match", ifMatch);
            using var response = await client.SendAsync(request);
            return new((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(), response.Headers,
                response.Content.Headers);
        }

        /// <summary>The same, where anything but success is a mistake of the test.</summary>
        public async Task<Reply> Must(string method, string path, string? json = null)
        {
            var reply = await Send(method, path, json);
            Assert.True(reply.Status is 200 or 201,
                $"{method} {path}: {reply.Status} {Encoding.UTF8.GetString(reply.Bytes)}");
            return reply;
        }
    }

    /// <summary>What the centre answered.</summary>
    public sealed record Reply(int Status, byte[] Bytes, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
    {
        public JsonElement Json => JsonDocument.Parse(Bytes).RootElement;
        public string? Code => Json.TryGetProperty("code", out var code) ? code.GetString() : null;
        public string? Field => Json.TryGetProperty("field", out var named) ? named.GetString() : null;
        public string ETag => Headers.ETag!.ToString();

        /// <summary>A member by its path: "order.external_id".</summary>
        public string Text(string path) =>
            path.Split('.').Aggregate(Json, (element, name) => element.GetProperty(name)).ToString();
    }
}
