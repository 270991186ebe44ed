using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Entente.Tests.Server;

namespace Entente.Tests.Api;

/// <summary>docs/api.md is run as it stands, by a shell and curl: its answers
/// are the real ones, but for what differs.</summary>
[Trait("Category", "slow")]
public sealed partial class TourTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private static readonly string Page = Path.Combine(Repository.Root, "docs", "api.md");

    [Fact]
    public async Task Every_answer_of_the_tour_is_given_today()
    {
        await using var server = await ServerUnderTest.Start();
        var steps = Steps().ToList();
        Assert.True(steps.Count > 15, $"Only {steps.Count} steps were found in docs/api.md.");
        var said = await Run(server, steps.Select(step => step.Command));
        var wrong = steps.Zip(said).Where(step => step.First.Answer is not null)
            .Select(step =>
                (step.First.Command, Missing: FirstMissing(step.First.Answer!, step.Second), Said: step.Second))
            .Where(step => step.Missing is not null)
            .Select(step => $"{step.Command.Trim()}\n  does not answer {step.Missing}. It answers:\n{step.Said.Trim()}")
            .ToList();
        Assert.True(wrong.Count == 0, string.Join("\n\n", wrong));
    }

    /// <summary>The commands in order, each with the answer that stands below it.</summary>
    private static IEnumerable<(string Command, string? Answer)> Steps() => Step().Matches(File.ReadAllText(Page))
        .Select(step => (step.Groups["sh"].Value, step.Groups["json"].Success ? step.Groups["json"].Value : null));

    private static async Task<string[]> Run(ServerUnderTest server, IEnumerable<string> commands)
    {
        const string End = "\u001E";
        var program = Path.Combine(AppContext.BaseDirectory, "entente.dll");
        var script = $$"""
            CENTRE={{server.Address.GetLeftPart(UriPartial.Authority)}}; DATA={{server.Settings.DataFolder}}
            entente() { dotnet {{program}} --data "$DATA" "$@"; }
            {{string.Join($"\nprintf '{End}'\n", commands)}}
            """;
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-s"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = Repository.Root,
        })!;
        await shell.StandardInput.WriteAsync(script);
        shell.StandardInput.Close();
        return (await shell.StandardOutput.ReadToEndAsync()).Split(End);
    }

    /// <summary>The first thing of the page's answer that the real one has not, in the page's order.</summary>
    private static string? FirstMissing(string shown, string said)
    {
        using var real = Words(said).GetEnumerator();
        foreach (var word in Words(shown))
        {
            var isThere = false;
            while (!isThere && real.MoveNext()) isThere = real.Current == word;
            if (!isThere) return word;
        }
        return null;
    }

    /// <summary>Status lines, names of members, codes, amounts; what is different each time (ids, times, sentences) is
    /// a star, and what the page leaves out is passed over.</summary>
    private static IEnumerable<string> Words(string answer)
    {
        var at = answer.IndexOf('{', StringComparison.Ordinal);
        var status = Status().Match(answer);
        if (status.Success) yield return status.Value;
        var body = at < 0 ? "" : answer[at..];
        if (!body.Contains('…', StringComparison.Ordinal) && at >= 0) body = Spread(body);
        foreach (Match word in Token().Matches(body))
            if (word.Groups["name"].Success) yield return word.Groups["name"].Value;
            else if (Code().IsMatch(word.Value)) yield return word.Value;
    }

    private static string Spread(string body)
    {
        try
        {
            return JsonSerializer.Serialize(JsonDocument.Parse(body).RootElement, Indented);
        }
        catch (JsonException)
        {
            return body; // Shown in part.
        }
    }

    [GeneratedRegex(@"```sh\n(?<sh>.*?)```(?:\s*```json\n(?<json>.*?)```)?", RegexOptions.Singleline)]
    private static partial Regex Step();

    [GeneratedRegex(@"^HTTP/1\.1 \d+", RegexOptions.Multiline)]
    private static partial Regex Status();

    [GeneratedRegex("""(?<name>"[a-z_]+":)|"(?:[^"\\]|\\.)*"|-?\b\d+\b|true|false""")]
    private static partial Regex Token();

    [GeneratedRegex("""^("[a-z]+(_[a-z]+)*"|-?\d+|true|false)$""")]
    private static partial Regex Code();
}
