using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;

namespace Entente.Tests.Audiences;

/// <summary>One fact of every kind there is, and the readers they are told to.</summary>
internal static class Samples
{
    public static readonly ValueList<Viewer> Readers =
    [
        Viewer.Buyer(Given.Marketplace, Given.Buyer, Given.BuyerPerson),
        Viewer.Seller(Given.Marketplace, Given.Seller, Given.SellerPerson),
        Viewer.Examiner(Given.Marketplace, Given.Examiner),
        Viewer.Operator(Given.Marketplace, new PersonId("person-operator")),
        Viewer.Key(Given.Marketplace),
    ];

    public static readonly ValueList<Obligation> Owed =
    [
        .. Enum.GetValues<ObligationKind>().Select((kind, index) => new Obligation(
            index + 1, 1, 0, kind, kind is ObligationKind.ReturnGoods or ObligationKind.PayBack ? Role.Buyer
                : Role.Seller,
            kind is ObligationKind.Refund or ObligationKind.Compensation or ObligationKind.PayBack
                or ObligationKind.Reimburse ? 1200
                : null, [new(1, 1)], [])),
    ];

    /// <summary>A dispute in which everything that sentences refer to is there.</summary>
    public static Given Eventful() => Given.Opened()
        .With(new OfferMade(2, Role.Seller, [Given.Refund()], Given.Text("Fair?", Role.Seller).Ref))
        .With(new ExaminerAssigned(Given.Examiner))
        .With(new SettlementReached(2, 1, [Given.Refund()], Owed, []), Role.Buyer);

    public static IEnumerable<DisputeEvent> Events() =>
        [.. ExchangeSamples.All(), .. Life(), .. Talk(), .. Staff(), .. Fulfilment(), .. SamplesAfterwards.Events()];

    private static IEnumerable<DisputeEvent> Life() =>
    [
        Given.Opening(),
        new OfferMade(3, Role.Seller, [.. Enum.GetValues<RemedyKind>().Select(Remedy)], null),
        new OfferDeclined(2, Role.Buyer, null),
        new OfferWithdrawn(2, Role.Seller),
        new OfferExpired(2),
        new SettlementReached(2, 2, [Given.Refund()], [], [1, 2]),
        new AnswerMissed(Role.Seller),
        new ComplaintFiled(Role.Buyer, null),
        new ComplaintFiled(null, null),
        new TermWaived(3, TermKind.Evidence, Role.Seller),
        new DisputeClosed(ClosingReason.RefundReceived, Role.Buyer, true, null),
        new DisputeClosed(ClosingReason.Lapsed, null, false, null),
    ];

    private static IEnumerable<DisputeEvent> Talk() =>
    [
        .. Enum.GetValues<Audience>().Select(audience => new MessagePosted(audience, Given.Text("Hello").Ref)),
        .. Enum.GetValues<Audience>().Select(audience => new EvidenceAdded(
            audience, new ExhibitId("x"), 1, Role.Buyer, ExhibitKind.Photo,
            Given.Text("t").Ref, Given.Text("f").Ref, Given.Text("d").Ref, "image/png", 1, null, true)),
        new EvidenceWithdrawn(Audience.All, new ExhibitId("x"), 1),
        new EvidenceQuarantined(Audience.All, new ExhibitId("x"), 1),
        new OriginalOpened(new ExhibitId("x"), Audience.All, 1, new PersonId("examiner")),
        new EvidenceRequested(1, [Role.Buyer], [ExhibitKind.Photo, ExhibitKind.Invoice], Given.Text("Please").Ref)
        {
            Starts =
                [new(9, TermKind.Evidence, Role.Buyer, Given.Start, "review.evidence", Consequence.DecidedOnFile, 1)],
        },
        new EvidenceRequested(2, [Role.Buyer, Role.Seller], [], Given.Text("Please").Ref),
    ];

    private static IEnumerable<DisputeEvent> Staff() =>
    [
        new EvidenceTimeEnded(Role.Buyer, true),
        new AppealWindowEnded(Role.Seller),
        new ExaminerAssigned(Given.Examiner),
        new ExaminationBegan(),
        new PassedToSupervisor(TermKind.Decision),
        new Decided(1, [], [], [Given.Refund()], [Given.Text("Because", Role.Examiner).Ref], []),
        new Decided(1, [], [], [new(RemedyKind.None, [new(1, 1)], null)], [], []),
        new DefaultOutcome(1, Role.Seller, [Given.Refund()], []),
        new DefaultOutcome(1, null, [new(RemedyKind.None, [new(1, 1)], null)], []),
        new ReminderSent(TermKind.Closing, 1),
        new TimeGivenBack(Given.Start, Given.Start + Duration.FromHours(3)),
    ];

    private static IEnumerable<DisputeEvent> Fulfilment() =>
    [
        new ObligationsReleased([1, 2]),
        .. Owed.Select(owed => new ObligationPerformed(owed.No, owed.Debtor, null, null, false)),
        new ObligationPerformed(1, Role.Provider, null, null, true),
        new PerformanceConfirmed(1, Role.Buyer),
        new PerformanceConfirmed(1, null),
        new PerformanceContested(1, ContestReason.WrongAmount, 600, null),
        new PerformanceContested(2, ContestReason.NotReceived, null, null),
        new PerformanceUnanswered(1),
        new RulingNeeded(1),
        new ObligationOverdue(1),
        new ReturnCountsAsDone(3),
        new ObligationsCancelled([1, 3]),
        new ObligationBecameRefund(4, Owed[0] with { No = 10 }),
        new PerformanceRuled(1, Ruling.Adjusted, 600, Given.Text("So", Role.Examiner).Ref),
        new PerformanceRuled(1, Ruling.Performed, null, Given.Text("So", Role.Examiner).Ref),
        new ObligationDefaulted(1),
        new RefundFailed(1, 1200),
        .. Enum.GetValues<ChargebackPhase>().Select(phase => new ChargebackRecorded(
            "cb-1", phase, 1200, true, "pay-1", Given.Start, Given.Text("ARN 1").Ref, null)),
        new ChargebackRecorded("cb-2", ChargebackPhase.Opened, 1200, false, null, null, null, null),
        new ObligationsDischarged("cb-1", [new(1, 1200)]),
        new DischargeUndone("cb-1"),
        new PauseEnded(),
        new BankInformed("cb-1", Given.Start, null),
    ];

    private static RemedyLine Remedy(RemedyKind kind) => new(
        kind, [new(1, 2), new(2, 1)],
        kind is RemedyKind.Replacement or RemedyKind.Repair or RemedyKind.MissingParts or RemedyKind.None
            or RemedyKind.ReleaseFunds ? null : 1200,
        kind is RemedyKind.ReturnAndRefund or RemedyKind.Repair or RemedyKind.Replacement ? Role.Seller : null,
        ReturnWanted: kind == RemedyKind.Replacement);
}
