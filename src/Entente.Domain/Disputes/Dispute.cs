using Entente.Domain.Policies;

namespace Entente.Domain.Disputes;

/// <summary>
/// The dispute as it stands: the fold of its facts. <see cref="After(Fact)"/> is its only change; it never reads
/// anything but the facts.
/// </summary>
public sealed partial record Dispute
{
    /// <summary>Raised when the folded shape changes; a stored state of another shape is folded anew.</summary>
    public const int Shape = 6;

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
    public long Promised => ReturnedOutside
        + Obligations.Where(standing => standing.CountsAsPromised).Sum(standing => standing.Obligation.Amount ?? 0);

    /// <summary>From when either side may ask the platform to decide: at once after a missed
    /// answer or, where the policy says so, a refusal.</summary>
    public Instant ComplaintPossibleFrom =>
        AnswerWasMissed || RespondentRefused && Opening.ComplaintAtOnceAfterRefusal ? OpenedAt : Opening.ComplaintFrom;

    /// <summary>Units that no other dispute of the order may be about while this one is open.</summary>
    public ValueList<Units> HeldUnits =>
        IsOpen ? [.. Opening.Items.Select(item => new Units(Claimants.HeldAs(item.Line, Opener), item.Units))] : [];

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
        var next = Apply(fact.Event, fact).FrozenByBank().EnforcedWhileRulingIsAwaited();
        var audience = (int)fact.Event.Audience;
        var terms = TermsAfter(next, fact.Event);
        return next with
        {
            // More time is asked for a term; with it, the question is gone.
            Extension = terms.Any(term => term.Kind == TermKind.ExtensionAnswer) ? next.Extension : null,
            Version = fact.Seq,
            LastAt = fact.At,
            Counts = [.. next.Counts.Select((count, index) => index == audience ? count + 1 : count)],
            Terms = terms,
            AppealRights = next.RightsUnder(terms),
            LastTerm = Math.Max(next.LastTerm, fact.Event.Starts.Select(term => term.Id).DefaultIfEmpty().Max()),
        };
    }

    /// <summary>Once nothing is left to settle, an obligation that awaits a ruling
    /// makes the difference between two stages.</summary>
    private Dispute EnforcedWhileRulingIsAwaited()
    {
        if (Stage is not (Stage.Fulfilment or Stage.Enforcement)) return this;
        var stage = AwaitsPlatform ? Stage.Enforcement : ClosedAt is null ? Stage.Fulfilment : Stage.Closed;
        return stage == Stage ? this : this with { Stage = stage };
    }

    /// <summary>Each chapter folds its own facts; a fact that none knows is a mistake of ours.</summary>
    private Dispute Apply(DisputeEvent happened, Fact fact) =>
        Talked(happened, fact)
        ?? Settled(happened, fact)
        ?? Judged(happened, fact)
        ?? Exchanged(happened, fact)
        ?? Fulfilled(happened)
        ?? GaveBack(happened)
        ?? Afterwards(happened, fact)
        ?? Banked(happened, fact)
        ?? throw new System.Diagnostics.UnreachableException($"No fold for {happened.GetType().Name}.");

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
