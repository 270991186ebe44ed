using Entente.Domain;
using Entente.Server;
using Entente.Server.Web;
using Entente.Server.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Entente.Tests.Browser;

/// <summary>A page with every component in its states, served by itself.</summary>
public sealed class GalleryServer : IAsyncLifetime
{
    private readonly WebApplication _app = Build();

    public string Address => _app.Urls.Single();

    public async ValueTask InitializeAsync() => await _app.StartAsync();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Testing" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(Settings.From(new ConfigurationBuilder().Build()));
        builder.Services.AddSingleton(TimeProvider.System).AddAntiforgery().AddWords().AddWeb();
        var app = builder.Build();
        app.UseResponseCompression();
        app.UseAntiforgery();
        app.MapWeb();
        app.Use((context, next) =>
        {
            var visit = context.RequestServices.GetRequiredService<Visit>();
            visit.Marketplace = "Place du Marché";
            visit.Zone = DateTimeZoneProviders.Tzdb["Europe/Paris"];
            if (!context.Request.Query.ContainsKey("stranger"))
                visit.Visitor = new("Amélie Rousseau", visit.Speaker.Language, visit.Zone, [Role.Buyer]);
            return next();
        });
        app.MapGet("/_gallery", (bool? wrong, string? shape) =>
            Page.Show<Gallery>(("Wrong", wrong ?? false), ("Shape", shape)));
        return app;
    }
}
