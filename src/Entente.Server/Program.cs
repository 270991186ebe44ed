using Entente.Server.Api;
using Entente.Server.Bundles;
using Entente.Server.Couriers;
using Entente.Server.Demo;
using Entente.Server.Desk;
using Entente.Server.Nodes;
using Entente.Server.Papers;
using Entente.Server.Evidence;
using Entente.Server.Evidence.Worker;
using Entente.Server.Payments;
using Entente.Server.Policies;
using Entente.Server.Privacy;
using Entente.Server.Search;
using Entente.Server.Storage;
using Entente.Server.Web;
using Entente.Server.Web.Admin;
using Entente.Server.Web.Calendars;
using Entente.Server.Web.Rules;
using Entente.Server.Web.Party;
using Entente.Server.Web.Safety;
using Entente.Server.Web.SignIn;
using Entente.Server.Web.Staff;
using Entente.Server.Words;

namespace Entente.Server;

/// <summary>The centre, put together from its rooms.</summary>
public static class Program
{
    public static Task<int> Main(string[] args) => args is [LookWorker.Command, var file, var folder]
        ? Task.FromResult(LookWorker.Run(file, folder))
        : CommandLine.Run(args);

    /// <param name="adjust">What a test changes: the clock, a courier.</param>
    public static WebApplication Build(Settings settings, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = "entente",
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseUrls(settings.Address.ToString());
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.AddTelemetry(settings);
        builder.AddSafety(settings);
        builder.Services.AddSingleton(settings).AddSingleton(TimeProvider.System);
        builder.Services.AddStorage(settings);
        builder.Services.AddNodes();
        builder.Services.AddPeople();
        builder.Services.AddPolicies();
        builder.Services.AddDesk();
        builder.Services.AddPapers();
        builder.Services.AddEvidence(settings);
        builder.Services.AddBundles();
        builder.Services.AddPayments();
        builder.Services.AddPrivacy();
        builder.Services.AddSearch();
        builder.Services.AddDemo(settings).AddCouriers();
        builder.Services.AddWords();
        builder.Services.AddWeb();
        builder.Services.AddSignIn(settings);
        builder.Services.AddApi();
        builder.Services.AddPartyPages();
        builder.Services.AddStaffPages();
        builder.Services.AddCalendars();
        builder.Services.ConfigureHttpJsonOptions(json => ApiJson.Spell(json.SerializerOptions));
        adjust?.Invoke(builder);
        return Open(builder.Build());
    }

    private static WebApplication Open(WebApplication app)
    {
        Migrations.Run(app.Services.GetRequiredService<Database>());
        CentreKey.Check(app.Services.GetRequiredService<Database>());
        app.UseTelemetry();
        app.UseResponseCompression();
        app.UseSafety();
        app.UseLanguageOfAddress();
        app.MapWeb();
        app.MapSignIn();
        app.MapApi();
        app.MapRules();
        app.MapPartyPages();
        app.MapStaffPages();
        app.MapCalendars();
        app.MapAdmin();
        app.MapBundles();
        app.MapMoney();
        app.MapProblemTypes();
        app.MapHealth();
        return app;
    }
}
