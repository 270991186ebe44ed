using Entente.Server.Api;
using Entente.Server.Web.Shared;

namespace Entente.Server.Web;

/// <summary>The pages that the types of problems lead to.</summary>
public static class ProblemTypes
{
    public static void MapProblemTypes(this WebApplication app) =>
        app.MapGet("/problems/{code}", Show).AllowAnonymous().ExcludeFromDescription();

    private static IResult Show(string code) =>
        NoTable.All.FirstOrDefault(no => no.Code == code) is { } known
            ? Page.Show<ProblemTypePage>(("No", known))
            : TypedResults.NotFound();
}
