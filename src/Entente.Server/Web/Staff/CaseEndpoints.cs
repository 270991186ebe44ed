using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Web.Cases;
using Entente.Server.Web.Party;
using Entente.Server.Web.Safety;

namespace Entente.Server.Web.Staff;

/// <summary>A dispute on the desk, what is written there, and who takes charge of it.</summary>
public static class CaseEndpoints
{
    public static void MapCase(this IEndpointRouteBuilder desk)
    {
        desk.MapGet("/disputes/{id}", Show);
        desk.MapPost("/disputes/{id}/messages", Post).RequireRateLimiting(Limits.Messages);
        desk.MapGet("/disputes/{id}/taking", ShowTaking);
        desk.MapPost("/disputes/{id}/taking", Take);
        desk.MapPost("/disputes/{id}/assignment", Give);
    }

    private static async Task<IResult> Show(HttpContext context, StaffCases cases, string id) =>
        await cases.Open(context, id) is { } found ? Page.Show<CasePage>(("Case", found)) : TypedResults.NotFound();

    private static async Task<IResult> Post(HttpContext context, StaffCases cases, CaseFiles files, string id)
    {
        if (await cases.Open(context, id) is not { } found) return TypedResults.NotFound();
        var typed = await context.Typed();
        var to = Codes.TryParse<Audience>(typed["audience"], out var audience) ? audience : Audience.Staff;
        var reply = await files.Ask(
            typed.Caller, found.File, new PostMessage(to, typed.NeededText("text")), typed.Key, null,
            context.RequestAborted);
        return await Answers.Of(reply, found.File, $"{found.Address}#story", "message_posted", refusal =>
            Again(context, cases, found, typed, refusal));
    }

    private static async Task<IResult> ShowTaking(HttpContext context, StaffCases cases, string id) =>
        await cases.Open(context, id) is { } found ? Page.Show<TakingPage>(("Case", found)) : TypedResults.NotFound();

    private static async Task<IResult> Take(HttpContext context, StaffCases cases, CaseFiles files, string id)
    {
        if (await cases.Open(context, id) is not { } found) return TypedResults.NotFound();
        var typed = await context.Typed();
        return typed.Caller.Person is { } me
            ? await Assign(context, cases, files, found, typed, me, "taken")
            : TypedResults.NotFound();
    }

    private static async Task<IResult> Give(HttpContext context, StaffCases cases, CaseFiles files, string id)
    {
        if (await cases.Open(context, id) is not { } found) return TypedResults.NotFound();
        var typed = await context.Typed();
        return found.Colleagues.Any(colleague => colleague.Value == typed["examiner"])
            ? await Assign(context, cases, files, found, typed, new(typed["examiner"]), "assigned")
            : TypedResults.NotFound();
    }

    private static async Task<IResult> Assign(
        HttpContext context, StaffCases cases, CaseFiles files, StaffCase found, Typed typed, PersonId examiner,
        string done)
    {
        var command = await cases.Assign(context, found, examiner);
        var reply = await files.Ask(typed.Caller, found.File, command, typed.Key, typed.Seen, context.RequestAborted);
        return await Answers.Of(reply, found.File, $"{found.Address}#panel", done, refusal =>
            Again(context, cases, found, typed, refusal));
    }

    private static async Task<IResult> Again(
        HttpContext context, StaffCases cases, StaffCase found, Typed typed, Refusal? refusal)
    {
        var fresh = await cases.Open(context, found.File.View.Id.ToString()) ?? found;
        var (state, since, status) = StaffForms.Again(typed, refusal);
        return Page.With<CasePage>(status, ("Case", fresh), ("State", state), ("Since", since));
    }
}
