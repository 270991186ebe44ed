using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Server.Web.Cases;

namespace Entente.Server.Web.Party;

/// <summary>« Clôturer le litige »: the reason, the consequences, the confirmation.</summary>
public static class ClosureEndpoints
{
    private const string Pattern = "/disputes/{id}/closure";

    public static void MapClosure(this IEndpointRouteBuilder party)
    {
        party.MapGet(Pattern, Show);
        party.MapPost(Pattern, Close);
    }

    private static async Task<IResult> Show(HttpContext context, CaseFiles cases, string id)
    {
        if (await cases.Party(context, id) is not { } file) return TypedResults.NotFound();
        if (!file.View.May("close")) return Answers.NotNow(file);
        var query = context.Request.Query;
        if (Reason(query["reason"], file) is { } reason)
            return await Confirm(context, cases, new(file, reason), FormState.Empty, null, 200);
        if (query["step"].ToString().Length == 0) return Page.Show<ClosurePage>(("File", file));
        var speaker = context.RequestServices.GetRequiredService<Visit>().Speaker;
        var state = FormState.Of(FormCollection.Empty, new FormError("reason", speaker.Say("closure.choose")));
        return Page.Refused<ClosurePage>(("File", file), ("State", state));
    }

    private static async Task<IResult> Close(HttpContext context, CaseFiles cases, string id)
    {
        if (await cases.Party(context, id) is not { } file) return TypedResults.NotFound();
        var typed = await context.Typed();
        if (!Codes.TryParse<ClosingReason>(typed["reason"], out var reason))
            return Page.Done($"{file.Address}/closure");
        var received = typed["received"] switch { "yes" => true, "no" => false, _ => (bool?)null };
        var command = new CloseDispute(
            reason, typed["confirmed"] == "yes", received, typed["accepts_less"] == "yes", typed.Text("comment"));
        var reply = await cases.Ask(typed.Caller, file, command, typed.Key, typed.Seen, context.RequestAborted);
        var done = reply is Reply.Done { Dispute.IsOpen: true } ? "kept_open" : "closed";
        return await Answers.Of(reply, file, $"{file.Address}", done, async refusal =>
        {
            var fresh = await cases.Party(context, id) ?? file;
            if (Reason(typed["reason"], fresh) is not { } still) return Answers.NotNow(fresh);
            return await Confirm(
                context, cases, new(fresh, still), refusal is null ? typed.Wrong() : typed.Refused(refusal),
                refusal is null ? typed.Seen : null,
                refusal is null ? StatusCodes.Status412PreconditionFailed : StatusCodes.Status422UnprocessableEntity);
        });
    }

    /// <summary>What stays possible afterwards is read off the closing itself, rehearsed.</summary>
    private static async Task<IResult> Confirm(
        HttpContext context, CaseFiles cases, Closure closure, FormState state, int? since, int status)
    {
        var command = new CloseDispute(
            closure.Reason!.Value, Confirmed: true, Received: true, AcceptsLess: true, Comment: null);
        var ahead = await cases.Rehearse(context.Caller(), closure.File, command, context.RequestAborted);
        var standing = await cases.StandingChanges(context.Caller(), closure.File, command, context.RequestAborted);
        return Page.With<ClosureConfirmPage>(status,
            ("Closure", closure), ("Standing", standing), ("State", state), ("Since", since),
            ("Afterwards", ahead?.Agenda.Afterwards.Skip(1).ToList() ?? []));
    }

    private static ClosingReason? Reason(string? code, CaseFile file) =>
        Codes.TryParse<ClosingReason>(code, out var reason) && file.View.ClosingReasons.Contains(reason)
            ? reason
            : null;
}
