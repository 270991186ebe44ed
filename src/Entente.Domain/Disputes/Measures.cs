using Entente.Domain.Policies;

namespace Entente.Domain.Disputes;

/// <summary>A measure as the examiner takes it.</summary>
public sealed record MeasureDraft(MeasureKind Kind, long? Amount = null);

/// <summary>
/// The platform rules on a report of breach: measures against the side in breach, and what it owes from now on.
/// </summary>
/// <param name="Lines">What is to be done instead; empty where nothing is.</param>
public sealed record TakeMeasures(
    int Breach, bool Upheld, ValueList<MeasureDraft> Measures, ValueList<RemedyLine> Lines, PersonalText Text)
    : DisputeCommand
{
    public static readonly Move Takes = new("take_measures", [Role.Examiner, Role.Operator],
        [Stage.Enforcement, Stage.Appeal],
        (dispute, _, _) => dispute.Breaches.Any(Breaching.AwaitsRuling) ? null : RefusalCode.NothingToRule);

    public override Move Move => Takes;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        if (ReopeningRules.NotTheirs(dispute, context) is { } not) return not;
        if (dispute.Breach(Breach) is not { } breach) return new Refusal(RefusalCode.BreachUnknown, "breach");
        if (!Breaching.AwaitsRuling(breach)) return new Refusal(RefusalCode.NothingToRule, "breach");
        var standing = dispute.Obligation(breach.Obligation)!;
        if (MeasuresObjection(dispute, standing, context) is { } measure) return measure;
        if (!Upheld && Lines.Count > 0) return new Refusal(RefusalCode.MeasuresNeedABreach, "lines");
        if (PaysAnew && context.Head.Till.HasLeft(standing.Obligation.No))
            return new Refusal(RefusalCode.RefundIsOnItsWay, Lines.Count > 0 ? "lines" : "measures");
        if (Texts.Objection(Text, Texts.StoryMax, "text") is { } text) return text;
        var (lines, refusal) = Complete(dispute, standing, context);
        return refusal is not null
            ? refusal
            : Course.From(dispute, context).Then(Ruled(dispute, standing, lines)).Answer(Text);
    }

    /// <summary>Whether something takes the place of what was missed.</summary>
    private bool PaysAnew =>
        Lines.Count > 0 || Measures.Any(measure => measure.Kind == MeasureKind.PayFromHeldFunds);

    private Refusal? MeasuresObjection(Dispute dispute, ObligationStanding standing, Context context)
    {
        if (!Upheld && Measures.Count > 0) return new(RefusalCode.MeasuresNeedABreach, "measures");
        for (var index = 0; index < Measures.Count; index++)
        {
            var (measure, at) = (Measures[index], $"measures[{index}]");
            if (!dispute.Under(context.Policy).Breach.Measures.Contains(measure.Kind)
                || Measures.Take(index).Any(earlier => earlier.Kind == measure.Kind))
                return new(RefusalCode.MeasureNotAllowed, $"{at}.kind");
            var pays = measure.Kind == MeasureKind.PayFromHeldFunds;
            if (pays
                ? measure.Amount is not > 0 || measure.Amount > standing.Obligation.Amount
                : measure.Amount is not null)
                return new(RefusalCode.RulingAmountWrong, $"{at}.amount");
        }
        return null;
    }

    /// <summary>What the missed obligation had promised is free again for what takes its place.</summary>
    private (ValueList<RemedyLine> Lines, Refusal? Refusal) Complete(
        Dispute dispute, ObligationStanding standing, Context context)
    {
        var promised = Lines.Count > 0 ? Lines : FromHeldFunds(standing);
        if (promised.Count == 0) return ([], null);
        var items = standing.Obligation.Items
            .Select(units => new ClaimItem(units.Line, units.Count, dispute.Reason)).ToValueList();
        return Remedies.Complete(
            promised, items, dispute.Opening.Order.Lines, Netting.Cap(dispute, context, [standing]),
            Costs.Left(dispute, context, [standing]), "lines");
    }

    /// <summary>To pay is to promise: a measure that names an amount and no other remedy is a refund of it.</summary>
    private ValueList<RemedyLine> FromHeldFunds(ObligationStanding standing) =>
        standing.Obligation.Debtor == Role.Seller
        && Measures.FirstOrDefault(measure => measure.Kind == MeasureKind.PayFromHeldFunds) is { Amount: { } amount }
            ? [new(RemedyKind.PartialRefund, standing.Obligation.Items, amount)]
            : [];

    private BreachRuled Ruled(Dispute dispute, ObligationStanding standing, ValueList<RemedyLine> lines)
    {
        var number = dispute.Sanctions.Count;
        var measures = Measures.Select(measure =>
            new Measure(++number, measure.Kind, standing.Obligation.Debtor, measure.Amount)).ToValueList();
        return new(Breach, Upheld, measures, lines,
            Obligations.Of(lines, standing.Obligation.Outcome, dispute), Text.Ref);
    }
}

