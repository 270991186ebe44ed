using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Payments;

namespace Entente.Server.Payments;

/// <summary>What a dispute's facts do to the order's money, committed with them.</summary>
/// <param name="Chargebacks">How banks' procedures stand from now on.</param>
/// <param name="Matches">By how much more of a payment's outside money fulfils what was promised.</param>
public sealed record MoneyChange(
    ValueList<RefundChange> Refunds, ValueList<ChargebackNote> Chargebacks,
    ValueList<(string Payment, long Amount)> Matches,
    Actor By)
{
    /// <summary>Null where the facts move no money.</summary>
    public static MoneyChange? Of(Dispute before, Dispute after, IReadOnlyList<Fact> facts, Context context)
    {
        var till = context.Head.Till.Under(after, context.Policy);
        var refunds = RefundPlan.Of(after, till);
        var noted = facts.Where(fact => fact.By.Role != Role.Provider)
            .Select(fact => fact.Event).OfType<ChargebackRecorded>()
            .Where(told => till.Payments.Any(payment => payment.Payment == told.Payment))
            .Select(told => new ChargebackNote(
                told.Chargeback, told.Payment!, told.Amount, told.Phase, told.Final, null, told.BankDue,
                context.Now, 0))
            .ToValueList();
        var matches = Matched(before, after)
            .Where(match => till.Payments.Any(payment => payment.Payment == match.Payment))
            .ToValueList();
        return refunds.Count + noted.Count + matches.Count == 0 ? null : new(refunds, noted, matches, context.By);
    }

    /// <summary>What the bank fulfilled, or no longer does, by the payment it took the money from.</summary>
    private static IEnumerable<(string Payment, long Amount)> Matched(Dispute before, Dispute after) =>
        from chargeback in after.Chargebacks
        where chargeback.Payment is not null
        let more = Of(after, chargeback.Id) - Of(before, chargeback.Id)
        where more != 0
        select (chargeback.Payment, more);

    private static long Of(Dispute dispute, string chargeback) =>
        dispute.Discharges.Where(discharge => discharge.Chargeback == chargeback).Sum(discharge => discharge.Amount);
}

/// <summary>A bank's procedure as somebody said that it stands.</summary>
/// <param name="SaidAt">By whoever said it; the newest word stands, whatever the order in which words arrive.</param>
/// <param name="Rank">Which of two words of one instant stands.</param>
public sealed record ChargebackNote(
    string Id, string Payment, long Amount, ChargebackPhase Phase, bool Final, string? Reference, Instant? BankDue,
    Instant SaidAt, int Rank)
{
    /// <summary>What is out of the payment by the bank's hand.</summary>
    public long Counted => Phase is ChargebackPhase.Opened or ChargebackPhase.ForBuyer ? Amount : 0;
}
