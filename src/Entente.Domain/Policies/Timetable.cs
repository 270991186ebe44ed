using Entente.Domain.Disputes;

namespace Entente.Domain.Policies;

/// <summary>What a deadline is counted from.</summary>
public enum TimetableStart
{
    Opening, Refusal, Complaint, EvidenceTime, MissedDecision, Decision,
    Outcome, StepBefore, Reminder, Performance, Doubt, Missed, AllDone,
}

/// <summary>One deadline that will or may come: whose it is, what it asks for, when, and otherwise what.</summary>
/// <param name="Kind">The kind of term it will be; null for an instant from which something is possible.</param>
/// <param name="Obligation">What has to be done, for terms of performance.</param>
/// <param name="Due">Its instant where opening settles it; else it is counted from <paramref name="After"/>.</param>
/// <param name="Rule">The key of the policy it comes from.</param>
public sealed record TimetableEntry(
    TermKind? Kind,
    Role Who,
    ObligationKind? Obligation,
    Span Span,
    TimetableStart After,
    Instant? Due,
    string Rule,
    Consequence? Otherwise)
{
    /// <summary>Who must do what and by when.</summary>
    public Sentence What => Sentence.Of(
        $"policy.timetable.{Name}", ("who", Who), ("when", When), ("due", Due), ("obligation", Obligation));

    /// <summary>"By" an instant, or within a span after something else.</summary>
    public Sentence When => Sentence.Of($"policy.when.{Codes.Of(After)}", ("due", Due), ("span", Span));

    /// <summary>What happens when it passes; null where nothing does, or nothing but what was said.</summary>
    public Sentence? OtherwiseWhat =>
        Otherwise is null || Kind == TermKind.ClosingReminder
            ? null
            : Sentence.Of("policy.timetable.otherwise", ("otherwise", Otherwise));

    private string Name => this switch
    {
        { Kind: null } => After == TimetableStart.Refusal ? "complaint_after_refusal" : "complaint",
        { Kind: TermKind.Performance, Obligation: { } obligation } => Codes.Of(obligation),
        { Kind: { } kind } => Codes.Of(kind),
    };
}

/// <summary>
/// Every deadline that follows from a reason and a remedy, in the order in which they come: shown before somebody opens
/// a dispute, and told in the answer to the opening.
/// </summary>
public static class Timetable
{
    public static ValueList<TimetableEntry> For(
        Policy policy, Reason reason, RemedyKind remedy, Instant openedAt, Role opener = Role.Buyer)
    {
        var rules = policy.For(reason, remedy);
        return
        [
            .. Opening(rules, opener).Select(entry => Settled(entry, policy.Calendar, openedAt)),
            .. Review(rules.Review, opener),
            .. Appeal(rules.Appeal, opener),
            .. Fulfilment(rules, remedy),
            .. Closing(rules.Closing, opener),
        ];
    }

    private static TimetableEntry Settled(TimetableEntry entry, BusinessCalendar calendar, Instant openedAt) =>
        entry.After == TimetableStart.Opening ? entry with { Due = calendar.Due(openedAt, entry.Span) } : entry;

    private static IEnumerable<TimetableEntry> Opening(Rules rules, Role opener) =>
    [
        Entry(TermKind.Answer, opener.Other(), rules.Answer.Within, TimetableStart.Opening,
            RuleKeys.AnswerWithin, OpenDispute.Otherwise(rules.Answer.Silence)),
        new(null, opener, null, rules.Negotiation.ComplaintAfter, TimetableStart.Opening, null,
            RuleKeys.NegotiationComplaintAfter, null),
        .. rules.Negotiation.ComplaintAtOnceAfterRefusal ? (TimetableEntry[])[AfterRefusal(opener)] : [],
        Entry(TermKind.Negotiation, opener, rules.Negotiation.Length, TimetableStart.Opening,
            RuleKeys.NegotiationLength, OpenDispute.Otherwise(rules.Negotiation.Silence)),
    ];

    private static TimetableEntry AfterRefusal(Role opener) => new(
        null, opener, null, new(0, SpanUnit.Hours), TimetableStart.Refusal, null,
        RuleKeys.NegotiationComplaintAtOnceAfterRefusal, null);

