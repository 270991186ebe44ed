namespace Entente.Domain.Disputes;

/// <summary>The decision on an appeal: upheld, varied or overturned; the first one stays readable.</summary>
internal static class AppealDeciding
{
    /// <summary>The draft with its lines filled in, or why it cannot stand.</summary>
    public static (DecisionDraft Draft, Refusal? Refusal) Complete(
        DecisionDraft draft, Dispute dispute, Context context)
    {
        if (draft.Result is not { } result) return (draft, new(RefusalCode.AppealResultMissing, "result"));
        var attacked = Attacked(dispute);
        if (result == AppealResult.Upheld)
            return draft.Lines.Count == 0 || draft.Lines == attacked.Lines
                ? (draft with { Lines = attacked.Lines }, null)
                : (draft, new(RefusalCode.AppealResultDoesNotFit, "lines"));
        var counted = dispute.Obligations.Where(standing => Chain(dispute).Contains(standing.Obligation.Outcome));
        var done = counted.Union(Netting.Done(dispute, context)).ToValueList();
        var (lines, refusal) = Remedies.Complete(
            draft.Lines, attacked.Items, dispute.Opening.Order.Lines, Netting.Cap(dispute, context, done),
            Costs.Left(dispute, context, done), "lines");
        if (refusal is not null) return (draft, refusal);
        if (lines == attacked.Lines) return (draft, new(RefusalCode.AppealResultDoesNotFit, "result"));
        return IsWorseForSoleAppellant(lines, attacked, dispute)
            ? (draft, new(RefusalCode.AppellantMadeWorse, "lines"))
            : (draft with { Lines = lines }, null);
    }

    public static Course Publish(Course course, DecisionDraft draft)
    {
        var (dispute, context) = (course.Dispute, course.Context);
        var (attacked, outcome) = (Attacked(dispute), dispute.Outcomes.Count + 1);
        var isUpheld = draft.Result == AppealResult.Upheld;
        var done = Netting.Done(
            dispute, dispute.Outcomes.Where(one => !one.Stands || Chain(dispute).Contains(one.No)), context);
        course = course.Then(new AppealDecided(
            outcome, attacked.No, draft.Result!.Value, draft.Findings, draft.SetAside, draft.Lines, draft.Reasons,
            isUpheld ? [] : Netting.Owed(draft.Lines, outcome, course, done),
            isUpheld ? [] : Appealing.Suspended(dispute, attacked, context))
        {
            Starts = Appealing.Windows(dispute, draft.Lines, context),
        });
        return course.Dispute.Terms.Any(Holds) ? course : Appealing.Release(course);
    }

    private static bool Holds(Term term) =>
        term is { Kind: TermKind.AppealWindow, Otherwise: Consequence.OutcomeIsCarriedOut };

    private static Outcome Attacked(Dispute dispute) => dispute.Outcome(dispute.OpenAppeals.First().Outcome)!;

    private static HashSet<int> Chain(Dispute dispute) =>
        dispute.ChainOf(Attacked(dispute).No).Select(outcome => outcome.No).ToHashSet();

    /// <summary>Who alone asked for a review is not left with less by it (rulings D13).</summary>
    private static bool IsWorseForSoleAppellant(ValueList<RemedyLine> lines, Outcome attacked, Dispute dispute)
    {
        var appellants = dispute.OpenAppeals.Select(appeal => appeal.By).Distinct().ToList();
        if (appellants is not [var sole]) return false;
        var order = dispute.Opening.Order.Lines;
        var (now, before) = (Weigh(lines, order), Weigh(attacked.Lines, order));
        return (sole == Role.Buyer ? now.CompareTo(before) : before.CompareTo(now)) < 0;
    }

    /// <summary>What lines are worth to the buyer; of equal worth, the one without a way back is worth more.</summary>
    private static (long Worth, int Ease) Weigh(ValueList<RemedyLine> lines, ValueList<OrderLine> order) => (
        lines.Sum(line => line.Kind == RemedyKind.None ? 0 : line.Amount ?? Remedies.Value(line.Items, order)),
        -lines.Where(Remedies.GoodsGoBack).Sum(line => line.FreightPaidBy == Role.Buyer ? 2 : 1));
}
