using Entente.Domain.Disputes;

namespace Entente.Server.Storage;

/// <summary>What each kind of fact is called in the store, and which version
/// of its shape is written today. For ever.</summary>
public static class StoredNames
{
    // WARNING: a storage format. A line may be added; none may be changed. A changed shape is a raised number, and
    // a reader for the old one in EventCodec.
    private static readonly (Type Type, string Name, int Schema)[] Table =
    [
        (typeof(DisputeOpened), "dispute_opened", 1),
        (typeof(MessagePosted), "message_posted", 1),
        (typeof(EvidenceAdded), "evidence_added", 1),
        (typeof(EvidenceWithdrawn), "evidence_withdrawn", 1),
        (typeof(EvidenceQuarantined), "evidence_quarantined", 1),
        (typeof(OriginalOpened), "original_opened", 1),
        (typeof(EvidenceRequested), "evidence_requested", 1),
        (typeof(EvidenceContested), "evidence_contested", 1),
        (typeof(ContestAnswered), "contest_answered", 1),
        (typeof(ExtensionProposed), "extension_proposed", 1),
        (typeof(ExtensionAgreed), "extension_agreed", 1),
        (typeof(ExtensionRefused), "extension_refused", 1),
        (typeof(ProposalMade), "proposal_made", 1),
        (typeof(ProposalAnswered), "proposal_answered", 1),
        (typeof(ProposalEnded), "proposal_ended", 1),
        (typeof(BidRoundOpened), "bid_round_opened", 1),
        (typeof(BlindBidPlaced), "blind_bid_placed", 1),
        (typeof(BidRoundEnded), "bid_round_ended", 1),
        (typeof(ClaimAmended), "claim_amended", 1),
        (typeof(FactRecorded), "fact_recorded", 1),
        (typeof(FactAnswered), "fact_answered", 1),
        (typeof(OrderChanged), "order_changed", 1),
        (typeof(ReconciliationProposed), "reconciliation_proposed", 1),
        (typeof(ReconciliationRejected), "reconciliation_rejected", 1),
        (typeof(ThirdPartyAwaited), "third_party_awaited", 1),
        (typeof(ThirdPartyAnswered), "third_party_answered", 1),
        (typeof(InquiryEnded), "inquiry_ended", 1),
        (typeof(LateEvidenceAdmitted), "late_evidence_admitted", 1),
        (typeof(OfferMade), "offer_made", 1),
        (typeof(OfferDeclined), "offer_declined", 1),
        (typeof(OfferWithdrawn), "offer_withdrawn", 1),
        (typeof(OfferExpired), "offer_expired", 1),
        (typeof(SettlementReached), "settlement_reached", 1),
        (typeof(AnswerMissed), "answer_missed", 1),
        (typeof(ComplaintFiled), "complaint_filed", 1),
        (typeof(EvidenceTimeEnded), "evidence_time_ended", 1),
        (typeof(TermWaived), "term_waived", 1),
        (typeof(ExaminerAssigned), "examiner_assigned", 1),
        (typeof(ExaminationBegan), "examination_began", 1),
        (typeof(PassedToSupervisor), "passed_to_supervisor", 1),
        (typeof(Decided), "decided", 1),
        (typeof(DefaultOutcome), "default_outcome", 1),
        (typeof(ObligationsReleased), "obligations_released", 1),
        (typeof(ObligationPerformed), "obligation_performed", 1),
        (typeof(PerformanceConfirmed), "performance_confirmed", 1),
        (typeof(PerformanceContested), "performance_contested", 1),
        (typeof(PerformanceUnanswered), "performance_unanswered", 1),
        (typeof(ObligationOverdue), "obligation_overdue", 1),
        (typeof(ReminderSent), "reminder_sent", 1),
        (typeof(ReturnCountsAsDone), "return_counts_as_done", 1),
        (typeof(ObligationsCancelled), "obligations_cancelled", 1),
        (typeof(ObligationBecameRefund), "obligation_became_refund", 1),
        (typeof(PerformanceRuled), "performance_ruled", 1),
        (typeof(ObligationDefaulted), "obligation_defaulted", 1),
        (typeof(AppealWindowEnded), "appeal_window_ended", 1),
        (typeof(RulingNeeded), "ruling_needed", 1),
        (typeof(AppealFiled), "appeal_filed", 1),
        (typeof(AppealJoined), "appeal_joined", 1),
        (typeof(JoiningTimeEnded), "joining_time_ended", 1),
        (typeof(AppealDecided), "appeal_decided", 1),
        (typeof(DecisionLeftStanding), "decision_left_standing", 1),
        (typeof(ReopeningRequested), "reopening_requested", 1),
        (typeof(ReopeningGranted), "reopening_granted", 1),
        (typeof(ReopeningDenied), "reopening_denied", 1),
        (typeof(BreachReported), "breach_reported", 1),
        (typeof(BreachAnswered), "breach_answered", 1),
        (typeof(BreachUnanswered), "breach_unanswered", 1),
        (typeof(BreachRuled), "breach_ruled", 1),
        (typeof(AbuseFound), "abuse_found", 1),
        (typeof(MeasureAppealed), "measure_appealed", 1),
        (typeof(MeasureReviewed), "measure_reviewed", 1),
        (typeof(AbuseReversed), "abuse_reversed", 1),
        (typeof(OutcomeSetAside), "outcome_set_aside", 1),
        (typeof(DecisionCorrected), "decision_corrected", 1),
        (typeof(DecisionDrafted), "decision_drafted", 1),
        (typeof(DecisionApproved), "decision_approved", 1),
        (typeof(DecisionReturned), "decision_returned", 1),
        (typeof(ExaminerRecused), "examiner_recused", 1),
        (typeof(ExaminerChallenged), "examiner_challenged", 1),
        (typeof(ChallengeAnswered), "challenge_answered", 1),
        (typeof(ReferredToRisk), "referred_to_risk", 1),
        (typeof(RiskAnswered), "risk_answered", 1),
        (typeof(RefundFailed), "refund_failed", 1),
        (typeof(ChargebackRecorded), "chargeback_recorded", 1),
        (typeof(ObligationsDischarged), "obligations_discharged", 1),
        (typeof(DischargeUndone), "discharge_undone", 1),
        (typeof(PauseEnded), "pause_ended", 1),
        (typeof(BankInformed), "bank_informed", 1),
        (typeof(DisputeClosed), "dispute_closed", 1),
        (typeof(TimeGivenBack), "time_given_back", 1),
    ];

    private static readonly Dictionary<Type, (string Name, int Schema)> ByType =
        Table.ToDictionary(row => row.Type, row => (row.Name, row.Schema));
    private static readonly Dictionary<(string, int), Type> ByName =
        Table.ToDictionary(row => (row.Name, row.Schema), row => row.Type);

    public static (string Name, int Schema) Of(Type type) => ByType.TryGetValue(type, out var named)
        ? named
        : throw new InvalidOperationException($"{type.Name} has no stored name.");

    /// <summary>Null for what a newer version wrote.</summary>
    public static Type? Find(string name, int schema) => ByName.GetValueOrDefault((name, schema));
}
