namespace Entente.Domain.Disputes;

/// <summary>What negotiation and review add to a dispute beside offers, exhibits and outcomes.</summary>
public sealed partial record Dispute
{
    public ValueList<Contest> Contests { get; init; } = [];

    public OpenExtension? Extension { get; init; }
    public int ExtensionsProposed { get; init; }
    public int ExtensionsAgreed { get; init; }
    public ValueList<FirstEnd> FirstEnds { get; init; } = [];

    public ValueList<ProposalReply> Replies { get; init; } = [];

    /// <summary>The round of confidential amounts that runs, if one does.</summary>
    public int? BidRound { get; init; }
    public int BidRounds { get; init; }
    public ValueList<BlindBid> Bids { get; init; } = [];

    public int Amendments { get; init; }
    public int AmendmentsInReview { get; init; }

    public ValueList<RecordedFact> Records { get; init; } = [];
    public ReconciledBy? Reconciling { get; init; }
    public ValueList<ReconciledBy> NotReconciled { get; init; } = [];

    public Inquiry? Inquiry { get; init; }
    public int Inquiries { get; init; }

    /// <summary>What came back outside any outcome and counts, in minor units.</summary>
    public long ReturnedOutside => Records.Sum(record => record.Counted);

    /// <summary>What the buyer is to pay back to the seller, in minor units.</summary>
    public long ToPayBack => Obligations
        .Where(standing => standing.Obligation.Kind == ObligationKind.PayBack
            && standing.State is not (ObligationState.Cancelled or ObligationState.Defaulted))
        .Sum(standing => standing.Obligation.Amount ?? 0);

    /// <summary>The examiner's proposal that both sides may answer now.</summary>
    public Offer? OpenProposal =>
        Offers.FirstOrDefault(offer => offer is { By: Role.Examiner, State: OfferState.Open });

    public bool HasReplied(int offer, Role side) => Replies.Any(reply => reply.Offer == offer && reply.By == side);

    /// <summary>Whether whom a term waits for has done their part; nobody else learns of it while it runs on.</summary>
    public bool IsMet(Term term) => term.Kind switch
    {
        TermKind.BidRound => HasBid(term.Who),
        TermKind.OfferAnswer => HasReplied(term.Subject ?? 0, term.Who),
        _ => false,
    };

    public bool HasBid(Role side) => Bids.Any(bid => bid.Round == BidRound && bid.By == side);

    /// <summary>Contests of exhibits that still stand, and that nobody answered.</summary>
    public IEnumerable<Contest> OpenContests => Contests.Where(contest =>
        contest.Answer is null && Exhibits.Any(exhibit => exhibit.Id == contest.Exhibit && !exhibit.Withdrawn));

    private Dispute? Exchanged(DisputeEvent happened, Fact fact) => happened switch
    {
        EvidenceContested contested => Spoke(contested.By, toAll: true) with
        {
            Contests = Contests.Add(new(
                contested.Contest, contested.Exhibit, contested.No, contested.By, contested.Ground, null)),
        },
        ContestAnswered answered => this with
        {
            Contests = Contests.Change(
                contest => contest.No == answered.Contest, contest => contest with { Answer = answered.Answer }),
        },
        // Who asks for more time has not answered yet.
        ExtensionProposed proposed => this with
        {
            ExtensionsProposed = proposed.Extension,
            Extension = new(proposed.Extension, proposed.By, proposed.Kind, proposed.Whose, proposed.Until),
        },
        ExtensionAgreed agreed => After(agreed),
        ExtensionRefused => this with { Extension = null },
        ProposalMade made => this with
        {
            Offers = Offers.Add(new(made.Offer, Role.Examiner, made.Lines, OfferState.Open, fact.At)),
        },
        ProposalAnswered answered => this with
        {
            Replies = Replies.Add(new(answered.Offer, answered.By, answered.Accepts)),
        },
        ProposalEnded ended => OfferBecomes(ended.Offer, OfferState.Void),
        BidRoundOpened opened =>
            Spoke(opened.By, toAll: true) with { BidRound = opened.Round, BidRounds = opened.Round },
        BlindBidPlaced placed => this with { Bids = Bids.Add(new(placed.Round, placed.By, placed.Amount)) },
        BidRoundEnded => this with { BidRound = null, Bids = [] },
        ClaimAmended amended => After(amended, fact.At),
        _ => FromOutside(happened, fact),
    };

    private Dispute? FromOutside(DisputeEvent happened, Fact fact) => happened switch
    {
        FactRecorded recorded => this with
        {
            Records = Records.Add(new(recorded.No, recorded.What, recorded.By, recorded.Verified, recorded.Amount,
                recorded.Counted, IsTrue: null)),
        },
        FactAnswered answered => this with
        {
            Records = Records.Change(record => record.No == answered.No,
                record => record with { IsTrue = answered.IsTrue, Counted = answered.Counted }),
        },
        OrderChanged changed => this with
        {
            Opening = Opening with { Order = Opening.Order with { Status = changed.Status, Dates = changed.Dates } },
        },
        ReconciliationProposed proposed => this with { Reconciling = proposed.Because },
        ReconciliationRejected => this with
        {
            Reconciling = null,
            NotReconciled = Reconciling is { } because ? NotReconciled.Add(because) : NotReconciled,
        },
        ThirdPartyAwaited awaited => this with
        {
            Inquiries = awaited.Inquiry,
            Inquiry = new(awaited.Inquiry, awaited.Whom, awaited.Owner, fact.At,
                Terms.FirstOrDefault(term => term.Kind == TermKind.Decision)),
        },
        ThirdPartyAnswered or InquiryEnded => this with { Inquiry = null },
        LateEvidenceAdmitted admitted => this with
        {
            Exhibits = Exhibits.Change(
                exhibit => exhibit.Id == admitted.Exhibit, exhibit => exhibit with { Admitted = true }),
        },
        _ => null,
    };

    private Dispute After(ExtensionAgreed agreed)
    {
        var isKnown = FirstEnds.Any(first => first.Kind == agreed.Kind && first.Whose == agreed.Whose);
        return this with
        {
            Extension = null,
            ExtensionsAgreed = ExtensionsAgreed + 1,
            FirstEnds = !isKnown && TermOf(agreed.Kind, agreed.Whose) is { } term
                ? FirstEnds.Add(new(agreed.Kind, agreed.Whose, term.Due))
                : FirstEnds,
        };
    }

    /// <summary>What was offered was offered for another claim; what is sought now stands as the claimant's
    /// offer.</summary>
    private Dispute After(ClaimAmended amended, Instant at) => this with
    {
        Amendments = amended.Amendment,
        AmendmentsInReview = AmendmentsInReview + (Stage == Stage.Review ? 1 : 0),
        Opening = Opening with
        {
            Items = amended.Items, Sought = amended.Sought, RefundableCap = amended.RefundableCap,
        },
        OpenItems = amended.Items,
        RespondentAnswered = Stage != Stage.Negotiation && RespondentAnswered,
        RespondentRefused = false,
        AnswerWasMissed = Stage != Stage.Negotiation && AnswerWasMissed,
        FirstEnds = [],
        Extension = null,
        BidRound = null,
        Bids = [],
        Inquiry = null,
        Reconciling = null,
        Offers = Offers
            .Change(offer => offer.State == OfferState.Open, offer => offer with { State = OfferState.Void })
            .Add(new Offer(amended.Offer, Opener, amended.Sought, OfferState.Open, at)),
    };
}
