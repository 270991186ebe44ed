using System.Text.RegularExpressions;
using Entente.Server.Web;
using Microsoft.AspNetCore.Routing;

namespace Entente.Tests.Server;

/// <summary>One method of one address the centre answers at.</summary>
public sealed partial record Route(string Method, string Pattern, RouteEndpoint Endpoint)
{
    public bool IsApi => Pattern.StartsWith(Asking.ApiPath + "/", StringComparison.Ordinal);

    /// <summary>The names of its variable parts, in their order.</summary>
    public IReadOnlyList<string> Variables => [.. Part().Matches(Pattern).Select(match => match.Groups[1].Value)];

    public string PathWith(Func<string, string> value) =>
        Part().Replace(Pattern, match => Uri.EscapeDataString(value(match.Groups[1].Value)));

    public override string ToString() => $"{Method} {Pattern}";

    [GeneratedRegex(@"\{\*{0,2}([a-z_A-Z]+)(?::[^}]*)?\??\}")]
    private static partial Regex Part();
}

/// <summary>Every address of a running centre.</summary>
internal static class Routes
{
    public static IReadOnlyList<Route> Of(ServerUnderTest server) =>
    [
        .. from endpoint in server.Endpoints.OfType<RouteEndpoint>()
           let pattern = "/" + endpoint.RoutePattern.RawText!.Trim('/')
           from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
           orderby pattern, method
           select new Route(method, pattern, endpoint),
    ];
}
