using System.Net;
using System.Net.Sockets;
using Entente.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Entente.Tests.Server;

/// <summary>The whole centre on a real socket of this machine, with a data folder of its own that goes with it.</summary>
public sealed class ServerUnderTest : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ServerUnderTest(WebApplication app, Settings settings) => (_app, Settings) = (app, settings);

    public Settings Settings { get; }
    public Uri Address => Settings.Address;
    public IServiceProvider Services => _app.Services;

    /// <param name="clock">Stands in for the machine's clock, for the whole centre.</param>
    /// <param name="change">Other settings than a quiet test has.</param>
    public static async Task<ServerUnderTest> Start(
        FakeTimeProvider? clock = null, Func<Settings, Settings>? change = null, bool demo = false)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var settings = new Settings
        {
            DataFolder = Directory.CreateTempSubdirectory("entente-test-").FullName,
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
            },
        };
        settings = change?.Invoke(settings) ?? settings;
        var app = Program.Build(settings, builder =>
        {
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
            if (clock is not null) builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
        });
        await app.StartAsync();
        return new(app, settings);
    }

    /// <summary>Somebody nobody knows yet; keeps cookies, follows no redirect.</summary>
    public HttpClient Anonymous() => new(new HttpClientHandler
    {
        AllowAutoRedirect = false,
        CookieContainer = new CookieContainer(),
        UseProxy = false,
    }) { BaseAddress = Address };

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(Settings.DataFolder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
