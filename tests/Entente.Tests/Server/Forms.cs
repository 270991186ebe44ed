using System.Net;
using System.Text.RegularExpressions;
using Entente.Server.Web.Safety;

namespace Entente.Tests.Server;

/// <summary>What a browser does with a form: reads the page it stands on, and sends its token along.</summary>
internal static partial class Forms
{
    /// <summary>The token of any page this client may see.</summary>
    public static async Task<string> FormToken(this HttpClient client, string page = "/sign-in")
    {
        var text = await client.Read(page);
        var found = Token().Match(text);
        return found.Success
            ? WebUtility.HtmlDecode(found.Groups[1].Value)
            : throw new InvalidOperationException($"{page} has no form.");
    }

    /// <summary>Fills in a form and sends it.</summary>
    /// <param name="page">The page it stands on.</param>
    public static async Task<HttpResponseMessage> Send(
        this HttpClient client, string action, string page, params (string Name, string Value)[] fields)
    {
        var all = fields.Append((FormGate.FieldName, await client.FormToken(page)));
        return await client.PostAsync(
            Local(action), new FormUrlEncodedContent(
                all.Select(field => KeyValuePair.Create(field.Item1, field.Item2))));
    }

    public static Task<HttpResponseMessage> Fetch(this HttpClient client, string path) => client.GetAsync(Local(path));

    public static async Task<string> Read(this HttpClient client, string path)
    {
        using var answer = await client.Fetch(path);
        return await answer.Content.ReadAsStringAsync();
    }

    public static Uri Local(string path) => new(path, UriKind.Relative);

    [GeneratedRegex($"name=\"{FormGate.FieldName}\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
