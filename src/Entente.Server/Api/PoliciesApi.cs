using Entente.Domain.Policies;
using Entente.Server.Desk;
using Entente.Server.Policies;
using Entente.Server.Web;
using Entente.Server.Words;

namespace Entente.Server.Api;

/// <summary>/v1/policies: the rules of the platform that disputes opened now are judged by.</summary>
public static class PoliciesApi
{
    private const string Yaml = "application/yaml";
    private const int DocumentBytesMax = 256 * 1024;

    public static void MapPolicies(this IEndpointRouteBuilder api)
    {
        api.MapGet("/policies/current", Current)
            .IsReading<PolicyResource>("Read the rules in force");
        api.MapGet("/policies/current/document", Document)
            .Needs(Scope.DisputesRead)
            .Says("Read the rules in force as they were written", "The exact bytes that were published.")
            .Produces<string>(contentType: Yaml)
            .Refuses();
        api.MapPost("/policies", Publish)
            .Needs(Scope.Admin)
            .ForTheMarketplace()
            .Says("Publish rules", "For disputes opened from now on; others keep the version they were opened under. "
                + "The rules in force sent again stay the version they are.")
            .Accepts<string>(Yaml, "text/yaml", "text/plain")
            .Produces<PolicyResource>(StatusCodes.Status201Created)
            .Refuses();
    }

    private static async Task<IResult> Current(HttpContext http, PolicyShelf shelf) =>
        await shelf.Current(http.Caller().Marketplace, http.RequestAborted) is { } policy
            ? TypedResults.Json(PolicyResource.Of(policy, http.Speaker()), ApiJson.Options)
            : Problems.NotFound(http);

    private static async Task<IResult> Document(HttpContext http, PolicyShelf shelf) =>
        await shelf.Current(http.Caller().Marketplace, http.RequestAborted) is { } policy
        && await shelf.Bytes(policy.Digest, http.RequestAborted) is { } bytes
            ? TypedResults.Bytes(bytes, Yaml)
            : Problems.NotFound(http);

    private static async Task<IResult> Publish(HttpContext http, PolicyShelf shelf)
    {
        if (await Body(http) is not { } bytes) return Problems.Of(http, ProblemCode.BodyTooLarge);
        var caller = http.Caller();
        var (policy, document) = await shelf.Publish(caller.Marketplace, bytes, caller.Principal, http.RequestAborted);
        return policy is null
            ? Refused(http, document)
            : TypedResults.Json(PolicyResource.Of(policy, http.Speaker()), ApiJson.Options, null,
                StatusCodes.Status201Created);
    }

    internal static async Task<byte[]?> Body(HttpContext http)
    {
        using var bytes = new MemoryStream();
        var part = new byte[16 * 1024];
        for (int read; (read = await http.Request.Body.ReadAsync(part, http.RequestAborted)) > 0;)
        {
            if (bytes.Length + read > DocumentBytesMax) return null;
            bytes.Write(part, 0, read);
        }
        return bytes.ToArray();
    }

    /// <summary>Every problem at once, each with its key and line: nobody
    /// mends a document one error at a time.</summary>
    internal static IResult Refused(HttpContext http, PolicyDocument document)
    {
        var speaker = http.Speaker();
        var problem = Problems.For(speaker, ProblemCode.PolicyRefused) with
        {
            Arguments = new Dictionary<string, object>
            {
                ["problems"] = document.Problems
                    .Select(found => new PolicyFault(found.Code, found.Key, found.Line, speaker.Say(found.Sentence)))
                    .ToList(),
            },
        };
        return Problems.Of(problem);
    }
}

/// <summary>The rules in force, in short; the document says them whole.</summary>
/// <param name="Digest">SHA-256 of the document's exact bytes.</param>
public sealed record PolicyResource(
    string Id, int Version, string Digest, string Name, string Zone, long FileBytesMax, int FilesPerPartyMax,
    IReadOnlyList<string> FileTypes, IReadOnlyList<ClauseResource> Clauses)
{
    internal static PolicyResource Of(Policy policy, Speaker speaker) => new(
        policy.Id, policy.Version, policy.Digest, policy.Name.In(speaker.Language), policy.Calendar.Zone,
        policy.Evidence.FileBytesMax, policy.Evidence.FilesPerPartyMax, policy.Evidence.Types,
        [.. policy.Clauses.Select(clause =>
            new ClauseResource(clause.Id, clause.Title.In(speaker.Language), clause.Text.In(speaker.Language)))]);
}

/// <summary>A clause that decisions refer to; its id is permanent.</summary>
public sealed record ClauseResource(string Id, string Title, string Text);

/// <summary>One thing that is wrong with a policy document.</summary>
public sealed record PolicyFault(PolicyProblemCode Code, string Key, int Line, string Says);
