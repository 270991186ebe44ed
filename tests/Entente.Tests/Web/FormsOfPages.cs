using System.Net;
using System.Text.RegularExpressions;
using Entente.Tests.Server;

namespace Entente.Tests.Web;

/// <summary>What a browser without script does: opens a page, fills in a form of it, sends all it holds.</summary>
internal static partial class FormsOfPages
{
    /// <summary>The hidden fields of the form that goes to an address.</summary>
    public static async Task<Dictionary<string, string>> Hidden(this HttpClient client, string page, string action)
    {
        var text = await client.Read(page);
        var form = Form().Matches(text)
            .FirstOrDefault(found => WebUtility.HtmlDecode(found.Groups["action"].Value) == action)
            ?? throw new InvalidOperationException($"{page} has no form that goes to {action}:\n{text}");
        return HiddenInput().Matches(form.Value).ToDictionary(
            input => WebUtility.HtmlDecode(input.Groups["name"].Value), input =>
                WebUtility.HtmlDecode(input.Groups["value"].Value));
    }

    public static async Task<HttpResponseMessage> Fill(
        this HttpClient client, string page, string action, params (string Name, string Value)[] fields) =>
        await client.Post(action, await client.Hidden(page, action), fields);

    public static async Task<HttpResponseMessage> Post(
        this HttpClient client, string action, Dictionary<string, string> hidden,
        params (string Name, string Value)[] fields)
    {
        var all = hidden.Select(field => (field.Key, field.Value)).Concat(fields);
        return await client.PostAsync(
            Forms.Local(action), new FormUrlEncodedContent(
                all.Select(field => KeyValuePair.Create(field.Item1, field.Item2))));
    }

    /// <summary>The text of an answer, as a reader reads it.</summary>
    public static async Task<string> Text(this HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

    [GeneratedRegex("<form method=\"post\" action=\"(?<action>[^\"]*)\".*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\"")]
    private static partial Regex HiddenInput();
}
