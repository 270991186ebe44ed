using System.Text.RegularExpressions;
using Entente.Domain;
using Entente.Domain.Policies;
using Entente.Server.Policies;

namespace Entente.Tests.Policies;

public partial class PolicyDocsTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "policies.md"));

    [Fact]
    public void The_page_for_operators_lists_every_rule_in_order() =>
        Assert.Equal(Rule.All.Select(rule => rule.Key), Rows().Select(row => row.Groups["key"].Value));

    [Fact]
    public void It_names_every_choice_and_every_none()
    {
        foreach (var row in Rows())
        {
            var (rule, value) = (Rule.Named(row.Groups["key"].Value), row.Groups["value"].Value);
            Assert.Equal(rule.MayBeNone, value.Contains("`none`"));
            if (!rule.Type.IsEnum || value.Contains("the same")) continue;
            Assert.Equal(
                Enum.GetValues(rule.Type).Cast<Enum>().Select(choice => $"`{Codes.Of(choice)}`"), value.Split(", "));
        }
    }

    [Fact]
    public void It_says_what_holds_where_nothing_is_said() =>
        Assert.Equal(
            Rule.All.Where(rule => rule.Unsaid is not null)
                .Select(rule => $"| `{rule.Key}` | `{Written(rule.Unsaid!.Value)}` |"),
            Page.Split('\n').SkipWhile(line => line != "| key | then |").Skip(2).TakeWhile(line => line.Length > 0));

    private static string Written(object? value) => value switch
    {
        null => "none",
        Span span => PolicyValues.Print(span),
        Enum choice => Codes.Of(choice),
        System.Collections.IEnumerable list => $"[{string.Join(", ", list.Cast<object>().Select(Written))}]",
        _ => $"{value}",
    };

    private static IEnumerable<Match> Rows() => Row().Matches(Page);

    [GeneratedRegex(@"^\| `(?<key>[a-z_]+\.[a-z_]+)` \| (?<value>[^|]+) \| [^|]+ \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
