using Entente.Domain.Policies;

namespace Entente.Domain.Disputes;

/// <summary>A party gives up the rest of its own time for evidence, or for an appeal.</summary>
public sealed record WaiveTerm(int Term) : DisputeCommand
{
    public static readonly Move Waives = new(
        "waive_term", [Role.Buyer, Role.Seller], [Stage.Review, Stage.Appeal, Stage.Fulfilment, Stage.Enforcement],
        (dispute, role, _) =>
            dispute.Terms.Any(term => term.Who == role && MayBeWaived(term)) ? null : RefusalCode.TermCannotBeWaived);

    public override Move Move => Waives;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        if (dispute.Terms.FirstOrDefault(candidate => candidate.Id == Term) is not { } term)
            return new Refusal(RefusalCode.TermUnknown, "term");
        if (term.Who != context.Role) return new Refusal(RefusalCode.TermNotYours, "term");
        if (!MayBeWaived(term)) return new Refusal(RefusalCode.TermCannotBeWaived, "term");
        var course = Course.From(dispute, context)
            .Then(new TermWaived(term.Id, term.Kind, term.Who) { Ends = [term.Id] });
        return Appealing.ReleaseIfOver(course, term).Answer();
    }

    internal static bool MayBeWaived(Term term) =>
        term.Kind is TermKind.Evidence or TermKind.AppealWindow or TermKind.Joining;
}

/// <summary>A due time passed: what was announced for it happens, by the rule and not by a person.</summary>
public sealed record Lapse(int Term) : DisputeCommand
{
    public static readonly Move Lapses = new("lapse", [Role.Rule],
        [Stage.Negotiation, Stage.Review, Stage.Fulfilment, Stage.Appeal, Stage.ReopeningRequested, Stage.Enforcement]);

