using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Entente.Tests.Payments;

/// <summary>What the fake does to one call over the wire.</summary>
public enum WireMischief { None, CutBefore, CutAfter, ErrorAfter, TooMany }

/// <summary>
/// A server on loopback that speaks Stripe's refund API (form-encoded in, Stripe's JSON out), keeps its own ledger and
/// misbehaves on demand.
/// </summary>
public sealed class FakeStripe : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeStripe(ProviderLedger ledger)
    {
        Ledger = ledger;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        _app = builder.Build();
        _app.MapPost("/v1/refunds", (Delegate)Create);
        _app.MapGet("/v1/refunds", List);
    }

    public ProviderLedger Ledger { get; }
    public Func<string, WireMischief> Mischief { get; set; } = _ => WireMischief.None;
    public Uri Address => new(_app.Urls.Single());
    public int Calls { get; private set; }

    public static async Task<FakeStripe> Started(ProviderLedger ledger)
    {
        var fake = new FakeStripe(ledger);
        await fake._app.StartAsync();
        return fake;
    }

    private async Task<IResult> Create(HttpContext context)
    {
        Calls++;
        var form = await context.Request.ReadFormAsync();
        var (key, name) = (context.Request.Headers["Idempotency-Key"].ToString(),
            form["metadata[entente_refund]"].ToString());
        var mischief = Mischief(name);
        if (mischief == WireMischief.TooMany) return Error(429, "rate_limit", "Too many requests");
        if (mischief == WireMischief.CutBefore) return Cut(context);
        var reference = form.TryGetValue("payment_intent", out var intent) ? intent.ToString()
            : form["charge"].ToString();
        var given = Ledger.Create(key, name, reference, long.Parse(form["amount"].ToString(),
            CultureInfo.InvariantCulture));
        if (given is null) return Error(400, "charge_already_refunded", "Charge has already been refunded.");
        if (mischief == WireMischief.CutAfter) return Cut(context);
        return mischief == WireMischief.ErrorAfter ? Error(500, "api_error", "Sorry.") : Results.Json(Shown(given));
    }

    private IResult List(HttpContext context)
    {
        var query = context.Request.Query;
        var reference = query.TryGetValue("payment_intent", out var intent) ? intent.ToString()
            : query["charge"].ToString();
        return Results.Json(new
        {
            @object = "list", url = "/v1/refunds", has_more = false,
                data = Ledger.Of(reference).Select(Shown).ToArray(),
        });
    }

    private static object Shown(GivenBack refund) => new
    {
        id = refund.Id, @object = "refund", amount = refund.Amount, currency = "eur", status = refund.Status,
            created = 1,
        payment_intent = refund.Reference, metadata = new Dictionary<string,
            string> { ["entente_refund"] = refund.Name },
    };

    private static IResult Error(int status, string code, string message) => Results.Json(
        new { error = new { type = status == 400 ? "invalid_request_error" : "api_error", code, message } },
            statusCode: status);

    private static IResult Cut(HttpContext context)
    {
        context.Abort();
        return Results.Empty;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