/// <summary>The side that a measure or a finding of abuse is against asks that somebody else looks at it.</summary>
public sealed record AppealMeasure(int Measure, PersonalText Text) : DisputeCommand
{
    public static readonly Move Appeals = new("appeal_measure", [Role.Buyer, Role.Seller],
        [Stage.Review, Stage.Appeal, Stage.Fulfilment, Stage.Enforcement, Stage.Closed],
        (dispute, role, _) => dispute.Sanctions.Any(sanction => Sanctioning.MayAppeal(sanction, role))
            ? null
            : RefusalCode.NothingToAppeal);

    public override Move Move => Appeals;

    public override bool IsDone(Dispute dispute, Role by) =>
        dispute.Sanction(Measure) is { State: SanctionState.Appealed } sanction && sanction.Against == by;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        if (dispute.Sanction(Measure) is not { } sanction || sanction.Against != context.Role)
            return new Refusal(RefusalCode.MeasureUnknown, "measure");
        if (!Sanctioning.MayAppeal(sanction, context.Role)) return new Refusal(RefusalCode.NothingToAppeal, "measure");
        if (Sanctioning.Until(dispute, sanction, context.Policy) is not { } until || context.Now >= until)
            return new Refusal(RefusalCode.NothingToAppeal, "measure");
        if (Appealing.Clash(dispute, context) is { } clash) return clash;
        if (Texts.Objection(Text, Texts.StoryMax, "text") is { } text) return text;
        var course = Course.From(dispute, context);
        return course.Then(new MeasureAppealed(Measure, context.Role, Text.Ref)
        {
            Starts =
            [
                course.Term(TermKind.MeasureReview, Role.Operator,
                    context.Due(dispute.Under(context.Policy).Review.SupervisorWithin), RuleKeys.ReviewSupervisorWithin,
                    Consequence.MeasureStays, Measure),
            ],
        }).Answer(Text);
    }
}

/// <summary>Somebody who did not take a measure looks at it once more: lifts it, or leaves it as it is.</summary>
public sealed record RuleOnMeasure(int Measure, bool Lifted, PersonalText Text) : DisputeCommand
{
    public static readonly Move Rules = new("rule_on_measure", [Role.Examiner, Role.Operator],
        [Stage.Review, Stage.Appeal, Stage.Fulfilment, Stage.Enforcement],
        (dispute, _, _) => dispute.Sanctions.Any(sanction => sanction.State == SanctionState.Appealed)
            ? null
            : RefusalCode.NothingToRule);

    public override Move Move => Rules;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        if (dispute.Sanction(Measure) is not { } sanction) return new Refusal(RefusalCode.MeasureUnknown, "measure");
        if (sanction.State != SanctionState.Appealed) return new Refusal(RefusalCode.NothingToRule, "measure");
        if (sanction.TakenBy == context.By.Whose) return new Refusal(RefusalCode.ExaminerDecidedBefore);
        if (Texts.Objection(Text, Texts.StoryMax, "text") is { } text) return text;
        return Course.From(dispute, context).Then(Lifted && sanction.Kind is null
            ? new AbuseReversed(Measure, Text.Ref)
            : new MeasureReviewed(Measure, Lifted, Text.Ref)).Answer(Text);
    }
}

/// <summary>What measures and findings of abuse have in common.</summary>
public static class Sanctioning
{
    /// <summary>Until when a measure can be appealed; null where the rules allow none.</summary>
    public static Instant? Until(Dispute dispute, Sanction sanction, Policy policy) =>
        dispute.Under(policy).Breach.AppealWithin is { } within ? policy.Calendar.Due(sanction.At, within) : null;

    /// <summary>Whether whom it is against opens no dispute meanwhile.</summary>
    public static bool Restricts(MeasureKind kind) => kind is MeasureKind.Restrict or MeasureKind.Suspend;

    /// <summary>
    /// What a dispute's measures keep a side from, the longest first; what was lifted keeps from nothing.
    /// </summary>
    public static IEnumerable<Restriction> Restrictions(Dispute dispute, Role side, Policy policy) => dispute.Sanctions
        .Where(sanction => sanction.Against == side && sanction.State != SanctionState.Lifted
            && sanction.Kind is { } kind && Restricts(kind))
        .Select(sanction => new Restriction(dispute.Id, sanction.No, sanction.Kind!.Value, sanction.At,
            policy.Calendar.Due(sanction.At, dispute.Under(policy).Breach.RestrictionLasts)))
        .OrderByDescending(restriction => restriction.Until);

    internal static bool MayAppeal(Sanction sanction, Role role) =>
        sanction.Against == role && sanction.State == SanctionState.InForce;

    internal static bool IsOpen(Term term, Dispute dispute) =>
        dispute.IsOpen && dispute.Sanction(term.Subject ?? 0)?.State == SanctionState.Appealed;

    /// <summary>Nobody looked at it in time: it stays.</summary>
    internal static Course LeaveInForce(Course course, int measure) =>
        course.Then(new MeasureReviewed(measure, Lifted: false, null));
}
