using System.Security.Cryptography;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;
using Entente.Server.Policies;

namespace Entente.Server.Desk;

/// <summary>
/// A policy as its operator wrote it, read strictly: either a complete policy, or every problem with its key and line.
/// </summary>
/// <param name="Policy">Complete, with version 0 until it is published; null where there are problems.</param>
/// <param name="InTheStyleOf">Whose published rules it resembles; it is never their official text.</param>
/// <param name="Sources">Where values come from, by key.</param>
public sealed record PolicyDocument(
    Policy? Policy,
    string Digest,
    string? InTheStyleOf,
    IReadOnlyDictionary<string, PolicySource> Sources,
    ValueList<PolicyProblem> Problems)
{
    /// <summary>Nothing is wrong with it but that values are not set yet, as in a preset.</summary>
    public bool IsOnlyIncomplete =>
        Problems.Count > 0 && Problems.All(problem => problem.Code == PolicyProblemCode.Missing);

    public static PolicyDocument Read(ReadOnlySpan<byte> bytes)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var problems = new List<PolicyProblem>();
        var root = new PolicyEntry("", YamlTree.Read(bytes, problems), 1, problems);
        if (problems.Any(problem => problem.Key.Length == 0)) return new(null, digest, null, None, [problems[0]]);

        root.Only("id", "name", "in_the_style_of", "calendar", "rules", "overrides", "evidence", "clauses", "sources");
        var rules = root["rules"].As("");
        var policy = Whole(root, rules, digest);
        var sources = PolicySources.Read(root, rules);
        if (problems.Count == 0) PolicyChecks.Check(policy, rules, root["overrides"]);
        return new(
            problems.Count == 0 ? policy : null, digest, root["in_the_style_of"].Text, sources,
            problems.OrderBy(problem => problem.Line).ToValueList());
    }

    private static Dictionary<string, PolicySource> None => [];

    private static Policy Whole(PolicyEntry root, PolicyEntry rules, string digest)
    {
        var all = PolicyRules.All(rules);
        return new(
            root["id"].Read<string>(PolicyValues.TryId, PolicyProblemCode.NotAnId),
            Version: 0,
            digest,
            Text(root["name"]),
            Calendar(root["calendar"].Only("zone", "weekend", "holidays")),
            all,
            PolicyRules.Overrides(root["overrides"], all),
            Evidence(root["evidence"].Only("file_size_max", "files_per_party_max", "types", "asked")),
            Clauses(root["clauses"]));
    }

    private static BusinessCalendar Calendar(PolicyEntry entry)
    {
        var weekend = entry["weekend"].List(day => (true, PolicyRules.Choice<IsoDayOfWeek>(day)));
        if (weekend.Distinct().Count() == 7) entry["weekend"].Tell(PolicyProblemCode.NoWorkingDay);
        return new(
            entry["zone"].Read<string>(PolicyValues.TryZone, PolicyProblemCode.NotAZone),
            weekend,
            entry["holidays"].List(day =>
                (day.TryRead<LocalDate>(PolicyValues.TryDate, out var date, PolicyProblemCode.NotADate), date)));
    }

    private static EvidenceRules Evidence(PolicyEntry entry) => new(
        entry["file_size_max"].Read<long>(PolicyValues.TrySize, PolicyProblemCode.NotASize),
        entry["files_per_party_max"].Read<int>(PolicyValues.TryNumber, PolicyProblemCode.NotANumber),
        entry["types"].List(item =>
            (item.TryRead<string>(PolicyValues.TryMediaType, out var type, PolicyProblemCode.NotAMediaType), type)),
        Asked(entry["asked"].Only(PolicyValues.Choices(typeof(Reason)))));

    private static ValueList<EvidenceAsked> Asked(PolicyEntry entry) => Enum.GetValues<Reason>()
        .Select(reason => (Reason: reason, Entry: entry[Codes.Of(reason)].Only("required", "recommended")))
        .Where(asked => !asked.Entry.IsUnset)
        .Select(asked => new EvidenceAsked(
            asked.Reason, Kinds(asked.Entry["required"]), Kinds(asked.Entry["recommended"])))
        .ToValueList();

    private static ValueList<ExhibitKind> Kinds(PolicyEntry entry) =>
        entry.IsUnset ? [] : entry.List(kind => (true, PolicyRules.Choice<ExhibitKind>(kind)));

    private static ValueList<Clause> Clauses(PolicyEntry entry)
    {
        var seen = new HashSet<string>();
        return entry.List(clause =>
        {
            clause.Only("id", "title", "text");
            var isRead = clause["id"].TryRead<string>(PolicyValues.TryId, out var id, PolicyProblemCode.NotAnId);
            if (isRead && !seen.Add(id)) clause["id"].Tell(PolicyProblemCode.NamedTwice, ("name", id));
            return (true, new Clause(id, Text(clause["title"]), Text(clause["text"])));
        });
    }

    /// <summary>A text by language; English must be among them, for it stands in where another is missing.</summary>
    private static LocalText Text(PolicyEntry entry)
    {
        if (entry["en"].IsUnset)
            entry.Tell(entry.IsUnset ? PolicyProblemCode.Missing : PolicyProblemCode.LanguageMissing);
        var versions = new List<LocalText.Version>();
        foreach (var (language, place) in entry.Named())
        {
            if (!PolicyValues.IsLanguage(language)) place.Tell(PolicyProblemCode.NotALanguage);
            if (place.TryRead<string>(PolicyValues.TryText, out var text, PolicyProblemCode.NotAText))
                versions.Add(new(language, text.Trim()));
        }
        return new(versions.ToValueList());
    }
}
