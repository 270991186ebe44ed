namespace Entente.Domain.Disputes;

/// <summary>What opening, talk and evidence make of a dispute.</summary>
public sealed partial record Dispute
{
    private Dispute? Talked(DisputeEvent happened, Fact fact) => happened switch
    {
        DisputeOpened opened => After(opened, fact.At),
        MessagePosted message => Spoke(fact.By.Role, message.To == Audience.All),
        EvidenceAdded added => After(added, fact.At),
        EvidenceWithdrawn withdrawn => this with
        {
            Exhibits = Exhibits.Change(exhibit => exhibit.Id == withdrawn.Exhibit, exhibit =>
                exhibit with { Withdrawn = true }),
        },
        EvidenceQuarantined quarantined => this with
        {
            Exhibits = Exhibits.Change(
                exhibit => exhibit.Id == quarantined.Exhibit,
                exhibit => exhibit with { Withdrawn = true, Quarantined = true }),
        },
        OriginalOpened => this,
        EvidenceRequested requested => this with { Requests = requested.Request },
        DisputeClosed closed => After(closed, fact.At),
        _ => null,
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

    private Dispute After(DisputeClosed closed, Instant at) => LeftBehind(closed) with
    {
        Stage = Stage.Closed,
        Closing = closed with { Ends = [], Starts = [] },
        ClosedAt = at,
        BidRound = null,
        Bids = [],
        Extension = null,
        Reconciling = null,
        Inquiry = null,
        Offers = Offers.Change(offer => offer.State == OfferState.Open, offer =>
            offer with { State = OfferState.Void }),
        Obligations = Obligations.Change(
            standing => !standing.IsSettled, standing => standing with { State = ObligationState.Cancelled }),
    };
}
