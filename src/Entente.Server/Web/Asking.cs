using Entente.Server.Desk;
using Entente.Server.Words;

namespace Entente.Server.Web;

/// <summary>Who and what a request is.</summary>
public static class Asking
{
    /// <summary>Where the API begins: what comes there comes by key and never by cookie.</summary>
    public const string ApiPath = "/v1";

    public static bool IsApi(this HttpContext context) =>
        context.Request.Path.StartsWithSegments(ApiPath, StringComparison.OrdinalIgnoreCase);

    public static Caller? CallerIfAny(this HttpContext context) => context.Features.Get<Caller>();

    /// <summary>Who asks. Endpoints demand a caller unless they allow strangers.</summary>
    public static Caller Caller(this HttpContext context) => context.CallerIfAny()
        ?? throw new InvalidOperationException("A stranger came to an endpoint that is not for strangers.");

    public static string RemoteAddress(this HttpContext context) =>
        context.Connection.RemoteIpAddress?.ToString() ?? "unknown";

    /// <summary>Who speaks to this reader: a program is answered in the language
    /// it asks for, a person in the one chosen.</summary>
    public static Speaker Speaker(this HttpContext context)
    {
        if (!context.IsApi()) return context.RequestServices.GetRequiredService<Visit>().Speaker;
        var (words, caller) = (context.RequestServices.GetRequiredService<WordBook>(), context.CallerIfAny());
        return words.For(context.AcceptedLanguage(words) ?? caller?.Language, caller?.Zone ?? DateTimeZone.Utc);
    }

    private static string? AcceptedLanguage(this HttpContext context, WordBook words) =>
        context.Request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(language => language.Quality ?? 1)
        .Select(language => language.Value.Value?.Split('-')[0])
        .FirstOrDefault(language => language is not null && words.Languages.Contains(language));
}
