using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Server.Web.Cases;
using Entente.Server.Web.Safety;

namespace Entente.Server.Web.Party.Opening;

/// <summary>Opening a dispute, one question a page; every answer is kept at once.</summary>
public static class OpeningEndpoints
{
    private const string Steps = "/disputes/new/{order}/{seller}/{step}";

    public static void MapOpening(this IEndpointRouteBuilder party)
    {
        party.MapGet("/disputes/new", Purchases);
        party.MapGet(Steps, Show);
        party.MapPost(Steps, Take).RequireRateLimiting(Limits.Opening);
    }

    private static async Task<IResult> Purchases(HttpContext context, OpeningCases openings)
    {
        var query = context.Request.Query["q"].ToString().Trim();
        var purchases = await openings.Purchases(context.Caller(), query, context.RequestAborted);
        return Page.Show<OrdersPage>(("Query", query), ("Purchases", purchases));
    }

    private static async Task<IResult> Show(
        HttpContext context, OpeningCases openings, string order, string seller, string step)
    {
        if (!Codes.TryParse<OpeningStep>(step, out var at)) return TypedResults.NotFound();
        var caller = context.Caller();
        if (await openings.Find(caller, order, seller, context.RequestAborted) is not { } opening)
            return TypedResults.NotFound();
        if (at > opening.Draft.Next) return TypedResults.Redirect(opening.At(opening.Draft.Next));
        if (at == OpeningStep.Remedy && context.Request.Query["by"].ToString() is { Length: > 0 } by)
            opening = opening with { Draft = opening.Draft with { ByArticle = by == RemedyTyped.ByArticle } };
        return at == OpeningStep.Check
            ? await Check(context, openings, opening, FormState.Empty, StatusCodes.Status200OK)
            : Question(at, opening, OpeningTyped.Known(at, opening.Draft), StatusCodes.Status200OK);
    }

    private static async Task<IResult> Take(
        HttpContext context, OpeningCases openings, DisputeDesk desk, string order, string seller, string step)
    {
        if (!Codes.TryParse<OpeningStep>(step, out var at)) return TypedResults.NotFound();
        var caller = context.Caller();
        if (await openings.Find(caller, order, seller, context.RequestAborted) is not { } opening)
            return TypedResults.NotFound();
        var typed = await context.Typed();
        if (at == OpeningStep.Check) return await Open(context, openings, desk, opening, typed);

        var (draft, wrong) = OpeningTyped.Read(at, opening, typed);
        await openings.Keep(caller, opening, draft, context.RequestAborted);
        opening = opening with { Draft = draft };
        if (typed.Form.ContainsKey("split")) return Page.Done(opening.At(OpeningStep.Reasons));
        var errors = wrong.Count > 0 ? wrong : await Objections(at, context, openings, opening, typed);
        return errors.Count > 0
            ? Question(at, opening, typed.Wrong(errors), StatusCodes.Status422UnprocessableEntity)
            : Page.Done(opening.At(opening.Draft.Next < at + 1 ? opening.Draft.Next : at + 1));
    }

    /// <summary>Whatever an answer makes impossible is said where it is given, not at the end.</summary>
    private static async Task<IReadOnlyList<FormError>> Objections(
        OpeningStep at, HttpContext context, OpeningCases openings, OpeningCase opening, Typed typed)
    {
        var caller = context.Caller();
        var trial = at < OpeningStep.Remedy ? opening with { Draft = Stopgap(opening.Draft, at) } : opening;
        if (trial.Draft.Next < OpeningStep.Check) return [];
        var languages = await openings.Languages(caller, trial, context.RequestAborted);
        var (command, partOf, wrong) = OpeningCases.Command(caller, trial, languages, typed.Speaker.Language);
        var refusal = wrong ?? openings.Rehearse(caller, trial, command).Refusal;
        return refusal is null ? [] : [OpeningTyped.Error(refusal, at, command.Sought, partOf, typed.Speaker)];
    }

    /// <summary>The answers so far with the plainest ones in place of those to come.</summary>
    private static OpeningDraft Stopgap(OpeningDraft draft, OpeningStep at) => draft with
    {
        Items = at == OpeningStep.Items
            ? [.. draft.Items.GroupBy(item => item.Line)
                .Select(line => new DraftItem(line.Key, line.Sum(item => item.Units), Reason.Other))]
            : draft.Items,
        Story = at == OpeningStep.Story ? draft.Story : "-",
        Remedy = new Dictionary<string, string> { ["remedy[0].kind"] = Codes.Of(RemedyKind.FullRefund) },
        ByArticle = false,
    };

    private static async Task<IResult> Open(
        HttpContext context, OpeningCases openings, DisputeDesk desk, OpeningCase opening, Typed typed)
    {
        if (opening.Draft.Next < OpeningStep.Check) return Page.Done(opening.At(opening.Draft.Next));
        var caller = typed.Caller;
        var languages = await openings.Languages(caller, opening, context.RequestAborted);
        var (command, partOf, wrong) = OpeningCases.Command(caller, opening, languages, typed.Speaker.Language);
        if (wrong is not null)
            return await Check(context, openings, opening, Wrong(wrong), StatusCodes.Status422UnprocessableEntity);
        var by = caller.ActorAs(Role.Buyer, opening.Order.Buyer);
        var reply = await desk.Open(opening.Order.Id, command, by, caller.Principal, typed.Key, context.RequestAborted);
        switch (reply)
        {
            case Reply.Done done:
                await openings.Drop(caller, opening, context.RequestAborted);
                return Page.Done(CaseFile.AddressOf(done.Dispute.Id), "dispute_opened");
            case Reply.Refused refused:
                return await Check(context, openings, opening, Wrong(refused.Refusal),
                    StatusCodes.Status422UnprocessableEntity);
            default:
                return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        FormState Wrong(Refusal refusal) =>
            typed.Wrong(OpeningTyped.Error(refusal, OpeningStep.Check, command.Sought, partOf, typed.Speaker));
    }

    private static async Task<IResult> Check(
        HttpContext context, OpeningCases openings, OpeningCase opening, FormState state, int status)
    {
        var speaker = context.RequestServices.GetRequiredService<Visit>().Speaker;
        var caller = context.Caller();
        var languages = await openings.Languages(caller, opening, context.RequestAborted);
        var (command, partOf, wrong) = OpeningCases.Command(caller, opening, languages, speaker.Language);
        var (ahead, refusal) = wrong is null ? openings.Rehearse(caller, opening, command) : (null, wrong);
        if (refusal is not null && state.Errors.Count == 0)
            (state, status) = (FormState.Of(FormCollection.Empty,
                OpeningTyped.Error(refusal, OpeningStep.Check, command.Sought, partOf, speaker)),
                StatusCodes.Status422UnprocessableEntity);
        return Page.With<CheckPage>(status, ("Case", opening), ("Ahead", ahead), ("State", state));
    }

    private static IResult Question(OpeningStep at, OpeningCase opening, FormState state, int status) => at switch
    {
        OpeningStep.Items => Page.With<ItemsPage>(status, ("Case", opening), ("State", state)),
        OpeningStep.Reasons => Page.With<ReasonsPage>(status, ("Case", opening), ("State", state)),
        OpeningStep.Story => Page.With<StoryPage>(status, ("Case", opening), ("State", state)),
        OpeningStep.Remedy => Page.With<RemedyPage>(status, ("Case", opening), ("State", state)),
        OpeningStep.Check => Page.With<CheckPage>(status, ("Case", opening), ("State", state)),
    };
}
