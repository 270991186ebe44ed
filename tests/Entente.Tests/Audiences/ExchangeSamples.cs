using Entente.Domain;
using Entente.Domain.Disputes;

namespace Entente.Tests.Audiences;

/// <summary>One fact of every kind that happens between the sides beside offers and obligations.</summary>
internal static class ExchangeSamples
{
    private static readonly PersonalRef Words = Given.Text("So").Ref;

    public static IEnumerable<DisputeEvent> All() => Between().Concat(Outside());

    private static IEnumerable<DisputeEvent> Between() =>
    [
        new EvidenceContested(1, new("x"), 1, Role.Seller, ContestGround.Outdated, Words),
        new ContestAnswered(1, new("x"), 1, ContestAnswer.Upheld, [Words]),
        new ExtensionProposed(1, Role.Buyer, 2, TermKind.Negotiation, Role.Buyer, Given.Start, Words),
        new ExtensionAgreed(1, Role.Seller, TermKind.Negotiation, Role.Buyer, Given.Start),
        new ExtensionRefused(1, Role.Seller),
        new ExtensionRefused(1, null),
        new ProposalMade(3, [Given.Refund()], [Words]),
        new ProposalAnswered(3, Role.Buyer, true),
        new ProposalAnswered(3, Role.Seller, false),
        new ProposalEnded(3),
        new BidRoundOpened(1, Role.Seller),
        new BlindBidPlaced(1, Role.Buyer, Words),
        new BlindBidPlaced(1, Role.Seller, Words),
        new BidRoundEnded(1, true),
        new BidRoundEnded(1, false),
        new SettlementReached(0, 2, [Given.Refund()], [], []),
        new ClaimAmended(1, 3, [new(2, 1, Reason.WrongItem)], [Given.Refund(2500, 2)], 2500, Words),
    ];

    private static IEnumerable<DisputeEvent> Outside() =>
    [
        .. Enum.GetValues<RecordedKind>().Select((what, index) => new FactRecorded(
            index + 1, what, Role.Seller, false, what == RecordedKind.Refund ? 1200 : null, 0,
            what == RecordedKind.Delivery ? Given.Start : null, Words)),
        new FactAnswered(1, Role.Buyer, true, 1200),
        new FactAnswered(1, Role.Buyer, false, 0),
        new OrderChanged(OrderStatus.Delivered, new(Given.Start)),
        new ReconciliationProposed(ReconciledBy.Refund),
        new ReconciliationProposed(ReconciledBy.Delivery),
        new ReconciliationRejected(Role.Buyer, null),
        new ThirdPartyAwaited(1, ThirdParty.Carrier, Role.Seller, Given.Start, Words),
        new ThirdPartyAnswered(1, Role.Seller, Words),
        new InquiryEnded(1),
        new LateEvidenceAdmitted(new("x"), 1, Words),
    ];
}
