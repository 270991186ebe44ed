namespace Entente.Domain.Disputes;

/// <summary>What offers, and outcomes of every kind, make of a dispute.</summary>
public sealed partial record Dispute
{
    private Dispute? Settled(DisputeEvent happened, Fact fact) => happened switch
    {
        OfferMade made => After(made),
        OfferDeclined declined => After(declined),
        OfferWithdrawn withdrawn => OfferBecomes(withdrawn.Offer, OfferState.Withdrawn),
        OfferExpired expired => OfferBecomes(expired.Offer, OfferState.Expired),
        SettlementReached settled => After(settled, fact.At),
        _ => null,
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

    private Dispute After(SettlementReached settled, Instant at)
    {
        var outcome = new Outcome(settled.Outcome, OutcomeKind.Settlement, settled.Lines, at);
        var next = Cancel(settled.Replaces).OfferBecomes(settled.Offer, OfferState.Accepted).SettledBy(settled.Outcome);
        return next.After(outcome, settled.Obligations, held: false) with { RespondentAnswered = true };
    }

    private Dispute After(Outcome outcome, ValueList<Obligation> obligations, bool held)
    {
        var left = Remaining(OpenItems, outcome);
        return this with
        {
            Outcomes = Outcomes.Add(outcome.Items.Count > 0 ? outcome : outcome with { Items = OpenItems }),
            OpenItems = left,
            Stage = left.Count == 0 ? Stage.Fulfilment : Stage,
            BidRound = null,
            Bids = [],
            Extension = null,
            Reconciling = null,
            Inquiry = left.Count == 0 ? null : Inquiry,
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
}
