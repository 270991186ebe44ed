namespace Entente.Domain.Disputes;

// WARNING: names, members and enum values in this file are a storage format for ever (docs/events.md, golden files).
// A member may be added with a default; nothing may be renamed, removed or given another meaning.

/// <summary>A side says that an exhibit is not what it is shown for; the examiner will have to answer.</summary>
public sealed record EvidenceContested(
    int Contest, ExhibitId Exhibit, int No, Role By, ContestGround Ground, PersonalRef Text) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal => [Text];
}

/// <summary>The examiner answered the contest of an exhibit, once in each language of the parties.</summary>
public sealed record ContestAnswered(
    int Contest, ExhibitId Exhibit, int No, ContestAnswer Answer, ValueList<PersonalRef> Reasons) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal => Reasons;
}

/// <summary>A side proposed that a running term end later.</summary>
/// <param name="Term">The term as it ran then.</param>
/// <param name="Whose">Whose term it is.</param>
public sealed record ExtensionProposed(
    int Extension, Role By, int Term, TermKind Kind, Role Whose, Instant Until, PersonalRef? Text) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal => Text is null ? [] : [Text];
}

/// <summary>The other side agreed to more time.</summary>
public sealed record ExtensionAgreed(int Extension, Role By, TermKind Kind, Role Whose, Instant Until) : DisputeEvent;

/// <summary>There is no more time: the other side said no, or nothing.</summary>
public sealed record ExtensionRefused(int Extension, Role? By) : DisputeEvent;

/// <summary>The examiner proposed a remedy to both sides. It has its number among the offers.</summary>
/// <param name="Reasons">Why, once in each language of the parties.</param>
public sealed record ProposalMade(
    int Offer, ValueList<RemedyLine> Lines, ValueList<PersonalRef> Reasons) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal => Reasons;
}

/// <summary>A side answered the examiner's proposal; the other side learns nothing of it.</summary>
public sealed record ProposalAnswered(int Offer, Role By, bool Accepts) : DisputeEvent
{
    public override Audience Audience => By.PrivateAudience();
}

/// <summary>The examiner's proposal ended without the yes of both sides; who said what stays hidden.</summary>
public sealed record ProposalEnded(int Offer) : DisputeEvent;

/// <summary>A side opened a round of confidential amounts.</summary>
public sealed record BidRoundOpened(int Round, Role By) : DisputeEvent;

/// <summary>A side handed in its final amount of a round; nobody else learns of it, the platform not how
/// much.</summary>
/// <param name="Amount">Minor units of the dispute's currency, in digits; committed to, and never among these
/// bytes.</param>
public sealed record BlindBidPlaced(int Round, Role By, PersonalRef Amount) : DisputeEvent
{
    public override Audience Audience => By.PrivateAudience();
    public override IEnumerable<PersonalRef> Personal => [Amount];
}

/// <summary>A round of confidential amounts ended: they met, or they did not.</summary>
public sealed record BidRoundEnded(int Round, bool Met) : DisputeEvent;

/// <summary>The claimant changed what is claimed and sought; it stands as the claimant's open offer.</summary>
/// <param name="Offer">The number that what is sought now has among the offers.</param>
public sealed record ClaimAmended(
    int Amendment, int Offer, ValueList<ClaimItem> Items, ValueList<RemedyLine> Sought, long RefundableCap,
    PersonalRef Text) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal => [Text];
}

/// <summary>Something happened outside the dispute, by somebody's word.</summary>
/// <param name="Verified">The marketplace, a provider or a carrier says so, not a side alone.</param>
/// <param name="Amount">Minor units that came back, for a refund.</param>
/// <param name="Counted">How much of it counts from now on as returned.</param>
/// <param name="On">When it happened, where that was said.</param>
public sealed record FactRecorded(
    int No, RecordedKind What, Role By, bool Verified, long? Amount, long Counted, Instant? On,
    PersonalRef? Reference) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal => Reference is null ? [] : [Reference];
}

/// <summary>The other side said whether a recorded fact is true.</summary>
/// <param name="Counted">How much counts from now on as returned.</param>
public sealed record FactAnswered(int No, Role By, bool IsTrue, long Counted) : DisputeEvent;

/// <summary>The marketplace changed the order after the opening.</summary>
public sealed record OrderChanged(OrderStatus Status, OrderDates Dates) : DisputeEvent;

/// <summary>What was sought has already happened as far as can be seen; the claimant may say so, or object.</summary>
public sealed record ReconciliationProposed(ReconciledBy Because) : DisputeEvent;

/// <summary>The claimant says that the dispute is not settled by what happened.</summary>
public sealed record ReconciliationRejected(Role By, PersonalRef? Text) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal => Text is null ? [] : [Text];
}

/// <summary>The review waits for the answer of somebody outside; the time for the decision stands still.</summary>
/// <param name="Owner">Who asks them and brings the answer.</param>
public sealed record ThirdPartyAwaited(
    int Inquiry, ThirdParty Whom, Role Owner, Instant Until, PersonalRef Text) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal => [Text];
}

/// <summary>The answer of somebody outside came; the time for the decision runs on.</summary>
public sealed record ThirdPartyAnswered(int Inquiry, Role By, PersonalRef Text) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal => [Text];
}

/// <summary>No answer came from outside in time; the review goes on without it.</summary>
public sealed record InquiryEnded(int Inquiry) : DisputeEvent;

/// <summary>The examiner admitted an exhibit that came late, with a reason; the other side may answer it
/// once.</summary>
public sealed record LateEvidenceAdmitted(ExhibitId Exhibit, int No, PersonalRef Reason) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal => [Reason];
}
