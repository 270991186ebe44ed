namespace Entente.Domain.Disputes;

/// <summary>A proposal of one side.</summary>
public sealed record Offer(int No, Role By, ValueList<RemedyLine> Lines, OfferState State, Instant At);

/// <summary>What became of an offer.</summary>
public enum OfferState { Open, Replaced, Declined, Withdrawn, Expired, Accepted, Void }

/// <summary>An exhibit as the rules need it; its texts lie beside the facts.</summary>
/// <param name="Fixed">Its side's time for evidence ended after it came in: it stays.</param>
public sealed record Exhibit(
    ExhibitId Id, int No, Audience Audience, Role From, ExhibitKind Kind, Instant At, bool Withdrawn, bool Late,
    bool Quarantined = false, bool Admitted = false, bool Fixed = false);

/// <summary>What ended the question for some or all items.</summary>
public sealed record Outcome(int No, OutcomeKind Kind, ValueList<RemedyLine> Lines, Instant At)
{
    /// <summary>What was still open when it came about: what it is about.</summary>
    public ValueList<ClaimItem> Items { get; init; } = [];

    /// <summary>How many questions a decision answered.</summary>
    public int Findings { get; init; }

    /// <summary>On appeal: the decision that was attacked, and what became of it.</summary>
    public int? Attacked { get; init; }
    public AppealResult? Result { get; init; }

    /// <summary>The outcome that took its place; it stays readable.</summary>
    public int? ReplacedBy { get; init; }

    /// <summary>Set aside, or taken up again by a reopening.</summary>
    public bool SetAside { get; init; }

    public bool Stands => ReplacedBy is null && !SetAside;

    /// <summary>Units of a line that it is about; a compensation and costs go beside other remedies for them.</summary>
    public int UnitsOf(int line) => Math.Max(
        UnitsOf(line, remedy => !GoesBeside(remedy)),
        Math.Max(UnitsOf(line, remedy => remedy.Kind == RemedyKind.Compensation),
            UnitsOf(line, remedy => remedy.Kind == RemedyKind.Reimbursement)));

    private static bool GoesBeside(RemedyLine remedy) =>
        remedy.Kind is RemedyKind.Compensation or RemedyKind.Reimbursement;

    private int UnitsOf(int line, Func<RemedyLine, bool> match) => Lines
        .Where(match).SelectMany(remedy => remedy.Items).Where(units => units.Line == line).Sum(units => units.Count);
}

/// <summary>An obligation and how far it has come.</summary>
/// <param name="Held">Waits for an appeal window.</param>
/// <param name="Verified">A provider or carrier said that it is done.</param>
/// <param name="Discharged">What the bank fulfilled of it for good, in minor units.</param>
/// <param name="Frozen">What of it is held back while the bank has the money in hand.</param>
/// <param name="Rulings">How often the examiner has ruled on it; the second missed one ends it.</param>
public sealed record ObligationStanding(
    Obligation Obligation, ObligationState State, bool Held, bool Verified, int Rulings = 0, long Discharged = 0,
    long Frozen = 0)
{
    /// <summary>A measure has the marketplace pay it, and not whoever owes it.</summary>
    public bool FromHeldFunds { get; init; }

    /// <summary>What the bank has not fulfilled of it, in minor units.</summary>
    public long Undischarged => (Obligation.Amount ?? 0) - Discharged;

    /// <summary>What is to be paid now, in minor units.</summary>
    public long Payable => Undischarged - Frozen;

    /// <summary>All that is still owed of it is held back while the bank has the money in hand.</summary>
    public bool IsFrozen => Frozen > 0 && Payable == 0;

    /// <summary>Whether the bank can fulfil it: nobody said yet that it is paid.</summary>
    public bool MayBeDischarged => Obligation.Kind is (ObligationKind.Refund or ObligationKind.Compensation)
        && !IsSettled && State != ObligationState.Performed;

    /// <summary>Nothing more is to come of it.</summary>
    public bool IsSettled =>
        State is ObligationState.Confirmed or ObligationState.Cancelled or ObligationState.Unanswered
            or ObligationState.Defaulted or ObligationState.Discharged;

    public bool AwaitsRuling =>
        State is ObligationState.Contested or ObligationState.Overdue or ObligationState.Doubted;

    public bool CountsAsPromised => Obligation.Kind is ObligationKind.Refund or ObligationKind.Compensation
        && State is not (ObligationState.Cancelled or ObligationState.Defaulted);
}
