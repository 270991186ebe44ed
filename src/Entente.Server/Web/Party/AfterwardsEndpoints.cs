using System.Globalization;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Web.Cases;
using Microsoft.AspNetCore.Components;

namespace Entente.Server.Web.Party;

/// <summary>Not satisfied, reopen, not honoured: the forms of a party after an outcome.</summary>
public static class AfterwardsEndpoints
{
    private const string Appeal = "/disputes/{id}/appeal";
    private const string Reopening = "/disputes/{id}/reopening";

    public static void MapAfterwards(this IEndpointRouteBuilder party)
    {
        party.MapGet(Appeal, (HttpContext context, CaseFiles cases, string id) =>
            Show<AppealPage>("appeal", context, cases, id));
        party.MapPost(Appeal, (HttpContext context, CaseFiles cases, string id) =>
            Do<AppealPage>("appeal", "appeal_filed", "", context, cases, id, Appealed));
        party.MapGet(Reopening, (HttpContext context, CaseFiles cases, string id) =>
            Show<ReopeningPage>("request_reopening", context, cases, id));
        party.MapPost(Reopening, (HttpContext context, CaseFiles cases, string id) =>
            Do<ReopeningPage>(
                "request_reopening", "reopening_requested", "/evidence/new", context, cases, id, Requested));
        party.MapGet("/disputes/{id}/breaches/new", (HttpContext context, CaseFiles cases, string id) =>
            Show<BreachPage>("report_breach", context, cases, id));
        party.MapPost("/disputes/{id}/breaches", (HttpContext context, CaseFiles cases, string id) =>
            Do<BreachPage>("report_breach", "breach_reported", "/evidence/new", context, cases, id, Reported));
    }

    private static async Task<IResult> Show<TPage>(string move, HttpContext context, CaseFiles cases, string id)
        where TPage : IComponent
    {
        if (await cases.Party(context, id) is not { } file) return TypedResults.NotFound();
        return file.View.May(move) ? Page.Show<TPage>(("File", file)) : Answers.NotNow(file);
    }

    private static async Task<IResult> Do<TPage>(
        string move, string done, string next, HttpContext context, CaseFiles cases, string id,
        Func<Typed, (DisputeCommand? Command, FormError? Wrong)> read) where TPage : IComponent
    {
        if (await cases.Party(context, id) is not { } file) return TypedResults.NotFound();
        var typed = await context.Typed();
        var (command, wrong) = read(typed);
        if (command is null) return Page.Refused<TPage>(("File", file), ("State", typed.Wrong(wrong!)));
        var reply = await cases.Ask(typed.Caller, file, command, typed.Key, typed.Seen, context.RequestAborted);
        return await Answers.Of(reply, file, $"{file.Address}{next}", done, async refusal =>
        {
            var fresh = await cases.Party(context, id) ?? file;
            if (!fresh.View.May(move))
                return Answers.NotNow(fresh, refusal is null ? null : typed.Speaker.Say(refusal.Sentence));
            return refusal is null
                ? Page.With<TPage>(StatusCodes.Status412PreconditionFailed,
                    ("File", fresh), ("State", typed.Wrong()), ("Since", typed.Seen))
                : Page.Refused<TPage>(("File", fresh), ("State", typed.Refused(refusal)));
        });
    }

    private static (DisputeCommand?, FormError?) Appealed(Typed typed) =>
        (new AppealDecision(Numbers(typed, "findings"), Numbers(typed, "exhibits"), typed.NeededText("text")), null);

    private static (DisputeCommand?, FormError?) Requested(Typed typed) =>
        Codes.TryParse<ReopeningGround>(typed["ground"], out var ground)
            ? (new RequestReopening(ground, typed.NeededText("text")), null)
            : (null, new("ground", typed.Speaker.Say("reopening.choose")));

    private static (DisputeCommand?, FormError?) Reported(Typed typed) =>
        int.TryParse(typed["obligation"], NumberStyles.None, CultureInfo.InvariantCulture, out var no)
            ? (new ReportBreach(no, typed.NeededText("text")), null)
            : (null, new("obligation", typed.Speaker.Say("breach.choose")));

    private static ValueList<int> Numbers(Typed typed, string field) => typed.Form[field]
        .Select(no => int.TryParse(no, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
        .ToValueList();
}
