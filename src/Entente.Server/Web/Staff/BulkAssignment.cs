using Entente.Domain;
using Entente.Server.Desk;
using Entente.Server.Storage;
using Entente.Server.Web.Cases;
using Entente.Server.Web.Party;

namespace Entente.Server.Web.Staff;

/// <summary>Several disputes of the queue are given to one examiner, each by a command of its own.</summary>
public static class BulkAssignment
{
    private const int AtOnceMax = 100;

    public static void MapBulkAssignment(this IEndpointRouteBuilder desk) => desk.MapPost("/assignments", Give);

    private static async Task<IResult> Give(
        HttpContext context, StaffCases cases, CaseFiles files, DisputeQueries queries, People people)
    {
        var typed = await context.Typed();
        var wrong = new List<FormError>();
        var ticked = typed.Form["disputes"].OfType<string>().Distinct().Take(AtOnceMax).ToList();
        if (ticked.Count == 0) wrong.Add(new("disputes", typed.Speaker.Say("desk.none_ticked")));
        var examiner = (await Queue.Examiners(context, people)).FirstOrDefault(one => one.Value == typed["examiner"]);
        if (examiner is null) wrong.Add(new("examiner", typed.Speaker.Say("desk.no_examiner")));
        if (wrong.Count == 0)
            foreach (var id in ticked)
                if (await Objection(context, cases, files, typed, id, new(examiner!.Value)) is { } why)
                    wrong.Add(new(null, why));
        return wrong.Count > 0
            ? await Queue.Show(context, queries, people, typed["show"], null, typed.Wrong(wrong))
            : Page.Done(Codes.TryParse<QueuePart>(typed["show"], out var part) ? Queue.AddressOf(part) : "/desk",
                "assigned_many");
    }

    /// <summary>Why one of them could not be given; null where it was.</summary>
    private static async Task<string?> Objection(
        HttpContext context, StaffCases cases, CaseFiles files, Typed typed, string id, PersonId examiner)
    {
        if (await cases.Open(context, id) is not { } found) return typed.Speaker.Say("desk.ticked_unknown");
        var command = await cases.Assign(context, found, examiner);
        var reply = await files.Ask(typed.Caller, found.File, command, null, null, context.RequestAborted);
        var why = reply switch
        {
            Reply.Done => null,
            Reply.Refused refused => typed.Speaker.Say(refused.Refusal.Sentence),
            _ => typed.Speaker.Say("problem.busy"),
        };
        return why is null
            ? null
            : typed.Speaker.Say("desk.not_given", ("reference", found.File.View.Reference), ("why", why));
    }
}
