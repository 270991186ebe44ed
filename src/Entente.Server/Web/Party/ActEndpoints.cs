using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Server.Web.Cases;

namespace Entente.Server.Web.Party;

/// <summary>The pages of acts of one press: shown, done and back to the
/// dispute, or refused with what was written.</summary>
public static class ActEndpoints
{
    public static void MapActs(this IEndpointRouteBuilder party, IReadOnlyList<Act> acts)
    {
        foreach (var act in acts)
        {
            var pattern = $"/disputes/{{id}}/{act.Path}";
            party.MapGet(pattern, (HttpContext context, CaseFiles cases, string id) => Show(act, context, cases, id));
            party.MapPost(pattern, (HttpContext context, CaseFiles cases, string id) => Do(act, context, cases, id));
        }
    }

    private static async Task<IResult> Show(Act act, HttpContext context, CaseFiles cases, string id)
    {
        if (await About(act, context, cases, id) is not { } about) return TypedResults.NotFound();
        if (!act.IsOpenFor(about.File, about.Subject)) return Answers.NotNow(about.File);
        var ahead = act.Command is { } command
            ? await cases.Rehearse(
                context.Caller(), about.File, command(about.Subject, null), context.RequestAborted)
            : null;
        return Page.Show<ActPage>(("Act", act), ("About", about), ("Ahead", ahead));
    }

    private static async Task<IResult> Do(Act act, HttpContext context, CaseFiles cases, string id)
    {
        if (await About(act, context, cases, id) is not { } about) return TypedResults.NotFound();
        var typed = await context.Typed();
        var (command, wrong) = Reading(act, about, typed);
        if (command is null)
            return Page.Refused<ActPage>(("Act", act), ("About", about), ("State", typed.Wrong(wrong!)));
        var reply = await cases.Ask(
            typed.Caller, about.File, command, typed.Key, typed.Seen, context.RequestAborted);
        return await Answers.Of(reply, about.File, $"{about.File.Address}", Done(act, reply), async refusal =>
        {
            var fresh = await About(act, context, cases, id) ?? about;
            if (refusal is { Field: null } && !act.IsOpenFor(fresh.File, fresh.Subject))
                return Answers.NotNow(fresh.File, typed.Speaker.Say(refusal.Sentence));
            return Page.With<ActPage>(
                refusal is null ? StatusCodes.Status412PreconditionFailed : StatusCodes.Status422UnprocessableEntity,
                ("Act", act), ("About", fresh), ("Since", refusal is null ? typed.Seen : null),
                ("State", refusal is null ? typed.Wrong() : typed.Refused(refusal)));
        });
    }

    private static ActReading Reading(Act act, ActSubject about, Typed typed) => act.Reads is { } read
        ? read(about, typed)
        : act.Command!(about.Subject, act.Read(typed));

    /// <summary>The first answer to the examiner's proposal settles nothing yet, and says so.</summary>
    private static string Done(Act act, Reply reply) =>
        reply is Reply.Done { Facts: { Count: > 0 } facts } && facts.Any(fact => fact.Event is ProposalAnswered)
        && !facts.Any(fact => fact.Event is SettlementReached)
            ? "proposal_answered"
            : act.Done;

    private static async Task<ActSubject?> About(Act act, HttpContext context, CaseFiles cases, string id)
    {
        if (await cases.Party(context, id) is not { } file) return null;
        var about = new ActSubject(file, context.GetRouteValue("no")?.ToString() ?? "");
        return act.Exists(about) ? about : null;
    }
}
