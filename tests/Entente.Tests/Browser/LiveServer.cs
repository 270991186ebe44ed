using System.Threading.Channels;
using Entente.Server;
using Entente.Server.Web;
using Entente.Server.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Entente.Tests.Browser;

/// <summary>A page that changes while it is open, and says so as a dispute's page does.</summary>
public sealed class LiveServer : IAsyncLifetime
{
    private readonly Channel<string> _changes = Channel.CreateUnbounded<string>();
    private readonly WebApplication _app;
    private int _entries = 1;

    public LiveServer() => _app = Build();

    public string Address => _app.Urls.Single();

    /// <summary>Streams that were opened so far.</summary>
    public int Streams { get; private set; }

    /// <summary>One more entry, told to whoever listens.</summary>
    public void Grow()
    {
        _entries++;
        _changes.Writer.TryWrite("");
    }

    public async ValueTask InitializeAsync() => await _app.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _changes.Writer.Complete();
        await _app.DisposeAsync();
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Testing" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(Settings.From(new ConfigurationBuilder().Build()));
        builder.Services.AddSingleton(TimeProvider.System).AddAntiforgery().AddWords().AddWeb();
        var app = builder.Build();
        app.MapWeb();
        app.MapGet("/live", () => Page.Show<LivePage>(("Entries", _entries)));
        app.MapGet("/live/stream", () =>
        {
            Streams++;
            return TypedResults.ServerSentEvents(_changes.Reader.ReadAllAsync(), "changed");
        });
        app.MapPost("/live/files", async (HttpContext context) =>
        {
            var form = await context.Request.ReadFormAsync();
            return Page.Done("/live", form.Files.Count == 1 ? "one" : "none");
        });
        return app;
    }
}
