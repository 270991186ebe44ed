using System.Net;
using Entente.Server.Api;
using Entente.Server.Web.Safety;
using Entente.Tests.Server;
using Microsoft.AspNetCore.Routing;

namespace Entente.Tests.Web;

/// <summary>
/// Every page and form about a dispute, as the server itself lists them: strangers are asked to sign in, everybody whom
/// the dispute does not concern finds nothing, and no form is taken without its token. A new route is tried by itself.
/// </summary>
public sealed class PartyRoutesTests
{
    /// <summary>Among the others, the one who sold a kettle on that order and
    /// may claim something of its buyer.</summary>
    private const int TheOtherSeller = 1;

    [Fact]
    public async Task No_route_of_a_dispute_is_open_to_anybody_else()
    {
        await using var fair = await Fair.Open();
        var dispute = await fair.Dispute();
        var (stranger, buyer) = (fair.Server.Anonymous(), await fair.Buyer());
        HttpClient[] others = [await fair.Server.SignedIn(fair.Cast.Buyer2),
            await fair.Server.SignedIn(fair.Cast.Seller2),
            await fair.Server.SignedIn(fair.Cast.Examiner1), await fair.Server.SignedIn(fair.Cast.Operator)];
        var tokens = new List<string>();
        foreach (var other in others) tokens.Add(await other.FormToken("/rules"));
        var wrong = new List<string>();
        var routes = Routes(fair);
        Assert.True(routes.Count > 25, $"Only {routes.Count} routes were found.");
        foreach (var (method, pattern) in routes)
        {
            var path = Filled(pattern, fair, dispute.ToString());
            await Expect(HttpStatusCode.Redirect, stranger, method == "GET" ? method : "GET", path, null, wrong);
            for (var at = 0; at < others.Length; at++)
                if ((method == "GET" || !pattern.EndsWith("/evidence", StringComparison.Ordinal))
                    && !(at == TheOtherSeller && pattern.StartsWith("/claims/new/", StringComparison.Ordinal)))
                    await Expect(HttpStatusCode.NotFound, others[at], method, path, tokens[at], wrong);
            if (method == "POST") await Expect(HttpStatusCode.BadRequest, buyer, method, path, null, wrong);
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static async Task Expect(
        HttpStatusCode status, HttpClient client, string method, string path, string? token, List<string> wrong)
    {
        using var request = new HttpRequestMessage(new(method), Forms.Local(path));
        if (method == "POST")
            request.Content = new FormUrlEncodedContent(
                token is null ? [] : [KeyValuePair.Create(FormGate.FieldName, token)]);
        else if (method != "GET" && token is not null)
            request.Headers.Add("RequestVerificationToken", token);
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (answer.StatusCode != status
            && !(status == HttpStatusCode.Redirect && answer.StatusCode == HttpStatusCode.MethodNotAllowed))
            wrong.Add($"{method} {path}: {answer.StatusCode}, not {status}");
    }

    private static List<(string Method, string Pattern)> Routes(Fair fair) =>
        [.. from endpoint in fair.Server.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            where endpoint.Metadata.GetMetadata<NeededRoles>() is { } needed && needed.Roles.All(Domain.Roles.IsParty)
            let pattern = endpoint.RoutePattern.RawText!
            where pattern.Contains('{', StringComparison.Ordinal)
            from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
            select (method, pattern)];

    private static string Filled(string pattern, Fair fair, string dispute) => pattern
        .Replace("{id}", dispute, StringComparison.Ordinal)
        .Replace("{order}", fair.Order.Id.Value, StringComparison.Ordinal)
        .Replace("{seller}", fair.Cast.Seller1Party.Value, StringComparison.Ordinal)
        .Replace("{step}", "items", StringComparison.Ordinal)
        .Replace("{exhibit}", new string('0', 32), StringComparison.Ordinal)
        .Replace("{no:int}", "1", StringComparison.Ordinal)
        .Replace("{no}", "1", StringComparison.Ordinal);
}
