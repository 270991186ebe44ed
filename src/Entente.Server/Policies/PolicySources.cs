using Entente.Domain.Policies;

namespace Entente.Server.Policies;

/// <summary>Where a value of a policy comes from.</summary>
public enum SourceKind
{
    /// <summary>Read in somebody's published rules.</summary>
    Found,
    /// <summary>The marketplace's own choice.</summary>
    Ours,
    /// <summary>Looked for and not found; the value stays unset.</summary>
    NotFound,
}

/// <summary>How sure one may be of a value that was found.</summary>
public enum Confidence { High, Medium, Low }

/// <summary>The origin of one value: where it was found, when it was read, what it says there.</summary>
public sealed record PolicySource(
    SourceKind Kind, string? FoundAt = null, LocalDate? ReadAt = null,
    Confidence? Confidence = null, string? Says = null);

/// <summary>Reads the sources of a policy document and holds them against its values.</summary>
internal static class PolicySources
{
    /// <summary>Keys beside the rules that a source may be given for.</summary>
    private static readonly string[] Others =
    [
        "calendar.zone", "calendar.weekend", "calendar.holidays", "overrides",
        "evidence.file_size_max", "evidence.files_per_party_max", "evidence.types", "evidence.asked", "clauses",
    ];

    private static readonly HashSet<string> Known = [.. Rule.All.Select(rule => rule.Key), .. Others];

    /// <param name="rules">The place of the base rules.</param>
    public static IReadOnlyDictionary<string, PolicySource> Read(PolicyEntry document, PolicyEntry rules)
    {
        var sources = new Dictionary<string, PolicySource>();
        foreach (var (name, entry) in document["sources"].Named())
        {
            if (!Known.Contains(name)) entry.As(name).Tell(PolicyProblemCode.UnknownKey);
            else sources[name] = Source(entry);
            var parts = name.Split('.');
            var value = parts.Aggregate(Rule.Find(name) is null ? document : rules, (at, part) => at[part]);
            var kind = sources.GetValueOrDefault(name)?.Kind;
            if (kind == SourceKind.NotFound && !value.IsUnset) value.Tell(PolicyProblemCode.SetThoughNotFound);
            if (kind is SourceKind.Found or SourceKind.Ours && value.IsUnset)
                value.Tell(PolicyProblemCode.SourceWithoutValue);
        }
        return sources;
    }

    public static PolicySource Source(PolicyEntry entry)
    {
        if (entry.Text is not null) return new(PolicyRules.Choice<SourceKind>(entry));
        entry.Only("found_at", "read_at", "confidence", "says");
        return new(
            SourceKind.Found,
            entry["found_at"].Read<string>(PolicyValues.TryText, PolicyProblemCode.NotAText),
            entry["read_at"].Read<LocalDate>(PolicyValues.TryDate, PolicyProblemCode.NotADate),
            PolicyRules.Choice<Confidence>(entry["confidence"]),
            entry["says"].Text);
    }
}
