namespace Entente.Domain.Disputes;

/// <summary>What another examiner made of a decision that was attacked.</summary>
public enum AppealResult
{
    Upheld,
    /// <summary>Something else is granted.</summary>
    Varied,
    /// <summary>The other side is right.</summary>
    Overturned,
}

/// <summary>Why a closed dispute should be taken up again.</summary>
public enum ReopeningGround
{
    /// <summary>The purchase is not completed.</summary>
    OrderNotCompleted,
    /// <summary>Something shows what nobody could show before.</summary>
    NewEvidence,
    /// <summary>What was agreed or decided was not honoured.</summary>
    NotHonoured,
    /// <summary>The parcel arrived after its price had been refunded.</summary>
    ArrivedAfterRefund,
    /// <summary>The bank took back what it had given.</summary>
    BankReversed,
}

/// <summary>Something the platform does about an outcome that was not honoured.</summary>
/// <param name="No">Its number in the dispute.</param>
/// <param name="Amount">Minor units, where money is paid from what the platform holds.</param>
public sealed record Measure(int No, MeasureKind Kind, Role Against, long? Amount);

/// <summary>A side's right to have a decision reviewed, and until when; it outlives the other side's closing.</summary>
public sealed record AppealRight(Role Who, int Outcome, Instant Until);

/// <summary>An appeal, and what became of it.</summary>
/// <param name="Findings">Numbers of the findings it attacks, from 1.</param>
public sealed record Appeal(
    int No, int Outcome, Role By, ValueList<int> Findings, ValueList<int> Exhibits, Instant At, AppealState State);

/// <summary>What became of an appeal.</summary>
public enum AppealState { Open, Upheld, Varied, Overturned, LeftStanding, Settled }

/// <summary>A request to take the closed dispute up again.</summary>
/// <param name="EndedAt">When it was granted or denied.</param>
public sealed record Reopening(
    int No, Role By, ReopeningGround Ground, Instant At, ReopeningState State, Instant? EndedAt = null);

/// <summary>What became of a request for reopening.</summary>
public enum ReopeningState
{
    Asked,
    Granted,
    Denied,
    /// <summary>Nobody at the platform answered; it may be repeated once.</summary>
    Unanswered,
}

/// <summary>A report that an obligation was not honoured.</summary>
public sealed record Breach(int No, int Obligation, Role By, Instant At, BreachState State);

/// <summary>How far a report of breach has come.</summary>
public enum BreachState { Reported, Answered, Unanswered, Upheld, Dismissed, Withdrawn }

/// <summary>A measure, or a finding of abuse, against a side.</summary>
/// <param name="Kind">Null for a finding of abuse.</param>
/// <param name="TakenBy">The person who took it; somebody else looks at it on appeal.</param>
public sealed record Sanction(
    int No, MeasureKind? Kind, Role Against, long? Amount, Instant At, string TakenBy, SanctionState State);

/// <summary>Whether a measure is in force.</summary>
public enum SanctionState { InForce, Appealed, Confirmed, Lifted }

/// <summary>A side's request for another examiner; one in a dispute.</summary>
public sealed record Challenge(Role By, ChallengeState State);

/// <summary>What became of a request for another examiner.</summary>
public enum ChallengeState { Asked, Replaced, Refused }

/// <summary>A decision as it is written, before it is published.</summary>
/// <param name="Result">What it does with the decision that was attacked, on appeal.</param>
public sealed record DecisionDraft(
    int No,
    PersonId By,
    AppealResult? Result,
    ValueList<Finding> Findings,
    ValueList<SetAsideExhibit> SetAside,
    ValueList<RemedyLine> Lines,
    ValueList<PersonalRef> Reasons,
    Instant? Due = null);
