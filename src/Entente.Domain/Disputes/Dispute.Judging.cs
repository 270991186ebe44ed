namespace Entente.Domain.Disputes;

/// <summary>What missed answers, complaints and decisions make of a dispute.</summary>
public sealed partial record Dispute
{
    private Dispute? Judged(DisputeEvent happened, Fact fact) => happened switch
    {
        AnswerMissed => this with { AnswerWasMissed = true },
        ComplaintFiled => this with { Stage = Stage.Review, ComplaintAt = fact.At },
        EvidenceTimeEnded or PassedToSupervisor or ReminderSent => this,
        ExaminationBegan => this with { IsExamined = true },
        AppealWindowEnded ended => GivesUpAppeal(ended.Who),
        TermWaived waived => waived.Kind == TermKind.AppealWindow ? GivesUpAppeal(waived.Who) : this,
        ExaminerAssigned assigned => this with { Examiner = assigned.Examiner },
        Decided decided => After(decided, fact),
        DefaultOutcome entered => After(
            new Outcome(entered.Outcome, OutcomeKind.Default, entered.Lines, fact.At), entered.Obligations,
            held: false),
        _ => null,
    };
}
