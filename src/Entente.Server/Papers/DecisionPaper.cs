using System.Globalization;
using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Server.Papers.Kit;

namespace Entente.Server.Papers;

/// <summary>A decision as a document: what was decided, on which questions, clauses and exhibits, and why.</summary>
internal static class DecisionPaper
{
    public static Paper Of(Dossier dossier, OutcomeView decision)
    {
        var parts = new List<Part>
        {
            new Prose(dossier.Say("paper.decision_about", ("at", decision.At), ("house", dossier.House))),
            Statement.Facts(dossier),
            new Heading(dossier.Say("paper.decided")),
            Statement.Granted(dossier, decision.Lines),
        };
        parts.AddRange(Reasons(dossier, decision));
        parts.AddRange(Questions(dossier, decision));
        parts.AddRange(Clauses(dossier, decision));
        parts.AddRange(Exhibits(dossier, decision));
        parts.AddRange(Statement.Claim(dossier));
        parts.AddRange(dossier.Proof());
        return dossier.Paper(dossier.Say("paper.decision"), parts);
    }

    private static IEnumerable<Part> Reasons(Dossier dossier, OutcomeView decision) => decision.Reasons.Count == 0
        ? []
        : [new Heading(dossier.Say("paper.reasons")), dossier.Written(decision.Reasons)];

    private static IEnumerable<Part> Questions(Dossier dossier, OutcomeView decision)
    {
        if (decision.Findings.Count == 0) yield break;
        yield return new Heading(dossier.Say("paper.questions"));
        foreach (var (finding, no) in decision.Findings.Select((finding, at) => (finding, at + 1)))
        {
            yield return new Heading(dossier.Say("paper.question",
                ("no", no), ("text", dossier.Written(finding.Question).Text)), 2);
            yield return new Prose(dossier.Say("paper.answer", ("answer", dossier.Of(finding.Answer)),
                ("rests", dossier.Say("case.finding_rests", ("clause", TitleOf(dossier, finding.Clause)),
                    ("n", finding.ReliedOn.Count), ("exhibits", Numbers(finding.ReliedOn))))));
        }
    }

    private static IEnumerable<Part> Clauses(Dossier dossier, OutcomeView decision)
    {
        var clauses = decision.Findings.Select(finding => finding.Clause).Distinct()
            .Select(dossier.File.Policy.Clause).OfType<Domain.Policies.Clause>().ToList();
        if (clauses.Count == 0) yield break;
        yield return new Heading(dossier.Say("paper.clauses"));
        foreach (var clause in clauses)
        {
            yield return new Heading($"{clause.Title.In(dossier.Speaker.Language)} ({clause.Id})", 2);
            yield return new Prose(clause.Text.In(dossier.Speaker.Language));
        }
    }

    private static IEnumerable<Part> Exhibits(Dossier dossier, OutcomeView decision)
    {
        var relied = decision.Findings.SelectMany(finding => finding.ReliedOn).Distinct().Order().ToList();
        if (relied.Count + decision.SetAside.Count == 0) yield break;
        yield return new Heading(dossier.Say("paper.exhibits_of_decision"));
        if (relied.Count > 0)
        {
            yield return new Heading(dossier.Say("paper.relied_on"), 2);
            yield return new Rows([.. relied.Select(no => Row(dossier, no, null))]);
        }
        if (decision.SetAside.Count == 0) yield break;
        yield return new Heading(dossier.Say("paper.set_aside"), 2);
        yield return new Rows(
            [.. decision.SetAside.Select(aside => Row(dossier, aside.Exhibit, dossier.Of(aside.Why)))]);
    }

    /// <summary>Decisions speak of the exhibits that both sides see.</summary>
    private static Row Row(Dossier dossier, int no, string? why)
    {
        var exhibit = dossier.View.Exhibits.FirstOrDefault(found => found.Series == Audience.All && found.No == no);
        string?[] lines =
        [
            exhibit is null ? null : dossier.TextOf(exhibit.Title),
            exhibit?.Digest.Value is { } digest ? $"SHA-256\n{Dossier.InTwo(digest)}" : null,
            why,
        ];
        return new(dossier.Say("paper.exhibit", ("number", no.ToString(CultureInfo.InvariantCulture))),
            string.Join("\n", lines.OfType<string>()));
    }

    private static string TitleOf(Dossier dossier, string clause) =>
        dossier.File.Policy.Clause(clause)?.Title.In(dossier.Speaker.Language) ?? clause;

    private static string Numbers(IEnumerable<int> numbers) =>
        string.Join(", ", numbers.Select(no => no.ToString(CultureInfo.InvariantCulture)));
}
