using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Evidence;
using Entente.Server.Web.Cases;

namespace Entente.Server.Web.Party;

/// <summary>Exhibits are looked at: the list, the viewer, the pictures that were made, and files to save.</summary>
public static class ExhibitEndpoints
{
    public static void MapExhibits(this IEndpointRouteBuilder readers)
    {
        readers.MapGet("/disputes/{id}/evidence", List);
        readers.MapGet("/disputes/{id}/evidence/{exhibit}", Download);
        readers.MapGet("/disputes/{id}/evidence/{exhibit}/view", View);
        readers.MapGet("/disputes/{id}/evidence/{exhibit}/files/{name}", Made);
        readers.MapGet("/disputes/{id}/evidence/{exhibit}/original", Original);
    }

    /// <summary>Only on the desk: an examiner records that they open the file as it was sent.</summary>
    public static void MapOriginalAccess(this IEndpointRouteBuilder desk) =>
        desk.MapPost("/disputes/{id}/evidence/{exhibit}/original-access", Access);

    private static async Task<IResult> List(HttpContext context, CaseFiles cases, Handouts handouts, string id)
    {
        if (await cases.Party(context, id) is not { } file) return TypedResults.NotFound();
        var number = int.TryParse(context.Request.Query["page"], out var asked) ? asked : 1;
        var shown = ExhibitsPage.On(file, Math.Max(1, number));
        if (number < 1 || number > 1 && shown.Count == 0) return TypedResults.NotFound();
        var known = await handouts.Several(file.View, shown, context.RequestAborted);
        return Page.Show<ExhibitsPage>(("File", file), ("Handouts", known), ("Number", number));
    }

    private static async Task<IResult> View(
        HttpContext context, CaseFiles cases, ExhibitSights sights, string id, string exhibit) =>
        await cases.Party(context, id) is { } file
        && await sights.Of(file, exhibit, context.Request.Query, context.RequestAborted) is { } sight
            ? Page.Show<ExhibitPage>(("Sight", sight))
            : TypedResults.NotFound();

    /// <summary>What cannot be had yet is shown with the reason; the page is the same.</summary>
    private static async Task<IResult> Download(
        HttpContext context, CaseFiles cases, Handouts handouts, FileAnswers files, ExhibitSights sights, string id,
        string exhibit)
    {
        if (await Open(context, cases, handouts, id, exhibit) is not var (file,
            handout)) return TypedResults.NotFound();
        if (await files.Download(context, handout) is { } sent) return sent;
        return await sights.Of(file, exhibit, QueryCollection.Empty, context.RequestAborted) is { } sight
            ? Page.With<ExhibitPage>(StatusCodes.Status409Conflict, ("Sight", sight))
            : TypedResults.NotFound();
    }

    private static async Task<IResult> Made(
        HttpContext context, CaseFiles cases, Handouts handouts, FileAnswers files, string id, string exhibit,
            string name) =>
        await Open(context, cases, handouts, id, exhibit) is var (_, handout)
        && await files.Made(context, handout, name) is { } sent
            ? sent
            : TypedResults.NotFound();

    private static async Task<IResult> Original(
        HttpContext context, CaseFiles cases, Handouts handouts, FileAnswers files, string id, string exhibit) =>
        await Open(context, cases, handouts, id, exhibit) is var (_, handout)
        && await files.Original(context, handout) is { } sent
            ? sent
            : TypedResults.NotFound();

    private static async Task<IResult> Access(
        HttpContext context, CaseFiles cases, ExhibitSights sights, string id, string exhibit)
    {
        if (await cases.Party(context, id) is not { } file) return TypedResults.NotFound();
        var typed = await context.Typed();
        var reply = await cases.Ask(
            typed.Caller, file, new OpenOriginal(new(exhibit)), typed.Key, null, context.RequestAborted);
        return await Answers.Of(
            reply, file, $"{file.Address}/evidence/{exhibit}/view", "original_opened", async _ =>
                await sights.Of(file, exhibit, QueryCollection.Empty, context.RequestAborted) is { } sight
                    ? Page.Refused<ExhibitPage>(("Sight", sight))
                    : TypedResults.NotFound());
    }

    private static async Task<(CaseFile File, Handout Handout)?> Open(
        HttpContext context, CaseFiles cases, Handouts handouts, string id, string exhibit) =>
        await cases.Party(context, id) is { } file
        && await handouts.Of(file.View, new ExhibitId(exhibit), context.RequestAborted) is { } handout
            ? (file, handout)
            : null;
}
