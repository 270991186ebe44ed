namespace Entente.Domain.Disputes;

/// <summary>
/// Somebody at the platform sets aside an outcome that silence had given: once, in time, with a reason.
/// </summary>
public sealed record SetAsideOutcome(PersonalText Reason) : DisputeCommand
{
    public static readonly Move Sets = new("set_aside", [Role.Examiner, Role.Operator],
        [Stage.Fulfilment, Stage.Enforcement, Stage.Closed],
        (dispute, _, _) => SettingAside.Latest(dispute) is null ? RefusalCode.NothingToSetAside : null);

    public override Move Move => Sets;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        var outcome = SettingAside.Latest(dispute)!;
        if (SettingAside.Until(dispute, context.Policy) is not { } until || context.Now >= until)
            return new Refusal(RefusalCode.NothingToSetAside);
        if (Appealing.Clash(dispute, context) is { } clash) return clash;
        if (Texts.Objection(Reason, Texts.CommentMax, "reason") is { } text) return text;
        var course = Course.From(dispute, context);
        return course.Then(new OutcomeSetAside(outcome.No, Appealing.Suspended(dispute, outcome, context),
            Reason.Ref)
        {
            Ends = Appealing.OfExamination(dispute),
            Starts = Complaints.Terms(course),
        }).Answer(Reason);
    }
}

/// <summary>Which outcome by silence may be set aside until when.</summary>
public static class SettingAside
{
    /// <summary>The outcome that a rule gave, if it is the latest and none was set aside before.</summary>
    public static Outcome? Latest(Dispute dispute) =>
        dispute.Outcomes is [.., { Kind: OutcomeKind.Default, Stands: true } latest]
        && !dispute.Outcomes.Any(outcome => outcome is { Kind: OutcomeKind.Default, SetAside: true })
            ? latest
            : null;

    /// <summary>Null where the rules allow none.</summary>
    public static Instant? Until(Dispute dispute, Policies.Policy policy) =>
        Latest(dispute) is { } outcome && dispute.Under(policy).Silence.SetAsideWithin is { } within
            ? policy.Calendar.Due(outcome.At, within)
            : null;
}

/// <summary>
/// Whoever decided puts right a slip of the pen: a figure that is not the one the reasons speak of, a wrong name. Both
/// sides are told, and the decision stays readable as it was written.
/// </summary>
/// <param name="Line">The remedy line whose amount is wrong, from 1; null where no figure is.</param>
/// <param name="Amount">What was meant, in minor units.</param>
/// <param name="Text">What is wrong, in each language of the parties.</param>
public sealed record CorrectDecision(
    int Outcome, int? Line, long? Amount, ValueList<PersonalText> Text) : DisputeCommand
{
    public static readonly Move Corrects = new("correct_decision", [Role.Examiner],
        [Stage.Fulfilment, Stage.Enforcement],
        (dispute, _, _) => Corrections.Latest(dispute) is null ? RefusalCode.NothingToCorrect : null);

    public override Move Move => Corrects;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        var outcome = Corrections.Latest(dispute)!;
        if (outcome.No != Outcome) return new Refusal(RefusalCode.NothingToCorrect, "outcome");
        if (!dispute.Deciders.Contains(new(context.By.Whose))) return new Refusal(RefusalCode.NotAssignedToYou);
        if (FigureObjection(dispute, outcome, context) is { } figure) return figure;
        var gaps = DecisionGaps.OfTexts(Text, Texts.CommentMax, dispute, "text", RefusalCode.ReasonsMissing).ToList();
        if (gaps is [var gap, ..]) return gap;
        var lines = outcome.Lines
            .Select((line, at) => at + 1 == Line ? line with { Amount = Amount } : line).ToValueList();
        var windows = Line is null || dispute.AppealRights.Count == 0 ? [] : Appealing.Windows(dispute, lines, context);
        return Course.From(dispute, context)
            .Then(new DecisionCorrected(Outcome, Line, Amount, [.. Text.Select(one => one.Ref)])
            {
                Ends = windows.Count == 0 ? [] : dispute.Terms
                    .Where(term => term.Kind == TermKind.AppealWindow).Select(term => term.Id).ToValueList(),
                Starts = windows,
            }).Answer([.. Text]);
    }

    /// <summary>A figure is corrected before it is carried out, and stays one that could have been decided.</summary>
    private Refusal? FigureObjection(Dispute dispute, Outcome outcome, Context context)
    {
        if (Line is not { } no) return Amount is null ? null : new(RefusalCode.AmountNotWanted, "amount");
        if (no < 1 || no > outcome.Lines.Count || outcome.Lines[no - 1] is not { Amount: { } was } line)
            return new(RefusalCode.CorrectionNotClerical, "line");
        if (Amount is not { } amount) return new(RefusalCode.AmountMissing, "amount");
        if (amount <= 0 || amount == was) return new(RefusalCode.AmountNotPositive, "amount");
        var payment = dispute.Obligations.FirstOrDefault(standing => Corrections.Concerns(standing, outcome.No, no));
        if (payment is not { } owed
            || !Appealing.IsNotBegun(owed) || owed.Obligation.Amount + amount - was <= 0)
            return new(RefusalCode.CorrectionNotClerical, "line");
        if (context.Head.Till.HasLeft(owed.Obligation.No)) return new(RefusalCode.RefundIsOnItsWay, "line");
        var most = Math.Min(
            Remedies.Value(line.Items, dispute.Opening.Order.Lines), Settling.Left(dispute, context) + was);
        return amount > most
            ? Refusal.Of(RefusalCode.AmountAboveRefundable, "amount", ("max", new Money(most, dispute.Currency)))
            : null;
    }
}

/// <summary>What corrections of a decision have in common.</summary>
internal static class Corrections
{
    /// <summary>The decision that stands now.</summary>
    public static Outcome? Latest(Dispute dispute) =>
        dispute.Outcomes is [.., { Kind: OutcomeKind.Decision, Stands: true } latest] ? latest : null;

    /// <summary>Whether a payment follows from a line of an outcome, counted from 1.</summary>
    public static bool Concerns(ObligationStanding standing, int outcome, int line) =>
        standing.Obligation.IsPayment && standing.Obligation.Outcome == outcome && standing.Obligation.Line == line - 1;
}
