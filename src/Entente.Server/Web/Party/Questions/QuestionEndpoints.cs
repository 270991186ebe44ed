using Entente.Server.Desk;
using Entente.Server.Web.Cases;

namespace Entente.Server.Web.Party.Questions;

/// <summary>What people ask during and after a dispute, answered from inside it.</summary>
public static class QuestionEndpoints
{
    public static void MapQuestions(this IEndpointRouteBuilder party) =>
        party.MapGet("/disputes/{id}/answers", Show);

    private static async Task<IResult> Show(
        HttpContext context, CaseFiles cases, Standings standings, Visit visit, string id)
    {
        if (await cases.Party(context, id) is not { } file) return TypedResults.NotFound();
        var entries = await standings.OfDispute(file.View.Id, file.Me, context.RequestAborted);
        var questions = new QuestionDesk(file, entries, visit.Now).Answers();
        return Page.Show<AnswersPage>(("File", file), ("Questions", questions));
    }
}
