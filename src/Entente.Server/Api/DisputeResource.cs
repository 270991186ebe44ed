using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;

namespace Entente.Server.Api;

/// <summary>A dispute as the caller may read it; everything else about it does not exist for them.</summary>
/// <param name="Id">Its address: /v1/disputes/{id}.</param>
/// <param name="Reference">What people say on the telephone.</param>
/// <param name="Version">What the ETag is made of; changes with what this
/// caller can read and with nothing else.</param>
/// <param name="Agenda">Who must do what by when, and otherwise what; the first is the one waited for.</param>
/// <param name="Afterwards">What is still possible once it is closed.</param>
/// <param name="Exchange">Contests, more time, confidential amounts, facts from outside.</param>
/// <param name="Actions">What this caller may do now.</param>
/// <param name="Examiner">Who examines it; for the platform's people alone.</param>
/// <param name="Earlier">The closed dispute about the same lines that this one takes up anew.</param>
public sealed record DisputeResource(
    string Id, string Reference, int Version, Stage Stage, Role Opener, PartyName Buyer, PartyName Seller,
    Instant OpenedAt, Instant LastAt, string Policy, IReadOnlyList<string> Languages,
    OrderExcerpt Order, IReadOnlyList<ClaimItem> Items, IReadOnlyList<ClaimItem> OpenItems,
    TextResource Story, IReadOnlyList<RemedyResource> Sought, Instant? ComplaintFrom,
    IReadOnlyList<TermResource> Agenda, IReadOnlyList<string> Afterwards,
    IReadOnlyList<OfferResource> Offers, ExchangeResource Exchange, IReadOnlyList<ExhibitResource> Exhibits,
    IReadOnlyList<EvidenceRequestResource> EvidenceRequests, IReadOnlyList<OutcomeResource> Outcomes,
    IReadOnlyList<ObligationResource> Obligations, MoneyBox Money, ClosingResource? Closing,
    IReadOnlyList<ActionResource> Actions, IReadOnlyList<EntryResource> Timeline, string? Examiner,
    AfterOutcomeResource AfterOutcome, IReadOnlyList<ChargebackResource> Chargebacks, Instant? BankInformedAt,
    string? Earlier);

/// <summary>What goes on at the buyer's bank about the payment.</summary>
/// <param name="Freezes">Whether so much is held back here meanwhile.</param>
/// <param name="BankDueAt">When the bank wants an answer.</param>
public sealed record ChargebackResource(
    string Chargeback, Money Amount, ChargebackPhase Phase, bool Final, bool Freezes, Instant? BankDueAt, Role Source,
    Instant At, TextResource? Reference);

/// <summary>A party as its marketplace calls it.</summary>
public sealed record PartyName(string ExternalId, string Name);

/// <summary>The order as it stood at opening: this seller's lines alone.</summary>
public sealed record OrderExcerpt(
    string ExternalId, string Currency, OrderStatus Status, Instant PlacedAt, Instant? PaidAt, Instant? ShippedAt,
    Instant? DeliveredAt, Instant? DeliveryExpectedAt, IReadOnlyList<LineExcerpt> Lines);

/// <summary>One line of an order at this seller.</summary>
public sealed record LineExcerpt(int No, string Title, string? Sku, int Units, Money UnitPrice, Money Freight);

/// <summary>Something a person wrote, in its language; erased texts say so.</summary>
public sealed record TextResource(string Language, string? Text, bool Erased);

/// <summary>Some units of a line.</summary>
public sealed record UnitsBody(int Line, int Units);

/// <summary>One line of what is sought, offered or granted, with its sentence.</summary>
public sealed record RemedyResource(
    RemedyKind Kind, IReadOnlyList<UnitsBody> Items, Money? Amount, Role? FreightPaidBy, bool ReturnWanted,
    string Says);

/// <summary>One running term: who must do what by when, what happens otherwise, and by which rule.</summary>
/// <param name="Subject">The offer or obligation it is about.</param>
/// <param name="Task">The same in words.</param>
public sealed record TermResource(
    int Term, TermKind Kind, Role Who, Instant DueAt, Consequence Consequence, int? Subject, string Rule,
    string Task, string Otherwise, string RuleSays);

