using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;
using Scalar.AspNetCore;

namespace Entente.Server.Api;

/// <summary>The API to browse: /openapi/v1.json and, for people, a page at
/// /api that asks nobody else for anything.</summary>
internal static class ApiPage
{
    public static void MapApiPage(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapScalarApiReference("/api", Prepare).AllowAnonymous();
    }

    private static void Prepare(ScalarOptions options, HttpContext context)
    {
        var nonce = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        options.WithTitle("Entente API")
            .WithOpenApiRoutePattern("/openapi/{documentName}.json")
            .WithNonce(nonce)
            .DisableDefaultFonts()
            .DisableAgent()
            .DisableMcp()
            .DisableTelemetry();
        context.Response.Headers[HeaderNames.ContentSecurityPolicy] = Policy(nonce);
    }

    /// <summary>The page's script comes from its package and writes its own
    /// styles; nothing leaves this server.</summary>
    private static string Policy(string nonce) =>
        $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' "
            + $"data:; " +
        "font-src 'self' data:; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";
}
