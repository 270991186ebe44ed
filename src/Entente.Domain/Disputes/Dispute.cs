using Entente.Domain.Policies;

namespace Entente.Domain.Disputes;

/// <summary>
/// The dispute as it stands: the fold of its facts. <see cref="After(Fact)"/> is its only change; it never reads
/// anything but the facts.
/// </summary>
public sealed record Dispute
{
    /// <summary>Raised when the folded shape changes; a stored state of another shape is folded anew.</summary>
    public const int Shape = 1;

    public required DisputeId Id { get; init; }
    public DisputeOpened Opening { get; init; } = null!;
    public Instant OpenedAt { get; init; }
    public Instant LastAt { get; init; }

    /// <summary>Number of facts; what compare-and-set is about. Readers see
    /// <c>DisputeView.Version</c> instead.</summary>
    public int Version { get; init; }

    /// <summary>Facts per audience, in the order of <see cref="Audience"/>.</summary>
    public ValueList<int> Counts { get; init; } = [0, 0, 0, 0];

    public Stage Stage { get; init; }
    public ValueList<Term> Terms { get; init; } = [];
    public int LastTerm { get; init; }
    public ValueList<ClaimItem> OpenItems { get; init; } = [];
    public ValueList<Offer> Offers { get; init; } = [];
    public ValueList<Exhibit> Exhibits { get; init; } = [];
    public int Requests { get; init; }
    public bool RespondentAnswered { get; init; }
    public bool RespondentRefused { get; init; }
    public bool AnswerWasMissed { get; init; }
    public ValueList<Role> SpokeInReview { get; init; } = [];
    public Instant? ComplaintAt { get; init; }
    public PersonId? Examiner { get; init; }
    public ValueList<Outcome> Outcomes { get; init; } = [];
    public ValueList<ObligationStanding> Obligations { get; init; } = [];
    public DisputeClosed? Closing { get; init; }
    public Instant? ClosedAt { get; init; }

    public static Dispute Nothing(DisputeId id) => new() { Id = id };

    public bool Exists => Version > 0;
    public Role Opener => Opening.Opener;
    public Role Respondent => Opening.Opener.Other();
    public string Currency => Opening.Order.Currency;
    public Reason Reason => Opening.Items[0].Reason;
    public RemedyKind Remedy => Opening.Sought[0].Kind;
    public bool IsOpen => Exists && Stage != Stage.Closed;

    /// <summary>The term that gives the one responsible party and its due
    /// instant; null only for closed disputes.</summary>
    public Term? Head => Terms.FirstOrDefault(term => term.Kind != TermKind.ClosingReminder);

    /// <summary>When the clock has to look next; a reminder may come before the head is due.</summary>
    public Instant? NextDue => Terms.Count == 0 ? null : Terms[0].Due;

    /// <summary>The policy's rules for this dispute's reason and remedy.</summary>
    public Rules Under(Policy policy) => policy.For(Reason, Remedy);

    /// <summary>Money that outcomes promise or have returned, in minor units:
    /// what the order's head counts as reserved.</summary>
    public long Promised =>
        Obligations.Where(standing => standing.CountsAsPromised).Sum(standing => standing.Obligation.Amount ?? 0);

    /// <summary>From when either side may ask the platform to decide: at once after a missed
    /// answer or, where the policy says so, a refusal.</summary>
    public Instant ComplaintPossibleFrom =>
        AnswerWasMissed || RespondentRefused && Opening.ComplaintAtOnceAfterRefusal ? OpenedAt : Opening.ComplaintFrom;

    /// <summary>Units that no other dispute of the order may be about while this one is open.</summary>
    public ValueList<Units> HeldUnits =>
        IsOpen ? [.. Opening.Items.Select(item => new Units(item.Line, item.Units))] : [];

    public Offer? OpenOfferOf(Role side) =>
        Offers.FirstOrDefault(offer => offer.By == side && offer.State == OfferState.Open);
    public Term? TermOf(TermKind kind, Role who) => Terms.FirstOrDefault(term => term.Kind == kind && term.Who == who);
    public ObligationStanding? Obligation(int no) =>
        Obligations.FirstOrDefault(standing => standing.Obligation.No == no);

    public bool IsExaminedBy(Actor actor) => Examiner is { } examiner && examiner.Value == actor.Whose;

