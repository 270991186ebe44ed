using System.Reflection;
using System.Text.RegularExpressions;

namespace Entente.Tests.House;

/// <summary>docs/capabilities.md: each row of the article's list names tests that exist.</summary>
public sealed partial class CapabilityTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "capabilities.md"));

    [Fact]
    public void Every_capability_has_its_row() =>
        Assert.Equal(Enumerable.Range(1, 17).Select(no => $"S{no}"), Rows().Select(row => row.Groups["no"].Value));

    [Fact]
    public void Every_test_that_a_row_names_exists_and_is_of_the_kind_it_says()
    {
        foreach (var row in Rows().Where(row => !IsOpen(row)))
        {
            foreach (var test in Named(row.Groups["page"].Value)) Exists(test, "Entente.Tests.Browser");
            foreach (var test in Named(row.Groups["api"].Value)) Exists(test, "Entente.Tests.");
        }
    }

    /// <summary>A row that nothing drives yet is called open, in so many words.</summary>
    [Fact]
    public void Rows_that_nothing_drives_yet_are_called_open()
    {
        var open = Rows().Where(IsOpen).Select(row => row.Groups["no"].Value).DefaultIfEmpty("none");
        Assert.Equal(
            $"Open rows: {string.Join(", ", open)}.",
            Page.Split('\n').Single(line => line.StartsWith("Open rows:", StringComparison.Ordinal)));
    }

    private static bool IsOpen(Match row) =>
        row.Groups["page"].Value == "open" || row.Groups["api"].Value == "open";

    private static void Exists(string test, string room)
    {
        var (type, method) = (test[..test.LastIndexOf('.')], test[(test.LastIndexOf('.') + 1)..]);
        var found = Assembly.GetExecutingAssembly().GetType($"Entente.Tests.{type}")?.GetMethod(method);
        Assert.True(found?.GetCustomAttribute<FactAttribute>() is not null, $"There is no test {test}.");
        Assert.StartsWith(room, found.DeclaringType!.FullName, StringComparison.Ordinal);
    }

    private static List<string> Named(string cell)
    {
        var named = Name().Matches(cell).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(named);
        return named;
    }

    private static IEnumerable<Match> Rows() => Row().Matches(Page);

    [GeneratedRegex(@"^\| (?<no>S[0-9]+) \| (?<what>[^|]+) \| (?<page>[^|]+) \| (?<api>[^|]+) \|$",
        RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([A-Za-z0-9_.]+)`")]
    private static partial Regex Name();
}
