using Entente.Domain.Policies;

namespace Entente.Domain.Disputes;

/// <summary>A question of a decision as the examiner writes it, once in each language.</summary>
public sealed record FindingDraft(
    ValueList<PersonalText> Question, FindingAnswer Answer, string Clause, ValueList<int> ReliedOn)
{
    public Finding Finding => new([.. Question.Select(text => text.Ref)], Answer, Clause, ReliedOn);
}

/// <summary>The assigned examiner decides what is left of the claim: findings bound
/// to clause and exhibit, remedy lines, reasons.</summary>
/// <param name="Reasons">The reasoned text in each language of the parties.</param>
public sealed record DecideDispute(
    ValueList<FindingDraft> Findings,
    ValueList<SetAsideExhibit> SetAside,
    ValueList<RemedyLine> Lines,
    ValueList<PersonalText> Reasons) : DisputeCommand
{
    public static readonly Move Decides = new("decide", [Role.Examiner], [Stage.Review, Stage.Appeal],
        (dispute, _, _) => dispute.Examiner is null ? RefusalCode.NotAssignedToYou
            : dispute.Terms.Any(term => term.Kind == TermKind.Evidence) ? RefusalCode.EvidenceTimeRuns
            : null);

    public override Move Move => Decides;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        if (!dispute.IsExaminedBy(context.By)) return RefusalCode.NotAssignedToYou;
        var (lines, refusal) = Remedies.Complete(
            Lines, dispute.OpenItems, dispute.Opening.Order.Lines,
            new Money(Settling.Cap(dispute, context), dispute.Currency), "lines");
        var gaps = Gaps(dispute, context.Policy).Concat(refusal is null ? [] : [refusal]).ToValueList();
        if (gaps.Count > 0) return new Refused(gaps[0], gaps.Skip(1).ToValueList());
        return Course.From(dispute, context).Then(Decided(dispute, lines, context))
            .Answer([.. Findings.SelectMany(draft => draft.Question), .. Reasons]);
    }

    /// <summary>Everything that is missing but the remedy, in the order in which it is refused.</summary>
    public IEnumerable<Refusal> Gaps(Dispute dispute, Policy policy) =>
        (Findings.Count == 0 ? [new(RefusalCode.FindingsMissing, "findings")] : FindingGaps(dispute, policy))
        .Concat(MarkGaps(dispute))
        .Concat(LanguageGaps(Reasons, Texts.ReasonsMax, dispute, "reasons", RefusalCode.ReasonsMissing));

    private IEnumerable<Refusal> FindingGaps(Dispute dispute, Policy policy)
    {
        var open = OpenExhibits(dispute);
        for (var index = 0; index < Findings.Count; index++)
        {
            var (draft, at) = (Findings[index], $"findings[{index}]");
            foreach (var gap in LanguageGaps(draft.Question, Texts.CommentMax, dispute, $"{at}.question",
                RefusalCode.LanguageMissing)) yield return gap;
            if (policy.Clause(draft.Clause) is null) yield return new(RefusalCode.ClauseUnknown, $"{at}.clause");
            foreach (var unknown in draft.ReliedOn.Where(number => !open.Contains(number)))
                yield return Refusal.Of(RefusalCode.ExhibitNotOpen, $"{at}.relied_on", ("exhibit", unknown));
            if (draft.ReliedOn.Count == 0 && open.Count > 0)
                yield return new(RefusalCode.FindingRestsOnNothing, $"{at}.relied_on");
        }
    }

    /// <summary>Every open exhibit is relied on or set aside, and none both
    /// (rulings D21 keeps sealed ones out).</summary>
    private IEnumerable<Refusal> MarkGaps(Dispute dispute)
    {
        var open = OpenExhibits(dispute);
        var relied = Findings.SelectMany(finding => finding.ReliedOn).ToHashSet();
        foreach (var aside in SetAside)
        {
            if (!open.Contains(aside.Exhibit))
                yield return Refusal.Of(RefusalCode.ExhibitNotOpen, "set_aside", ("exhibit", aside.Exhibit));
            else if (relied.Contains(aside.Exhibit) || SetAside.Count(other => other.Exhibit == aside.Exhibit) > 1)
                yield return Refusal.Of(RefusalCode.ExhibitMarkedTwice, "set_aside", ("exhibit", aside.Exhibit));
        }
        foreach (var unmarked in open.Where(
            number => !relied.Contains(number) && SetAside.All(aside => aside.Exhibit != number)))
            yield return Refusal.Of(RefusalCode.ExhibitNotMarked, "set_aside", ("exhibit", unmarked));
    }

    private static IEnumerable<Refusal> LanguageGaps(
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

    private static List<int> OpenExhibits(Dispute dispute) => dispute.Exhibits
        .Where(exhibit => exhibit.Audience == Audience.All && !exhibit.Withdrawn)
        .Select(exhibit => exhibit.No)
        .ToList();

    private Decided Decided(Dispute dispute, ValueList<RemedyLine> lines, Context context)
    {
        var outcome = dispute.Outcomes.Count + 1;
        return new(outcome, [.. Findings.Select(draft => draft.Finding)], SetAside, lines,
            [.. Reasons.Select(text => text.Ref)], Obligations.Of(lines, outcome, dispute))
        {
            Starts = AppealWindows(dispute, lines, context),
        };
    }

    /// <summary>Whoever lost something may appeal; what was granted waits until that
    /// time is over or given up (rulings D14).</summary>
    private static ValueList<Term> AppealWindows(Dispute dispute, ValueList<RemedyLine> lines, Context context)
    {
        var rules = dispute.Under(context.Policy).Appeal;
        if (rules.Window is not { } window || rules.ExecuteAtOnce) return [];
        var course = Course.From(dispute, context);
        return Losers(dispute, lines)
            .Select((side, index) => course.Term(TermKind.AppealWindow, side, context.Due(window),
                RuleKeys.AppealWindow, Consequence.OutcomeIsCarriedOut, offset: index))
            .ToValueList();
    }

    private static IEnumerable<Role> Losers(Dispute dispute, ValueList<RemedyLine> lines)
    {
        if (dispute.Opening.Sought != lines) yield return dispute.Opener;
        if (lines.Any(line => line.Kind != RemedyKind.None)) yield return dispute.Respondent;
    }
}
