using Entente.Server.Nodes;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Entente.Server.Web.Safety;

/// <summary>What stands before every page and every call: hosts, headers,
/// limits, tokens, the edge where failures end.</summary>
public static class SafetyRoom
{
    private const int FormFieldsMax = 500;
    private const int FormFieldBytesMax = 256 * 1024;

    public static void AddSafety(this WebApplicationBuilder builder, Settings settings)
    {
        builder.Configuration["AllowedHosts"] = string.Join(';', settings.Hosts);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = settings.Limits.BodyBytesMax;
        });
        builder.Services.Configure<FormOptions>(form =>
        {
            form.ValueCountLimit = FormFieldsMax;
            form.ValueLengthLimit = FormFieldBytesMax;
        });
        builder.Services
            .AddDataProtection()
            .SetApplicationName("entente");
        builder.Services.AddSingleton<IConfigureOptions<KeyManagementOptions>, KeptKeys>();
        // The keys lie encrypted in the database; the framework cannot see that and would rather warn at each start.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
        builder.Services.AddAntiforgery(options =>
        {
            options.FormFieldName = FormGate.FieldName;
            options.SuppressXFrameOptionsHeader = true; // The policy of every answer says it, and says more.
            options.Cookie = SafeCookie.Named("entente-form", settings);
        });
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor; // Scheme and host come from the settings.
            options.ForwardLimit = null;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var proxy in settings.TrustedProxies) options.KnownIPNetworks.Add(proxy);
        });
        builder.Services.AddLimits(settings.Limits);
        builder.Services.AddExceptionHandler<Edge>();
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
    }

    /// <summary>In this order: nothing later may forget what an earlier one demands.</summary>
    public static void UseSafety(this WebApplication app)
    {
        // With no known proxy the framework would believe everybody.
        if (app.Services.GetRequiredService<Settings>().TrustedProxies.Count > 0) app.UseForwardedHeaders();
        app.Use(AsPeopleSeeIt);
        app.UseMiddleware<Headers>();
        app.UseExceptionHandler(_ => { });
        app.UseStatusCodePages(Edge.Explain);
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseMiddleware<Footprints>();
        app.UseMiddleware<FormGate>();
        app.UseAntiforgery();
    }

    /// <summary>Where a proxy ends TLS before us, the request is still the one
    /// people sent: to the base address.</summary>
    private static Task AsPeopleSeeIt(HttpContext context, RequestDelegate next)
    {
        context.Request.Scheme = context.RequestServices.GetRequiredService<Settings>().BaseAddress.Scheme;
        return next(context);
    }
}

/// <summary>A cookie no script reads and no other site sends along; where TLS
/// serves, bound to host and TLS by its name.</summary>
public static class SafeCookie
{
    public static CookieBuilder Named(string name, Settings settings) => new()
    {
        Name = settings.IsTls ? $"__Host-{name}" : name,
        Path = "/",
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Lax,
        SecurePolicy = settings.IsTls ? CookieSecurePolicy.Always : CookieSecurePolicy.None,
    };
}
