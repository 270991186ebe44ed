using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Server.Web.Cases;
using Entente.Server.Web.Party;

namespace Entente.Server.Web.Staff;

/// <summary>The examiner's proposal to both sides: its form, and what becomes of it.</summary>
public static class ProposalEndpoints
{
    public static void MapProposal(this IEndpointRouteBuilder desk)
    {
        desk.MapGet("/disputes/{id}/proposals", Show);
        desk.MapPost("/disputes/{id}/proposals", Propose);
    }

    private static async Task<IResult> Show(HttpContext context, StaffCases cases, string id)
    {
        if (await cases.Open(context, id) is not { } found) return TypedResults.NotFound();
        return found.File.View.May("propose_remedy")
            ? Page.Show<ProposalPage>(("Case", found), ("Parts", Parts(found.File.View)))
            : Answers.NotNow(found.File);
    }

    private static async Task<IResult> Propose(HttpContext context, StaffCases cases, CaseFiles files, string id)
    {
        if (await cases.Open(context, id) is not { } found) return TypedResults.NotFound();
        var typed = await context.Typed();
        var (lines, partOf, wrong) = RemedyTyped.Read(
            field => typed.Form[field], Parts(found.File.View), typed.Speaker.Language, "lines");
        if (wrong.Count > 0) return Again(found, wrong[0]);
        var reasons = found.File.View.Languages.Select(language =>
            new Writer(typed.Caller).Write(Typed.Plain(typed[$"reasons.{language}"]), language)).ToValueList();
        var reply = await files.Ask(typed.Caller, found.File, new ProposeRemedy(lines, reasons), typed.Key, typed.Seen,
            context.RequestAborted);
        return await Answers.Of(reply, found.File, $"{found.Address}#wall", "propose_remedy", async refusal =>
            Again(await cases.Open(context, id) ?? found, refusal));

        IResult Again(StaffCase fresh, Refusal? refusal)
        {
            if (!fresh.File.View.May("propose_remedy")) return Answers.NotNow(fresh.File);
            var (state, since, status) = StaffForms.Again(
                typed, refusal is null ? null : RemedyTyped.Placed(refusal, lines, partOf, "lines"));
            return Page.With<ProposalPage>(
                status, ("Case", fresh), ("Parts", Parts(fresh.File.View)), ("State", state), ("Since", since));
        }
    }

    private static IReadOnlyList<RemedyPart> Parts(DisputeView view) =>
        RemedyTyped.Parts(view.OpenItems, view.Order.Lines, view.Order.Currency, byArticle: false);
}
