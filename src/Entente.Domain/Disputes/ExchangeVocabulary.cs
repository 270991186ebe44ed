namespace Entente.Domain.Disputes;

/// <summary>What is said against an exhibit.</summary>
public enum ContestGround { NotAuthentic, NotThisOrder, Outdated, NotLegible, Misleading, WrongTranslation, Other }

/// <summary>What the examiner answered to a contest.</summary>
public enum ContestAnswer
{
    /// <summary>The exhibit counts for nothing.</summary>
    Upheld,
    Rejected,
    /// <summary>Nothing in the decision hangs on it.</summary>
    LeftOpen,
}

/// <summary>What happened outside the dispute.</summary>
public enum RecordedKind { Refund, Shipment, Delivery, Cancellation, Suspension }

/// <summary>What shows that the remedy has already happened.</summary>
public enum ReconciledBy { Refund, Delivery }

/// <summary>Somebody outside whose answer a review waits for.</summary>
public enum ThirdParty { Carrier, PaymentProvider, Manufacturer, Authority, Expert, Other }

/// <summary>A contest of an exhibit, and what became of it.</summary>
public sealed record Contest(int No, ExhibitId Exhibit, int ExhibitNo, Role By, ContestGround Ground,
    ContestAnswer? Answer);

/// <summary>More time that a side proposed and the other has not answered.</summary>
public sealed record OpenExtension(int No, Role By, TermKind Kind, Role Whose, Instant Until);

/// <summary>When a term was first to end, before the sides agreed on more time.</summary>
public sealed record FirstEnd(TermKind Kind, Role Whose, Instant Due);

/// <summary>What a side answered to the examiner's proposal.</summary>
public sealed record ProposalReply(int Offer, Role By, bool Accepts);

/// <summary>A side's confidential amount of a round; the amount itself lies under its owner's key.</summary>
public sealed record BlindBid(int Round, Role By, PersonalRef Amount);

/// <summary>A fact from outside, and whether the other side called it true.</summary>
public sealed record RecordedFact(
    int No, RecordedKind What, Role By, bool Verified, long? Amount, long Counted, bool? IsTrue);

/// <summary>What a review waits for, since when, and what its decision was due before.</summary>
public sealed record Inquiry(int No, ThirdParty Whom, Role Owner, Instant Since, Term? Decision);
