using Entente.Domain.Disputes;

namespace Entente.Domain.Policies;

/// <summary>
/// One published, complete version of a marketplace's rules. A dispute keeps the version it was opened under;
/// nothing is ever recomputed under another.
/// </summary>
/// <param name="Digest">SHA-256 of the document's exact bytes, lower-case hexadecimal.</param>
/// <param name="Rules">The numbers and choices that hold where no override says otherwise.</param>
/// <param name="Overrides">Changes by reason, by remedy or by both; see <see cref="For"/>.</param>
public sealed record Policy(
    string Id,
    int Version,
    string Digest,
    LocalText Name,
    BusinessCalendar Calendar,
    Rules Rules,
    ValueList<RuleOverride> Overrides,
    EvidenceRules Evidence,
    ValueList<Clause> Clauses)
{
    /// <summary>The rules for a reason and a remedy: base, then overrides for the
    /// remedy, the reason, and both, in that order.</summary>
    public Rules For(Reason reason, RemedyKind remedy) => Overrides
        .Where(change => (change.Reason ?? reason) == reason && (change.Remedy ?? remedy) == remedy)
        .OrderBy(change => (change.Reason is null ? 0 : 2) + (change.Remedy is null ? 0 : 1))
        .Aggregate(Rules, (rules, change) => change.Apply(rules));

    /// <summary>The base and every override's, as each is written: what may hold somewhere.</summary>
    public IEnumerable<Rules> Anywhere => Overrides.Select(change => change.Rules).Prepend(Rules);

    public Clause? Clause(string id) => Clauses.FirstOrDefault(clause => clause.Id == id);

    /// <summary>What events and pages call this version.</summary>
    public string Stamp => $"{Id}@{Version}";
}

/// <summary>A text of the platform's in several languages; English stands in where one is missing.</summary>
public sealed record LocalText(ValueList<LocalText.Version> Versions)
{
    /// <summary>One language of a <see cref="LocalText"/>.</summary>
    public sealed record Version(string Language, string Text);

    public string In(string language) =>
        (Versions.FirstOrDefault(version => version.Language == language)
         ?? Versions.FirstOrDefault(version => version.Language == "en")
         ?? Versions[0]).Text;
}

/// <summary>A clause decisions refer to; its id is permanent over all versions.</summary>
public sealed record Clause(string Id, LocalText Title, LocalText Text);

/// <summary>A change of some rules for one reason, one remedy, or the two together.</summary>
/// <param name="Rules">The base rules with this override's keys replaced, and which keys those are.</param>
public sealed record RuleOverride(Reason? Reason, RemedyKind? Remedy, ValueList<string> Keys, Rules Rules)
{
    /// <summary>These rules with this override's keys replaced.</summary>
    public Rules Apply(Rules onto) => Keys.Aggregate(onto, (rules, key) => RuleKeys.Copy(key, Rules, rules));
}

/// <summary>Everything a dispute's course depends on, for one reason and remedy.</summary>
public sealed record Rules(
    OpeningRule Opening,
    AnswerRule Answer,
    NegotiationRule Negotiation,
    ExtensionRule Extension,
    BlindBidRule BlindBid,
    AmendmentRule Amendment,
    ReviewRule Review,
    ApprovalRule Approval,
    AppealRule Appeal,
    FulfilmentRule Fulfilment,
    ClosingRule Closing,
    ReopeningRule Reopening,
    BreachRule Breach,
    ChargebackRule Chargeback,
    SilenceRule Silence,
    ReminderRule Reminder);

/// <summary>When a dispute may be opened: after one date of the order and until a span after another.</summary>
/// <param name="NotBefore">A span after the start that must have passed, or null.</param>
/// <param name="Within">The last moment to open, counted from <paramref name="From"/>.</param>
public sealed record OpeningRule(WindowStart From, Span? NotBefore, Span Within);

/// <summary>The date of an order that an opening window counts from. Where it is
/// unknown the next known earlier one counts.</summary>
public enum WindowStart { Placed, Paid, Shipped, DeliveryExpected, Delivered }

/// <summary>The respondent's first answer, and what silence does.</summary>
public sealed record AnswerRule(Span Within, AnswerSilence Silence);

/// <summary>What happens when the respondent never answers the opening.</summary>
public enum AnswerSilence
{
    /// <summary>The opener may ask the platform at once; the negotiation otherwise runs to its end.</summary>
    ComplaintPossible,
    Escalate,
    Close,
    GrantClaim,
}

/// <summary>The negotiation: its length, when a complaint becomes possible,
/// how long offers stand, what its end does.</summary>
public sealed record NegotiationRule(
    Span Length, Span ComplaintAfter, bool ComplaintAtOnceAfterRefusal, Span OfferValidity, NegotiationSilence Silence);