/// <summary>A proposal of one side.</summary>
/// <param name="Answer">What was said when it was declined.</param>
/// <param name="OpenUntil">The instant its validity ends, while it is open.</param>
public sealed record OfferResource(
    int No, Role By, OfferState State, Instant At, IReadOnlyList<RemedyResource> Lines, TextResource? Comment,
    TextResource? Answer, Instant? OpenUntil);

/// <summary>An exhibit; its file lies at /v1/disputes/{dispute}/evidence/{id}.</summary>
/// <param name="Number">What it is called in decisions; sealed ones have a series of their own.</param>
/// <param name="Sealed">Read by the one who added it and by the platform alone.</param>
/// <param name="Fixed">The time for evidence is over for who added it: it stays.</param>
public sealed record ExhibitResource(
    string Id, int No, string Number, Role From, ExhibitKind Kind, Instant At, TextResource Title,
    TextResource FileName,
    string? Sha256, string MediaType, long Bytes, bool Sealed, TextResource? SealedBecause, bool Late, bool Withdrawn,
    bool Admitted, bool MayOpen, bool Fixed);

/// <summary>Something the examiner asked for.</summary>
public sealed record EvidenceRequestResource(
    int No, Instant At, IReadOnlyList<Role> From, IReadOnlyList<ExhibitKind> Kinds, TextResource Text, Instant? DueAt);

/// <summary>What ended the question for some or all items: a settlement, a
/// decision, or a rule after a silence.</summary>
/// <param name="Attacked">On appeal: the decision that was attacked.</param>
/// <param name="Result">On appeal: what became of it.</param>
/// <param name="ReplacedBy">The outcome that took its place.</param>
/// <param name="Stands">False once another took its place, or it was set aside.</param>
public sealed record OutcomeResource(
    int No, OutcomeKind Kind, Instant At, IReadOnlyList<RemedyResource> Lines, int? Offer, Role? Silent,
    IReadOnlyList<FindingResource> Findings, IReadOnlyList<SetAsideExhibit> SetAside,
    IReadOnlyList<TextResource> Reasons, int? Attacked, AppealResult? Result, int? ReplacedBy, bool Stands);

/// <summary>One question of a decision, and how it was answered.</summary>
public sealed record FindingResource(
    IReadOnlyList<TextResource> Question, FindingAnswer Answer, string Clause, IReadOnlyList<int> ReliedOn);

/// <summary>Something an outcome makes one side do for the other.</summary>
public sealed record ObligationResource(
    int No, int Outcome, ObligationKind Kind, Role Debtor, Role Creditor, Money? Amount, IReadOnlyList<UnitsBody> Items,
    IReadOnlyList<int> DependsOn, ObligationState State, bool HeldForAppeal, bool Verified, Instant? DueAt,
    TextResource? Reference, string? Proof, string Says);

/// <summary>How a dispute was closed.</summary>
public sealed record ClosingResource(
    ClosingReason Reason, Role? By, bool AcceptsLess, TextResource? Comment, Instant At);

/// <summary>Something the caller may do now.</summary>
/// <param name="Action">The move's name.</param>
/// <param name="Method">How it is asked for.</param>
/// <param name="Href">Where it is asked for.</param>
/// <param name="DueAt">Until when, where a term runs for it.</param>
/// <param name="Subject">The offer, obligation or term it is about.</param>
public sealed record ActionResource(string Action, string Method, string Href, Instant? DueAt, int? Subject);

/// <summary>One fact of the story.</summary>
/// <param name="Audience">Who else reads it.</param>
/// <param name="N">Its place among what that audience reads.</param>
/// <param name="Says">The sentence, in the caller's language.</param>
/// <param name="Principal">Who exactly acted; for the platform's people alone.</param>
public sealed record EntryResource(
    Audience Audience, int N, Instant At, ActorKind By, Role Role, string Type, string Says,
    IReadOnlyList<TextResource> Texts, string? Exhibit, int? Offer, int? Obligation, int? Outcome, string? Principal);
