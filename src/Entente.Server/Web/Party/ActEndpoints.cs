using Entente.Server.Web.Cases;

namespace Entente.Server.Web.Party;

/// <summary>The pages of acts of one press: shown, done and back to the
/// dispute, or refused with what was written.</summary>
public static class ActEndpoints
{
    public static void MapActs(this IEndpointRouteBuilder party)
    {
        foreach (var act in Acts.All)
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
        var ahead = await cases.Rehearse(
            context.Caller(), about.File, act.Command(about.Subject, null), context.RequestAborted);
        return Page.Show<ActPage>(("Act", act), ("About", about), ("Ahead", ahead));
    }

    private static async Task<IResult> Do(Act act, HttpContext context, CaseFiles cases, string id)
    {
        if (await About(act, context, cases, id) is not { } about) return TypedResults.NotFound();
        var typed = await context.Typed();
        var command = act.Command(about.Subject, act.Read(typed));
        var reply = await cases.Ask(typed.Caller, about.File, command, typed.Key, typed.Seen, context.RequestAborted);
        return await Answers.Of(reply, about.File, $"{about.File.Address}", act.Done, async refusal =>
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

    private static async Task<ActSubject?> About(Act act, HttpContext context, CaseFiles cases, string id)
    {
        if (await cases.Party(context, id) is not { } file) return null;
        var about = new ActSubject(file, context.GetRouteValue("no")?.ToString() ?? "");
        return act.Exists(about) ? about : null;
    }
}
