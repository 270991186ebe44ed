using Entente.Domain.Disputes;
using Entente.Domain.Policies;

namespace Entente.Domain.Audiences;

/// <summary>
/// A dispute as one reader may read it: everything any page, answer, mail or export is written from, and nothing that
/// depends on what this reader may not see. It is folded from the facts that are theirs to read, and from no others.
/// </summary>
public sealed record DisputeView
{
    public required DisputeId Id { get; init; }
    public string Reference => Id.Reference;

    /// <summary>How many facts this reader can read: what ETags and stale pages are about.</summary>
    public required int Version { get; init; }

    public required Viewer Viewer { get; init; }
    public required Stage Stage { get; init; }
    public required Role Opener { get; init; }
    public required PartyId Buyer { get; init; }
    public required PartyId Seller { get; init; }
    public required Instant OpenedAt { get; init; }

    /// <summary>The closed dispute about the same lines that this one takes up anew.</summary>
    public required DisputeId? Earlier { get; init; }

    /// <summary>The instant of the last fact this reader can read.</summary>
    public required Instant LastAt { get; init; }

    public required PolicyPin Policy { get; init; }
    public required ValueList<string> Languages { get; init; }
    public required OrderView Order { get; init; }
    public required ValueList<ClaimItem> Items { get; init; }

    /// <summary>What nothing has been agreed or decided about yet.</summary>
    public required ValueList<ClaimItem> OpenItems { get; init; }

    public required ShownText Story { get; init; }
    public required ValueList<RemedyView> Sought { get; init; }

    /// <summary>From when the platform can be asked to step in; null outside the negotiation.</summary>
    public required Instant? ComplaintFrom { get; init; }

    public required AgendaView Agenda { get; init; }
    public required ValueList<Term> Terms { get; init; }
    public required ValueList<OfferView> Offers { get; init; }
    public required Wall Wall { get; init; }
    public required ValueList<ExhibitView> Exhibits { get; init; }
    public required ExchangeView Exchange { get; init; }
    public required ValueList<RequestView> Requests { get; init; }
    public required ValueList<ObligationView> Obligations { get; init; }
    public required ValueList<OutcomeView> Outcomes { get; init; }
    public required AfterwardsView Afterwards { get; init; }
    public required MoneyBox Money { get; init; }
    /// <summary>What goes on at the buyer's bank, the newest last.</summary>
    public required ValueList<ChargebackView> Chargebacks { get; init; }

    /// <summary>When somebody last told the bank how it ended.</summary>
    public required Instant? BankInformedAt { get; init; }
    public required ClosingView? Closing { get; init; }

    /// <summary>The reasons this reader could close it with now.</summary>
    public required ValueList<ClosingReason> ClosingReasons { get; init; }
    public required ValueList<TimelineEntry> Timeline { get; init; }
    public required ValueList<AvailableAction> Actions { get; init; }

    /// <summary>Who examines it; the parties learn only that somebody does.</summary>
    public required PersonId? Examiner { get; init; }

    public bool IsOpen => Stage != Stage.Closed;

    /// <summary>Whether everybody else waits for this reader.</summary>
    public bool WaitsForReader => Agenda.Head?.IsReaders == true;

    /// <summary>The exhibit, if it exists for this reader.</summary>
    public ExhibitView? Exhibit(ExhibitId id) => Exhibits.FirstOrDefault(exhibit => exhibit.Id == id);

    public OfferView? Offer(int no) => Offers.FirstOrDefault(offer => offer.No == no);
    public ObligationView? Obligation(int no) => Obligations.FirstOrDefault(obligation => obligation.No == no);
    public bool May(string move) => Actions.Any(action => action.Move == move);

    /// <summary>The view, or null where the dispute does not exist for this reader.</summary>
    /// <param name="dispute">The fold of all its facts.</param>
    /// <param name="facts">All its facts in order.</param>
    /// <param name="policy">The pinned version; with it a closed dispute says what stays possible until when.</param>
    public static DisputeView? For(
        Dispute dispute, IReadOnlyList<Fact> facts, TextBook texts, Viewer viewer, Instant now, Policy? policy = null)
    {
        if (!viewer.Concerns(dispute)) return null;
        var read = facts.Where(fact => viewer.MayRead(fact.Event.Audience)).ToList();
        var seen = read.Count == facts.Count
            ? dispute
            : read.Aggregate(Dispute.Nothing(dispute.Id), (fold, fact) => fold.After(fact));
        return new Sight(seen, read, texts, viewer, now, policy).View();
    }
}
