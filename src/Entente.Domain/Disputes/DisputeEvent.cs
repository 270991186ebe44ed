namespace Entente.Domain.Disputes;

// WARNING: names, members and enum values in this file are a storage format for ever (docs/events.md, golden files).
// A member may be added with a default; nothing may be renamed, removed or given another meaning.

/// <summary>A fact of a dispute. Who acted, when and why stand in the <see cref="Fact"/> around it.</summary>
public abstract record DisputeEvent
{
    /// <summary>Who may ever read it. What is partly visible is written as two events.</summary>
    public virtual Audience Audience => Audience.All;

    /// <summary>Terms that begin with it; their instants are never recomputed.</summary>
    public ValueList<Term> Starts { get; init; } = [];

    /// <summary>Ids of terms that end with it.</summary>
    public ValueList<int> Ends { get; init; } = [];

    /// <summary>The personal texts it commits to.</summary>
    public virtual IEnumerable<PersonalRef> Personal => [];
}

/// <summary>A fact in its place: sequence, time, actor and cause.</summary>
/// <param name="Seq">Internal total sequence from 1; never shown.</param>
/// <param name="N">Place in its audience's own sequence, from 1.</param>
/// <param name="Policy">The policy version it was judged by.</param>
public sealed record Fact(int Seq, int N, Instant At, Actor By, CommandId Cause, string Policy, DisputeEvent Event);

/// <summary>
/// A dispute was opened with one seller of an order, or by one. Carries all that later judging needs.
/// </summary>
public sealed record DisputeOpened(
    MarketplaceId Marketplace,
    PartyId Buyer,
    PartyId Seller,
    Role Opener,
    OrderSnapshot Order,
    PolicyPin Policy,
    ValueList<ClaimItem> Items,
    PersonalRef Story,
    ValueList<RemedyLine> Sought,
    long RefundableCap,
    Instant ComplaintFrom,
    bool ComplaintAtOnceAfterRefusal,
    ValueList<string> Languages) : DisputeEvent
{
    /// <summary>The closed dispute about the same lines that this one takes up anew.</summary>
    public DisputeId? Earlier { get; init; }

    public override IEnumerable<PersonalRef> Personal => [Story];
}

/// <summary>The order as it stood at opening: this seller's lines, prices, currency, dates, payments.</summary>
public sealed record OrderSnapshot(
    string ExternalId, string Currency, OrderStatus Status, OrderDates Dates, ValueList<OrderLine> Lines,
    long Captured);

/// <summary>The policy version a dispute is judged by to its end.</summary>
public sealed record PolicyPin(string Id, int Version, string Digest);

/// <summary>Somebody wrote to everyone, to the platform alone, or to the staff alone.</summary>
public sealed record MessagePosted(Audience To, PersonalRef Text) : DisputeEvent
{
    public override Audience Audience => To;
    public override IEnumerable<PersonalRef> Personal => [Text];
}

/// <summary>An exhibit was added. A sealed one is read by its uploader and the
/// platform alone and has its own numbers.</summary>
/// <param name="No">Number in its audience's series, without gaps.</param>
/// <param name="Digest">SHA-256 of the file, hexadecimal; a personal text
/// because a digest tells who owns the same file.</param>
/// <param name="Late">Added after its side's evidence time.</param>
public sealed record EvidenceAdded(
    Audience To,
    ExhibitId Exhibit,
    int No,
    Role From,
    ExhibitKind Kind,
    PersonalRef Title,
    PersonalRef FileName,
    PersonalRef Digest,
    string MediaType,
    long Bytes,
    PersonalRef? SealedBecause,
    bool Late) : DisputeEvent
{
    public override Audience Audience => To;
    public override IEnumerable<PersonalRef> Personal =>
        SealedBecause is null ? [Title, FileName, Digest] : [Title, FileName, Digest, SealedBecause];
}

/// <summary>The one who added an exhibit took it back; its number stays.</summary>
public sealed record EvidenceWithdrawn(Audience To, ExhibitId Exhibit, int No) : DisputeEvent
{
    public override Audience Audience => To;
}

/// <summary>The scanner found something dangerous in an exhibit's file: nobody is handed it any more.</summary>
public sealed record EvidenceQuarantined(Audience To, ExhibitId Exhibit, int No) : DisputeEvent
{
    public override Audience Audience => To;
}

/// <summary>One of the platform's people opened an exhibit's file as it was sent, with all that it hides.</summary>
/// <param name="Series">The audience whose number it carries.</param>
public sealed record OriginalOpened(ExhibitId Exhibit, Audience Series, int No, PersonId By) : DisputeEvent
{
    public override Audience Audience => Audience.Staff;
}

/// <summary>The examiner asked one side or both for evidence, by a date.</summary>
public sealed record EvidenceRequested(
    int Request, ValueList<Role> From, ValueList<ExhibitKind> Kinds, PersonalRef Text) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal => [Text];
}

/// <summary>A side proposed a remedy for some or all items. A newer offer of
/// the same side replaces an older one.</summary>
public sealed record OfferMade(int Offer, Role By, ValueList<RemedyLine> Lines, PersonalRef? Comment) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal => Comment is null ? [] : [Comment];
}

/// <summary>The other side said no to an offer.</summary>
public sealed record OfferDeclined(int Offer, Role By, PersonalRef? Comment) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal => Comment is null ? [] : [Comment];
}

/// <summary>A side took its own offer back.</summary>
public sealed record OfferWithdrawn(int Offer, Role By) : DisputeEvent;

