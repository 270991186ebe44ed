using Entente.Domain.Policies;

namespace Entente.Domain.Disputes;

/// <summary>Which terms a state calls for: the only place that knows when a
/// term has lost its object or must begin.</summary>
internal static class Terms
{
    /// <summary>Whether a running term still has something to wait for.</summary>
    public static bool IsAlive(Term term, Dispute dispute) => term.Kind switch
    {
        TermKind.Answer =>
            dispute.Stage == Stage.Negotiation && !dispute.RespondentAnswered && !dispute.AnswerWasMissed,
        TermKind.Negotiation => dispute.Stage == Stage.Negotiation,
        TermKind.OfferAnswer => dispute.Offers.Any(offer => offer.No == term.Subject && offer.State == OfferState.Open),
        TermKind.Evidence => dispute.Stage is Stage.Review or Stage.Appeal or Stage.Enforcement,
        TermKind.Decision => dispute.Stage is Stage.Review or Stage.Appeal,
        TermKind.AppealWindow => dispute.Stage is Stage.Fulfilment or Stage.Enforcement
            && dispute.Outcomes is [.., { Kind: OutcomeKind.Decision }],
        TermKind.Performance => Standing(term, dispute) is { State: ObligationState.Open, IsFrozen: false },
        TermKind.BankPause => term.Subject is null
            ? dispute.IsPaused
            : Standing(term, dispute) is { State: ObligationState.Open, IsFrozen: true },
        TermKind.Confirmation => Standing(term, dispute)?.State == ObligationState.Performed,
        TermKind.Ruling => Standing(term, dispute)?.AwaitsRuling == true,
        TermKind.Joining => dispute.Stage == Stage.Appeal,
        TermKind.Reopening => dispute.Stage == Stage.ReopeningRequested,
        TermKind.BreachAnswer => dispute.Breach(term.Subject ?? 0)?.State == BreachState.Reported,
        TermKind.Measures => dispute.Breach(term.Subject ?? 0) is { } breach && Breaching.AwaitsRuling(breach),
        TermKind.MeasureReview => Sanctioning.IsOpen(term, dispute),
        TermKind.Challenge => Challenging.IsOpen(term, dispute),
        TermKind.ExtensionAnswer => dispute.Extension is { } open
            && dispute.TermOf(open.Kind, open.Whose) is { } moved && IsAlive(moved, dispute),
        TermKind.BidRound => dispute.BidRound == term.Subject && dispute.Stage is Stage.Negotiation or Stage.Review,
        TermKind.Inquiry => dispute.Inquiry is not null && dispute.Stage is Stage.Review or Stage.Appeal,
        TermKind.Reconciliation => dispute.Reconciling is not null
            && dispute.Stage is Stage.Negotiation or Stage.Review,
        TermKind.ClosingReminder or TermKind.Closing => WaitsForClosing(dispute),
    };

    /// <summary>Whoever says or shows something is not silent any more: the
    /// term goes on, its threat does not.</summary>
    public static bool HasLostItsThreat(Term term, Dispute dispute) =>
        term.Kind == TermKind.Evidence && term.Otherwise != Consequence.DecidedOnFile && IsAlive(term, dispute)
        && !IsSilent(term.Who, dispute);

    /// <summary>Whether a side has said nothing in the review and shown nothing that the other may read.</summary>
    public static bool IsSilent(Role side, Dispute dispute) =>
        !dispute.SpokeInReview.Contains(side)
        && !dispute.Exhibits.Any(exhibit =>
            exhibit.From == side && exhibit.Audience == Audience.All && !exhibit.Withdrawn);

    /// <summary>Terms that the state calls for and that do not run yet.</summary>
    public static IEnumerable<Term> Owed(Dispute dispute, Context context)
    {
        if (!dispute.IsOpen || dispute.IsPaused) yield break;
        var rules = dispute.Under(context.Policy);
        var id = dispute.LastTerm;
        foreach (var standing in dispute.Obligations)
        {
            if (Of(standing, dispute, rules, context) is { } term && !Runs(term, dispute))
                yield return term with { Id = ++id };
        }
        if (!WaitsForClosing(dispute) || dispute.Terms.Any(term => term.Kind == TermKind.Closing)) yield break;
        yield return new(++id, TermKind.Closing, dispute.Opener, context.Due(rules.Closing.Within),
            RuleKeys.ClosingWithin, Consequence.DisputeCloses);
        for (var index = 0; index < rules.Closing.Reminders.Count; index++)
            yield return new(++id, TermKind.ClosingReminder, dispute.Opener,
                context.Due(rules.Closing.Reminders[index]),
                RuleKeys.ClosingReminders, Consequence.ReminderIsSent, index + 1);
    }

