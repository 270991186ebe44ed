using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Server.Web;
using Microsoft.Net.Http.Headers;

namespace Entente.Server.Api;

/// <summary>What a command brought about, and what follows from it.</summary>
/// <param name="Dispute">The dispute's id.</param>
/// <param name="Happened">The facts of this command, for the caller; none where it had been done before.</param>
/// <param name="ComplaintFrom">From when the platform can be asked to step in, while that is still to come.</param>
/// <param name="Agenda">Every deadline that runs now: who must do what by when, and otherwise what.</param>
/// <param name="Timetable">To an opening: every deadline that will or may follow.</param>
public sealed record CommandAnswer(
    string Dispute, string Reference, int Version, Stage Stage, IReadOnlyList<EntryResource> Happened,
    Instant? ComplaintFrom, IReadOnlyList<TermResource> Agenda, IReadOnlyList<ActionResource> Actions,
    IReadOnlyList<TimetableLine>? Timetable);

/// <summary>Turns what the door said into what the wire says.</summary>
internal static class CommandAnswers
{
    public static async Task<IResult> Of(DisputeCall call, Reply reply, int? seen)
    {
        var http = call.Http;
        return reply switch
        {
            Reply.Done done => await Happened(call, done),
            Reply.Refused refused => Problems.Of(http, refused.Refusal),
            Reply.Stale stale => await Changed(call, stale, seen),
            Reply.KeyReused => Problems.Of(http, ProblemCode.IdempotencyKeyReused, DisputeCall.KeyHeader),
            Reply.NotFound => Problems.NotFound(http),
            Reply.NoPolicy => Problems.Of(http, ProblemCode.PolicyMissing),
            Reply.Contended or Reply.Overloaded => Busy(http),
            Reply.Damaged => Problems.Of(http, ProblemCode.Failure),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static async Task<IResult> Happened(DisputeCall call, Reply.Done done)
    {
        if (await call.View(done.Dispute) is not { } view) return Problems.NotFound(call.Http);
        call.Mark(view);
        if (done.Replayed) call.Http.Response.Headers[DisputeCall.ReplayedHeader] = "true";
        var creates = call.Http.GetEndpoint()?.Metadata.GetMetadata<ApiConventions.Command>() is { Creates: true };
        var writing = new DisputeWriting(view, call.Http.Speaker());
        var happened = Entries(view, done, writing);
        if (creates) call.Http.Response.Headers.Location = $"/v1/disputes/{view.Id}{PlaceOf(happened)}";
        var timetable = happened.Exists(entry => entry.Type == "dispute_opened") ? await Timetable(call, view) : null;
        var answer = new CommandAnswer(
            view.Id.ToString(), view.Reference, view.Version, view.Stage, happened, view.ComplaintFrom, writing.Agenda,
            writing.Actions,
            timetable);
        return TypedResults.Json(answer, ApiJson.Options, null,
            creates ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static async Task<IReadOnlyList<TimetableLine>> Timetable(DisputeCall call, DisputeView view)
    {
        var shelf = call.Http.RequestServices.GetRequiredService<PolicyShelf>();
        var policy = await shelf.Find(view.Policy, call.Http.RequestAborted);
        return TimetableLine.Of(policy, view.Items[0].Reason, view.Sought[0].Kind, view.OpenedAt, call.Http.Speaker());
    }

    /// <summary>Only what the caller may read today, whoever they were when it happened.</summary>
    private static List<EntryResource> Entries(DisputeView view, Reply.Done done, DisputeWriting writing)
    {
        var places = done.Facts.Select(fact => (fact.Event.Audience, fact.N)).ToHashSet();
        return [.. view.Timeline.Where(entry => places.Contains((entry.Audience, entry.N))).Select(writing.Entry)];
    }

    /// <summary>Where the new thing lies below its dispute; most lie in the dispute itself.</summary>
    private static string PlaceOf(List<EntryResource> happened) => happened.Select(entry => entry switch
    {
        { Type: "offer_made" or "proposal_made" } => $"/offers/{entry.Offer}",
        { Type: "evidence_added" } => $"/evidence/{entry.Exhibit}",
        _ => "",
    }).FirstOrDefault(place => place.Length > 0, "");

    /// <summary>412, with everything the caller has not read yet.</summary>
    private static async Task<IResult> Changed(DisputeCall call, Reply.Stale stale, int? seen)
    {
        if (await call.View(stale.Dispute) is not { } view) return Problems.NotFound(call.Http);
        call.Mark(view);
        var speaker = call.Http.Speaker();
        var writing = new DisputeWriting(view, speaker);
        var problem = Problems.For(speaker, ProblemCode.StaleVersion, HeaderNames.IfMatch) with
        {
            Arguments = new Dictionary<string, object>
            {
                ["version"] = view.Version,
                ["changed"] = view.Timeline.Skip(Math.Max(0, seen ?? 0)).Select(writing.Entry).ToList(),
            },
        };
        return Problems.Of(problem);
    }

    private static IResult Busy(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "1";
        return Problems.Of(http, ProblemCode.Busy);
    }
}
