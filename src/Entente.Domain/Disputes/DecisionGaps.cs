using Entente.Domain.Policies;

namespace Entente.Domain.Disputes;

/// <summary>What a decision still lacks: a clause, an exhibit, a mark, a language.</summary>
internal static class DecisionGaps
{
    public static IEnumerable<Refusal> Of(DecisionDraft draft, Dispute dispute, Policy policy) =>
        OfFindings(draft, dispute, policy).Concat(OfMarks(draft, dispute));

    public static IEnumerable<Refusal> OfTexts(
        ValueList<PersonalText> texts, int lengthMax, Dispute dispute, string field, RefusalCode ifNone)
    {
        if (texts.Count == 0) yield return new(ifNone, field);
        foreach (var text in texts)
            if (Texts.Objection(text, lengthMax, $"{field}.{text.Language}") is { } objection) yield return objection;
        if (texts.Count == 0) yield break;
        foreach (var missing in dispute.Opening.Languages.Where(
            language => texts.All(text => text.Language != language)))
            yield return Refusal.Of(RefusalCode.LanguageMissing, $"{field}.{missing}", ("language", missing));
    }

    private static IEnumerable<Refusal> OfFindings(DecisionDraft draft, Dispute dispute, Policy policy)
    {
        var open = OpenExhibits(dispute);
        for (var index = 0; index < draft.Findings.Count; index++)
        {
            var (finding, at) = (draft.Findings[index], $"findings[{index}]");
            if (finding.Clause.Length == 0) yield return new(RefusalCode.ClauseMissing, $"{at}.clause");
            else if (policy.Clause(finding.Clause) is null) yield return new(RefusalCode.ClauseUnknown, $"{at}.clause");
            foreach (var unknown in finding.ReliedOn.Where(number => !open.Contains(number)))
                yield return Refusal.Of(RefusalCode.ExhibitNotOpen, $"{at}.relied_on", ("exhibit", unknown));
            foreach (var late in finding.ReliedOn.Where(number => IsLate(number, dispute)))
                yield return Refusal.Of(RefusalCode.ExhibitCameLate, $"{at}.relied_on", ("exhibit", late));
            if (finding.ReliedOn.Count == 0 && open.Count > 0)
                yield return new(RefusalCode.FindingRestsOnNothing, $"{at}.relied_on");
        }
    }

    /// <summary>Every open exhibit is relied on or set aside, and none both
    /// (rulings D21 keeps sealed ones out).</summary>
    private static IEnumerable<Refusal> OfMarks(DecisionDraft draft, Dispute dispute)
    {
        var open = OpenExhibits(dispute);
        var relied = draft.Findings.SelectMany(finding => finding.ReliedOn).ToHashSet();
        foreach (var aside in draft.SetAside)
        {
            if (!open.Contains(aside.Exhibit))
                yield return Refusal.Of(RefusalCode.ExhibitNotOpen, "set_aside", ("exhibit", aside.Exhibit));
            else if (relied.Contains(aside.Exhibit) || draft.SetAside.Count(one => one.Exhibit == aside.Exhibit) > 1)
                yield return Refusal.Of(RefusalCode.ExhibitMarkedTwice, "set_aside", ("exhibit", aside.Exhibit));
        }
        foreach (var unmarked in open.Where(
            number => !relied.Contains(number) && draft.SetAside.All(aside => aside.Exhibit != number)))
            yield return Refusal.Of(RefusalCode.ExhibitNotMarked, "set_aside", ("exhibit", unmarked));
    }

    /// <summary>What came late counts once it was admitted, or on appeal (rulings D20).</summary>
    private static bool IsLate(int number, Dispute dispute) =>
        dispute.Stage == Stage.Review && dispute.Exhibits.Any(exhibit =>
            exhibit.No == number && exhibit.Audience == Audience.All && Inquiring.MayBeAdmitted(exhibit));

    private static List<int> OpenExhibits(Dispute dispute) => dispute.Exhibits
        .Where(exhibit => exhibit.Audience == Audience.All && !exhibit.Withdrawn)
        .Select(exhibit => exhibit.No)
        .ToList();
}
