using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Server.Words;

namespace Entente.Server.Api;

/// <summary>What came after an outcome.</summary>
/// <param name="Draft">A decision that waits for a second examiner; for the platform's people alone.</param>
/// <param name="AppealUntil">Until when the caller may have the decision reviewed.</param>
/// <param name="ReopeningGrounds">The reasons the caller could ask for a reopening with now.</param>
public sealed record AfterOutcomeResource(
    IReadOnlyList<AppealResource> Appeals, IReadOnlyList<ReopeningResource> Reopenings,
    IReadOnlyList<BreachResource> Breaches, IReadOnlyList<MeasureResource> Measures,
    IReadOnlyList<ChallengeResource> Challenges, IReadOnlyList<CorrectionResource> Corrections, DraftResource? Draft,
    Instant? AppealUntil, IReadOnlyList<ReopeningGround> ReopeningGrounds, Instant? ReopeningUntil);

/// <summary>A request for an additional review, and what became of it.</summary>
public sealed record AppealResource(
    int No, int Outcome, Role By, IReadOnlyList<int> Findings, IReadOnlyList<int> Exhibits, TextResource Text,
    Instant At, AppealState State);

/// <summary>A request for reopening, and its answer.</summary>
public sealed record ReopeningResource(
    int No, Role By, ReopeningGround Ground, TextResource Text, Instant At, ReopeningState State,
    TextResource? Answer);

/// <summary>A report that an obligation was not honoured.</summary>
public sealed record BreachResource(
    int No, int Obligation, string Owed, Role By, TextResource Text, Instant At, BreachState State,
    TextResource? Answer, TextResource? Ruling);

/// <summary>A measure; without a kind it is a finding of abuse.</summary>
public sealed record MeasureResource(
    int No, MeasureKind? Kind, Role Against, Money? Amount, Instant At, SanctionState State, TextResource? Text,
    TextResource? Answer, Instant? AppealUntil);

/// <summary>A request for another examiner, and its answer.</summary>
public sealed record ChallengeResource(Role By, ChallengeState State, TextResource Reason, TextResource? Answer);

/// <summary>A slip of the pen that was put right.</summary>
public sealed record CorrectionResource(
    int Outcome, Instant At, int? Line, Money? Amount, IReadOnlyList<TextResource> Text);

/// <summary>A decision that waits for a second examiner.</summary>
public sealed record DraftResource(
    int No, bool IsYours, AppealResult? Result, IReadOnlyList<FindingResource> Findings,
    IReadOnlyList<SetAsideExhibit> SetAside, IReadOnlyList<string> Lines, IReadOnlyList<TextResource> Reasons,
    Instant DueAt);

/// <summary>Writes what came after an outcome.</summary>
internal static class AfterOutcomeWriting
{
    public static AfterOutcomeResource Of(AfterwardsView view, Speaker speaker) => new(
        [.. view.Appeals.Select(appeal => new AppealResource(appeal.No, appeal.Outcome, appeal.By, appeal.Findings,
            appeal.Exhibits, Text(appeal.Text), appeal.At, appeal.State))],
        [.. view.Reopenings.Select(request => new ReopeningResource(request.No, request.By, request.Ground,
            Text(request.Text), request.At, request.State, TextIfAny(request.Answer)))],
        [.. view.Breaches.Select(breach => new BreachResource(breach.No, breach.Obligation, speaker.Say(breach.Owed),
            breach.By, Text(breach.Text), breach.At, breach.State, TextIfAny(breach.Answer),
            TextIfAny(breach.Ruling)))],
        [.. view.Measures.Select(measure => new MeasureResource(measure.No, measure.Kind, measure.Against,
            measure.Amount, measure.At, measure.State, TextIfAny(measure.Text), TextIfAny(measure.Answer),
            measure.AppealUntil))],
        [.. view.Challenges.Select(challenge => new ChallengeResource(challenge.By, challenge.State,
            Text(challenge.Reason), TextIfAny(challenge.Answer)))],
        [.. view.Corrections.Select(corrected => new CorrectionResource(corrected.Outcome, corrected.At, corrected.Line,
            corrected.Amount, [.. corrected.Text.Select(Text)]))],
        view.Draft is { } draft ? Draft(draft, speaker) : null,
        view.AppealUntil, view.ReopeningGrounds, view.ReopeningUntil);

    private static DraftResource Draft(DraftView draft, Speaker speaker) => new(
        draft.No, draft.IsReaders, draft.Result,
        [.. draft.Findings.Select(finding => new FindingResource(
            [.. finding.Question.Select(Text)], finding.Answer, finding.Clause, finding.ReliedOn))],
        draft.SetAside, [.. draft.Lines.Select(line => speaker.Say(line.Sentence))],
        [.. draft.Reasons.Select(Text)], draft.Due);

    private static TextResource Text(ShownText text) => new(text.Language, text.Value, text.IsErased);

    private static TextResource? TextIfAny(ShownText? text) => text is null ? null : Text(text);
}