    /// <summary>Obligations that cannot begin before this one is confirmed, at one remove or more.</summary>
    public IEnumerable<ObligationStanding> DependentsOf(int no) => Obligations
        .Where(standing => standing.Obligation.DependsOn.Contains(no))
        .SelectMany(standing => DependentsOf(standing.Obligation.No).Prepend(standing));

    public PartyId PartyOf(Role side) => side switch
    {
        Role.Buyer => Opening.Buyer,
        Role.Seller => Opening.Seller,
        Role.Examiner or Role.Operator or Role.Rule or Role.Provider =>
            throw new ArgumentOutOfRangeException(nameof(side), side, "Only the two sides are parties."),
    };

    public Dispute After(Fact fact)
    {
        var next = Apply(fact.Event, fact).EnforcedWhileRulingIsAwaited();
        var audience = (int)fact.Event.Audience;
        return next with
        {
            Version = fact.Seq,
            LastAt = fact.At,
            Counts = [.. next.Counts.Select((count, index) => index == audience ? count + 1 : count)],
            Terms = TermsAfter(next, fact.Event),
            LastTerm = Math.Max(next.LastTerm, fact.Event.Starts.Select(term => term.Id).DefaultIfEmpty().Max()),
        };
    }

    /// <summary>Once nothing is left to settle, an obligation that awaits a ruling
    /// makes the difference between two stages.</summary>
    private Dispute EnforcedWhileRulingIsAwaited()
    {
        if (Stage is not (Stage.Fulfilment or Stage.Enforcement)) return this;
        var stage = Obligations.Any(standing => standing.AwaitsRuling) ? Stage.Enforcement : Stage.Fulfilment;
        return stage == Stage ? this : this with { Stage = stage };
    }

    private Dispute Apply(DisputeEvent happened, Fact fact) => happened switch
    {
        DisputeOpened opened => After(opened, fact.At),
        MessagePosted message => Spoke(fact.By.Role, message.To == Audience.All),
        EvidenceAdded added => After(added, fact.At),
        EvidenceWithdrawn withdrawn => this with
        {
            Exhibits = Exhibits.Change(exhibit => exhibit.Id == withdrawn.Exhibit, exhibit =>
                exhibit with { Withdrawn = true }),
        },
        EvidenceRequested requested => this with { Requests = requested.Request },
        OfferMade made => After(made),
        OfferDeclined declined => After(declined),
        OfferWithdrawn withdrawn => OfferBecomes(withdrawn.Offer, OfferState.Withdrawn),
        OfferExpired expired => OfferBecomes(expired.Offer, OfferState.Expired),
        SettlementReached settled => After(settled, fact.At),
        AnswerMissed => this with { AnswerWasMissed = true },
        ComplaintFiled => this with { Stage = Stage.Review, ComplaintAt = fact.At },
        EvidenceTimeEnded or AppealWindowEnded or TermWaived or ExaminationBegan or PassedToSupervisor
        or ReminderSent => this,
        ExaminerAssigned assigned => this with { Examiner = assigned.Examiner },
        Decided decided => After(
            new Outcome(decided.Outcome, OutcomeKind.Decision, decided.Lines, fact.At), decided.Obligations,
            WaitsForAppeal(decided)),
        DefaultOutcome entered => After(
            new Outcome(entered.Outcome, OutcomeKind.Default, entered.Lines, fact.At), entered.Obligations,
            held: false),
        ObligationsReleased released => Release(released.Obligations),
        ObligationPerformed performed =>
            Becomes(performed.Obligation, ObligationState.Performed, performed.Verified),
        PerformanceConfirmed confirmed => Becomes(confirmed.Obligation, ObligationState.Confirmed),
        PerformanceUnanswered unanswered => Becomes(unanswered.Obligation, ObligationState.Unanswered),
        PerformanceContested contested => Becomes(contested.Obligation, ObligationState.Contested),
        RulingNeeded needed => Becomes(needed.Obligation, ObligationState.Doubted),
        ObligationOverdue overdue => Becomes(overdue.Obligation, ObligationState.Overdue),
        ReturnCountsAsDone done => Becomes(done.Obligation, ObligationState.Confirmed),
        ObligationsCancelled cancelled => Cancel(cancelled.Obligations),
        ObligationBecameRefund became => After(became),
        PerformanceRuled ruled => After(ruled),
        ObligationDefaulted defaulted => Becomes(defaulted.Obligation, ObligationState.Defaulted),
        DisputeClosed closed => After(closed, fact.At),
        _ => throw new System.Diagnostics.UnreachableException($"No fold for {happened.GetType().Name}."),
    };

