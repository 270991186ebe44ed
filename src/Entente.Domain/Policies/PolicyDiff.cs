namespace Entente.Domain.Policies;

/// <summary>One difference between two versions of the rules, in words.</summary>
/// <param name="Heading">The part of the rules it stands in.</param>
/// <param name="Before">What the older version said; null where it said nothing.</param>
/// <param name="After">What the newer version says; null where it says nothing any more.</param>
public sealed record PolicyChange(Sentence Heading, Sentence? Before, Sentence? After);

/// <summary>Compares two versions of the rules as their readers know them:
/// sentence by sentence, clause by clause.</summary>
public static class PolicyDiff
{
    /// <summary>A sum repeats what changed in its parts.</summary>
    private const string Sum = "policy.life.parts";
    private static readonly Sentence ClauseHeading = Sentence.Of("rules.clauses");

    public static ValueList<PolicyChange> Between(Policy older, Policy newer)
    {
        var (before, after) = (PolicyText.Of(older), PolicyText.Of(newer));
        var headings = after.Concat(before).Select(section => section.Heading).Distinct();
        return [.. headings.SelectMany(heading => Section(heading, Lines(before, heading), Lines(after, heading))),
            .. Clauses(older, newer)];
    }

    private static List<Sentence> Lines(ValueList<PolicySection> sections, Sentence heading) =>
        [.. sections.Where(section => section.Heading == heading)
            .SelectMany(section => section.Lines).Select(line => line.Sentence)
            .Where(sentence => sentence.Key != Sum)];

    /// <summary>A sentence that went and one of the same kind that came are one change.</summary>
    private static IEnumerable<PolicyChange> Section(Sentence heading, List<Sentence> before, List<Sentence> after)
    {
        var came = after.Except(before).ToList();
        foreach (var gone in before.Except(after))
        {
            var at = came.FindIndex(sentence => sentence.Key == gone.Key);
            yield return new(heading, gone, at < 0 ? null : came[at]);
            if (at >= 0) came.RemoveAt(at);
        }
        foreach (var sentence in came) yield return new(heading, null, sentence);
    }

    private static IEnumerable<PolicyChange> Clauses(Policy older, Policy newer)
    {
        foreach (var clause in older.Clauses.Where(clause => clause != newer.Clause(clause.Id)))
            yield return new(ClauseHeading, Say(clause), newer.Clause(clause.Id) is { } now ? Say(now) : null);
        foreach (var clause in newer.Clauses.Where(clause => older.Clause(clause.Id) is null))
            yield return new(ClauseHeading, null, Say(clause));
    }

    private static Sentence Say(Clause clause) =>
        Sentence.Of("policy.diff.clause", ("id", clause.Id), ("title", clause.Title), ("text", clause.Text));
}
