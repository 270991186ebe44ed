namespace Entente.Domain.Disputes;

/// <summary>What becomes of obligations.</summary>
public sealed partial record Dispute
{
    private Dispute? Fulfilled(DisputeEvent happened) => happened switch
    {
        ObligationsReleased released => Release(released.Obligations),
        ObligationPerformed performed =>
            Becomes(performed.Obligation, ObligationState.Performed, performed.Verified),
        PerformanceConfirmed confirmed => Becomes(confirmed.Obligation, ObligationState.Confirmed),
        PerformanceUnanswered unanswered => Becomes(unanswered.Obligation, ObligationState.Unanswered),
        PerformanceContested contested => Becomes(contested.Obligation, ObligationState.Contested),
        RulingNeeded needed => Becomes(needed.Obligation, ObligationState.Doubted),
        ObligationOverdue overdue => Becomes(overdue.Obligation, ObligationState.Overdue),
        ReturnCountsAsDone done => Becomes(done.Obligation, ObligationState.Confirmed),
        ObligationsCancelled cancelled => Cancel(cancelled.Obligations),
        ObligationBecameRefund became => After(became),
        PerformanceRuled ruled => After(ruled),
        ObligationDefaulted defaulted => Becomes(defaulted.Obligation, ObligationState.Defaulted),
        _ => null,
    };

    private Dispute Release(ValueList<int> numbers) => (this with
    {
        Obligations = Obligations.Change(
            standing => numbers.Contains(standing.Obligation.No),
            standing => standing with { Held = false }),
    }).OpenWhatIsFree();

    private Dispute Becomes(int no, ObligationState state, bool? verified = null) => (this with
    {
        Obligations = Obligations.Change(
            standing => standing.Obligation.No == no,
            standing => standing with
            {
                State = state,
                Held = standing.Held && state == ObligationState.Waiting,
                Verified = verified ?? standing.Verified,
            }),
        Breaches = state == ObligationState.Confirmed ? WithdrawnOn([no]) : Breaches,
    }).OpenWhatIsFree();

    private Dispute OpenWhatIsFree() => this with
    {
        Obligations = Obligations.Change(
            standing =>
                standing.State == ObligationState.Waiting && !standing.Held && DependenciesDone(standing.Obligation),
            standing => standing with { State = ObligationState.Open }),
    };

    private bool DependenciesDone(Obligation obligation) =>
        obligation.DependsOn.All(no => Obligation(no)?.State == ObligationState.Confirmed);

    private Dispute Cancel(ValueList<int> numbers) => this with
    {
        Obligations = Obligations.Change(
            standing => numbers.Contains(standing.Obligation.No), standing =>
                standing with { State = ObligationState.Cancelled }),
        Breaches = WithdrawnOn(numbers),
    };

    private Dispute After(ObligationBecameRefund became)
    {
        var rest = Cancel([became.Obligation]);
        return rest with
        {
            Obligations = rest.Obligations.Add(new(became.Refund, ObligationState.Open, Held: false, Verified: false)),
        };
    }

    private Dispute After(PerformanceRuled ruled)
    {
        var state = ruled.Ruling == Ruling.Performed ? ObligationState.Confirmed : ObligationState.Open;
        var next = Becomes(ruled.Obligation, state);
        return next with
        {
            Obligations = next.Obligations.Change(
                standing => standing.Obligation.No == ruled.Obligation,
                standing => standing with
                {
                    Rulings = standing.Rulings + 1,
                    Obligation = standing.Obligation with { Amount = ruled.Amount ?? standing.Obligation.Amount },
                }),
        };
    }
}
