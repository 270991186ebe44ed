using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using OpenTelemetry;
using OpenTelemetry.Resources;

namespace Entente.Server.Nodes;

/// <summary>
/// Sends traces, metrics and logs to a collector where OTEL_EXPORTER_OTLP_ENDPOINT names one; without it nothing is
/// collected. Spans carry routes, moves and codes, and nothing that says who somebody is or what they wrote.
/// </summary>
public static class TelemetryRoom
{
    private const string ServerError = "5xx";

    public static void AddTelemetry(this WebApplicationBuilder builder, Settings settings)
    {
        if (!settings.SendsTelemetry) return;
        builder.Services.AddHostedService<QueueGauges>();
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(Telemetry.Name.ToLowerInvariant())
                .AddEnvironmentVariableDetector())
            .WithTracing(traces => traces.AddSource(Telemetry.Name, "Microsoft.AspNetCore", "Npgsql"))
            .WithMetrics(metrics => metrics.AddMeter(Telemetry.Name, "Npgsql", "System.Runtime",
                "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel"))
            .WithLogging()
            .UseOtlpExporter();
    }

    /// <summary>A request's span is called by its route: addresses name disputes, queries what is looked for.</summary>
    public static void UseTelemetry(this WebApplication app) => app.Use(async (context, next) =>
    {
        await next(context);
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is not { IsAllDataRequested: true } span) return;
        var (method, status) = (context.Request.Method, context.Response.StatusCode);
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        span.DisplayName = route is null ? method : $"{method} {route}";
        span.SetTag("http.request.method", method).SetTag("http.route", route)
            .SetTag("http.response.status_code", status);
        if (status >= StatusCodes.Status500InternalServerError) span.SetStatus(ActivityStatusCode.Error, ServerError);
    });
}
