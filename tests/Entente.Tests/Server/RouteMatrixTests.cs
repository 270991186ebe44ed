using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Entente.Domain;
using Entente.Server.Api;
using Entente.Server.Web.Safety;
using Microsoft.AspNetCore.Authorization;

namespace Entente.Tests.Server;

/// <summary>
/// Who may come to which address. RouteMatrix.txt says it for every address there is; one without a row is a failure.
/// Written anew by ENTENTE_WRITE=1, and then read by a person before it is believed.
/// </summary>
public sealed partial class RouteMatrixTests(Neighbourhood town) : IClassFixture<Neighbourhood>
{
    private static readonly string File =
        Path.Combine(Repository.Root, "tests", "Entente.Tests", "Server", "RouteMatrix.txt");

    [Fact]
    public async Task Everybody_comes_exactly_as_far_as_the_matrix_says()
    {
        var rows = new List<string>();
        foreach (var route in Routes.Of(town.Server))
        {
            var cells = new List<string>();
            foreach (var who in Neighbourhood.Everybody)
                cells.Add(await Class(who, route, route.PathWith(name => town.Value(name, route.Pattern))));
            rows.Add(Row(Digest().Replace(route.ToString(), "*"), cells));
        }
        var found =
            string.Concat(rows.Prepend(Row("# who may come where", Neighbourhood.Everybody)).Select(row => $"{row}\n"));
        if (Repository.IsAskedToWrite) System.IO.File.WriteAllText(File, found);
        var stands = System.IO.File.ReadAllText(File);
        Assert.True(stands == found, $"""
            RouteMatrix.txt does not say what is. Run this test with ENTENTE_WRITE=1 and read the difference.
            New or other rows:
            {string.Join('\n', found.Split('\n').Except(stands.Split('\n')))}
            Rows that no address has any more:
            {string.Join('\n', stands.Split('\n').Except(found.Split('\n')))}
            """);
    }

    [Fact]
    public async Task What_is_not_ones_own_is_answered_like_what_is_not_there()
    {
        await town.ComeIn();
        foreach (var route in Routes.Of(town.Server)
            .Where(route => route.Variables.Any(name => name is "dispute" or "id" or "order")))
            foreach (var who in new[] { "b2", "s2", "elsewhere" })
            {
                var (real, random) = (town.Dispute, Elsewhere(town.Dispute));
                Assert.True(DisputeId.TryParse(random, out _));
                var mine = await Told(who, route, real);
                var nothing = await Told(who, route, random);
                Assert.True(mine == nothing, $"{who} can tell by {route}:\n{mine}\n{nothing}");
            }
    }

    [Fact]
    public void Every_call_of_the_API_names_its_scope() =>
        Assert.Empty(Routes.Of(town.Server)
            .Where(route => route.IsApi && route.Endpoint.Metadata.GetMetadata<NeededScope>() is null
                && route.Endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(route => route.ToString()));

    private async Task<string> Class(string who, Route route, string path)
    {
        using var answer = await Send(who, route, path);
        Assert.True((int)answer.StatusCode < 500, $"{who} at {route}: {answer.StatusCode}");
        return answer.StatusCode switch
        {
            HttpStatusCode.Redirect when answer.Headers.Location!.ToString()
                .Contains("/sign-in", StringComparison.Ordinal) => "in",
            HttpStatusCode.Unauthorized => "401",
            HttpStatusCode.Forbidden => "403",
            HttpStatusCode.NotFound when !route.IsApi || route.Method == "HEAD"
                || await Code(answer) == "not_found" => "404",
            _ => "yes",
        };
    }

    /// <summary>All that a reader gets, but for what differs by itself from one time to the next.</summary>
    private async Task<string> Told(string who, Route route, string dispute)
    {
        using var answer = await Send(who, route, route.PathWith(
            name => name is "dispute" or "id" or "order" ? dispute : town.Value(name, route.Pattern)));
        var headers = answer.Headers.Concat(answer.Content.Headers)
            .Where(header => header.Key is not ("Date" or "Set-Cookie"))
            .Select(header => $"{header.Key}: {string.Join(',', header.Value)}").Order(StringComparer.Ordinal);
        var body = Fleeting().Replace(await answer.Content.ReadAsStringAsync(), "");
        return $"{answer.StatusCode}\n{string.Join('\n', headers)}\n{body}".Replace(
            dispute, "…", StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> Send(string who, Route route, string path)
    {
        var client = town.Who(who, route.IsApi);
        using var request = new HttpRequestMessage(new(route.Method), Forms.Local(path));
        if (route.Method is not ("GET" or "HEAD"))
            request.Content = route.IsApi ? Neighbourhood.Body(route.Pattern) : await Form(client, route);
        if (route.IsApi) request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static async Task<HttpContent> Form(HttpClient client, Route route)
    {
        var token = await client.FormToken();
        return FormGate.ReadsOwnForm(route.Endpoint)
            ? new MultipartFormDataContent { { new StringContent(token), FormGate.FieldName } }
            : new FormUrlEncodedContent([KeyValuePair.Create(FormGate.FieldName, token)]);
    }

    private static async Task<string?> Code(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())?["code"]?.GetValue<string>();

    /// <summary>An id of the same shape under another order.</summary>
    private static string Elsewhere(string dispute) =>
        string.Concat(
            dispute.Select(letter => letter is >= '0' and <= '8' ? (char)(letter + 1) : letter == '9' ? '0' : letter));

    private static string Row(string route, IReadOnlyList<string> cells) =>
        $"{route,-64} {string.Join(' ', cells.Select(cell => $"{cell,-9}"))}".TrimEnd();

    [GeneratedRegex(@"(?<=\.)[0-9a-f]{16}(?=\.)")]
    private static partial Regex Digest();

    [GeneratedRegex("(name=\"(form_token|command_key)\" value=\"[^\"]*\")")]
    private static partial Regex Fleeting();
}
