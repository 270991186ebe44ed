using System.Globalization;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Server.Web.Cases;
using Entente.Server.Web.Party;
using Microsoft.AspNetCore.Components;

namespace Entente.Server.Web.Staff;

/// <summary>The desk's longer forms after an outcome: approval, correction, measures, a finding of abuse.</summary>
public static class StaffAfterwardsEndpoints
{
    public static void MapStaffAfterwards(this IEndpointRouteBuilder desk)
    {
        Map<ApprovalPage>(desk, "decision/approval", "approve_decision", Approved);
        Map<CorrectionPage>(desk, "decision/correction", "correct_decision", Corrected);
        Map<MeasuresPage>(desk, "breaches/{no:int}/measures", "take_measures", Measured);
        Map<AbusePage>(desk, "abuse", "find_abuse", Found);
    }

    /// <summary>From what was typed to the command, or what cannot be read.</summary>
    private delegate (DisputeCommand? Command, FormError? Wrong) Reading(Typed typed, StaffCase found, int no);

    private static void Map<TPage>(IEndpointRouteBuilder desk, string path, string move, Reading read)
        where TPage : IComponent
    {
        var pattern = $"/disputes/{{id}}/{path}";
        desk.MapGet(pattern, (HttpContext context, StaffCases cases, string id) =>
            Show<TPage>(move, context, cases, id));
        desk.MapPost(pattern, (HttpContext context, StaffCases cases, CaseFiles files, string id) =>
            Do<TPage>(move, read, context, cases, files, id));
    }

    private static async Task<IResult> Show<TPage>(string move, HttpContext context, StaffCases cases, string id)
        where TPage : IComponent
    {
        if (await cases.Open(context, id) is not { } found || IsMissing(found, No(context)))
            return TypedResults.NotFound();
        return IsOpen(move, found, No(context))
            ? Page.Show<TPage>(("Case", found), ("No", No(context)))
            : Answers.NotNow(found.File);
    }

    private static async Task<IResult> Do<TPage>(
        string move, Reading read, HttpContext context, StaffCases cases, CaseFiles files, string id)
        where TPage : IComponent
    {
        if (await cases.Open(context, id) is not { } found || IsMissing(found, No(context)))
            return TypedResults.NotFound();
        var (typed, no) = (await context.Typed(), No(context));
        if (!IsOpen(move, found, no)) return Answers.NotNow(found.File);
        var (command, wrong) = read(typed, found, no);
        if (command is null)
            return Page.Refused<TPage>(("Case", found), ("No", no), ("State", typed.Wrong(wrong!)));
        if (command is ApproveDecision approval)
            command = approval with { IsParty = await cases.IsPartyOf(context, found) };
        var reply = await files.Ask(typed.Caller, found.File, command, typed.Key, typed.Seen, context.RequestAborted);
        return await Answers.Of(reply, found.File, $"{found.Address}#panel", command.Move.Name, async refusal =>
        {
            var fresh = await cases.Open(context, id) ?? found;
            if (!IsOpen(move, fresh, no))
                return Answers.NotNow(fresh.File, refusal is null ? null : typed.Speaker.Say(refusal.Sentence));
            var (state, since, status) = StaffForms.Again(typed, refusal);
            return Page.With<TPage>(status, ("Case", fresh), ("No", no), ("State", state), ("Since", since));
        });
    }

    private static bool IsOpen(string move, StaffCase found, int no) => found.File.View.Actions.Any(action =>
        action.Move == move && (no == 0 || action.Subject == no));

    private static bool IsMissing(StaffCase found, int no) =>
        no > 0 && found.File.View.Afterwards.Breaches.All(breach => breach.No != no);

    private static int No(HttpContext context) =>
        int.TryParse(context.GetRouteValue("no")?.ToString(), CultureInfo.InvariantCulture, out var no) ? no : 0;

    private static (DisputeCommand?, FormError?) Approved(Typed typed, StaffCase found, int no)
    {
        var draft = found.File.View.Afterwards.Draft?.No ?? 0;
        return typed["answer"] switch
        {
            "yes" => (new ApproveDecision(draft, IsParty: false), null),
            "no" => (new ReturnDecision(draft, typed.NeededText("reason")), null),
            _ => (null, new("answer", typed.Speaker.Say("staff_act.choose"))),
        };
    }

    private static (DisputeCommand?, FormError?) Corrected(Typed typed, StaffCase found, int no)
    {
        var outcome = found.File.Action("correct_decision")?.Subject ?? 0;
        var writer = new Writer(typed.Caller);
        var texts = found.File.View.Languages
            .Select(language => writer.Write(Typed.Plain(typed[$"text.{language}"]), language)).ToValueList();
        if (!int.TryParse(typed["line"], NumberStyles.None, CultureInfo.InvariantCulture, out var line))
            return (new CorrectDecision(outcome, null, null, texts), null);
        return Amounts.TryParse(typed["amount"], found.File.View.Order.Currency, typed.Speaker.Language, out var amount)
            ? (new CorrectDecision(outcome, line, amount.Minor, texts), null)
            : (null, new("amount", typed.Speaker.Say("rule.amount_unreadable")));
    }

    private static (DisputeCommand?, FormError?) Measured(Typed typed, StaffCase found, int no)
    {
        if (typed["answer"] is not ("yes" or "no")) return (null, new("answer", typed.Speaker.Say("staff_act.choose")));
        var currency = found.File.View.Order.Currency;
        long? amount = null;
        if (typed["amount"].Trim().Length > 0)
        {
            if (!Amounts.TryParse(typed["amount"], currency, typed.Speaker.Language, out var money))
                return (null, new("amount", typed.Speaker.Say("rule.amount_unreadable")));
            amount = money.Minor;
        }
        var measures = typed.Form["measures"]
            .Select(code => Codes.TryParse<MeasureKind>(code, out var kind) ? kind : (MeasureKind?)null)
            .OfType<MeasureKind>()
            .Select(kind => new MeasureDraft(kind, kind == MeasureKind.PayFromHeldFunds ? amount : null));
        var (lines, _, wrong) = RemedyTyped.Read(
            field => typed.Form[field], MeasuresPage.Parts(found, no), typed.Speaker.Language, "lines");
        if (wrong.Count > 0) return (null, new("remedy[0].kind", typed.Speaker.Say(wrong[0].Sentence)));
        return (new TakeMeasures(
            no, typed["answer"] == "yes", measures.ToValueList(), lines, typed.NeededText("text")), null);
    }

    private static (DisputeCommand?, FormError?) Found(Typed typed, StaffCase found, int no) =>
        Codes.TryParse<Role>(typed["against"], out var against)
            ? (new FindAbuse(against, typed.Form["exhibits"]
                .Select(exhibit => int.TryParse(exhibit, CultureInfo.InvariantCulture, out var number) ? number : 0)
                .ToValueList(), typed.NeededText("facts")), null)
            : (null, new("against", typed.Speaker.Say("staff_act.choose")));
}
