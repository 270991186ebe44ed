namespace Entente.Domain.Disputes;

/// <summary>What is wrong.</summary>
public enum Reason
{
    NotReceived, Late, WrongItem, NotAsDescribed, Damaged, Defective, Incomplete, Counterfeit,
    RefundNotReceived, DuplicateCharge, ReturnNotAsSent, RefundedInError, Other,
}

/// <summary>What is sought or granted.</summary>
public enum RemedyKind
{
    FullRefund, PartialRefund, ReturnAndRefund, Replacement, Repair, MissingParts, Compensation,
    PayBack, ReleaseFunds, Reimbursement, None,
}

/// <summary>The stages of a dispute's life.</summary>
public enum Stage { Negotiation, Review, Fulfilment, Appeal, Closed, ReopeningRequested, Enforcement }

/// <summary>What an exhibit is.</summary>
public enum ExhibitKind { Photo, Email, Invoice, Tracking, InspectionReport, Contract, Other }

/// <summary>Why a dispute was closed.</summary>
public enum ClosingReason
{
    AgreementReached, RefundReceived, ReplacementReceived, DecisionAccepted, ItemArrived, SolvedDirectly,
    ResolvedByBank, OpenedByMistake, NoLongerPursued,
    Inadmissible, Duplicate, OrderCancelled,
    HandedToBank, Lapsed, Reconciled,
}

/// <summary>Some units of one line of the order, and what is wrong with them.</summary>
public sealed record ClaimItem(int Line, int Units, Reason Reason);

/// <summary>Some units of one line of the order.</summary>
public sealed record Units(int Line, int Count);

/// <summary>One line of what is sought, offered or granted.</summary>
/// <param name="Items">The units it is about; never empty.</param>
/// <param name="Amount">Minor units of the dispute's currency; null for remedies that pay nothing.</param>
/// <param name="FreightPaidBy">Who pays the way back, where goods go back.</param>
/// <param name="ReturnWanted">Whether the goods go back to the seller first.</param>
public sealed record RemedyLine(
    RemedyKind Kind, ValueList<Units> Items, long? Amount, Role? FreightPaidBy = null, bool ReturnWanted = false);

/// <summary>Who owes what to whom after an outcome.</summary>
public enum ObligationKind { Refund, ReturnLabel, ReturnGoods, ShipReplacement, Repair, ShipParts, PayBack,
    Reimburse, Compensation }

/// <summary>How far an obligation has come.</summary>
public enum ObligationState
{
    /// <summary>Until an appeal window ends or what it depends on is done.</summary>
    Waiting,
    Open,
    /// <summary>Said to be done; the creditor has not answered yet.</summary>
    Performed,
    Confirmed,
    /// <summary>Said to be done, and the creditor's time to answer passed without a word.</summary>
    Unanswered,
    Contested,
    /// <summary>Said to be done, verified by nobody, and others depend on it.</summary>
    Doubted,
    /// <summary>Its time passed without performance.</summary>
    Overdue,
    Cancelled,
    /// <summary>Neither performed nor ruled upon: it stays on record as not honoured.</summary>
    Defaulted,
    /// <summary>The buyer's bank paid it.</summary>
    Discharged,
}

/// <summary>Something an outcome makes one side do for the other.</summary>
/// <param name="Line">Index of the remedy line in its outcome.</param>
/// <param name="DependsOn">Numbers of the obligations that must be confirmed first.</param>
public sealed record Obligation(
    int No, int Outcome, int Line, ObligationKind Kind, Role Debtor, long? Amount, ValueList<Units> Items,
    ValueList<int> DependsOn)
{
    public Role Creditor => Debtor.Other();

    /// <summary>Whether it hands over money.</summary>
    public bool IsPayment => Kind is ObligationKind.Refund or ObligationKind.Compensation or ObligationKind.PayBack
        or ObligationKind.Reimburse;
}

/// <summary>Why a creditor says that a performance is none.</summary>
public enum ContestReason { NotReceived, Empty, Different, Damaged, Incomplete, WrongAmount }

/// <summary>What the platform does about an outcome that was not honoured.</summary>
public enum MeasureKind { PayFromHeldFunds, Warn, Restrict, Suspend }

/// <summary>What an examiner rules on a contested or missed obligation.</summary>
public enum Ruling { Performed, NotPerformed, Adjusted }

/// <summary>Somebody's time to do something, and what happens when it passes.</summary>
/// <param name="Id">Never used twice in a dispute.</param>
/// <param name="Who">The one who must act.</param>
/// <param name="Rule">The key of the policy it comes from.</param>
/// <param name="Subject">The offer, obligation or reminder it is about.</param>
public sealed record Term(
    int Id, TermKind Kind, Role Who, Instant Due, string Rule, Consequence Otherwise, int? Subject = null);

/// <summary>What a term asks for. The order is the order of precedence at one instant.</summary>
public enum TermKind
{
    Answer, OfferAnswer, Evidence, Negotiation, Decision, AppealWindow, Performance, Confirmation, Ruling,
    Joining, Reopening, BreachAnswer, Measures, MeasureReview, Challenge,
    ExtensionAnswer, BidRound, Inquiry, Reconciliation,
    BankPause, ClosingReminder, Closing,
}

/// <summary>What happens when a term passes.</summary>
public enum Consequence
{
    ComplaintBecomesPossible, OfferExpires, GoesToReview, ClaimIsGranted, ClaimIsDismissed, DisputeCloses,
    DecidedOnFile, PassesToSupervisor, OutcomeIsCarriedOut, GoesToExaminer, BecomesRefund, ReminderIsSent,
    DependentRefundIsCancelled, CountsAsReturned, CountsAsReceived, StaysUnconfirmed, GoesOn,
    AppealGoesOnAlone, DecisionBecomesFinal, FirstDecisionStands, ReopeningIsDenied, BreachFallsAway, MeasureStays,
    ExaminerIsReplaced,
    ExtensionIsRefused, ProposalLapses, RoundEnds, ReviewGoesOn, ClosesAsReconciled,
    PlatformRefunds,
    StaysDefaulted,
}

/// <summary>What ended a dispute's question: for some or all of its items.</summary>
public enum OutcomeKind { Settlement, Decision, Default }

/// <summary>One question a decision answers.</summary>
/// <param name="Question">The question, once in each language of the decision.</param>
/// <param name="Clause">The clause of the policy it rests on.</param>
/// <param name="ReliedOn">Numbers of the open exhibits it rests on.</param>
public sealed record Finding(
    ValueList<PersonalRef> Question, FindingAnswer Answer, string Clause, ValueList<int> ReliedOn);

/// <summary>How a question was answered.</summary>
public enum FindingAnswer { ForBuyer, ForSeller, InPart, NotProven }

/// <summary>An exhibit that a decision does not rest on, and why.</summary>
public sealed record SetAsideExhibit(int Exhibit, SetAsideWhy Why);

/// <summary>Why a decision does not rest on an exhibit.</summary>
public enum SetAsideWhy { NotRelevant, NotLegible, NotAuthentic, Late, Repeats, AnsweredByOther }
