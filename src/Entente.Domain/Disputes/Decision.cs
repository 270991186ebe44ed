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
        if (FindingsObjection(dispute, context.Policy) is { } finding) return finding;
        if (MarksObjection(dispute) is { } mark) return mark;
        if (LanguagesObjection(Reasons, Texts.ReasonsMax, dispute, "reasons", RefusalCode.ReasonsMissing) is
            { } reasons) return reasons;
        var (lines, refusal) = Remedies.Complete(
            Lines, dispute.OpenItems, dispute.Opening.Order.Lines,
            new Money(Settling.Cap(dispute, context), dispute.Currency), "lines");
        if (refusal is not null) return refusal;
        return Course.From(dispute, context).Then(Decided(dispute, lines, context))
            .Answer([.. Findings.SelectMany(draft => draft.Question), .. Reasons]);
    }

    private Refusal? FindingsObjection(Dispute dispute, Policy policy)
    {
        if (Findings.Count == 0) return new(RefusalCode.FindingsMissing, "findings");
        var open = OpenExhibits(dispute);
        for (var index = 0; index < Findings.Count; index++)
        {
            var (draft, at) = (Findings[index], $"findings[{index}]");
            if (LanguagesObjection(draft.Question, Texts.CommentMax, dispute, $"{at}.question",
                RefusalCode.LanguageMissing) is { } question)
                return question;
            if (policy.Clause(draft.Clause) is null) return new(RefusalCode.ClauseUnknown, $"{at}.clause");
            if (draft.ReliedOn.FirstOrDefault(number => !open.Contains(number)) is var unknown and not 0)
                return Refusal.Of(RefusalCode.ExhibitNotOpen, $"{at}.relied_on", ("exhibit", unknown));
            if (draft.ReliedOn.Count == 0 && open.Count > 0)
                return new(RefusalCode.FindingRestsOnNothing, $"{at}.relied_on");
        }
        return null;
    }

    /// <summary>Every open exhibit is relied on or set aside, and none both
    /// (rulings D21 keeps sealed ones out).</summary>
    private Refusal? MarksObjection(Dispute dispute)
    {
        var open = OpenExhibits(dispute);
        var relied = Findings.SelectMany(finding => finding.ReliedOn).ToHashSet();
        foreach (var aside in SetAside)
        {
            if (!open.Contains(aside.Exhibit))
                return Refusal.Of(RefusalCode.ExhibitNotOpen, "set_aside", ("exhibit", aside.Exhibit));
            if (relied.Contains(aside.Exhibit) || SetAside.Count(other => other.Exhibit == aside.Exhibit) > 1)
                return Refusal.Of(RefusalCode.ExhibitMarkedTwice, "set_aside", ("exhibit", aside.Exhibit));
        }
        var unmarked = open.FirstOrDefault(
            number => !relied.Contains(number) && SetAside.All(aside => aside.Exhibit != number));
        return unmarked == 0 ? null : Refusal.Of(RefusalCode.ExhibitNotMarked, "set_aside", ("exhibit", unmarked));
    }

    private static Refusal? LanguagesObjection(
        ValueList<PersonalText> texts, int lengthMax, Dispute dispute, string field, RefusalCode ifNone)
    {
        if (texts.Count == 0) return new(ifNone, field);
        foreach (var text in texts)
            if (Texts.Objection(text, lengthMax, $"{field}.{text.Language}") is { } objection) return objection;
        var missing = dispute.Opening.Languages.FirstOrDefault(
            language => texts.All(text => text.Language != language));
        return missing is null ? null : Refusal.Of(
            RefusalCode.LanguageMissing, $"{field}.{missing}", ("language", missing));
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
