using System.Diagnostics;

namespace Entente.Domain.Disputes;

/// <summary>The folds of breaches, measures, corrections and of who examines.</summary>
public sealed partial record Dispute
{
    private Dispute OfBreach(DisputeEvent happened, Fact fact) => happened switch
    {
        BreachReported reported => this with
        {
            Stage = Stage.Enforcement,
            Breaches = Breaches.Add(
                new(reported.Breach, reported.Obligation, reported.By, fact.At, BreachState.Reported)),
        },
        BreachAnswered answered => BreachBecomes(answered.Breach, BreachState.Answered),
        BreachUnanswered unanswered => BreachBecomes(unanswered.Breach, BreachState.Unanswered),
        BreachRuled ruled => After(ruled, fact),
        _ => throw new UnreachableException($"No fold for {happened.GetType().Name}."),
    };

    private Dispute BreachBecomes(int no, BreachState state) => this with
    {
        Breaches = Breaches.Change(breach => breach.No == no, breach => breach with { State = state }),
    };

    private static bool IsPaidByMeasure(Obligation obligation, BreachRuled ruled) =>
        obligation.Kind == ObligationKind.Refund
        && ruled.Measures.Any(measure => measure.Kind == MeasureKind.PayFromHeldFunds);

    private Dispute After(BreachRuled ruled, Fact fact)
    {
        var next = BreachBecomes(ruled.Breach, ruled.Upheld ? BreachState.Upheld : BreachState.Dismissed);
        if (!ruled.Upheld || Breach(ruled.Breach) is not { } breach) return next;
        next = next.Becomes(breach.Obligation, ObligationState.Defaulted);
        var owesMore = ruled.Obligations.Count > 0;
        return next with
        {
            Sanctions =
            [
                .. next.Sanctions,
                .. ruled.Measures.Select(measure => new Sanction(measure.No, measure.Kind, measure.Against,
                    measure.Amount, fact.At, fact.By.Whose, SanctionState.InForce)),
            ],
            Obligations =
            [
                .. next.Obligations,
                .. ruled.Obligations.Select(obligation => new ObligationStanding(obligation,
                    obligation.DependsOn.Count > 0 ? ObligationState.Waiting : ObligationState.Open,
                    Held: false, Verified: false) { FromHeldFunds = IsPaidByMeasure(obligation, ruled) }),
            ],
            Closing = owesMore ? null : next.Closing,
            ClosedAt = owesMore ? null : next.ClosedAt,
        };
    }

    private Dispute OfMeasures(DisputeEvent happened, Fact fact) => happened switch
    {
        AbuseFound found => this with
        {
            Sanctions = Sanctions.Add(new(
                found.Measure, null, found.Against, null, fact.At, fact.By.Whose, SanctionState.InForce)),
        },
        MeasureAppealed appealed => SanctionBecomes(appealed.Measure, SanctionState.Appealed) with
        {
            Stage = Stage == Stage.Closed ? Stage.Enforcement : Stage,
        },
        MeasureReviewed reviewed => SanctionBecomes(
            reviewed.Measure, reviewed.Lifted ? SanctionState.Lifted : SanctionState.Confirmed),
        AbuseReversed reversed => SanctionBecomes(reversed.Measure, SanctionState.Lifted),
        _ => throw new UnreachableException($"No fold for {happened.GetType().Name}."),
    };

    private Dispute SanctionBecomes(int no, SanctionState state) => this with
    {
        Sanctions = Sanctions.Change(sanction => sanction.No == no, sanction => sanction with { State = state }),
    };

    private Dispute? OfExamination(DisputeEvent happened, Fact fact) => happened switch
    {
        OutcomeSetAside aside => Cancel(aside.Cancels).Anew(Outcome(aside.Outcome)?.Items ?? [], Stage.Review),
        DecisionCorrected corrected => After(corrected),
        DecisionDrafted drafted => this with
        {
            Drafts = drafted.Draft,
            Draft = new(drafted.Draft, new(fact.By.Whose), drafted.Result, drafted.Findings, drafted.SetAside,
                drafted.Lines, drafted.Reasons, drafted.Due),
        },
        DecisionApproved => Draft is { } draft && !Deciders.Contains(draft.By)
            ? this with { Deciders = Deciders.Add(draft.By) }
            : this,
        DecisionReturned => this with { Draft = null },
        ExaminerRecused recused => Without(recused.Examiner),
        ExaminerChallenged challenged => this with
        {
            Challenges = Challenges.Add(new(challenged.By, ChallengeState.Asked)),
        },
        ChallengeAnswered answered => After(answered),
        ReferredToRisk referred => this with { RiskUntil = referred.Until },
        RiskAnswered => this with { RiskUntil = null },
        _ => null,
    };

    private Dispute After(DecisionCorrected corrected)
    {
        var rights = RightsFrom(corrected.Starts, corrected.Outcome);
        var next = this with { AppealRights = rights.Count > 0 ? rights : AppealRights };
        if (corrected is not { Line: { } line, Amount: { } amount } || Outcome(corrected.Outcome) is not { } outcome)
            return next;
        var change = amount - (outcome.Lines[line - 1].Amount ?? 0);
        return next with
        {
            Outcomes = next.Outcomes.Change(one => one.No == outcome.No, one => one with
            {
                Lines = [.. one.Lines.Select((was, at) => at == line - 1 ? was with { Amount = amount } : was)],
            }),
            Obligations = next.Obligations.Change(
                standing => Corrections.Concerns(standing, outcome.No, line),
                standing => standing with
                {
                    Obligation = standing.Obligation with { Amount = standing.Obligation.Amount + change },
                }),
        };
    }

    private Dispute After(ChallengeAnswered answered)
    {
        var next = this with
        {
            Challenges = Challenges.Change(
                challenge => challenge.By == answered.To,
                challenge => challenge with
                {
                    State = answered.Replaced ? ChallengeState.Replaced : ChallengeState.Refused,
                }),
        };
        if (!answered.Replaced) return next;
        return (next.Examiner is { } examiner ? next.Without(examiner) : next) with { IsExamined = false };
    }

    private Dispute Without(PersonId examiner) => this with
    {
        Examiner = null,
        Draft = null,
        Recused = Recused.Contains(examiner) ? Recused : Recused.Add(examiner),
    };
}
