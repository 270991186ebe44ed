namespace Entente.Domain.Disputes;

/// <summary>What missed answers, complaints and decisions make of a dispute.</summary>
public sealed partial record Dispute
{
    private Dispute? Judged(DisputeEvent happened, Fact fact) => happened switch
    {
        AnswerMissed => this with { AnswerWasMissed = true },
        ComplaintFiled => this with { Stage = Stage.Review, ComplaintAt = fact.At },
        EvidenceTimeEnded ended => Fixed(ended.Who),
        PassedToSupervisor or ReminderSent => this,
        ExaminationBegan => this with { IsExamined = true },
        AppealWindowEnded ended => GivesUpAppeal(ended.Who),
        TermWaived { Kind: TermKind.AppealWindow } waived => GivesUpAppeal(waived.Who),
        TermWaived { Kind: TermKind.Evidence } waived => Fixed(waived.Who),
        TermWaived => this,
        ExaminerAssigned assigned => this with { Examiner = assigned.Examiner },
        Decided decided => After(decided, fact),
        DefaultOutcome entered => After(
            new Outcome(entered.Outcome, OutcomeKind.Default, entered.Lines, fact.At), entered.Obligations,
            held: false),
        _ => null,
    };

    /// <summary>What a side has shown stays once its time is over, also when it is given more time later.</summary>
    private Dispute Fixed(Role side) => this with
    {
        Exhibits = Exhibits.Change(exhibit => exhibit.From == side && !exhibit.Fixed, exhibit =>
            exhibit with { Fixed = true }),
    };
}