    private Dispute After(DisputeOpened opened, Instant at) => this with
    {
        Opening = opened with { Starts = [] },
        OpenedAt = at,
        Stage = Stage.Negotiation,
        OpenItems = opened.Items,
        Offers = [new Offer(1, opened.Opener, opened.Sought, OfferState.Open, at)],
    };

    private Dispute Spoke(Role role, bool toAll)
    {
        var answered = toAll && role == Respondent || RespondentAnswered;
        var spoke = toAll && Stage == Stage.Review && role.IsParty() && !SpokeInReview.Contains(role)
            ? SpokeInReview.Add(role)
            : SpokeInReview;
        return this with { RespondentAnswered = answered, SpokeInReview = spoke };
    }

    private Dispute After(EvidenceAdded added, Instant at) => Spoke(added.From, added.To == Audience.All) with
    {
        Exhibits = Exhibits.Add(
            new(added.Exhibit, added.No, added.To, added.From, added.Kind, at, Withdrawn: false, added.Late)),
    };

    private Dispute After(OfferMade made)
    {
        var answered = Spoke(made.By, toAll: true);
        return answered with
        {
            Offers = Offers
                .Change(offer => offer.By == made.By && offer.State == OfferState.Open, offer =>
                    offer with { State = OfferState.Replaced })
                .Add(new Offer(made.Offer, made.By, made.Lines, OfferState.Open, LastAt)),
        };
    }

    private Dispute After(OfferDeclined declined) =>
        Spoke(declined.By, toAll: true).OfferBecomes(declined.Offer, OfferState.Declined) with
    {
        RespondentRefused = RespondentRefused || declined.By == Respondent && declined.Offer == 1,
    };

    private Dispute OfferBecomes(int no, OfferState state) =>
        this with { Offers = Offers.Change(offer => offer.No == no, offer => offer with { State = state }) };

    private Dispute After(SettlementReached settled, Instant at) =>
        Cancel(settled.Replaces)
            .OfferBecomes(settled.Offer, OfferState.Accepted)
            .After(new Outcome(settled.Outcome, OutcomeKind.Settlement, settled.Lines, at), settled.Obligations,
                held: false)
            with { RespondentAnswered = true };

    private Dispute After(Outcome outcome, ValueList<Obligation> obligations, bool held)
    {
        var left = Remaining(OpenItems, outcome);
        return this with
        {
            Outcomes = Outcomes.Add(outcome),
            OpenItems = left,
            Stage = left.Count == 0 ? Stage.Fulfilment : Stage,
            Offers = Offers.Change(offer => offer.State == OfferState.Open, offer =>
                offer with { State = OfferState.Void }),
            Obligations = [.. Obligations, .. obligations.Select(obligation => new ObligationStanding(
                obligation,
                held || obligation.DependsOn.Count > 0 ? ObligationState.Waiting : ObligationState.Open,
                held,
                Verified: false))],
        };
    }

    /// <summary>A settlement may leave items for later; a decision or a default ends all that is left.</summary>
    private static ValueList<ClaimItem> Remaining(ValueList<ClaimItem> items, Outcome outcome)
    {
        if (outcome.Kind != OutcomeKind.Settlement) return [];
        var left = new List<ClaimItem>();
        foreach (var line in items.GroupBy(item => item.Line))
        {
            var settled = outcome.UnitsOf(line.Key);
            foreach (var item in line)
            {
                var taken = Math.Min(settled, item.Units);
                settled -= taken;
                if (taken < item.Units) left.Add(item with { Units = item.Units - taken });
            }
        }
        return left.ToValueList();
    }

    private static bool WaitsForAppeal(Decided decided) =>
        decided.Starts.Any(term => term.Kind == TermKind.AppealWindow);

    private Dispute Release(ValueList<int> numbers) => (this with
    {
        Obligations = Obligations.Change(
            standing => numbers.Contains(standing.Obligation.No),
            standing => standing with { Held = false }),
    }).OpenWhatIsFree();

    private Dispute Becomes(int no, ObligationState state, bool? verified = null) => (this with
    {
        Obligations = Obligations.Change(
            standing => standing.Obligation.No == no,
            standing => standing with { State = state, Verified = verified ?? standing.Verified }),
    }).OpenWhatIsFree();

    private Dispute OpenWhatIsFree() => this with
    {
        Obligations = Obligations.Change(
            standing =>
                standing.State == ObligationState.Waiting && !standing.Held && DependenciesDone(standing.Obligation),
            standing => standing with { State = ObligationState.Open }),
    };

