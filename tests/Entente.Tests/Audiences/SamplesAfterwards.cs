using Entente.Domain;
using Entente.Domain.Disputes;

namespace Entente.Tests.Audiences;

/// <summary>One fact of every kind that comes after an outcome.</summary>
internal static class SamplesAfterwards
{
    private static readonly PersonalRef Words = Given.Text("Because").Ref;
    private static readonly RemedyLine Nothing = new(RemedyKind.None, [new(1, 1)], null);

    public static IEnumerable<DisputeEvent> Events() => 
        [.. Appeals(), .. Reopenings(), .. Breaches(), .. Staff()];

    private static IEnumerable<DisputeEvent> Appeals() =>
    [
        new AppealFiled(1, 1, Role.Buyer, [1], [], Words, [1]),
        new AppealFiled(1, 1, Role.Seller, [1, 2], [1], Words, []),
        new AppealJoined(2, 1, Role.Seller, [1], [], Words),
        new JoiningTimeEnded(Role.Seller),
        .. Enum.GetValues<AppealResult>().Select(result =>
            new AppealDecided(2, 1, result, [], [], [Given.Refund()], [Words], [], [])),
        new AppealDecided(2, 1, AppealResult.Overturned, [], [], [Nothing], [Words], [], []),
        new DecisionLeftStanding(1),
        new OutcomeSetAside(1, [], Words),
        new DecisionCorrected(1, 1, 600, [Words]),
        new DecisionCorrected(1, null, null, [Words]),
    ];

    private static IEnumerable<DisputeEvent> Reopenings() =>
    [
        .. Enum.GetValues<ReopeningGround>().Select(ground => new ReopeningRequested(1, Role.Seller, ground, Words)),
        new ReopeningGranted(1, Stage.Review, null),
        new ReopeningDenied(1, Role.Examiner, Words),
        new ReopeningDenied(1, null, null),
    ];

    private static IEnumerable<DisputeEvent> Breaches() =>
    [
        new BreachReported(1, 1, Role.Buyer, Words),
        new BreachAnswered(1, Words),
        new BreachUnanswered(1, Role.Seller),
        new BreachRuled(1, true, [.. Enum.GetValues<MeasureKind>().Select((kind, index) =>
            new Measure(index + 1, kind, Role.Seller, null))], [Given.Refund()], [], Words),
        new BreachRuled(1, false, [], [], [], null),
        new AbuseFound(1, Role.Buyer, [1], Words),
        new MeasureAppealed(1, Role.Buyer, Words),
        new MeasureReviewed(1, true, Words),
        new MeasureReviewed(1, false, null),
        new AbuseReversed(1, Words),
    ];

    private static IEnumerable<DisputeEvent> Staff() =>
    [
        new DecisionDrafted(1, AppealResult.Varied, [], [], [Given.Refund()], [Words], Given.Start),
        new DecisionApproved(1),
        new DecisionReturned(1, Words),
        new ExaminerRecused(Given.Examiner, Words),
        new ExaminerChallenged(Role.Buyer, Words),
        new ChallengeAnswered(Role.Buyer, true, null),
        new ChallengeAnswered(Role.Seller, false, Words),
        new ReferredToRisk(Given.Start, Words),
        new RiskAnswered(Words),
    ];
}