    public override Move Move => Lapses;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        if (dispute.Terms.FirstOrDefault(candidate => candidate.Id == Term) is not { } term)
            return new Refusal(RefusalCode.TermUnknown, "term");
        return context.Now < term.Due
            ? new Refusal(RefusalCode.TermNotDue, "term")
            : Passed(term, Course.From(dispute, context)).Answer();
    }

    private static Course Passed(Term term, Course course) => term.Kind switch
    {
        TermKind.Answer => Then(term.Otherwise, course.Then(new AnswerMissed(term.Who) { Ends = [term.Id] }), term.Who),
        TermKind.OfferAnswer when term.Otherwise == Consequence.ProposalLapses =>
            Proposals.End(course, term.Subject!.Value),
        TermKind.OfferAnswer => course.Then(new OfferExpired(term.Subject!.Value) { Ends = [term.Id] }),
        TermKind.Negotiation => Then(EndOfNegotiation(term, course.Dispute), course, null),
        TermKind.Evidence => EvidenceTime(term, course),
        TermKind.Decision => Missed(term, course),
        TermKind.AppealWindow =>
            Appealing.ReleaseIfOver(course.Then(new AppealWindowEnded(term.Who) { Ends = [term.Id] }), term),
        TermKind.Performance => Overdue.Passed(term, course),
        TermKind.Confirmation => Unconfirmed(term, course),
        TermKind.Ruling or TermKind.Reopening or TermKind.Measures => Missed(term, course),
        TermKind.Joining => course.Then(new JoiningTimeEnded(term.Who) { Ends = [term.Id] }),
        TermKind.BreachAnswer => Breaching.Unanswered(course, term),
        TermKind.MeasureReview => Sanctioning.LeaveInForce(course, term.Subject!.Value),
        TermKind.Challenge => Challenging.Replace(course, term.Subject!.Value),
        // The bank had its time: the dispute goes on, or the examiner says what becomes of what is held back.
        TermKind.BankPause => term.Subject is { } held ? course.Then(new RulingNeeded(held)) : Bank.Resume(course),
        TermKind.ClosingReminder => course.Then(new ReminderSent(TermKind.Closing, term.Subject) { Ends = [term.Id] }),
        TermKind.Closing => Then(Consequence.DisputeCloses, course, null),
        TermKind.ExtensionAnswer => course.Then(new ExtensionRefused(term.Subject!.Value, null)),
        TermKind.BidRound => course.Then(new BidRoundEnded(term.Subject!.Value, Met: false)),
        TermKind.Inquiry => Inquiring.End(course, new InquiryEnded(term.Subject!.Value)),
        TermKind.Reconciliation =>
            course.Then(new DisputeClosed(ClosingReason.Reconciled, null, AcceptsLess: false, null)),
    };

    private static Course Then(Consequence consequence, Course course, Role? silent) => consequence switch
    {
        Consequence.GoesToReview => Complaints.File(course, null, null),
        Consequence.DisputeCloses => course.Then(new DisputeClosed(ClosingReason.Lapsed, null, false, null)),
        Consequence.ClaimIsGranted => Defaults.Grant(course, silent),
        Consequence.ClaimIsDismissed => Defaults.Dismiss(course, silent),
        _ => course,
    };

    /// <summary>Closing by silence only if the opener owed the last act; else
    /// the platform steps in (rulings D19).</summary>
    private static Consequence EndOfNegotiation(Term term, Dispute dispute) =>
        term.Otherwise == Consequence.DisputeCloses && !dispute.RespondentAnswered
            ? Consequence.GoesToReview
            : term.Otherwise;

    /// <summary>Only what the other side can read breaks a silence: else the
    /// outcome would tell of a secret (I-VIS-1).</summary>
    private static Course EvidenceTime(Term term, Course course)
    {
        var silent = Terms.IsSilent(term.Who, course.Dispute);
        course = course.Then(new EvidenceTimeEnded(term.Who, silent) { Ends = [term.Id] });
        return silent ? Then(term.Otherwise, course, term.Who) : course;
    }

    /// <summary>The platform's own silence: first a supervisor, then the
    /// default the policy states (rulings D16).</summary>
    private static Course Missed(Term term, Course course)
    {
        var rules = course.Dispute.Under(course.Context.Policy).Review;
        if (term.Who == Role.Examiner)
            return course.Then(new PassedToSupervisor(term.Kind)
            {
                Ends = [term.Id],
                Starts = [course.Term(term.Kind, Role.Operator, course.Context.Due(rules.SupervisorWithin),
                    RuleKeys.ReviewSupervisorWithin, AtLast(term, course.Dispute, rules.StaffSilent), term.Subject)],
            });
        return term.Kind switch
        {
            TermKind.Ruling => Fulfilling.Default(course, term.Subject!.Value),
            TermKind.Reopening => ReopeningRules.DenyBySilence(course),
            TermKind.Measures => Breaching.RuleBySilence(course, term.Subject!.Value),
            _ => term.Otherwise == Consequence.FirstDecisionStands
                ? Appealing.LeaveStanding(course)
                : Then(term.Otherwise, course, null),
        };
    }

    private static Consequence AtLast(Term term, Dispute dispute, StaffDefault silence) => term.Kind switch
    {
        TermKind.Reopening => Consequence.ReopeningIsDenied,
        TermKind.Measures => Breaching.IfNobodyRules(dispute, term.Subject!.Value),
        TermKind.Decision when dispute.Stage == Stage.Appeal => Consequence.FirstDecisionStands,
        _ => AtLast(term.Kind, silence),
    };

    internal static Consequence AtLast(TermKind kind, StaffDefault silence) =>
        kind == TermKind.Ruling ? Consequence.StaysDefaulted
        : silence == StaffDefault.Grant ? Consequence.ClaimIsGranted
        : Consequence.ClaimIsDismissed;

    private static Course Unconfirmed(Term term, Course course)
    {
        var no = term.Subject!.Value;
        return term.Otherwise switch
        {
            Consequence.CountsAsReceived => course.Then(new PerformanceConfirmed(no, null)),
            Consequence.GoesToExaminer => course.Then(new RulingNeeded(no)),
            _ => course.Then(new PerformanceUnanswered(no)),
        };
    }
}

/// <summary>What happens when the time for an obligation passes without performance, by kind (rulings D1).</summary>
internal static class Overdue
{
    public static Course Passed(Term term, Course course)
    {
        var standing = course.Dispute.Obligation(term.Subject!.Value)!;
        var no = standing.Obligation.No;
        return term.Otherwise switch
        {
            Consequence.ReminderIsSent => Remind(term, course),
            Consequence.DependentRefundIsCancelled => Cancel(no, course),
            Consequence.CountsAsReturned => CountAsReturned(no, course),
            Consequence.BecomesRefund => BecomeRefund(standing.Obligation, course),
            Consequence.StaysDefaulted => Fulfilling.Default(course, no),
            _ => course.Then(new ObligationOverdue(no)),
        };
    }

