using System.Globalization;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Web.Cases;
using Entente.Server.Web.Party;

namespace Entente.Server.Web.Staff;

/// <summary>Something the platform's people do with a few words, and at most a yes or a no.</summary>
/// <param name="Move">As the moves table names it.</param>
/// <param name="Path">Below the dispute's address; {no} stands for what it is about.</param>
/// <param name="Words">What its sentences begin with.</param>
/// <param name="Field">The field of its text.</param>
/// <param name="Command">From what it is about, the answer and the text.</param>
public sealed record StaffAct(
    string Move, string Path, string Words, string Field, Func<int, bool, PersonalText, DisputeCommand> Command)
{
    /// <summary>Whether it is an answer: yes or no.</summary>
    public bool Asks { get; init; }

    public static readonly IReadOnlyList<StaffAct> All =
    [
        new("grant_reopening", "reopening", "answer_reopening", "text",
            (_, yes, text) => yes ? new GrantReopening(IfAny(text)) : new DenyReopening(text)) { Asks = true },
        new("rule_on_challenge", "challenge", "rule_on_challenge", "text",
            (_, yes, text) => new RuleOnChallenge(yes, text)) { Asks = true },
        new("rule_on_measure", "measures/{no:int}/review", "rule_on_measure", "text",
            (no, yes, text) => new RuleOnMeasure(no, yes, text)) { Asks = true },
        new("set_aside", "set-aside", "set_aside", "reason", (_, _, text) => new SetAsideOutcome(text)),
        new("recuse", "recusal", "recuse", "reason", (_, _, text) => new Recuse(text)),
        new("refer_to_risk", "risk", "refer_to_risk", "text", (_, _, text) => new ReferToRisk(text)),
        new("answer_risk", "risk/answer", "answer_risk", "text", (_, _, text) => new AnswerRisk(text)),
    ];

    /// <summary>Where its page lies below the dispute.</summary>
    public string At(int no) =>
        Path.Replace("{no:int}", no.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static PersonalText? IfAny(PersonalText text) => text.Value.Length == 0 ? null : text;
}

/// <summary>The pages of those acts: shown, done and back to the case, or refused with what was written.</summary>
public static class StaffActEndpoints
{
    public static void MapStaffActs(this IEndpointRouteBuilder desk)
    {
        foreach (var act in StaffAct.All)
        {
            var pattern = $"/disputes/{{id}}/{act.Path}";
            desk.MapGet(pattern, (HttpContext context, StaffCases cases, string id) => Show(act, context, cases, id));
            desk.MapPost(pattern, (HttpContext context, StaffCases cases, CaseFiles files, string id) =>
                Do(act, context, cases, files, id));
        }
    }

    private static async Task<IResult> Show(StaffAct act, HttpContext context, StaffCases cases, string id)
    {
        if (await cases.Open(context, id) is not { } found || IsMissing(found, context)) return TypedResults.NotFound();
        return IsOpen(act, found, context)
            ? Page.Show<StaffActPage>(("Case", found), ("Act", act), ("No", No(context)))
            : Answers.NotNow(found.File);
    }

    private static async Task<IResult> Do(
        StaffAct act, HttpContext context, StaffCases cases, CaseFiles files, string id)
    {
        if (await cases.Open(context, id) is not { } found || IsMissing(found, context)) return TypedResults.NotFound();
        var typed = await context.Typed();
        if (act.Asks && typed["answer"] is not ("yes" or "no"))
            return Again(found, typed.Wrong(new FormError("answer", typed.Speaker.Say("staff_act.choose"))), null, 422);
        var command = act.Command(No(context), typed["answer"] == "yes", typed.NeededText(act.Field));
        var reply = await files.Ask(typed.Caller, found.File, command, typed.Key, typed.Seen, context.RequestAborted);
        return await Answers.Of(reply, found.File, $"{found.Address}#panel", act.Words, async refusal =>
        {
            var fresh = await cases.Open(context, id) ?? found;
            if (!IsOpen(act, fresh, context))
                return Answers.NotNow(fresh.File, refusal is null ? null : typed.Speaker.Say(refusal.Sentence));
            var (state, since, status) = StaffForms.Again(typed, refusal);
            return Again(fresh, state, since, status);
        });

        IResult Again(StaffCase of, FormState state, int? since, int status) => Page.With<StaffActPage>(
            status, ("Case", of), ("Act", act), ("No", No(context)), ("State", state), ("Since", since));
    }

    private static bool IsOpen(StaffAct act, StaffCase found, HttpContext context) => found.File.View.Actions.Any(
        action => action.Move == act.Move && (action.Subject is not { } no || no == No(context)));

    private static bool IsMissing(StaffCase found, HttpContext context) => No(context) is > 0 and var no
        && found.File.View.Afterwards.Measures.All(measure => measure.No != no);

    private static int No(HttpContext context) =>
        int.TryParse(context.GetRouteValue("no")?.ToString(), CultureInfo.InvariantCulture, out var no) ? no : 0;
}
