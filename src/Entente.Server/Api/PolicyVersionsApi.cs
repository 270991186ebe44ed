using Entente.Domain.Policies;
using Entente.Server.Desk;
using Entente.Server.Policies;
using Entente.Server.Web;
using Entente.Server.Words;
using Microsoft.AspNetCore.Mvc;

namespace Entente.Server.Api;

/// <summary>/v1/policies: the schema of documents, every version, what
/// differs, and what a change would have meant.</summary>
public static class PolicyVersionsApi
{
    private const string Schema = "application/schema+json";

    public static void MapPolicyVersions(this IEndpointRouteBuilder api)
    {
        api.MapGet("/policies/schema", () => TypedResults.Text(PolicySchema.Text, Schema))
            .Needs(Scope.DisputesRead)
            .Says("Read the JSON Schema of policy documents", "For editors and other programs.")
            .Produces<string>(contentType: Schema);
        api.MapGet("/policies/versions", Versions)
            .IsReading<PolicyVersionList>("Read all versions of the rules", "The newest first.");
        api.MapGet("/policies/{policy}/{version:int}/changes", Changes)
            .IsReading<PolicyChangeList>("Read what a version changed", "Since the version before, or since another.");
        api.MapPost("/policies/simulations", Simulate)
            .Needs(Scope.Admin)
            .ForTheMarketplace()
            .Says("Try out rules on past disputes",
                "Replays the newest disputes under a document, which is not published by it.")
            .Accepts<string>("application/yaml", "text/yaml", "text/plain")
            .Produces<SimulationResource>()
            .Refuses();
    }

    private static async Task<IResult> Versions(HttpContext http, PolicyShelf shelf) =>
        TypedResults.Json(new PolicyVersionList([.. await shelf.Versions(
            http.Caller().Marketplace, http.RequestAborted)]), ApiJson.Options);

    private static async Task<IResult> Changes(
        HttpContext http, PolicyShelf shelf, string policy, int version, [FromQuery(Name = "since")] string? since)
    {
        var versions = await shelf.Versions(http.Caller().Marketplace, http.RequestAborted);
        if (await shelf.Pair(versions, policy, version, since, http.RequestAborted) is not var (older, newer))
            return Problems.NotFound(http);
        var speaker = http.Speaker();
        return TypedResults.Json(new PolicyChangeList(older.Stamp, newer.Stamp,
            [.. PolicyDiff.Between(older, newer).Select(change => PolicyChangeLine.Of(change, speaker))]),
            ApiJson.Options);
    }

    private static async Task<IResult> Simulate(HttpContext http, PolicySimulation simulation)
    {
        if (await PoliciesApi.Body(http) is not { } bytes) return Problems.Of(http, ProblemCode.BodyTooLarge);
        var document = PolicyDocument.Read(bytes);
        if (document.Policy is not { } changed) return PoliciesApi.Refused(http, document);
        var report = await simulation.Run(http.Caller().Marketplace, changed, stop: http.RequestAborted);
        return TypedResults.Json(SimulationResource.Of(report, http.Speaker()), ApiJson.Options);
    }
}

/// <summary>Every published version, the newest first.</summary>
public sealed record PolicyVersionList(IReadOnlyList<PolicyVersion> Items);

/// <summary>What differs between two versions, in words.</summary>
public sealed record PolicyChangeList(string Older, string Newer, IReadOnlyList<PolicyChangeLine> Changes);

/// <summary>One difference: what was said before and what is said now; one of them may be missing.</summary>
public sealed record PolicyChangeLine(string Part, string? Before, string? After)
{
    internal static PolicyChangeLine Of(PolicyChange change, Speaker speaker) => new(
        speaker.Say(change.Heading),
        change.Before is { } before ? speaker.Say(before) : null,
        change.After is { } after ? speaker.Say(after) : null);
}

/// <summary>What rules would have meant for past disputes.</summary>
/// <param name="Same">How many would have gone as they did.</param>
public sealed record SimulationResource(
    int Replayed, int Same, IReadOnlyList<SimulationLine> Differences, IReadOnlyList<SimulationWait> Waits)
{
    internal static SimulationResource Of(SimulationReport report, Speaker speaker) => new(
        report.Replayed, report.Same,
        [.. report.Differences.Select(found => new SimulationLine(found.Kind.Change, found.Kind.Term, found.Kind.Who,
            found.Kind.Then, found.Count, [.. found.Examples.Select(example => example.ToString())],
            speaker.Say(found.Kind.Sentence)))],
        [.. report.Waits.Select(wait => new SimulationWait(
            wait.Term, wait.Waited, wait.Count, (long)wait.Longer.TotalMinutes, speaker.Say(wait.Sentence)))]);
}

/// <summary>One way in which disputes would have gone otherwise, how often, and some of them.</summary>
public sealed record SimulationLine(
    ReplayChange Change, Domain.Disputes.TermKind? Term, Domain.Role Who, Domain.Disputes.Consequence? Then, int Count,
    IReadOnlyList<string> Examples, string Says);

/// <summary>Minutes that one kind of silence would have added to a side's
/// waiting, in all; below zero where it saves.</summary>
public sealed record SimulationWait(
    Domain.Disputes.TermKind Term, Domain.Role Waited, int Count, long MinutesLonger, string Says);
