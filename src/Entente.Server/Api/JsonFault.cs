using System.Text.Json;
using System.Text.RegularExpressions;

namespace Entente.Server.Api;

/// <summary>What is wrong with JSON that was sent, and at which field: the one
/// place that reads the framework's messages.</summary>
public sealed partial record JsonFault(ProblemCode Code, string? Field)
{
    public static JsonFault Of(JsonException failure)
    {
        var path = FieldOf(failure.Path);
        var message = failure.Message;
        if (Missing().Match(message) is { Success: true } missing)
            return new(ProblemCode.MissingMember, Under(path, missing));
        if (Unknown().Match(message) is { Success: true } unknown)
            return new(ProblemCode.UnknownMember, Ending(path, unknown));
        if (Doubled().Match(message) is { Success: true } doubled)
            return new(ProblemCode.DuplicateMember, Ending(path, doubled));
        return IsSyntax(failure) ? new(ProblemCode.MalformedJson, path) : new(ProblemCode.WrongType, path);
    }

    /// <summary>"$.items[0].units" is "items[0].units"; the whole is no field.</summary>
    private static string? FieldOf(string? path) => path is null or "$" ? null : path[1..].TrimStart('.');

    private static string Under(string? path, Match match) => path is null ? Name(match) : $"{path}.{Name(match)}";

    private static string Ending(string? path, Match match) =>
        path is not null && path.EndsWith(Name(match), StringComparison.Ordinal) ? path : Under(path, match);

    private static string Name(Match match) => match.Groups[1].Value;

    private static bool IsSyntax(JsonException failure) =>
        failure.InnerException is JsonException || failure.Path is null;

    [GeneratedRegex("missing required properties including: '([^']+)'", RegexOptions.NonBacktracking)]
    private static partial Regex Missing();

    [GeneratedRegex("The JSON property '([^']+)' could not be mapped", RegexOptions.NonBacktracking)]
    private static partial Regex Unknown();

    [GeneratedRegex("Duplicate property '([^']+)'", RegexOptions.NonBacktracking)]
    private static partial Regex Doubled();
}
