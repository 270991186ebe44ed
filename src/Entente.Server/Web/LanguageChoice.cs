using Entente.Server.Desk;
using Entente.Server.Words;

namespace Entente.Server.Web;

/// <summary>The language switch: keeps the choice in a cookie and leads back to the page one came from.</summary>
public static class LanguageChoice
{
    public static void MapLanguageChoice(this IEndpointRouteBuilder app) =>
        app.MapPost("/language", Choose).AllowAnonymous().ExcludeFromDescription();

    /// <summary>A language asked for in the address stays chosen.</summary>
    public static void UseLanguageOfAddress(this WebApplication app) => app.Use((context, next) =>
    {
        var (words, settings) = (app.Services.GetRequiredService<WordBook>(),
            app.Services.GetRequiredService<Settings>());
        if (HttpMethods.IsGet(context.Request.Method)
            && context.Request.Query.TryGetValue(Visit.LanguageParameter, out var asked))
            Keep(context, asked.ToString(), words, settings);
        return next(context);
    });

    private static async Task<IResult> Choose(HttpContext context, WordBook words, Settings settings)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (language, back) = (form["language"].ToString(), form["back"].ToString());
        if (Keep(context, language, words, settings) && context.CallerIfAny()?.Person is { } person)
            await context.RequestServices.GetRequiredService<People>().SpeakTo(person, language);
        return Page.Done(Page.IsOurs(back) ? back : "/");
    }

    private static bool Keep(HttpContext context, string language, WordBook words, Settings settings)
    {
        if (!words.Languages.Contains(language)) return false;
        context.Response.Cookies.Append(Visit.LanguageCookie, language, new CookieOptions
        {
            MaxAge = TimeSpan.FromDays(365),
            HttpOnly = true,
            IsEssential = true,
            SameSite = SameSiteMode.Lax,
            Secure = settings.IsTls,
        });
        return true;
    }
}
