using Entente.Domain.Disputes;

namespace Entente.Domain.Reputation;

/// <summary>One thing in a dispute that counts for or against the standing of one of its sides.</summary>
public sealed record StandingEntry(DisputeId Dispute, Role Side, StandingInput Input, Instant At);

/// <summary>The inputs of standing; nothing else counts, and opening, losing or closing a dispute is none.</summary>
public enum StandingInput
{
    /// <summary>A claim against the seller was granted by a decision, or because the seller stayed silent.</summary>
    ClaimUpheld,
    /// <summary>The seller's first answer came in its time.</summary>
    AnsweredInTime,
    AnswerMissed,
    /// <summary>Something the seller owed was done.</summary>
    Honoured,
    /// <summary>Something the seller owed was not done in its time, or was ruled not to be.</summary>
    NotHonoured,
    /// <summary>Something the seller owed was never done: a breach.</summary>
    Breach,
    /// <summary>A finding that the side abused the procedure, which was not reversed.</summary>
    AbuseFound,
}

/// <summary>What the facts of a dispute say about the standing of its sides;
/// the same whatever order disputes come in.</summary>
public static class StandingEntries
{
    public static ValueList<StandingEntry> Of(DisputeId dispute, IReadOnlyList<Fact> facts)
    {
        var state = facts.Aggregate(Dispute.Nothing(dispute), (fold, fact) => fold.After(fact));
        return [.. Upheld(state, facts), .. Answers(state, facts), .. Duties(state, facts), .. Abuses(state)];
    }

    /// <summary>Only the last word counts: an appeal may have taken back what was granted.</summary>
    private static IEnumerable<StandingEntry> Upheld(Dispute state, IReadOnlyList<Fact> facts)
    {
        if (!state.Exists || state.Opener != Role.Buyer) yield break;
        var word = state.Outcomes.LastOrDefault(
            outcome => outcome.Kind != OutcomeKind.Settlement && outcome.Stands);
        if (word is null || word.Lines.All(line => line.Kind == RemedyKind.None)) yield break;
        var silent = facts.Select(fact => fact.Event).OfType<DefaultOutcome>()
            .FirstOrDefault(entered => entered.Outcome == word.No);
        if (silent is null || silent.Silent == Role.Seller)
            yield return Entry(state, StandingInput.ClaimUpheld, word.At);
    }

    private static IEnumerable<StandingEntry> Answers(Dispute state, IReadOnlyList<Fact> facts)
    {
        if (!state.Exists || state.Respondent != Role.Seller) yield break;
        if (facts.FirstOrDefault(fact => fact.Event is AnswerMissed) is { } missed)
            yield return Entry(state, StandingInput.AnswerMissed, missed.At);
        else if (state.RespondentAnswered)
            yield return Entry(state, StandingInput.AnsweredInTime, Answered(state, facts));
    }

    private static Instant Answered(Dispute state, IReadOnlyList<Fact> facts) =>
        facts.FirstOrDefault(fact => fact.By.Role == Role.Seller && fact.Event.Audience == Audience.All)?.At
        ?? state.LastAt;

    private static IEnumerable<StandingEntry> Duties(Dispute state, IReadOnlyList<Fact> facts)
    {
        var missed = facts.Select(fact => (fact.At, No: Missed(fact.Event))).Where(miss => miss.No is not null)
            .DistinctBy(miss => miss.No).ToDictionary(miss => miss.No!.Value, miss => miss.At);
        foreach (var standing in state.Obligations.Where(standing => standing.Obligation.Debtor == Role.Seller))
        {
            var no = standing.Obligation.No;
            if (standing.State == ObligationState.Defaulted || IsBroken(no, state))
                yield return Entry(state, StandingInput.Breach, missed.GetValueOrDefault(no, state.LastAt));
            else if (missed.TryGetValue(no, out var at)) yield return Entry(state, StandingInput.NotHonoured, at);
            else if (standing.State is ObligationState.Confirmed or ObligationState.Unanswered)
                yield return Entry(state, StandingInput.Honoured, Done(no, facts) ?? state.LastAt);
        }
    }

    private static bool IsBroken(int obligation, Dispute state) =>
        state.Breaches.Any(breach => breach.Obligation == obligation && breach.State == BreachState.Upheld);

    /// <summary>The only thing that touches a buyer; a finding that was
    /// reversed counts as never made (I-REP-2).</summary>
    private static IEnumerable<StandingEntry> Abuses(Dispute state) => state.Sanctions
        .Where(sanction => sanction.Kind is null && sanction.State != SanctionState.Lifted)
        .Select(sanction => new StandingEntry(state.Id, sanction.Against, StandingInput.AbuseFound, sanction.At));

    private static int? Missed(DisputeEvent happened) => happened switch
    {
        ObligationOverdue overdue => overdue.Obligation,
        ObligationBecameRefund became => became.Obligation,
        ObligationDefaulted defaulted => defaulted.Obligation,
        PerformanceRuled { Ruling: Ruling.NotPerformed } ruled => ruled.Obligation,
        _ => null,
    };

    private static Instant? Done(int no, IReadOnlyList<Fact> facts) =>
        facts.LastOrDefault(fact => fact.Event switch
        {
            ObligationPerformed performed => performed.Obligation == no,
            PerformanceConfirmed confirmed => confirmed.Obligation == no,
            _ => false,
        })?.At;

    private static StandingEntry Entry(Dispute state, StandingInput input, Instant at) =>
        new(state.Id, Role.Seller, input, at);
}
