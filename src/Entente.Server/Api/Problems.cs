using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Web;
using Entente.Server.Words;

namespace Entente.Server.Api;

/// <summary>A no as it leaves the API (RFC 9457).</summary>
/// <param name="Type">Stable, and a page that explains it.</param>
/// <param name="Title">What kind of no it is, in the reader's language.</param>
/// <param name="Detail">What is wrong this time, in the reader's language.</param>
/// <param name="Code">The last part of the type, for programs.</param>
/// <param name="Field">The member or parameter it is about, as in the request.</param>
/// <param name="Rule">The rule of the policy it follows from, else the code.</param>
/// <param name="Arguments">The values of the sentence.</param>
public sealed record Problem(
    string Type, string Title, int Status, string Detail, string Code, string? Field, string? Rule,
    IReadOnlyDictionary<string, object>? Arguments);

/// <summary>Makes problems of refusals and of what the edge finds wrong.</summary>
public static class Problems
{
    public const string MediaType = "application/problem+json";
    private const string TypePath = "/problems/";

    public static IResult Of(HttpContext context, Refusal refusal) => Of(For(context.Speaker(), refusal));

    public static IResult Of(HttpContext context, ProblemCode code, string? field = null) =>
        Of(For(context.Speaker(), code, field));

    /// <summary>The same for what may not be known as for what is not there.</summary>
    public static IResult NotFound(HttpContext context) => Of(context, ProblemCode.NotFound);

    public static Problem For(Speaker speaker, Refusal refusal)
    {
        var (status, code) = (Statuses.Of(refusal.Code), Codes.Of(refusal.Code));
        var arguments = refusal.Arguments is { Count: > 0 } given
            ? given.ToDictionary(argument => argument.Name, argument => argument.Value)
            : null;
        var rule = arguments?.GetValueOrDefault("rule") as string ?? code;
        return new(TypePath + code, Title(speaker, status), status, speaker.Say(refusal.Sentence), code, refusal.Field,
            rule, arguments);
    }

    public static Problem For(Speaker speaker, ProblemCode problem, string? field = null)
    {
        var (status, code) = (Statuses.Of(problem), Codes.Of(problem));
        var detail = speaker.Say($"problem.{code}", ("field", field ?? ""));
        return new(TypePath + code, Title(speaker, status), status, detail, code, field, null, null);
    }

    public static Task Write(HttpContext context, ProblemCode code, string? field = null) =>
        Of(context, code, field).ExecuteAsync(context);

    public static IResult Of(Problem problem) =>
        TypedResults.Json(problem, ApiJson.Options, MediaType, problem.Status);

    private static string Title(Speaker speaker, int status) => speaker.Say($"problem.title_{status}");
}
