using System.Text.Json.Nodes;
using Entente.Domain.Policies;
using Entente.Server.Policies;

namespace Entente.Tests.Policies;

public class PolicySchemaTests
{
    private static readonly string File = Path.Combine(Repository.Root, "docs", "policy.schema.json");

    [Fact]
    public void The_published_schema_is_the_one_of_the_typed_rules()
    {
        var published = System.IO.File.Exists(File) ? System.IO.File.ReadAllText(File) : "";
        if (Environment.GetEnvironmentVariable("ENTENTE_WRITE") == "1")
            System.IO.File.WriteAllText(File, PolicySchema.Text);
        Assert.Equal(PolicySchema.Text, published);
    }

    [Fact]
    public void It_knows_every_rule_its_choices_and_its_default()
    {
        var schema = PolicySchema.Of();
        foreach (var rule in Rule.All)
        {
            var parts = rule.Key.Split('.');
            var chapter = schema["properties"]!["rules"]!["properties"]![parts[0]]!;
            var value = chapter["properties"]![parts[1]]!;
            if (rule.Type.IsEnum)
                Assert.Equal(PolicyValues.Choices(rule.Type), Choices(value));
            var needed = chapter["required"]?.AsArray().Select(name => name!.GetValue<string>()) ?? [];
            Assert.Equal(rule.Unsaid is null, needed.Contains(parts[1]));
            if (rule.MayBeNone) Assert.Contains("none", value.ToJsonString());
        }
    }

    private static IEnumerable<string> Choices(JsonNode value) =>
        value["enum"]!.AsArray().Select(choice => choice!.GetValue<string>());
}
