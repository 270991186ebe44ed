using Entente.Domain.Disputes;

namespace Entente.Domain.Audiences;

/// <summary>The order as both sides may read it: this seller's lines, and nothing another seller sold.</summary>
public sealed record OrderView(
    string ExternalId, string Currency, OrderStatus Status, OrderDates Dates, ValueList<OrderLine> Lines);

/// <summary>One remedy of a list, with the words for this reader.</summary>
public sealed record RemedyView(
    RemedyKind Kind, ValueList<Units> Items, Money? Amount, Role? FreightPaidBy, bool ReturnWanted, Sentence Sentence);

/// <summary>An offer as a reader gets it.</summary>
/// <param name="Comment">What was said with it.</param>
/// <param name="Answer">What was said when it was declined.</param>
/// <param name="Until">The instant its validity ends, while it is open.</param>
public sealed record OfferView(
    int No, Role By, OfferState State, Instant At, ValueList<RemedyView> Lines,
    ShownText? Comment, ShownText? Answer, Instant? Until);

/// <summary>What each of the three proposes now.</summary>
/// <param name="Platform">What the platform decided; null before.</param>
/// <param name="Proposal">What the examiner proposed last.</param>
public sealed record Wall(
    OfferView? Buyer, OfferView? Seller, ValueList<RemedyView>? Platform, OfferView? Proposal = null);

/// <summary>An exhibit as a reader gets it; who may not see it does not learn that it exists.</summary>
/// <param name="Series">Each audience has its own numbers.</param>
/// <param name="Number">What it is called on pages and in decisions.</param>
/// <param name="MayOpen">Whether the file may be looked at: not by others once it was withdrawn.</param>
/// <param name="Quarantined">Something dangerous was found in it.</param>
/// <param name="IsOriginalOpen">Whether this reader, of the platform, has recorded that they open the file as it was
/// sent.</param>
public sealed record ExhibitView(
    ExhibitId Id, Audience Series, int No, string Number, Role From, ExhibitKind Kind, Instant At,
    ShownText Title, ShownText FileName, ShownText Digest, string MediaType, long Bytes, ShownText? SealedBecause,
    bool Late, bool Withdrawn, bool Admitted, bool MayOpen, bool Quarantined = false, bool IsOriginalOpen = false,
    bool Fixed = false);

/// <summary>Something the examiner asked for.</summary>
public sealed record RequestView(
    int No, Instant At, ValueList<Role> From, ValueList<ExhibitKind> Kinds, ShownText Text, Instant? Due);

/// <summary>An obligation, how far it has come, and what was said about its performance.</summary>
/// <param name="Due">When the one who is waited for must act; null while nobody is.</param>
/// <param name="Proof">The exhibit that shows the performance, if this reader may see it.</param>
public sealed record ObligationView(
    int No, int Outcome, ObligationKind Kind, Role Debtor, Role Creditor, Money? Amount, ValueList<Units> Items,
    ValueList<int> DependsOn, ObligationState State, bool Held, bool Verified, Instant? Due,
    ShownText? Reference, ExhibitId? Proof, Sentence Sentence);

/// <summary>One question of a decision, and how it was answered.</summary>
public sealed record FindingView(
    ValueList<ShownText> Question, FindingAnswer Answer, string Clause, ValueList<int> ReliedOn);

/// <summary>A settlement, a decision, or what a rule gave because somebody stayed silent.</summary>
/// <param name="Offer">The offer a settlement accepted.</param>
/// <param name="Silent">Whose silence gave a default.</param>
/// <param name="Reasons">The decision's text, once in each language of the parties.</param>
public sealed record OutcomeView(
    int No, OutcomeKind Kind, Instant At, ValueList<RemedyView> Lines, int? Offer, Role? Silent,
    ValueList<FindingView> Findings, ValueList<SetAsideExhibit> SetAside, ValueList<ShownText> Reasons)
{
    /// <summary>On appeal: the decision that was attacked, and what became of it.</summary>
    public int? Attacked { get; init; }
    public AppealResult? Result { get; init; }

    /// <summary>The outcome that took its place.</summary>
    public int? ReplacedBy { get; init; }

    /// <summary>Set aside, or taken up again by a reopening.</summary>
    public bool IsSetAside { get; init; }

    public bool Stands => ReplacedBy is null && !IsSetAside;
}

/// <summary>The money of a dispute: each figure means one thing.</summary>
/// <param name="Paid">What the buyer paid for this seller's lines.</param>
/// <param name="InDispute">The value of the goods that nothing has been agreed or decided about yet.</param>
/// <param name="ToCome">Agreed or decided, and not yet said to be paid.</param>
/// <param name="Announced">Said to be paid, and not yet confirmed.</param>
/// <param name="Refunded">Confirmed as received.</param>
/// <param name="Cap">The most that this dispute can still give back.</param>
/// <param name="Held">Agreed or decided, and held back while the buyer's bank has the money in hand.</param>
/// <param name="ChargedBack">Taken back by the buyer's bank, for now or for good, as far as this dispute goes.</param>
public sealed record MoneyBox(
    Money Paid, Money InDispute, Money ToCome, Money Announced, Money Refunded, Money Cap, Money Held,
    Money ChargedBack);

/// <summary>A bank's own procedure as a reader gets it.</summary>
/// <param name="Reference">The bank's number of it, as it was last given.</param>
public sealed record ChargebackView(
    string Id, Money Amount, ChargebackPhase Phase, bool Final, bool Freezes, Instant? BankDue, Role Source, Instant At,
    ShownText? Reference);

/// <summary>How a dispute was closed.</summary>
public sealed record ClosingView(ClosingReason Reason, Role? By, bool AcceptsLess, ShownText? Comment, Instant At);

/// <summary>Something this reader may do now.</summary>
/// <param name="Move">Its name in the API.</param>
/// <param name="Due">Until when, where a term runs for it.</param>
/// <param name="Subject">The offer, obligation or term it is about.</param>
public sealed record AvailableAction(string Move, Instant? Due, int? Subject);

/// <summary>One fact in the story, for one reader.</summary>
/// <param name="Audience">Who else reads it; marked wherever that is not everyone.</param>
/// <param name="N">Its place among what that audience reads.</param>
/// <param name="Texts">What was written with it, each in its language, or erased.</param>
/// <param name="Principal">Who exactly acted; for the platform's people alone.</param>
public sealed record TimelineEntry(
    Audience Audience, int N, Instant At, ActorKind Kind, Role Role, string Type, Sentence Sentence,
    ValueList<ShownText> Texts, ExhibitId? Exhibit, int? Offer, int? Obligation, int? Outcome, string? Principal)
{
    /// <summary>Its address on the page.</summary>
    public string Anchor => $"{Codes.Of(Audience)}-{N}";
}
