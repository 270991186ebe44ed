namespace Entente.Domain.Disputes;

/// <summary>
/// Every way of saying no, in order of precedence: when several hold, the first is given.
/// Each has a status, a sentence in every language and a line in docs/refusals.md.
/// </summary>
public enum RefusalCode
{
    // Who and when.
    RoleMayNot,
    StageDoesNotAllow,
    NotAssignedToYou,
    ExaminerIsAParty,
    ExaminerDecidedBefore,
    ExaminerWithdrew,

    // Opening.
    OrderHasNoLines,
    SellerNotOnOrder,
    BuyerIsSeller,
    OrderHasNoPayment,
    PartyIsRestricted,
    WindowNotOpenYet,
    WindowHasClosed,
    ClaimHasNoItems,
    LineNotOfThisSeller,
    UnitsOutOfRange,
    LineNamedTwice,
    UnitsAlreadyInDispute,
    ReasonNotYours,
    ClaimIsPartlySettled,
    AmendmentsUsedUp,
    NothingAmended,

    // What is sought, offered or granted.
    RemedyHasNoLines,
    RemedyItemsNotClaimed,
    RemedyItemsTwice,
    RemedyNotForThisClaim,
    NothingToRefund,
    AmountMissing,
    AmountNotWanted,
    AmountNotPositive,
    AmountAboveRefundable,
    AmountNotFull,
    CostsNotReimbursed,
    CostsAboveLimit,
    FreightPayerMissing,

    // Texts.
    TextIsEmpty,
    TextIsTooLong,
    TextHasForbiddenCharacters,
    LanguageMissing,

    // Conversation and evidence.
    AudienceNotYours,
    EvidenceLimitReached,
    SealingNeedsReason,
    ExhibitUnknown,
    ExhibitNotYours,
    ExhibitAlreadyWithdrawn,
    ExhibitIsFixed,
    ExhibitIsQuarantined,
    ExhibitIsYourOwn,
    ExhibitAlreadyContested,
    NothingToContestHere,
    ContestNotOpen,
    ExhibitNotLate,
    RequestHasNoAddressee,
    DueNotInFuture,
    DueAfterDecision,

    // Somebody outside.
    InquiryRuns,
    InquiryNotOpen,
    InquiryNotYours,
    InquiryHasNoOwner,
    InquiryTooLong,
    InquiriesUsedUp,

    // Offers.
    OfferUnknown,
    OfferNotOpen,
    OfferIsYourOwn,
    OfferNotYours,
    OfferExceedsRefundable,
    ProposalIsOpen,
    ProposalAlreadyAnswered,
    ProposalsUsedUp,

    // Confidential amounts.
    BidRoundIsOpen,
    BidRoundNotOpen,
    BidRoundsUsedUp,
    BidAlreadyPlaced,

    // What happened outside.
    RecordUnknown,
    RecordNotYours,
    RecordNotOpen,
    RecordInFuture,
    RecordsLimitReached,
    NothingToReconcile,

    // Complaint and decision.
    ComplaintTooEarly,
    EvidenceTimeRuns,
    FindingsMissing,
    ClauseMissing,
    ClauseUnknown,
    ExhibitNotOpen,
    ExhibitNotMarked,
    ExhibitMarkedTwice,
    ExhibitCameLate,
    ContestUnanswered,
    ExhibitDoesNotCount,
    FindingRestsOnNothing,
    ReasonsMissing,

    // What comes before a decision is published, and after.
    JoiningTimeRuns,
    ChallengePending,
    ApprovalPending,
    NothingToApprove,
    ApproverIsAuthor,
    ChallengedBefore,
    NobodyExaminesYet,
    ReferredBefore,
    NothingToAnswer,
    NothingToAppeal,
    FindingMissing,
    FindingUnknown,
    ExhibitNotNew,
    NewEvidenceMissing,
    AppealResultMissing,
    AppealResultDoesNotFit,
    AppellantMadeWorse,
    NothingToCorrect,
    CorrectionNotClerical,
    NothingToSetAside,
    AbuseFoundBefore,

    // Reopening.
    ReopeningNever,
    ReopeningIsANewDispute,
    ReopeningGroundNotYours,
    ReopeningTimeIsOver,
    ReopenedTooOften,
    ReopeningGroundDoesNotFit,

    // Breaches and measures.
    NothingToReport,
    BreachTimeIsOver,
    BreachUnknown,
    BreachPending,
    MeasureUnknown,
    MeasureNotAllowed,
    MeasuresNeedABreach,
    MeasureAppealPending,

    // Fulfilment.
    ObligationUnknown,
    ObligationNotYours,
    ObligationNotOpen,
    NothingToConfirm,
    NothingToContest,
    NothingToRule,
    RulingAmountWrong,
    RefundIsOnItsWay,

    // The bank.
    ChargebackBarsClaim,
    BankPauseRuns,
    ChargebackUnknown,
    ChargebackNotYours,
    NothingToTellTheBank,
    SentInFuture,

    // Terms.
    TermUnknown,
    TermNotYours,
    TermCannotBeWaived,
    TermNotDue,
    TermCannotBeExtended,
    ExtensionAlreadyProposed,
    ExtensionNotOpen,
    ExtensionNotLater,
    ExtensionTooLong,
    ExtensionsUsedUp,

    // Closing.
    ClosingReasonNotYours,
    ClosingReasonDoesNotFit,
    NotConfirmed,
    ReceiptNotAnswered,
    PromiseNotKeptYet,
    LessThanAgreed,
    ReasonForClosingMissing,
}

/// <summary>A no with the field it is about (as in the request) and the values its sentence needs.</summary>
public sealed record Refusal(RefusalCode Code, string? Field = null, ValueList<Argument>? Arguments = null)
{
    public static Refusal Of(RefusalCode code, string? field,
        params ReadOnlySpan<(string Name, object? Value)> arguments) =>
        new(code, field, Sentence.Of("", arguments).Arguments);

    /// <summary>The sentence a reader gets.</summary>
    public Sentence Sentence => new($"refusal.{Codes.Of(Code)}", Arguments ?? []);
}
