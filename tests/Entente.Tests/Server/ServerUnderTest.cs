using System.Net;
using System.Net.Sockets;
using Dapper;
using Entente.Domain;
using Entente.Server;
using Entente.Server.Api;
using Entente.Server.Couriers;
using Entente.Server.Desk;
using Entente.Server.Storage;
using Entente.Server.Web.SignIn;
using Entente.Tests.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Entente.Tests.Server;

/// <summary>The whole centre on a real socket of this machine, with a data
/// folder of its own that goes with it.</summary>
public sealed class ServerUnderTest : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TestDatabase? _database;

    private ServerUnderTest(WebApplication app, Settings settings, TestDatabase? database) =>
        (_app, Settings, _database) = (app, settings, database);

    public Settings Settings { get; }
    public Uri Address => Settings.Address;
    public IServiceProvider Services => _app.Services;

    /// <param name="clock">Stands in for the machine's clock, for the whole centre.</param>
    /// <param name="change">Other settings than a quiet test has.</param>
    public static async Task<ServerUnderTest> Start(
        FakeTimeProvider? clock = null, Func<Settings, Settings>? change = null, bool demo = false, On? on = null)
    {
        var database = new TestDatabase(on);
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var settings = new Settings
        {
            DataFolder = database.Folder,
            Connection = database.Connection,
            Address = address,
            BaseAddress = address,
            Demo = demo,
            MailFrom = "centre@entente.example",
            Limits = new()
            {
                SignInsPerMinute = 100_000,
                OpeningsPerMinute = 100_000,
                MessagesPerMinute = 100_000,
                UploadsPerMinute = 100_000,
                KeyRequestsPerSecond = 100_000,
                PasswordRounds = 1_000,
            },
        };
        settings = change?.Invoke(settings) ?? settings;
        var app = Program.Build(settings, builder =>
        {
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
            if (clock is not null) builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
        });
        await app.StartAsync();
        return new(app, settings, database);
    }

    public IEnumerable<Endpoint> Endpoints =>
        ((IEndpointRouteBuilder)_app).DataSources.SelectMany(source => source.Endpoints);

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    /// <summary>
    /// Waits until nothing is on its way to anybody. What was given up because a stand-in clock leapt goes at once.
    /// </summary>
    public Task Settled() => Soon.Until(async () =>
    {
        if ((await Get<Parcels>().Waiting()).Count == 0) return true;
        await Get<Database>().Write(transaction => transaction.Connection!.ExecuteAsync(
            "UPDATE outbox SET not_before = created_at WHERE attempts > 0 AND parked_at IS NULL", null, transaction));
        Get<Outbox>().Wake();
        return false;
    });

    /// <summary>Somebody nobody knows yet; keeps cookies, follows no redirect.</summary>
    public HttpClient Anonymous() => Client(new CookieContainer());

    /// <summary>A person with the cookie that signing in would have given.</summary>
    public async Task<HttpClient> SignedIn(PersonId person)
    {
        var cookies = new CookieContainer();
        cookies.Add(Address, new Cookie("entente", await CookieOf(person)));
        return Client(cookies);
    }

    /// <summary>The value of the sign-in cookie, for a browser.</summary>
    public async Task<string> CookieOf(PersonId person)
    {
        await using var scope = Services.CreateAsyncScope();
        var signIn = scope.ServiceProvider.GetRequiredService<SignInManager<Account>>();
        var account = await signIn.UserManager.FindByIdAsync(person.Value)
            ?? throw new ArgumentException("Nobody is called so.", nameof(person));
        var options = Get<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var now = Get<TimeProvider>().GetUtcNow();
        var properties = new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now.AddHours(12) };
        return options.TicketDataFormat.Protect(
            new(await signIn.CreateUserPrincipalAsync(account), properties, IdentityConstants.ApplicationScheme));
    }

    /// <summary>A program with a key of a marketplace, for somebody or for the marketplace itself.</summary>
    public async Task<HttpClient> WithKey(MarketplaceId marketplace, string? onBehalfOf = null, params Scope[] scopes)
    {
        var key = await Get<KeyRing>().Make(marketplace, "test", scopes.Length == 0 ? Enum.GetValues<Scope>() : scopes);
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        if (onBehalfOf is not null) client.DefaultRequestHeaders.Add(KeyAuthentication.BehalfHeader, onBehalfOf);
        return client;
    }

    private HttpClient Client(CookieContainer cookies) =>
        new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies, UseProxy = false })
            { BaseAddress = Address };

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _database?.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
