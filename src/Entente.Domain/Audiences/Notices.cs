using Entente.Domain.Disputes;

namespace Entente.Domain.Audiences;

/// <summary>Somebody is to be told what kind of thing happened, and what waits for them. No content.</summary>
/// <param name="Person">The one of the platform's people to tell; where null, all in that capacity.</param>
/// <param name="Kind">The kind of fact, as stored: <c>offer_made</c>.</param>
/// <param name="By">Who did it, as the addressee calls them.</param>
/// <param name="Audience">The audience of the fact, which the addressee is part of.</param>
/// <param name="N">The fact's place among what that audience reads.</param>
/// <param name="Task">What waits for the addressee next, if anything.</param>
/// <param name="Due">And until when.</param>
public sealed record Notice(
    Role To, PersonId? Person, string Kind, Who By, Audience Audience, int N, TermKind? Task, Instant? Due)
{
    public Sentence Subject(DisputeId dispute) =>
        Sentence.Of("notice.subject", ("what", What), ("reference", dispute.Reference));

    /// <param name="link">Where the addressee reads on, after signing in.</param>
    public Sentence Body(DisputeId dispute, string link) => Sentence.Of("notice.body",
        ("what", What),
        ("reference", dispute.Reference),
        ("next", Next),
        ("link", link));

    private Sentence What => Sentence.Of($"notice.{Kind}", ("who", By));

    private Sentence Next => Task is { } task
        ? Sentence.Of("notice.next", ("task", task), ("due", Due))
        : Sentence.Of("notice.no_next");
}

/// <summary>Whom to tell of one command's facts: each once, of the weightiest, and nobody of their own act.</summary>
public static class Notices
{
    /// <summary>What outweighs what when a command brought several facts about; what is missing weighs least.</summary>
    private static readonly Type[] Weight =
    [
        typeof(DisputeClosed), typeof(Decided), typeof(AppealDecided), typeof(DecisionLeftStanding),
        typeof(DefaultOutcome), typeof(OutcomeSetAside), typeof(SettlementReached), typeof(AppealFiled),
        typeof(AppealJoined), typeof(ReopeningRequested), typeof(ReopeningGranted), typeof(ReopeningDenied),
        typeof(BreachReported), typeof(BreachAnswered), typeof(BreachUnanswered), typeof(BreachRuled),
        typeof(AbuseFound), typeof(AbuseReversed), typeof(MeasureAppealed), typeof(MeasureReviewed),
        typeof(DecisionCorrected), typeof(ExaminerChallenged), typeof(ChallengeAnswered), typeof(DecisionDrafted),
        typeof(DecisionReturned), typeof(ExaminerRecused), typeof(ReferredToRisk), typeof(RiskAnswered),
        typeof(ComplaintFiled), typeof(PassedToSupervisor), typeof(RulingNeeded), typeof(ObligationOverdue),
        typeof(ObligationDefaulted), typeof(RefundFailed), typeof(ChargebackRecorded),
        typeof(ObligationsDischarged), typeof(DischargeUndone), typeof(PerformanceContested), typeof(PerformanceRuled),
        typeof(ObligationBecameRefund), typeof(ReturnCountsAsDone), typeof(ObligationsReleased),
        typeof(ExaminationBegan), typeof(ExaminerAssigned), typeof(AnswerMissed),
        typeof(ClaimAmended), typeof(ProposalMade), typeof(ReconciliationProposed), typeof(ThirdPartyAwaited),
        typeof(ExtensionAgreed),
    ];

    public static ValueList<Notice> For(Dispute before, Dispute after, IReadOnlyList<Fact> facts) =>
        Addressees(before, after).Select(to => Told(to.Role, to.Person, after, facts)).OfType<Notice>().ToValueList();

    private static IEnumerable<(Role Role, PersonId? Person)> Addressees(Dispute before, Dispute after) =>
    [
        (Role.Buyer, null),
        (Role.Seller, null),
        (Role.Examiner, after.Examiner ?? before.Examiner),
        (Role.Operator, null),
    ];

    private static Notice? Told(Role to, PersonId? person, Dispute after, IReadOnlyList<Fact> facts)
    {
        var weightiest = facts
            .Where(fact => to.MayRead(fact.Event.Audience) && !IsOwn(fact, to, person))
            .Where(fact => fact.Event is not (BlindBidPlaced or ProposalAnswered))
            .Where(fact => Concerns(fact, to, person, after))
            .MinBy(fact => Array.IndexOf(Weight, fact.Event.GetType()) is var at and >= 0 ? at : Weight.Length);
        if (weightiest is null) return null;
        var next = after.Terms.FirstOrDefault(term => term.Who == to && term.Kind != TermKind.ClosingReminder);
        var who = new Reader(new(after.Opening.Marketplace, to, null, person), person).Of(weightiest.By);
        return new(to, person, Codes.Snake(weightiest.Event.GetType().Name), who,
            weightiest.Event.Audience, weightiest.N, next?.Kind, next?.Due);
    }

    private static bool IsOwn(Fact fact, Role to, PersonId? person) =>
        to.IsParty() ? fact.By.Role == to : person is not null && fact.By.Whose == person.Value.Value;

    private static bool Concerns(Fact fact, Role to, PersonId? person, Dispute after) => to switch
    {
        Role.Buyer or Role.Seller => true,
        Role.Examiner => person is not null || CallsForExaminer(fact.Event),
        Role.Operator => fact.Event is PassedToSupervisor or ExaminerChallenged or MeasureAppealed or DecisionDrafted
                or ExaminerRecused or ReferredToRisk
                or RefundFailed or ChargebackRecorded
            || CallsForExaminer(fact.Event) && after.Terms.Any(term => term.Who == Role.Operator),
        Role.Rule or Role.Provider => false,
    };

    /// <summary>What brings a dispute into the queue, or somebody who writes to the platform alone.</summary>
    private static bool CallsForExaminer(DisputeEvent happened) => happened
        is ComplaintFiled or RulingNeeded or PerformanceContested or ObligationOverdue or AppealFiled
        or ReopeningRequested or ReopeningGranted or BreachAnswered or BreachUnanswered or OutcomeSetAside
        or DecisionDrafted or ExaminerRecused or ChallengeAnswered { Replaced: true }
        or MessagePosted { To: Audience.BuyerAndPlatform or Audience.SellerAndPlatform };
}
