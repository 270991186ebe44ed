using Entente.Domain.Policies;

namespace Entente.Domain.Disputes;

/// <summary>What follows from the bank's word: freeze, discharge, release,
/// and a pause where the policy wants one.</summary>
internal static class Bank
{
    public static ChargebackRecorded Recorded(Dispute dispute, RecordChargeback told, Context context)
    {
        var known = dispute.Chargeback(told.Id);
        var rule = dispute.Under(context.Policy).Chargeback;
        var recorded = new ChargebackRecorded(
            told.Id, told.Phase, Math.Min(told.Amount, dispute.Opening.RefundableCap), told.Final,
            told.Payment ?? known?.Payment, told.BankDue ?? known?.BankDue, told.Reference?.Ref, told.Note?.Ref);
        return rule.Mode == ChargebackMode.Pause && MayPause(dispute, recorded)
            ? recorded with
            {
                Ends = dispute.Terms.Select(term => term.Id).ToValueList(),
                Starts = [Course.From(dispute, context)
                    .Term(TermKind.BankPause, Role.Operator, context.Due(rule.PauseAtMost),
                    RuleKeys.ChargebackPauseAtMost, Consequence.GoesOn)],
            }
            : recorded;
    }

    /// <summary>Discharges what the bank paid for good, takes that back where
    /// it took it back, and ends a pause.</summary>
    public static Course Follow(Course course, string id, Chargeback? before)
    {
        var now = course.Dispute.Chargeback(id)!;
        var rules = course.Dispute.Under(course.Context.Policy).Chargeback;
        // Where the rules leave a payment to one of the two, the bank, an undecided dispute ends here.
        if (rules.Mode == ChargebackMode.BarsClaim && now.Freezes
            && course.Dispute is { IsOpen: true, Outcomes.Count: 0 })
            return course.Then(new DisputeClosed(ClosingReason.HandedToBank, null, false, null));
        var isDischarged = course.Dispute.Discharges.Any(of => of.Chargeback == id);
        if (now is { Final: true, Phase: ChargebackPhase.ForBuyer } && !isDischarged)
        {
            var discharged = Discharged(course.Dispute, Math.Min(now.Amount, NotYetMatched(now, course.Context)));
            if (discharged.Count > 0) course = course.Then(new ObligationsDischarged(id, discharged));
        }
        if (before is not null && !now.TakesMoney && isDischarged) course = course.Then(new DischargeUndone(id));
        return course.Dispute.IsPaused && !course.Dispute.Chargebacks.Any(one => one.Freezes) ? Resume(course) : course;
    }

    /// <summary>
    /// The terms that stood still go on with the time they had left, and never less than a notice needs.
    /// </summary>
    public static Course Resume(Course course)
    {
        var (dispute, now) = (course.Dispute, course.Context.Now);
        var pause = dispute.Terms.Where(term => term.Kind == TermKind.BankPause).Select(term => term.Id).ToValueList();
        var stood = now - dispute.PausedAt!.Value;
        var soonest = course.Context.Due(dispute.Under(course.Context.Policy).Silence.Notice);
        var next = dispute.LastTerm;
        return course.Then(new PauseEnded
        {
            Ends = pause,
            Starts = [.. dispute.PausedTerms.Where(term => Terms.IsAlive(term, dispute))
                .Select(term => term with { Id = ++next, Due = Instant.Max(term.Due + stood, soonest) })],
        });
    }

    /// <summary>
    /// What the bank paid fulfils each promise once: another dispute of the order may have had its part of it. All of
    /// it where the books do not know of this payment yet.
    /// </summary>
    private static long NotYetMatched(Chargeback told, Context context) =>
        context.Head.Till.Payments.FirstOrDefault(payment => payment.Payment == told.Payment) is { } known
        && known.ChargedBack >= told.Amount
            ? Math.Max(0, known.Unmatched)
            : told.Amount;

    private static ValueList<Discharge> Discharged(Dispute dispute, long amount)
    {
        var list = new List<Discharge>();
        foreach (var standing in dispute.Obligations.Where(standing => standing.MayBeDischarged))
        {
            var part = Math.Min(amount, standing.Undischarged);
            if (part <= 0) continue;
            amount -= part;
            list.Add(new(standing.Obligation.No, part));
        }
        return list.ToValueList();
    }

    /// <summary>Once, so that every dispute ends in a time that can be told beforehand.</summary>
    private static bool MayPause(Dispute dispute, ChargebackRecorded told) =>
        told.Phase == ChargebackPhase.Opened && dispute.IsOpen && !dispute.IsPaused && !dispute.PauseIsUsed;
}