    private static IEnumerable<TimetableEntry> Review(ReviewRule rules, Role opener) =>
    [
        Entry(TermKind.Evidence, opener, rules.Evidence, TimetableStart.Complaint,
            RuleKeys.ReviewClaimantSilent, Complaints.Otherwise(rules.ClaimantSilent)),
        Entry(TermKind.Evidence, opener.Other(), rules.Evidence, TimetableStart.Complaint,
            RuleKeys.ReviewRespondentSilent, Complaints.Otherwise(rules.RespondentSilent)),
        Entry(TermKind.Decision, Role.Examiner, rules.DecisionWithin, TimetableStart.EvidenceTime,
            RuleKeys.ReviewDecisionWithin, Consequence.PassesToSupervisor),
        Entry(TermKind.Decision, Role.Operator, rules.SupervisorWithin, TimetableStart.MissedDecision,
            RuleKeys.ReviewSupervisorWithin, Lapse.AtLast(TermKind.Decision, rules.StaffSilent)),
    ];

    private static IEnumerable<TimetableEntry> Appeal(AppealRule rules, Role opener) =>
        rules.Window is not { } window
            ? []
            : from side in (Role[])[opener, opener.Other()]
              select Entry(TermKind.AppealWindow, side, window, TimetableStart.Decision,
                  RuleKeys.AppealWindow,
                  rules.ExecuteAtOnce ? Consequence.DecisionBecomesFinal : Consequence.OutcomeIsCarriedOut);

    /// <summary>As if granted as sought, with the way back at the seller's cost: no step is left out.</summary>
    private static IEnumerable<TimetableEntry> Fulfilment(Rules all, RemedyKind remedy)
    {
        var (rules, after) = (all.Fulfilment, TimetableStart.Outcome);
        foreach (var (kind, debtor) in Obligations.Steps(new(remedy, [], null, Role.Seller)))
        {
            yield return Performance(kind, debtor, after, rules);
            if (kind == ObligationKind.ReturnGoods) yield return LastCall(debtor, rules);
            if (Terms.IfNotPerformed(kind, rules) == Consequence.BecomesRefund)
                yield return Performance(ObligationKind.Refund, Role.Seller, TimetableStart.Missed, rules);
            yield return Confirmation(kind, debtor.Other(), rules);
            after = TimetableStart.StepBefore;
        }
        if (after == TimetableStart.Outcome) yield break;
        yield return Entry(TermKind.Ruling, Role.Examiner, rules.Ruling, TimetableStart.Doubt,
            RuleKeys.FulfilmentRuling, Consequence.PassesToSupervisor);
        yield return Entry(TermKind.Ruling, Role.Operator, all.Review.SupervisorWithin, TimetableStart.MissedDecision,
            RuleKeys.ReviewSupervisorWithin, Lapse.AtLast(TermKind.Ruling, all.Review.StaffSilent));
    }

    private static TimetableEntry Performance(
        ObligationKind kind, Role debtor, TimetableStart after, FulfilmentRule rules)
    {
        var (span, rule) = Terms.TimeFor(kind, rules);
        return Entry(TermKind.Performance, debtor, span, after, rule, Terms.IfNotPerformed(kind, rules), kind);
    }

    private static TimetableEntry LastCall(Role debtor, FulfilmentRule rules) =>
        Entry(TermKind.Performance, debtor, rules.ReturnReminder, TimetableStart.Reminder,
            RuleKeys.FulfilmentReturnReminder, Consequence.DependentRefundIsCancelled, ObligationKind.ReturnGoods);

    private static TimetableEntry Confirmation(ObligationKind kind, Role creditor, FulfilmentRule rules) =>
        Entry(TermKind.Confirmation, creditor, rules.Confirm, TimetableStart.Performance, RuleKeys.FulfilmentConfirm,
            rules.UnverifiedSilenceConfirms ? Consequence.CountsAsReceived
            : kind is ObligationKind.ReturnLabel or ObligationKind.ReturnGoods ? Consequence.GoesToExaminer
            : Consequence.StaysUnconfirmed,
            kind);

    private static IEnumerable<TimetableEntry> Closing(ClosingRule rules, Role opener) =>
    [
        .. rules.Reminders.Select(span => Entry(TermKind.ClosingReminder, opener, span, TimetableStart.AllDone,
            RuleKeys.ClosingReminders, Consequence.ReminderIsSent)),
        Entry(TermKind.Closing, opener, rules.Within, TimetableStart.AllDone,
            RuleKeys.ClosingWithin, Consequence.DisputeCloses),
    ];

    private static TimetableEntry Entry(
        TermKind kind, Role who, Span span, TimetableStart after, string rule, Consequence otherwise,
        ObligationKind? obligation = null) => new(kind, who, obligation, span, after, null, rule, otherwise);
}