/// <summary>An offer's validity passed unanswered.</summary>
public sealed record OfferExpired(int Offer) : DisputeEvent;

/// <summary>Both sides want the same: an offer was accepted, or met by an equal one.</summary>
/// <param name="Replaces">Obligations of an earlier outcome that this agreement puts an end to.</param>
public sealed record SettlementReached(
    int Offer, int Outcome, ValueList<RemedyLine> Lines, ValueList<Obligation> Obligations, ValueList<int> Replaces)
        : DisputeEvent;

/// <summary>The respondent's time for a first answer passed.</summary>
public sealed record AnswerMissed(Role Who) : DisputeEvent;

/// <summary>A side asked the platform to decide; by a rule where nobody did and the policy said so.</summary>
public sealed record ComplaintFiled(Role? By, PersonalRef? Text) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal => Text is null ? [] : [Text];
}

/// <summary>A side's evidence time passed.</summary>
/// <param name="Silent">It had said and shown nothing in it.</param>
public sealed record EvidenceTimeEnded(Role Who, bool Silent) : DisputeEvent;

/// <summary>A party gave up the rest of a term of its own.</summary>
public sealed record TermWaived(int Term, TermKind Kind, Role Who) : DisputeEvent;

/// <summary>An examiner was put in charge. Who it is stays with the platform.</summary>
public sealed record ExaminerAssigned(PersonId Examiner) : DisputeEvent
{
    public override Audience Audience => Audience.Staff;
}

/// <summary>What the parties learn of an assignment: somebody neutral is examining their case now.</summary>
public sealed record ExaminationBegan : DisputeEvent;

/// <summary>Nobody decided in time; a supervisor has to.</summary>
public sealed record PassedToSupervisor(TermKind Missed) : DisputeEvent;

/// <summary>The platform's reasoned outcome.</summary>
/// <param name="Reasons">The reasoned text, once in each language of the parties.</param>
public sealed record Decided(
    int Outcome,
    ValueList<Finding> Findings,
    ValueList<SetAsideExhibit> SetAside,
    ValueList<RemedyLine> Lines,
    ValueList<PersonalRef> Reasons,
    ValueList<Obligation> Obligations) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal =>
        Findings.SelectMany(finding => finding.Question).Concat(Reasons);
}

/// <summary>A rule gave the outcome because somebody who had been told so stayed silent.</summary>
public sealed record DefaultOutcome(
    int Outcome, Role? Silent, ValueList<RemedyLine> Lines, ValueList<Obligation> Obligations) : DisputeEvent;

/// <summary>A side's time to appeal passed unused.</summary>
public sealed record AppealWindowEnded(Role Who) : DisputeEvent;

/// <summary>Obligations that had waited for the appeal window are due from now.</summary>
public sealed record ObligationsReleased(ValueList<int> Obligations) : DisputeEvent;

/// <summary>The debtor, a provider or the system says that an obligation is done.</summary>
/// <param name="Verified">A provider or carrier said so, not the debtor alone.</param>
public sealed record ObligationPerformed(
    int Obligation, Role By, PersonalRef? Reference, ExhibitId? Proof, bool Verified) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal => Reference is null ? [] : [Reference];
}

/// <summary>The creditor, or a rule announced beforehand, confirmed a performance.</summary>
public sealed record PerformanceConfirmed(int Obligation, Role? By) : DisputeEvent;

/// <summary>The creditor says that it is not done, or not as agreed.</summary>
public sealed record PerformanceContested(
    int Obligation, ContestReason Reason, long? AmountReceived, PersonalRef? Text) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal => Text is null ? [] : [Text];
}

/// <summary>The creditor's time to confirm passed; the performance stays
/// unconfirmed and nobody is waited for.</summary>
public sealed record PerformanceUnanswered(int Obligation) : DisputeEvent;

/// <summary>Nobody verified or confirmed a performance that others depend on; the examiner has to rule.</summary>
public sealed record RulingNeeded(int Obligation) : DisputeEvent;

/// <summary>An obligation's time passed without performance; the examiner has to rule.</summary>
public sealed record ObligationOverdue(int Obligation) : DisputeEvent;

/// <summary>A reminder went out before something ended.</summary>
public sealed record ReminderSent(TermKind About, int? Subject) : DisputeEvent;

/// <summary>The goods count as sent back because no label came in time.</summary>
public sealed record ReturnCountsAsDone(int Obligation) : DisputeEvent;

/// <summary>Obligations fell away: the goods did not come back, or the creditor gave them up.</summary>
public sealed record ObligationsCancelled(ValueList<int> Obligations) : DisputeEvent;

/// <summary>What was to be sent or mended was not; its value is to be refunded instead.</summary>
public sealed record ObligationBecameRefund(int Obligation, Obligation Refund) : DisputeEvent;

/// <summary>The examiner ruled on a contested or missed obligation.</summary>
public sealed record PerformanceRuled(int Obligation, Ruling Ruling, long? Amount, PersonalRef Text) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal => [Text];
}

/// <summary>An obligation was never honoured nor ruled upon in time; it stays on record.</summary>
public sealed record ObligationDefaulted(int Obligation) : DisputeEvent;

/// <summary>The dispute was closed by its opener, by staff with a reason, or by a rule.</summary>
/// <param name="AcceptsLess">The opener knows that less came back than was agreed or decided.</param>
public sealed record DisputeClosed(ClosingReason Reason, Role? By, bool AcceptsLess, PersonalRef? Comment)
    : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal => Comment is null ? [] : [Comment];
}
