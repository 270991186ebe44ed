using Entente.Domain.Disputes;

namespace Entente.Domain.Audiences;

/// <summary>The story of a dispute: every fact a reader may read, in order.</summary>
internal static class Timeline
{
    public static ValueList<TimelineEntry> Of(IReadOnlyList<Fact> read, Dispute seen, Reader reader, TextBook texts)
    {
        var phrases = new Phrases(AsFirstAgreed(seen, read), reader);
        return read.Select(fact => Entry(fact, phrases, texts)).ToValueList();
    }

    private static TimelineEntry Entry(Fact fact, Phrases phrases, TextBook texts)
    {
        var (exhibit, offer, obligation, outcome) = Subject(fact.Event);
        return new(
            fact.Event.Audience, fact.N, fact.At, fact.By.Kind, fact.By.Role,
            Sentences.Key(fact.Event.GetType())["fact.".Length..],
            Sentences.Of(fact, phrases),
            texts.Show(Told.By(fact.Event)),
            exhibit, offer, obligation, outcome,
            phrases.Reader.Viewer.MayRead(Audience.Staff) ? fact.By.Principal : null);
    }

    private static (ExhibitId? Exhibit, int? Offer, int? Obligation, int? Outcome) Subject(DisputeEvent happened) =>
        happened switch
        {
            EvidenceAdded added => (added.Exhibit, null, null, null),
            EvidenceWithdrawn withdrawn => (withdrawn.Exhibit, null, null, null),
            EvidenceQuarantined found => (found.Exhibit, null, null, null),
            OriginalOpened opened => (opened.Exhibit, null, null, null),
            OfferMade made => (null, made.Offer, null, null),
            OfferDeclined declined => (null, declined.Offer, null, null),
            OfferWithdrawn withdrawn => (null, withdrawn.Offer, null, null),
            OfferExpired expired => (null, expired.Offer, null, null),
            EvidenceContested contested => (contested.Exhibit, null, null, null),
            ContestAnswered answered => (answered.Exhibit, null, null, null),
            LateEvidenceAdmitted admitted => (admitted.Exhibit, null, null, null),
            ProposalMade made => (null, made.Offer, null, null),
            ProposalEnded ended => (null, ended.Offer, null, null),
            ClaimAmended amended => (null, amended.Offer, null, null),
            SettlementReached settled => (null, settled.Offer, null, settled.Outcome),
            Decided decided => (null, null, null, decided.Outcome),
            DefaultOutcome entered => (null, null, null, entered.Outcome),
            AppealDecided decided => (null, null, null, decided.Outcome),
            AppealFiled filed => (null, null, null, filed.Outcome),
            AppealJoined joined => (null, null, null, joined.Outcome),
            DecisionCorrected corrected => (null, null, null, corrected.Outcome),
            BreachReported reported => (null, null, reported.Obligation, null),
            ObligationPerformed performed => (null, null, performed.Obligation, null),
            PerformanceConfirmed confirmed => (null, null, confirmed.Obligation, null),
            PerformanceContested contested => (null, null, contested.Obligation, null),
            PerformanceUnanswered unanswered => (null, null, unanswered.Obligation, null),
            RulingNeeded needed => (null, null, needed.Obligation, null),
            ObligationOverdue overdue => (null, null, overdue.Obligation, null),
            ReturnCountsAsDone done => (null, null, done.Obligation, null),
            ObligationBecameRefund became => (null, null, became.Obligation, null),
            PerformanceRuled ruled => (null, null, ruled.Obligation, null),
            ObligationDefaulted defaulted => (null, null, defaulted.Obligation, null),
            RefundFailed failed => (null, null, failed.Obligation, null),
            _ => (null, null, null, null),
        };

    /// <summary>History speaks of an obligation as it was agreed or decided, not as it was adjusted later.</summary>
    private static Dispute AsFirstAgreed(Dispute seen, IReadOnlyList<Fact> read)
    {
        var agreed = read.SelectMany(fact => Agreed(fact.Event)).ToDictionary(obligation => obligation.No);
        return seen with
        {
            Obligations = seen.Obligations.Change(
                standing => agreed.ContainsKey(standing.Obligation.No),
                standing => standing with { Obligation = agreed[standing.Obligation.No] }),
        };
    }

    private static ValueList<Obligation> Agreed(DisputeEvent happened) => happened switch
    {
        SettlementReached settled => settled.Obligations,
        Decided decided => decided.Obligations,
        DefaultOutcome entered => entered.Obligations,
        ObligationBecameRefund became => [became.Refund],
        AppealDecided decided => decided.Obligations,
        BreachRuled ruled => ruled.Obligations,
        _ => [],
    };
}