/// <summary>What the end of the negotiation does when nobody acted.</summary>
public enum NegotiationSilence
{
    Escalate,
    /// <summary>Only if the opener owed the last act; else the platform steps in (rulings D19).</summary>
    Close,
    GrantClaim,
}

/// <summary>The platform's review: evidence time of both sides, the decision, and what silence does.</summary>
/// <param name="DecisionWithin">Counted from the end of the evidence time.</param>
/// <param name="SupervisorWithin">What a supervisor gets when the examiner missed the decision.</param>
/// <param name="LateReply">The other side's time to answer evidence that was admitted late.</param>
/// <param name="ProposalAnswer">Both sides' time to answer a proposal of the examiner's.</param>
/// <param name="ThirdPartyWait">How long a review may wait for a carrier or another outsider; null for never.</param>
/// <param name="ThirdPartyCount">How often it may.</param>
public sealed record ReviewRule(
    Span Evidence,
    Span DecisionWithin,
    ReviewSilence ClaimantSilent,
    ReviewSilence RespondentSilent,
    Span SupervisorWithin,
    StaffDefault StaffSilent,
    Span LateReply,
    Span ProposalAnswer,
    Span? ThirdPartyWait,
    int ThirdPartyCount);

/// <summary>What a party's silence in the evidence time does.</summary>
public enum ReviewSilence { DecideOnFile, Grant, Dismiss }

/// <summary>What ends a review that nobody at the platform decided.</summary>
public enum StaffDefault { Grant, Dismiss }

/// <summary>One additional review of a decision.</summary>
/// <param name="Window">How long a decision may be appealed; null for never.</param>
/// <param name="Count">How often each side may.</param>
/// <param name="ExecuteAtOnce">Obligations do not wait for the window's end.</param>
/// <param name="JoinWithin">The other side's time to appeal too, once one side has.</param>
/// <param name="Levels">After so many reviews a decision is final.</param>
/// <param name="DecisionWithin">The other examiner's time.</param>
public sealed record AppealRule(
    Span? Window,
    int Count,
    bool NewEvidenceNeeded,
    bool ExecuteAtOnce,
    Span JoinWithin,
    int Levels,
    Span DecisionWithin);

/// <summary>Terms of what an outcome makes the sides do.</summary>
/// <param name="Ruling">What the examiner has to rule on a contested or missed obligation.</param>
/// <param name="UnverifiedSilenceConfirms">
/// Whether the creditor's silence confirms what no provider or carrier verified. Off unless announced (rulings D2).
/// </param>
/// <param name="ReimburseAtMost">
/// Per currency, the most that costs beside the price (return freight, customs) are reimbursed; null for never.
/// </param>
public sealed record FulfilmentRule(
    Span Refund,
    Span ReturnLabel,
    Span ReturnGoods,
    Span ReturnReminder,
    Span Ship,
    Span Repair,
    Span Confirm,
    bool UnverifiedSilenceConfirms,
    Span Ruling,
    Span BreachWindow,
    RefundsBy RefundThrough,
    ValueList<Money>? ReimburseAtMost);

/// <summary>How long a settled dispute waits for its opener to close it, and the reminders on the way.</summary>
/// <param name="EraseAfter">
/// When what both sides wrote and showed is erased, from closing, if nothing holds it; null for not by age.
/// </param>
public sealed record ClosingRule(Span Within, ValueList<Span> Reminders, Span? EraseAfter = null);

/// <summary>Whether a closed dispute can be taken up again.</summary>
/// <param name="DecisionWithin">The examiner's time to grant or deny the request.</param>
public sealed record ReopeningRule(
    ReopeningMode Mode, Span? Window, int Count, Span DecisionWithin, ReopenedInto LeadsTo);

/// <summary>How a closed dispute can be taken up again.</summary>
public enum ReopeningMode { Never, NewDisputeWithinCoverage, IfOrderNotCompleted }

/// <summary>What may be uploaded, and what is asked for per reason.</summary>
/// <param name="Types">Media types accepted, as the centre detects them.</param>
public sealed record EvidenceRules(
    long FileBytesMax, int FilesPerPartyMax, ValueList<string> Types, ValueList<EvidenceAsked> Asked);

/// <summary>The kinds of exhibit that a reason requires and recommends.</summary>
public sealed record EvidenceAsked(
    Reason Reason, ValueList<ExhibitKind> Required, ValueList<ExhibitKind> Recommended);

/// <summary>A length of time in the policy's own terms.</summary>
public sealed record Span(int Count, SpanUnit Unit);

/// <summary>How a span is counted.</summary>
public enum SpanUnit
{
    /// <summary>N × 60 minutes.</summary>
    Hours,
    /// <summary>N × 24 hours.</summary>
    Days,
    /// <summary>The end of the Nth calendar day after, in the policy's zone.</summary>
    DaysEnd,
    /// <summary>The end of the Nth business day after, in the policy's zone.</summary>
    BusinessDays,
}
