namespace Entente.Domain.Policies;

/// <summary>
/// The names of the rules, as a policy document spells them. Overrides, terms and the rules in words refer to a rule
/// by its name; names are permanent.
/// </summary>
public static class RuleKeys
{
    public const string OpeningFrom = "opening.from";
    public const string OpeningNotBefore = "opening.not_before";
    public const string OpeningWithin = "opening.within";

    public const string AnswerWithin = "answer.within";
    public const string AnswerSilence = "answer.silence";

    public const string NegotiationLength = "negotiation.length";
    public const string NegotiationComplaintAfter = "negotiation.complaint_after";
    public const string NegotiationComplaintAtOnceAfterRefusal = "negotiation.complaint_at_once_after_refusal";
    public const string NegotiationOfferValidity = "negotiation.offer_validity";
    public const string NegotiationSilence = "negotiation.silence";

    public const string ExtensionLongest = "extension.longest";
    public const string ExtensionCount = "extension.count";
    public const string ExtensionAnswerWithin = "extension.answer_within";

    public const string BlindBidRounds = "blind_bid.rounds";
    public const string BlindBidAnswerWithin = "blind_bid.answer_within";

    public const string AmendmentInNegotiation = "amendment.in_negotiation";
    public const string AmendmentInReview = "amendment.in_review";

    public const string ReviewEvidence = "review.evidence";
    public const string ReviewDecisionWithin = "review.decision_within";
    public const string ReviewClaimantSilent = "review.claimant_silent";
    public const string ReviewRespondentSilent = "review.respondent_silent";
    public const string ReviewSupervisorWithin = "review.supervisor_within";
    public const string ReviewStaffSilent = "review.staff_silent";
    public const string ReviewLateReply = "review.late_reply";
    public const string ReviewProposalAnswer = "review.proposal_answer";
    public const string ReviewThirdPartyWait = "review.third_party_wait";
    public const string ReviewThirdPartyCount = "review.third_party_count";

    public const string ApprovalAbove = "approval.above";
    public const string ApprovalWithin = "approval.within";

    public const string AppealWindow = "appeal.window";
    public const string AppealCount = "appeal.count";
    public const string AppealNewEvidenceNeeded = "appeal.new_evidence_needed";
    public const string AppealExecuteAtOnce = "appeal.execute_at_once";
    public const string AppealJoinWithin = "appeal.join_within";
    public const string AppealLevels = "appeal.levels";
    public const string AppealDecisionWithin = "appeal.decision_within";

    public const string FulfilmentRefund = "fulfilment.refund";
    public const string FulfilmentReturnLabel = "fulfilment.return_label";
    public const string FulfilmentReturnGoods = "fulfilment.return_goods";
    public const string FulfilmentReturnReminder = "fulfilment.return_reminder";
    public const string FulfilmentShip = "fulfilment.ship";
    public const string FulfilmentRepair = "fulfilment.repair";
    public const string FulfilmentConfirm = "fulfilment.confirm";
    public const string FulfilmentUnverifiedSilenceConfirms = "fulfilment.unverified_silence_confirms";
    public const string FulfilmentRuling = "fulfilment.ruling";
    public const string FulfilmentBreachWindow = "fulfilment.breach_window";
    public const string FulfilmentRefundThrough = "fulfilment.refund_through";
    public const string FulfilmentReimburseAtMost = "fulfilment.reimburse_at_most";

    public const string ClosingWithin = "closing.within";
    public const string ClosingReminders = "closing.reminders";
    public const string ClosingEraseAfter = "closing.erase_after";

    public const string ReopeningMode = "reopening.mode";
    public const string ReopeningWindow = "reopening.window";
    public const string ReopeningCount = "reopening.count";
    public const string ReopeningDecisionWithin = "reopening.decision_within";
    public const string ReopeningLeadsTo = "reopening.leads_to";

    public const string BreachAnswerWithin = "breach.answer_within";
    public const string BreachDecisionWithin = "breach.decision_within";
    public const string BreachMeasures = "breach.measures";
    public const string BreachAppealWithin = "breach.appeal_within";
    public const string BreachRestrictionLasts = "breach.restriction_lasts";

    public const string ChargebackMode = "chargeback.mode";
    public const string ChargebackPauseAtMost = "chargeback.pause_at_most";

    public const string SilenceNotice = "silence.notice";
    public const string SilenceSetAsideWithin = "silence.set_aside_within";

    public const string ReminderBefore = "reminder.before";

    /// <summary>Puts one rule's value of <paramref name="from"/> onto other rules.</summary>
    public static Rules Copy(string key, Rules from, Rules onto)
    {
        var rule = Rule.Named(key);
        return rule.Put(onto, rule.Value(from));
    }
}