    /// <summary>How long an obligation of this kind may take, and the policy's key for it.</summary>
    public static (Span Span, string Rule) TimeFor(ObligationKind kind, FulfilmentRule rules) => kind switch
    {
        ObligationKind.Refund or ObligationKind.Compensation or ObligationKind.PayBack or ObligationKind.Reimburse =>
            (rules.Refund, RuleKeys.FulfilmentRefund),
        ObligationKind.ReturnLabel => (rules.ReturnLabel, RuleKeys.FulfilmentReturnLabel),
        ObligationKind.ReturnGoods => (rules.ReturnGoods, RuleKeys.FulfilmentReturnGoods),
        ObligationKind.ShipReplacement or ObligationKind.ShipParts => (rules.Ship, RuleKeys.FulfilmentShip),
        ObligationKind.Repair => (rules.Repair, RuleKeys.FulfilmentRepair),
    };

    private static Term? Of(ObligationStanding standing, Dispute dispute, Rules rules, Context context)
    {
        var obligation = standing.Obligation;
        var (span, rule) = TimeFor(obligation.Kind, rules.Fulfilment);
        if (standing is { State: ObligationState.Open, IsFrozen: true })
            return new(0, TermKind.BankPause, Role.Operator, context.Due(rules.Chargeback.PauseAtMost),
                RuleKeys.ChargebackPauseAtMost, Consequence.GoesToExaminer, obligation.No);
        if (standing.State == ObligationState.Open)
            return new(0, TermKind.Performance, obligation.Debtor, context.Due(span), rule,
                IfNotPerformed(standing, rules.Fulfilment), obligation.No);
        if (standing.State == ObligationState.Performed)
            return new(0, TermKind.Confirmation, obligation.Creditor, context.Due(rules.Fulfilment.Confirm),
                RuleKeys.FulfilmentConfirm, IfNotConfirmed(standing, dispute, rules.Fulfilment), obligation.No);
        return standing.AwaitsRuling
            ? new(0, TermKind.Ruling, Role.Examiner, context.Due(rules.Fulfilment.Ruling),
                RuleKeys.FulfilmentRuling, Consequence.PassesToSupervisor, obligation.No)
            : null;
    }

    private static Consequence IfNotPerformed(ObligationStanding standing, FulfilmentRule rules) =>
        standing.Rulings > 0 ? Consequence.StaysDefaulted : IfNotPerformed(standing.Obligation.Kind, rules);

    public static Consequence IfNotPerformed(ObligationKind kind, FulfilmentRule rules) => kind switch
    {
        ObligationKind.Refund or ObligationKind.Compensation
            when rules.RefundThrough == RefundsBy.ProviderWhenLate => Consequence.PlatformRefunds,
        ObligationKind.Refund or ObligationKind.Compensation or ObligationKind.PayBack
            or ObligationKind.Reimburse => Consequence.GoesToExaminer,
        ObligationKind.ReturnLabel => Consequence.CountsAsReturned,
        ObligationKind.ReturnGoods => Consequence.ReminderIsSent,
        ObligationKind.ShipReplacement or ObligationKind.Repair or ObligationKind.ShipParts =>
            Consequence.BecomesRefund,
    };

    private static Consequence IfNotConfirmed(ObligationStanding standing, Dispute dispute, FulfilmentRule rules) =>
        standing.Verified || rules.UnverifiedSilenceConfirms ? Consequence.CountsAsReceived
        : dispute.DependentsOf(standing.Obligation.No).Any() ? Consequence.GoesToExaminer
        : Consequence.StaysUnconfirmed;

    private static bool Runs(Term wanted, Dispute dispute) =>
        dispute.Terms.Any(term => term.Kind == wanted.Kind && term.Subject == wanted.Subject);

    private static ObligationStanding? Standing(Term term, Dispute dispute) => dispute.Obligation(term.Subject ?? 0);

    private static bool WaitsForClosing(Dispute dispute) =>
        dispute.Stage == Stage.Fulfilment
        && dispute.Obligations.All(standing => standing.IsSettled)
        && dispute.Terms.All(term => term.Kind is not (TermKind.AppealWindow or TermKind.MeasureReview));
}
