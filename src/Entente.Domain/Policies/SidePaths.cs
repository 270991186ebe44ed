using Entente.Domain.Disputes;

namespace Entente.Domain.Policies;

/// <summary>Extensions that both sides agree on.</summary>
/// <param name="Longest">What one extension may add at most; null where none can be agreed.</param>
/// <param name="Count">How often in a dispute.</param>
/// <param name="AnswerWithin">How long a proposed extension waits for the other side.</param>
public sealed record ExtensionRule(Span? Longest, int Count, Span AnswerWithin)
{
    public bool IsPossible => Longest is not null && Count > 0;
}

/// <summary>Sealed amounts of which only "overlap or not" is revealed.</summary>
/// <param name="Rounds">How often both may name a final amount; 0 for never.</param>
/// <param name="AnswerWithin">How long a first amount waits for the other side's.</param>
public sealed record BlindBidRule(int Rounds, Span AnswerWithin);

/// <summary>How often the claimant may change what is wrong, by stage.</summary>
public sealed record AmendmentRule(int InNegotiation, int InReview);

/// <summary>A second examiner's approval before a decision is published.</summary>
/// <param name="Above">
/// Per currency, the amount granted above which it is needed; a currency that is not named needs none. Null for never.
/// </param>
/// <param name="Within">The second examiner's time.</param>
public sealed record ApprovalRule(ValueList<Money>? Above, Span Within)
{
    /// <summary>Whether granting this much needs a second examiner.</summary>
    public bool IsNeededFor(Money granted) =>
        Above?.Any(limit => limit.Currency == granted.Currency && granted > limit) ?? false;
}

/// <summary>What follows a report that an outcome was not honoured.</summary>
/// <param name="AnswerWithin">The time of the side that is said to be in breach.</param>
/// <param name="DecisionWithin">The examiner's time, from the end of that.</param>
/// <param name="Measures">What the platform may do about it.</param>
/// <param name="AppealWithin">How long a measure can be appealed; null for never.</param>
/// <param name="RestrictionLasts">How long a restricted or suspended side opens no dispute.</param>
public sealed record BreachRule(
    Span AnswerWithin, Span DecisionWithin, ValueList<MeasureKind> Measures, Span? AppealWithin,
    Span RestrictionLasts);

/// <summary>What a running chargeback does to a dispute.</summary>
/// <param name="PauseAtMost">The longest time a dispute waits for the bank, where the mode pauses it.</param>
public sealed record ChargebackRule(ChargebackMode Mode, Span PauseAtMost);

/// <summary>How a dispute and a chargeback about the same payment stand to each other.</summary>
public enum ChargebackMode
{
    /// <summary>Both run; money is never returned twice.</summary>
    Parallel,
    /// <summary>The dispute waits for the bank, for a time that ends.</summary>
    Pause,
    /// <summary>No dispute is opened while one runs, and one that runs closes.</summary>
    BarsClaim,
}

/// <summary>What outcomes by silence need to be fair.</summary>
/// <param name="Notice">How long before it a notice must have gone out; also the
/// least that an outage of ours gives back.</param>
/// <param name="SetAsideWithin">How long an outcome by silence can be set aside by a person; null for never.</param>
public sealed record SilenceRule(Span Notice, Span? SetAsideWithin);

/// <summary>Reminders of a due time.</summary>
/// <param name="Before">How long before it each goes out: hours or days.</param>
public sealed record ReminderRule(ValueList<Span> Before);

/// <summary>Who makes the refunds of a marketplace.</summary>
public enum RefundsBy
{
    /// <summary>The seller, who says so; the buyer confirms or contests.</summary>
    Outside,
    /// <summary>The payment's provider, at our word.</summary>
    Provider,
    /// <summary>The seller; what is not made in time, the payment's provider at our word (rulings D1).</summary>
    ProviderWhenLate,
}

/// <summary>By which way a refund is made.</summary>
public enum RefundWay
{
    /// <summary>By the seller, who says so; the buyer confirms or contests.</summary>
    Outside,
    /// <summary>By the marketplace's payment provider.</summary>
    Provider,
}

/// <summary>Where a dispute goes on that is taken up again.</summary>
public enum ReopenedInto { Review, Negotiation }
