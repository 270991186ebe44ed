using System.Reflection;
using Entente.Domain.Policies;

namespace Entente.Tests.Policies;

public class RuleTests
{
    [Fact]
    public void Every_rule_has_a_name_and_every_name_a_rule() =>
        Assert.Equal(
            typeof(RuleKeys).GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(field => (string)field.GetValue(null)!),
            Rule.All.Select(rule => rule.Key));

    [Fact]
    public void Every_member_of_the_rules_is_named()
    {
        var members = typeof(Rules).GetProperties().Where(part => part.Name != "EqualityContract").SelectMany(part =>
            part.PropertyType.GetProperties().Where(member => member.CanWrite)
                .Select(member => $"{Snake(part.Name)}.{Snake(member.Name)}"));
        Assert.Equal(members, Rule.All.Select(rule => rule.Key));
    }

    private static string Snake(string name) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
