using System.Text.Json;
using System.Text.Json.Nodes;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;

namespace Entente.Server.Policies;

/// <summary>
/// The JSON Schema of a policy document, for editors and other programs, written from the typed rules themselves. What
/// values must be to each other is not in it; "entente policy check" says that.
/// </summary>
public static class PolicySchema
{
    private const string SpanPattern = "^([0-9]{1,5} (hours?|days?|business days?)|end of day [0-9]{1,5})$";

    public static string Text { get; } = Of().ToJsonString(new JsonSerializerOptions
    {
        WriteIndented = true, NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    }) + "\n";

    public static JsonObject Of()
    {
        var rules = Rules(demanding: true);
        return new()
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Entente: rules of a marketplace",
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = Names("id", "name", "calendar", "rules", "evidence", "clauses"),
            ["properties"] = new JsonObject
            {
                ["id"] = Pattern("^[a-z][a-z0-9]*(-[a-z0-9]+)*$"),
                ["name"] = Ref("text"),
                ["in_the_style_of"] = new JsonObject { ["type"] = "string" },
                ["calendar"] = Calendar(),
                ["rules"] = rules,
                ["overrides"] = List(Override()),
                ["evidence"] = Evidence(),
                ["clauses"] = List(Closed(("id", Pattern("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")), ("title", Ref("text")),
                    ("text", Ref("text")))),
                ["sources"] = Sources(),
            },
            ["$defs"] = new JsonObject
            {
                ["span"] = Pattern(SpanPattern),
                ["text"] = new JsonObject
                {
                    ["type"] = "object", ["required"] = Names("en"),
                    ["additionalProperties"] = new JsonObject { ["type"] = "string" },
                },
                ["amounts"] = new JsonObject
                {
                    ["type"] = "object", ["minProperties"] = 1,
                    ["propertyNames"] = Pattern("^[A-Z]{3}$"),
                    ["additionalProperties"] = new JsonObject { ["type"] = new JsonArray("number", "string") },
                },
                ["source"] = Source(),
            },
        };
    }

    /// <param name="demanding">Whether what has no default must be there; an
    /// override names only what it changes.</param>
    private static JsonObject Rules(bool demanding)
    {
        var chapters = new JsonObject();
        var needed = new List<string>();
        foreach (var chapter in Rule.All.GroupBy(rule => rule.Key.Split('.')[0]))
        {
            var map = Closed([.. chapter.Select(rule => (Name(rule), Value(rule)))]);
            map.Remove("required");
            var musts = chapter.Where(rule => rule.Unsaid is null).Select(Name).ToArray();
            if (demanding && musts.Length > 0) map["required"] = Names(musts);
            if (demanding && musts.Length > 0) needed.Add(chapter.Key);
            chapters[chapter.Key] = map;
        }
        var rules = new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = chapters };
        if (demanding) rules["required"] = Names([.. needed]);
        return rules;
    }

    private static string Name(Rule rule) => rule.Key.Split('.')[1];

    private static JsonObject Value(Rule rule)
    {
        var value = Plain(rule);
        if (rule.MayBeNone) value = new() { ["anyOf"] = new JsonArray(value, new JsonObject { ["const"] = "none" }) };
        if (rule.Unsaid is { Value: not (System.Collections.IEnumerable and not string) } unsaid)
            value["default"] = JsonValue.Create(Default(unsaid.Value));
        return value;
    }

    private static JsonObject Plain(Rule rule) =>
        rule.Type == typeof(Span) ? Ref("span")
        : rule.Type == typeof(ValueList<Span>) ? List(Ref("span"))
        : rule.Type == typeof(ValueList<Money>) ? Ref("amounts")
        : rule.Type == typeof(ValueList<MeasureKind>) ? List(OneOf(typeof(MeasureKind)))
        : rule.Type == typeof(bool) ? new() { ["type"] = "boolean" }
        : rule.Type == typeof(int) ? new() { ["type"] = "integer", ["minimum"] = 0 }
        : OneOf(rule.Type);

    private static string Default(object? value) => value switch
    {
        null => "none",
        Span span => PolicyValues.Print(span),
        Enum choice => Codes.Of(choice),
        _ => $"{value}",
    };

    private static JsonObject Calendar()
    {
        var days = new JsonObject { ["type"] = "string", ["format"] = "date" };
        return Closed(
            ("zone", new() { ["type"] = "string" }), ("weekend", List(OneOf(typeof(IsoDayOfWeek), skip: 1))),
            ("holidays", List(days)));
    }

    private static JsonObject Evidence()
    {
        var asked = Closed(("required", List(OneOf(typeof(ExhibitKind)))),
            ("recommended", List(OneOf(typeof(ExhibitKind)))));
        asked.Remove("required");
        var reasons =
            Closed([.. Enum.GetValues<Reason>().Select(reason => (Codes.Of(reason), (JsonObject)asked.DeepClone()))]);
        reasons.Remove("required");
        return Closed(
            ("file_size_max", Pattern("^[0-9]{1,6} (kB|MB)$")),
            ("files_per_party_max", new() { ["type"] = "integer", ["minimum"] = 0 }),
            ("types", List(Pattern("^[a-z]+/[a-z0-9][a-z0-9.+-]*$"))), ("asked", reasons));
    }

    private static JsonObject Override()
    {
        var whom = Closed(("reason", OneOf(typeof(Reason))), ("remedy", OneOf(typeof(RemedyKind))));
        whom.Remove("required");
        whom["minProperties"] = 1;
        var change = Closed(("for", whom), ("rules", Rules(demanding: false)), ("source", Ref("source")));
        change["required"] = Names("for", "rules");
        return change;
    }

    private static JsonObject Sources() => new()
    {
        ["type"] = "object", ["additionalProperties"] = Ref("source"),
    };

    private static JsonObject Source() => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["enum"] = Names("ours", "not_found") },
            Closed(("found_at", new() { ["type"] = "string" }),
                ("read_at", new() { ["type"] = "string", ["format"] = "date" }),
                ("confidence", OneOf(typeof(Confidence))), ("says", new() { ["type"] = "string" }))),
    };

    /// <summary>A map of exactly these keys, all of them needed.</summary>
    private static JsonObject Closed(params IReadOnlyList<(string Name, JsonObject Value)> properties)
    {
        var map = new JsonObject();
        foreach (var (name, value) in properties) map[name] = value;
        return new()
        {
            ["type"] = "object", ["additionalProperties"] = false, ["properties"] = map,
            ["required"] = Names([.. properties.Select(property => property.Name)]),
        };
    }

    private static JsonObject List(JsonObject items) => new() { ["type"] = "array", ["items"] = items };

    private static JsonObject Pattern(string pattern) => new() { ["type"] = "string", ["pattern"] = pattern };

    private static JsonObject Ref(string name) => new() { ["$ref"] = $"#/$defs/{name}" };

    private static JsonObject OneOf(Type choices, int skip = 0) =>
        new() { ["enum"] = Names([.. PolicyValues.Choices(choices).Skip(skip)]) };

    private static JsonArray Names(params IEnumerable<string> names) =>
        new([.. names.Select(name => (JsonNode)JsonValue.Create(name))]);
}