    private bool DependenciesDone(Obligation obligation) =>
        obligation.DependsOn.All(no => Obligation(no)?.State == ObligationState.Confirmed);

    private Dispute Cancel(ValueList<int> numbers) => this with
    {
        Obligations = Obligations.Change(
            standing => numbers.Contains(standing.Obligation.No), standing =>
                standing with { State = ObligationState.Cancelled }),
    };

    private Dispute After(ObligationBecameRefund became)
    {
        var rest = Cancel([became.Obligation]);
        return rest with
        {
            Obligations = rest.Obligations.Add(new(became.Refund, ObligationState.Open, Held: false, Verified: false)),
        };
    }

    private Dispute After(PerformanceRuled ruled)
    {
        var state = ruled.Ruling == Ruling.Performed ? ObligationState.Confirmed : ObligationState.Open;
        var next = Becomes(ruled.Obligation, state);
        return next with
        {
            Obligations = next.Obligations.Change(
                standing => standing.Obligation.No == ruled.Obligation,
                standing => standing with
                {
                    Rulings = standing.Rulings + 1,
                    Obligation = standing.Obligation with { Amount = ruled.Amount ?? standing.Obligation.Amount },
                }),
        };
    }

    private Dispute After(DisputeClosed closed, Instant at) => this with
    {
        Stage = Stage.Closed,
        Closing = closed with { Ends = [], Starts = [] },
        ClosedAt = at,
        Offers = Offers.Change(offer => offer.State == OfferState.Open, offer =>
            offer with { State = OfferState.Void }),
        Obligations = Obligations.Change(
            standing => !standing.IsSettled, standing => standing with { State = ObligationState.Cancelled }),
    };

    private static ValueList<Term> TermsAfter(Dispute next, DisputeEvent happened)
    {
        if (next.Stage == Stage.Closed) return [];
        if (happened.Ends.Count == 0 && happened.Starts.Count == 0) return next.Terms;
        return next.Terms
            .Where(term => !happened.Ends.Contains(term.Id))
            .Concat(happened.Starts)
            .OrderBy(term => term.Due).ThenBy(term => term.Kind).ThenBy(term => term.Id)
            .ToValueList();
    }
}

/// <summary>A proposal of one side.</summary>
public sealed record Offer(int No, Role By, ValueList<RemedyLine> Lines, OfferState State, Instant At);

/// <summary>What became of an offer.</summary>
public enum OfferState { Open, Replaced, Declined, Withdrawn, Expired, Accepted, Void }

/// <summary>An exhibit as the rules need it; its texts lie beside the facts.</summary>
public sealed record Exhibit(
    ExhibitId Id, int No, Audience Audience, Role From, ExhibitKind Kind, Instant At, bool Withdrawn, bool Late);

/// <summary>What ended the question for some or all items.</summary>
public sealed record Outcome(int No, OutcomeKind Kind, ValueList<RemedyLine> Lines, Instant At)
{
    /// <summary>Units of a line that it is about; a compensation goes beside
    /// other remedies for the same units.</summary>
    public int UnitsOf(int line) => Math.Max(
        UnitsOf(line, remedy => remedy.Kind != RemedyKind.Compensation),
        UnitsOf(line, remedy => remedy.Kind == RemedyKind.Compensation));

    private int UnitsOf(int line, Func<RemedyLine, bool> match) => Lines
        .Where(match).SelectMany(remedy => remedy.Items).Where(units => units.Line == line).Sum(units => units.Count);
}

/// <summary>An obligation and how far it has come.</summary>
/// <param name="Held">Waits for an appeal window.</param>
/// <param name="Verified">A provider or carrier said that it is done.</param>
/// <param name="Rulings">How often the examiner has ruled on it; the second missed one ends it.</param>
public sealed record ObligationStanding(
    Obligation Obligation, ObligationState State, bool Held, bool Verified, int Rulings = 0)
{
    /// <summary>Nothing more is to come of it.</summary>
    public bool IsSettled =>
        State is ObligationState.Confirmed or ObligationState.Cancelled or ObligationState.Unanswered
            or ObligationState.Defaulted;

    public bool AwaitsRuling =>
        State is ObligationState.Contested or ObligationState.Overdue or ObligationState.Doubted;

    public bool CountsAsPromised =>
        Obligation.IsPayment && State is not (ObligationState.Cancelled or ObligationState.Defaulted);
}