    private static Course Remind(Term term, Course course)
    {
        var rules = course.Dispute.Under(course.Context.Policy).Fulfilment;
        return course.Then(new ReminderSent(TermKind.Performance, term.Subject)
        {
            Ends = [term.Id],
            Starts = [course.Term(TermKind.Performance, term.Who, course.Context.Due(rules.ReturnReminder),
                RuleKeys.FulfilmentReturnReminder, Consequence.DependentRefundIsCancelled, term.Subject)],
        });
    }

    private static Course Cancel(int no, Course course) => course.Then(new ObligationsCancelled(
        course.Dispute.DependentsOf(no).Where(standing => !standing.IsSettled)
            .Select(standing => standing.Obligation.No).Prepend(no).Distinct().ToValueList()));

    /// <summary>No label in time: the way back counts as made, and what the seller owes is due (rulings D3).</summary>
    private static Course CountAsReturned(int no, Course course)
    {
        var back = course.Dispute.Obligations.First(standing => standing.Obligation.DependsOn.Contains(no))
            .Obligation.No;
        return course.Then(new ObligationsCancelled([no])).Then(new ReturnCountsAsDone(back));
    }

    private static Course BecomeRefund(Obligation obligation, Course course)
    {
        var dispute = course.Dispute;
        var amount = Math.Min(Remedies.Value(obligation.Items, dispute.Opening.Order.Lines),
            Settling.Left(dispute, course.Context));
        return amount <= 0
            ? course.Then(new ObligationOverdue(obligation.No))
            : course.Then(new ObligationBecameRefund(obligation.No, obligation with
            {
                No = dispute.Obligations.Count + 1, Kind = ObligationKind.Refund, Debtor = Role.Seller, Amount = amount,
                DependsOn = [],
            }));
    }
}

/// <summary>Outcomes that a rule gives because somebody who had been told so stayed silent.</summary>
internal static class Defaults
{
    public static Course Grant(Course course, Role? silent) =>
        Enter(course, silent, Granted(course.Dispute, course.Context));

    public static Course Dismiss(Course course, Role? silent) =>
        Enter(course, silent, [new(RemedyKind.None, Remedies.AllOf(course.Dispute.OpenItems), null)]);

    private static Course Enter(Course course, Role? silent, ValueList<RemedyLine> lines)
    {
        var outcome = course.Dispute.Outcomes.Count + 1;
        var done = Netting.Done(course.Dispute, course.Context);
        return course.Then(new DefaultOutcome(outcome, silent, lines, Netting.Owed(lines, outcome, course, done)));
    }

    /// <summary>What was sought, as far as items are still open and money is
    /// left; what was done for them counts.</summary>
    private static ValueList<RemedyLine> Granted(Dispute dispute, Context context)
    {
        var open = Remedies.AllOf(dispute.OpenItems);
        var left = Netting.Cap(dispute, context, Netting.Done(dispute, context)).Minor;
        var lines = new List<RemedyLine>();
        foreach (var line in dispute.Opening.Sought)
        {
            var items = line.Items
                .Select(units =>
                    units with { Count = Math.Min(
                        units.Count, open.Where(part => part.Line == units.Line).Sum(part => part.Count)) })
                .Where(units => units.Count > 0).ToValueList();
            if (items.Count == 0) continue;
            if (line.Kind == RemedyKind.Reimbursement)
            {
                lines.Add(line with { Items = items });
                continue;
            }
            var amount = line.Amount is { } asked
                ? Math.Min(Math.Min(asked, Remedies.Value(items, dispute.Opening.Order.Lines)), left)
                : (long?)null;
            left -= amount ?? 0;
            if (amount is not 0) lines.Add(line with { Items = items, Amount = amount });
        }
        return lines.Count > 0 ? lines.ToValueList() : [new(RemedyKind.None, open, null)];
    }
}
