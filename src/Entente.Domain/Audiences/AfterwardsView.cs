using Entente.Domain.Disputes;

namespace Entente.Domain.Audiences;

/// <summary>What came after an outcome, and what this reader could still ask for.</summary>
/// <param name="Draft">A decision that waits for a second examiner; for the platform's people alone.</param>
/// <param name="AppealUntil">Until when this reader may have the decision reviewed; null where they may not.</param>
/// <param name="ReopeningGrounds">The reasons this reader could ask for a reopening with now.</param>
/// <param name="ReopeningUntil">Until when they could; null where there is no end, or no way.</param>
/// <param name="RiskUntil">Until when other staff may answer the examiner; for the platform's people alone.</param>
public sealed record AfterwardsView(
    ValueList<AppealView> Appeals,
    ValueList<ReopeningView> Reopenings,
    ValueList<BreachView> Breaches,
    ValueList<MeasureView> Measures,
    ValueList<ChallengeView> Challenges,
    ValueList<CorrectionView> Corrections,
    DraftView? Draft,
    Instant? AppealUntil,
    ValueList<ReopeningGround> ReopeningGrounds,
    Instant? ReopeningUntil,
    Instant? RiskUntil)
{
    /// <summary>What a second examiner gave back to this reader, its author; null once it is handed in anew.</summary>
    public ReturnedView? Returned { get; init; }
}

/// <summary>A request for an additional review, and what became of it.</summary>
/// <param name="Outcome">The decision that was attacked.</param>
public sealed record AppealView(
    int No, int Outcome, Role By, ValueList<int> Findings, ValueList<int> Exhibits, ShownText Text, Instant At,
    AppealState State);

/// <summary>A request for reopening, and its answer.</summary>
public sealed record ReopeningView(
    int No, Role By, ReopeningGround Ground, ShownText Text, Instant At, ReopeningState State, ShownText? Answer);

/// <summary>A report that an obligation was not honoured, with what was owed beside it.</summary>
/// <param name="Owed">The obligation in words.</param>
/// <param name="Answer">What the other side said to it.</param>
/// <param name="Ruling">What the platform said to it.</param>
public sealed record BreachView(
    int No, int Obligation, Sentence Owed, Role By, ShownText Text, Instant At, BreachState State, ShownText? Answer,
    ShownText? Ruling);

/// <summary>A measure, or a finding of abuse.</summary>
/// <param name="Kind">Null for a finding of abuse.</param>
/// <param name="Text">The facts, or the ruling it came with.</param>
/// <param name="Answer">What was said when it was looked at once more.</param>
/// <param name="AppealUntil">Until when the side it is against can have it looked at once more.</param>
public sealed record MeasureView(
    int No, MeasureKind? Kind, Role Against, Money? Amount, Instant At, SanctionState State, ShownText? Text,
    ShownText? Answer, Instant? AppealUntil);

/// <summary>A request for another examiner, and its answer.</summary>
public sealed record ChallengeView(Role By, ChallengeState State, ShownText Reason, ShownText? Answer);

/// <summary>A slip of the pen that was put right.</summary>
public sealed record CorrectionView(int Outcome, Instant At, int? Line, Money? Amount, ValueList<ShownText> Text);

/// <summary>A decision that waits for a second examiner.</summary>
/// <param name="IsReaders">Whether this reader wrote it, and so cannot approve it.</param>
public sealed record DraftView(
    int No, bool IsReaders, AppealResult? Result, ValueList<FindingView> Findings, ValueList<SetAsideExhibit> SetAside,
    ValueList<RemedyView> Lines, ValueList<ShownText> Reasons, Instant Due);

/// <summary>A decision that came back to its author, and why.</summary>
public sealed record ReturnedView(DraftView Draft, ShownText Why);
