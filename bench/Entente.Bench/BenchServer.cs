using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Dapper;
using Entente.Domain;
using Entente.Server;
using Entente.Server.Desk;
using Entente.Server.Policies;
using Entente.Server.Storage;
using Entente.Server.Web;
using Entente.Server.Web.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Entente.Bench;

/// <summary>A whole centre on a socket, asked by a program with a key and by a person with a cookie.</summary>
internal sealed class BenchServer : IAsyncDisposable
{
    private static readonly MarketplaceId Here = Scene.Marketplace;
    private readonly WebApplication _app;
    private readonly List<string> _disputes = [];
    private const int StoryLength = 29;
    private int _asked;

    private BenchServer(WebApplication app, Uri address)
    {
        (_app, Address) = (app, address);
        Client = new(Handler()) { BaseAddress = address };
    }

    public Uri Address { get; }
    public HttpClient Client { get; }

    /// <summary>The dispute with a story of thirty entries; nothing else is written to it.</summary>
    public string Told => _disputes[^1];

    public IReadOnlyList<string> Disputes => _disputes;

    /// <param name="rules">The demo's where nothing is said.</param>
    public static async Task<BenchServer> Start(Place place, int disputes, byte[]? rules = null)
    {
        var server = await Node(place);
        await server.Found(disputes, rules ?? Presets.Bytes("demo"));
        return server;
    }

    /// <summary>A second node of the same centre.</summary>
    public async Task<BenchServer> Another(Place place)
    {
        var node = await Node(place);
        node._disputes.AddRange(_disputes);
        foreach (var (name, values) in Client.DefaultRequestHeaders)
            node.Client.DefaultRequestHeaders.Add(name, values);
        return node;
    }

    private static async Task<BenchServer> Node(Place place)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var settings = new Settings
        {
            DataFolder = place.Folder, Connection = place.Connection, Address = address, BaseAddress = address,
            Demo = false, MailFrom = "bench@entente.example",
            Limits = new() { KeyRequestsPerSecond = 10_000_000, MessagesPerMinute = 10_000_000 },
        };
        var app = Entente.Server.Program.Build(settings, builder => builder.Logging.SetMinimumLevel(LogLevel.Error));
        app.MapPost("/v1/nothing", (Nothing nothing) => (IResult)TypedResults.Ok(nothing)).AllowAnonymous();
        app.MapGet("/empty", () => (IResult)Page.Show<EmptyPage>()).AllowAnonymous();
        await app.StartAsync();
        return new(app, address);
    }

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>
    /// A message as a marketplace sends it, with everything on: key, rules, view, idempotency, outbox. Each goes to the
    /// next dispute, so that all of them stay as long as disputes are.
    /// </summary>
    public Task Write() => Write(_disputes[Interlocked.Increment(ref _asked) % (_disputes.Count - 1)]);

    private async Task Write(string dispute)
    {
        var key = Guid.NewGuid().ToString();
        var path = $"/v1/disputes/{dispute}/messages";
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = JsonContent.Create(new { text = Scene.Words, audience = "all" }),
            Headers = { { "Idempotency-Key", key } },
        };
        using var answer = await Client.SendAsync(request);
        if (answer.IsSuccessStatusCode) return;
        throw new InvalidOperationException(
            $"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>
    /// Somebody of the buyer's, with the cookie that signing in would have given; their dispute has a story.
    /// </summary>
    public async Task<HttpClient> SignIn()
    {
        var party = await Get<People>().PartyOf(Here, Role.Buyer, "buyer-1");
        var person = await Get<People>().AddPerson(Here, "ana", "Ana", "en", "ana@bench.example");
        await Get<People>().Join(Here, person, Role.Buyer, party);
        for (var words = 0; words < StoryLength; words++) await Write(Told);
        await using var scope = _app.Services.CreateAsyncScope();
        var signIn = scope.ServiceProvider.GetRequiredService<SignInManager<Account>>();
        var account = (await signIn.UserManager.FindByIdAsync(person.Value))!;
        var options = Get<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var now = DateTimeOffset.UtcNow;
        var cookie = options.TicketDataFormat.Protect(new(
            await signIn.CreateUserPrincipalAsync(account),
            new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now.AddHours(12) },
            IdentityConstants.ApplicationScheme));
        var client = new HttpClient(Handler()) { BaseAddress = Address };
        client.DefaultRequestHeaders.Add("Cookie", $"entente={cookie}");
        return client;
    }

    public async Task WriteNothing()
    {
        using var answer = await Client.PostAsJsonAsync("/v1/nothing", new Nothing(Scene.Words));
        answer.EnsureSuccessStatusCode();
    }

    public async Task Read(string path)
    {
        using var answer = await Client.GetAsync(new Uri(path, UriKind.Relative));
        if (answer.StatusCode != HttpStatusCode.OK)
            throw new InvalidOperationException($"{path}: {(int)answer.StatusCode}");
        await answer.Content.ReadAsByteArrayAsync();
    }

    private async Task Found(int disputes, byte[] rules)
    {
        await Get<Marketplaces>().Add(new(Here, "Bench", "en", "Europe/Paris"));
        await Get<PolicyShelf>().Publish(Here, rules, "bench");
        var key = await Get<KeyRing>().Make(Here, "bench", Enum.GetValues<Scope>());
        Client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        Client.DefaultRequestHeaders.Add("Entente-On-Behalf-Of", "buyer:buyer-1");
        for (var number = 0; number < disputes; number++)
        {
            var id = (await Get<OrderBook>().Import(Here, [Scene.Order(number)]))[0].Id;
            var order = (await Get<OrderBook>().Find(id))!.Order;
            var by = new Actor(ActorKind.Marketplace, Role.Buyer, "bench", order.Buyer.Value);
            var reply = await Get<DisputeDesk>().Open(id, Scene.Claim(order.Lines[0].Seller), by, "bench");
            _disputes.Add(((Reply.Done)reply).Dispute.Id.ToString());
        }
        await Rest();
    }

    /// <summary>Waits until everything that the openings set going has been done.</summary>
    private async Task Rest()
    {
        while (true)
        {
            await using var connection = await Get<Database>().Open();
            if (await connection.ExecuteScalarAsync<long>(
                "SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM search_due)") == 0) return;
            await Task.Delay(200);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static SocketsHttpHandler Handler() =>
        new() { UseProxy = false, AllowAutoRedirect = false, UseCookies = false };

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed record Nothing(string Text);
}
