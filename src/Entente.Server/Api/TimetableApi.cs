using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;
using Entente.Server.Desk;
using Entente.Server.Storage;
using Entente.Server.Web;
using Entente.Server.Words;
using Microsoft.AspNetCore.Mvc;

namespace Entente.Server.Api;

/// <summary>/v1/policies/current/timetable: every deadline there would be, before a dispute is opened.</summary>
public static class TimetableApi
{
    public static void MapTimetable(this IEndpointRouteBuilder api) => api
        .MapGet("/policies/current/timetable", Get)
        .IsReading<TimetableResource>(
            "Read the deadlines for a reason and a remedy", "As they would be if a dispute were opened now.");

    private static async Task<IResult> Get(
        HttpContext http, PolicyShelf shelf, TimeProvider time,
        [FromQuery(Name = "reason")] string? reason, [FromQuery(Name = "remedy")] string? remedy)
    {
        if (!Codes.TryParse<Reason>(reason, out var why))
            return Problems.Of(http, ProblemCode.InvalidParameter, "reason");
        if (!Codes.TryParse<RemedyKind>(remedy, out var what))
            return Problems.Of(http, ProblemCode.InvalidParameter, "remedy");
        if (await shelf.Current(http.Caller().Marketplace, http.RequestAborted) is not { } policy)
            return Problems.NotFound(http);
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        return TypedResults.Json(
            new TimetableResource(policy.Stamp, TimetableLine.Of(policy, why, what, now, http.Speaker())),
            ApiJson.Options);
    }
}

/// <summary>Every deadline that follows from a reason and a remedy, in the order in which they come.</summary>
/// <param name="Policy">The version of the rules.</param>
public sealed record TimetableResource(string Policy, IReadOnlyList<TimetableLine> Lines);

/// <summary>One deadline that will or may come.</summary>
/// <param name="Kind">What the term asks for; none for an instant from which something is possible.</param>
/// <param name="After">What it is counted from.</param>
/// <param name="DueAt">Its instant, where opening settles it.</param>
/// <param name="Task">Who must do what by when, in words.</param>
/// <param name="Otherwise">What happens when it passes, in words.</param>
public sealed record TimetableLine(
    TermKind? Kind, Role Who, ObligationKind? Obligation, TimetableStart After, Instant? DueAt, string Rule,
    Consequence? Consequence, string Task, string? Otherwise)
{
    internal static IReadOnlyList<TimetableLine> Of(
        Policy policy, Reason reason, RemedyKind remedy, Instant openedAt, Speaker speaker) =>
        [.. Timetable.For(policy, reason, remedy, Micros.Floor(openedAt)).Select(entry => new TimetableLine(
            entry.Kind, entry.Who, entry.Obligation, entry.After, entry.Due, entry.Rule, entry.Otherwise,
            speaker.Say(entry.What), entry.OtherwiseWhat is { } otherwise ? speaker.Say(otherwise) : null))];
}
