using Entente.Server.Words;

namespace Entente.Server.Web;

/// <summary>The language switch: keeps the choice in a cookie and leads back to the page one came from.</summary>
public static class LanguageChoice
{
    public static void MapLanguageChoice(this IEndpointRouteBuilder app) =>
        app.MapPost("/language", Choose).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> Choose(HttpContext context, WordBook words, Settings settings)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (language, back) = (form["language"].ToString(), form["back"].ToString());
        if (words.Languages.Contains(language))
            context.Response.Cookies.Append(Visit.LanguageCookie, language, new CookieOptions
            {
                MaxAge = TimeSpan.FromDays(365),
                HttpOnly = true,
                IsEssential = true,
                SameSite = SameSiteMode.Lax,
                Secure = settings.IsTls,
            });
        return Page.Done(Page.IsOurs(back) ? back : "/");
    }
}
