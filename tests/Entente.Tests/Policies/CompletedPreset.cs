using System.Text;
using Entente.Domain.Policies;
using Entente.Server.Desk;
using Entente.Server.Policies;

namespace Entente.Tests.Policies;

/// <summary>A preset with completion.yaml where nothing was found; what the preset says stays as it is.</summary>
public static class CompletedPreset
{
    private static readonly Dictionary<string, string> Completion = Lines("Policies/completion")
        .Where(line => line.Length > 0 && line[0] is not ('#' or ' '))
        .Select(line => line.Split(": ", 2))
        .ToDictionary(pair => pair[0], pair => pair[1].Trim('"'));

    public static TheoryData<string> Names => [.. Presets.Names.Where(name => name != "demo")];

    public static string Text(string name)
    {
        var bytes = Presets.Bytes(name);
        var lines = Encoding.UTF8.GetString(bytes).Split('\n');
        foreach (var problem in PolicyDocument.Read(bytes).Problems)
        {
            var line = lines[problem.Line - 1].Split('#')[0].TrimEnd();
            Assert.True(line.EndsWith(':'), $"{name}, line {problem.Line}: {problem.Code} {problem.Key}");
            lines[problem.Line - 1] = $"{line} {Completion[problem.Key]}";
        }
        return string.Join('\n', lines).Replace(": not_found", ": ours");
    }

    public static Policy Policy(string name)
    {
        var document = PolicyDocument.Read(Encoding.UTF8.GetBytes(Text(name)));
        Assert.Empty(document.Problems.Select(problem => $"{problem.Line} {problem.Key} {problem.Code}"));
        return document.Policy! with { Version = 1 };
    }

    private static string[] Lines(string resource)
    {
        using var stream = typeof(CompletedPreset).Assembly.GetManifestResourceStream(resource)!;
        return new StreamReader(stream).ReadToEnd().Split('\n');
    }
}
