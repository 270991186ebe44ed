using Microsoft.Net.Http.Headers;

namespace Entente.Server.Web.Safety;

/// <summary>The headers of every answer. An endpoint may set a stricter one of its own; none goes without.</summary>
public sealed class Headers(RequestDelegate next, Settings settings)
{
    /// <summary>Nothing inline, nothing from elsewhere, in no frame.</summary>
    public const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private const string NoPowers =
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
            + "microphone=(), " +
        "midi=(), payment=(), publickey-credentials-get=(self), usb=(), browsing-topics=()";

    private static readonly (string Name, string Value)[] Always =
    [
        (HeaderNames.ContentSecurityPolicy, PagePolicy),
        (HeaderNames.XContentTypeOptions, "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Permissions-Policy", NoPowers),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        // What says nothing about keeping may be personal.
        (HeaderNames.CacheControl, "no-store"),
    ];

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            foreach (var (name, value) in Always) headers.TryAdd(name, value);
            if (settings.IsTls) headers.TryAdd(HeaderNames.StrictTransportSecurity, "max-age=31536000");
            return Task.CompletedTask;
        });
        return next(context);
    }
}
