namespace Entente.Domain.Disputes;

/// <summary>What missed answers, complaints and decisions make of a dispute.</summary>
public sealed partial record Dispute
{
    private Dispute? Judged(DisputeEvent happened, Fact fact) => happened switch
    {
        AnswerMissed => this with { AnswerWasMissed = true },
        ComplaintFiled => this with { Stage = Stage.Review, ComplaintAt = fact.At },
        EvidenceTimeEnded or AppealWindowEnded or TermWaived or ExaminationBegan or PassedToSupervisor
            or ReminderSent => this,
        ExaminerAssigned assigned => this with { Examiner = assigned.Examiner },
        Decided decided => After(
            new Outcome(decided.Outcome, OutcomeKind.Decision, decided.Lines, fact.At), decided.Obligations,
            WaitsForAppeal(decided)),
        DefaultOutcome entered => After(
            new Outcome(entered.Outcome, OutcomeKind.Default, entered.Lines, fact.At), entered.Obligations,
            held: false),
        _ => null,
    };

    private static bool WaitsForAppeal(Decided decided) =>
        decided.Starts.Any(term => term.Kind == TermKind.AppealWindow);
}
