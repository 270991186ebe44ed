using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Web.Cases;
using Entente.Server.Web.Party;
using Microsoft.AspNetCore.Components;

namespace Entente.Server.Web.Staff;

/// <summary>The desk's short forms: a request for evidence, a ruling, a closing by staff.</summary>
public static class StaffFormEndpoints
{
    public static void MapStaffForms(this IEndpointRouteBuilder desk)
    {
        desk.MapGet("/disputes/{id}/evidence-requests/new", (HttpContext context, StaffCases cases, string id) =>
            Show<RequestPage>(context, cases, id, "request_evidence"));
        desk.MapPost("/disputes/{id}/evidence-requests",
            (HttpContext context, StaffCases cases, CaseFiles files, string id) =>
            Do<RequestPage>(context, cases, files, id, "requested", Requested));
        desk.MapGet("/disputes/{id}/obligations/{no:int}/ruling",
            (HttpContext context, StaffCases cases, string id, int no) =>
            Show<RulingPage>(context, cases, id, "rule_on_performance", no));
        desk.MapPost("/disputes/{id}/obligations/{no:int}/ruling",
            (HttpContext context, StaffCases cases, CaseFiles files, string id, int no) =>
            Do<RulingPage>(context, cases, files, id, "ruled", (typed, found) => Ruled(typed, found, no), no));
        desk.MapGet("/disputes/{id}/closure", (HttpContext context, StaffCases cases, string id) =>
            Show<StaffClosurePage>(context, cases, id, "close"));
        desk.MapPost("/disputes/{id}/closure", (HttpContext context, StaffCases cases, CaseFiles files, string id) =>
            Do<StaffClosurePage>(context, cases, files, id, "closed", Closed));
    }

    private static async Task<IResult> Show<TPage>(
        HttpContext context, StaffCases cases, string id, string move, int? duty = null)
        where TPage : IComponent
    {
        if (await cases.Open(context, id) is not { } found || IsMissing(found, duty)) return TypedResults.NotFound();
        return found.File.View.May(move)
            ? Page.Show<TPage>(Parameters(found, duty))
            : Answers.NotNow(found.File);
    }

    private static async Task<IResult> Do<TPage>(
        HttpContext context, StaffCases cases, CaseFiles files, string id, string done,
        Func<Typed, StaffCase, (DisputeCommand? Command, FormError? Wrong)> read, int? duty = null)
            where TPage : IComponent
    {
        if (await cases.Open(context, id) is not { } found || IsMissing(found, duty)) return TypedResults.NotFound();
        var typed = await context.Typed();
        var (command, wrong) = read(typed, found);
        if (command is null) return Page.Refused<TPage>([.. Parameters(found, duty), ("State", typed.Wrong(wrong!))]);
        var reply = await files.Ask(typed.Caller, found.File, command, typed.Key, typed.Seen, context.RequestAborted);
        return await Answers.Of(reply, found.File, $"{found.Address}#panel", done, async refusal =>
        {
            var fresh = await cases.Open(context, id) ?? found;
            var (state, since, status) = StaffForms.Again(typed, refusal);
            return Page.With<TPage>(status, [.. Parameters(fresh, duty), ("State", state), ("Since", since)]);
        });
    }

    private static bool IsMissing(StaffCase found, int? duty) =>
        duty is { } no && found.File.View.Obligation(no) is null;

    private static (string Name, object? Value)[] Parameters(StaffCase found, int? duty) => duty is { } no
        ? [("Case", found), ("Duty", found.File.View.Obligation(no))]
        : [("Case", found)];

    private static (DisputeCommand?, FormError?) Requested(Typed typed, StaffCase found)
    {
        if (StaffForms.EndOf(typed["due"], found.Policy.Calendar.Zone) is not { } due)
            return (null, new("due", typed.Speaker.Say("request.due_unreadable")));
        return (new RequestEvidence(Chosen<Role>(typed, "from"), Chosen<ExhibitKind>(typed, "kinds"),
            typed.NeededText("text"), due), null);
    }

    private static (DisputeCommand?, FormError?) Ruled(Typed typed, StaffCase found, int no)
    {
        if (!Codes.TryParse<Ruling>(typed["ruling"], out var ruling))
            return (null, new("ruling", typed.Speaker.Say("rule.choose")));
        var amount = typed["amount"].Trim();
        if (ruling != Ruling.Adjusted || amount.Length == 0)
            return (new RuleOnPerformance(no, ruling, null, typed.NeededText("text")), null);
        return Amounts.TryParse(amount, found.File.View.Order.Currency, typed.Speaker.Language, out var money)
            ? (new RuleOnPerformance(no, ruling, money.Minor, typed.NeededText("text")), null)
            : (null, new("amount", typed.Speaker.Say("rule.amount_unreadable")));
    }

    private static (DisputeCommand?, FormError?) Closed(Typed typed, StaffCase found) =>
        Codes.TryParse<ClosingReason>(typed["reason"], out var reason)
            ? (new CloseDispute(reason, typed["confirmed"] == "yes", null, false, typed.Text("comment")), null)
            : (null, new("reason", typed.Speaker.Say("staff_closure.choose")));

    private static ValueList<T> Chosen<T>(Typed typed, string field) where T : struct, Enum => typed.Form[field]
        .Select(code => Codes.TryParse<T>(code, out var value) ? value : (T?)null)
        .OfType<T>()
        .ToValueList();
}
