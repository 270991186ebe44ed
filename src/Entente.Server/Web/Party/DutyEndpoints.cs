using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Server.Web.Cases;
using Microsoft.AspNetCore.Components;

namespace Entente.Server.Web.Party;

/// <summary>An obligation said to be done, and one that is contested.</summary>
public static class DutyEndpoints
{
    private const string Performance = "/disputes/{id}/obligations/{no:int}/performance";
    private const string Contest = "/disputes/{id}/obligations/{no:int}/contest";

    public static void MapDuties(this IEndpointRouteBuilder party)
    {
        party.MapGet(Performance, (HttpContext context, CaseFiles cases, string id, int no) =>
            Show<PerformPage>("perform", context, cases, id, no));
        party.MapPost(Performance, (HttpContext context, CaseFiles cases, string id, int no) =>
            Do<PerformPage>("perform", context, cases, id, no, (typed, _) =>
                (new Perform(no, typed.Text("reference"), Proof(typed)), null)));
        party.MapGet(Contest, (HttpContext context, CaseFiles cases, string id, int no) =>
            Show<ContestPage>("contest_performance", context, cases, id, no));
        party.MapPost(Contest, (HttpContext context, CaseFiles cases, string id, int no) =>
            Do<ContestPage>("contest_performance", context, cases, id, no, Contested));
    }

    private static async Task<IResult> Show<TPage>(string move, HttpContext context, CaseFiles cases, string id, int no)
        where TPage : IComponent
    {
        if (await Duty(context, cases, id, no) is not { } found) return TypedResults.NotFound();
        return found.File.Action(move, no) is null
            ? Answers.NotNow(found.File)
            : Page.Show<TPage>(("File", found.File), ("Duty", found.Duty));
    }

    private static async Task<IResult> Do<TPage>(
        string move, HttpContext context, CaseFiles cases, string id, int no,
        Func<Typed, ObligationView, (DisputeCommand? Command, FormError? Wrong)> read) where TPage : IComponent
    {
        if (await Duty(context, cases, id, no) is not { } found) return TypedResults.NotFound();
        var typed = await context.Typed();
        var (command, wrong) = read(typed, found.Duty);
        if (command is null)
            return Page.Refused<TPage>(("File", found.File), ("Duty", found.Duty), ("State", typed.Wrong(wrong!)));
        var reply = await cases.Ask(typed.Caller, found.File, command, typed.Key, typed.Seen, context.RequestAborted);
        return await Answers.Of(reply, found.File, $"{found.File.Address}", move, async refusal =>
        {
            var fresh = await Duty(context, cases, id, no) ?? found;
            if (fresh.File.Action(move, no) is null) return Answers.NotNow(fresh.File);
            return refusal is null
                ? Page.With<TPage>(StatusCodes.Status412PreconditionFailed,
                    ("File", fresh.File), ("Duty", fresh.Duty), ("State", typed.Wrong()), ("Since", typed.Seen))
                : Page.Refused<TPage>(("File", fresh.File), ("Duty", fresh.Duty), ("State", typed.Refused(refusal)));
        });
    }

    private static ExhibitId? Proof(Typed typed) =>
        typed["proof"] is { Length: > 0 } proof ? new ExhibitId(proof) : null;

    private static (DisputeCommand?, FormError?) Contested(Typed typed, ObligationView duty)
    {
        if (!Codes.TryParse<ContestReason>(typed["reason"], out var reason))
            return (null, new("reason", typed.Speaker.Say("contest.choose")));
        var amount = typed["amount_received"].Trim();
        if (amount.Length == 0 || duty.Amount is not { } owed)
            return (new ContestPerformance(duty.No, reason, null, typed.Text("text")), null);
        return Amounts.TryParse(amount, owed.Currency, typed.Speaker.Language, out var received)
            ? (new ContestPerformance(duty.No, reason, received.Minor, typed.Text("text")), null)
            : (null, new("amount_received", typed.Speaker.Say("contest.amount_unreadable")));
    }

    private static async Task<(CaseFile File, ObligationView Duty)?> Duty(
        HttpContext context, CaseFiles cases, string id, int no) =>
        await cases.Party(context, id) is { } file && file.View.Obligation(no) is { } duty ? (file, duty) : null;
}
