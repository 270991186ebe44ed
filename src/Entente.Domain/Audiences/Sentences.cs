using System.Diagnostics;
using Entente.Domain.Disputes;

namespace Entente.Domain.Audiences;

/// <summary>Each fact as a sentence for one reader. What a rule did is said to be a rule's, by its name.</summary>
internal static partial class Sentences
{
    public static Sentence Of(Fact fact, Phrases phrases)
    {
        var said = Of(fact.Event, fact, phrases);
        return fact.By.Kind == ActorKind.Rule
            ? Sentence.Of("fact.by_rule", ("what", said), ("rule", Phrases.Rule(fact.By.Principal)))
            : said;
    }

    /// <summary>The key every sentence about this kind of fact has.</summary>
    public static string Key(Type happened) => $"fact.{Codes.Snake(happened.Name)}";

    private static Sentence Of(DisputeEvent happened, Fact fact, Phrases phrases) => happened switch
    {
        DisputeOpened or ComplaintFiled or DisputeClosed => OfLife(happened, fact, phrases),
        MessagePosted or EvidenceAdded or EvidenceWithdrawn or EvidenceRequested
            or EvidenceQuarantined or OriginalOpened =>
            OfConversation(happened, fact, phrases),
        OfferMade or OfferDeclined or OfferWithdrawn or OfferExpired or SettlementReached =>
            OfOffers(happened, fact, phrases),
        AnswerMissed or EvidenceTimeEnded or AppealWindowEnded or TermWaived or PassedToSupervisor or ReminderSent
            or TimeGivenBack => OfTime(happened, phrases),
        ExaminerAssigned or ExaminationBegan or Decided or DefaultOutcome => OfExamination(happened, fact, phrases),
        ChargebackRecorded or ObligationsDischarged or DischargeUndone or PauseEnded or BankInformed or RefundFailed =>
            BankSentences.Of(happened, fact, phrases),
        _ => SentencesAfterwards.Of(happened, fact, phrases) ?? OfExchange(happened, fact, phrases),
    };

    private static Sentence OfLife(DisputeEvent happened, Fact fact, Phrases phrases) => happened switch
    {
        DisputeOpened opened => Say(opened,
            ("who", phrases.Reader.Of(opened.Opener)),
            ("claims", phrases.Claims(opened.Items)),
            ("remedies", phrases.Remedies(opened.Sought))),
        ComplaintFiled filed => Say(filed, ("who", filed.By is { } by ? phrases.Reader.Of(by) : Who.Rule)),
        DisputeClosed closed => Say(closed,
            ("who", phrases.Reader.Of(fact.By)),
            ("reason", closed.Reason),
            ("less", Phrases.YesNo(closed.AcceptsLess))),
        _ => throw Unspoken(happened),
    };

    private static Sentence OfConversation(DisputeEvent happened, Fact fact, Phrases phrases) => happened switch
    {
        MessagePosted message => Say(message, ("who", phrases.Reader.Of(fact.By)), ("to", To(message.To, phrases))),
        EvidenceAdded added => Say(added,
            ("who", phrases.Reader.Of(fact.By)),
            ("number", Number(added.To, added.No)),
            ("kind", added.Kind),
            ("late", Phrases.YesNo(added.Late))),
        EvidenceWithdrawn withdrawn => Say(withdrawn,
            ("who", phrases.Reader.Of(fact.By)),
            ("number", Number(withdrawn.To, withdrawn.No))),
        EvidenceQuarantined found => Say(found, ("number", Number(found.To, found.No))),
        OriginalOpened opened => Say(opened,
            ("who", phrases.Reader.Of(fact.By)),
            ("number", Number(opened.Series, opened.No))),
        EvidenceRequested requested => Say(requested,
            ("who", phrases.Reader.Of(fact.By)),
            ("from", requested.From.Count == 1 ? Codes.Of(phrases.Reader.Of(requested.From[0])) : "both"),
            ("named", Phrases.YesNo(requested.Kinds.Count > 0)),
            ("kinds", requested.Kinds),
            ("dated", Phrases.YesNo(requested.Starts.Count > 0)),
            ("due", requested.Starts.Count > 0 ? requested.Starts.Max(term => term.Due) : null)),
        _ => throw Unspoken(happened),
    };

    private static Sentence OfOffers(DisputeEvent happened, Fact fact, Phrases phrases) => happened switch
    {
        OfferMade made => Say(made,
            ("who", phrases.Reader.Of(made.By)), ("no", made.Offer), ("remedies", phrases.Remedies(made.Lines))),
        OfferDeclined declined => Say(declined, ("who", phrases.Reader.Of(declined.By)), ("no", declined.Offer)),
        OfferWithdrawn withdrawn => Say(withdrawn, ("who", phrases.Reader.Of(withdrawn.By)), ("no", withdrawn.Offer)),
        OfferExpired expired => Say(expired, ("no", expired.Offer)),
        SettlementReached settled => Say(settled,
            ("who", settled.Offer == Settling.NoOffer ? "amounts" : IsProposal(settled, phrases) ? "examiner"
                : IsEqualOffer(settled, fact, phrases) ? "both" : Codes.Of(phrases.Reader.Of(fact.By))),
            ("no", settled.Offer),
            ("remedies", phrases.Remedies(settled.Lines))),
        _ => throw Unspoken(happened),
    };

    private static Sentence OfTime(DisputeEvent happened, Phrases phrases) => happened switch
    {
        AnswerMissed missed => Say(missed, ("who", phrases.Reader.Of(missed.Who))),
        EvidenceTimeEnded ended => Say(ended, ("who", phrases.Reader.Of(ended.Who))),
        AppealWindowEnded ended => Say(ended, ("who", phrases.Reader.Of(ended.Who))),
        TermWaived waived => Say(waived, ("who", phrases.Reader.Of(waived.Who)), ("term", waived.Kind)),
        PassedToSupervisor passed => Say(passed, ("term", passed.Missed)),
        ReminderSent sent => Say(sent, ("term", sent.About)),
        TimeGivenBack given => Say(given, ("from", given.From), ("until", given.Until)),
        _ => throw Unspoken(happened),
    };

    private static Sentence OfExamination(DisputeEvent happened, Fact fact, Phrases phrases) => happened switch
    {
        ExaminerAssigned assigned => Say(assigned,
            ("who", phrases.Reader.Of(fact.By)),
            ("assignee", assigned.Examiner == phrases.Reader.Viewer.Person ? Who.You : Who.Examiner)),
        ExaminationBegan began => Say(began),
        Decided decided => Say(decided,
            ("who", phrases.Reader.Of(fact.By)),
            ("granted", Phrases.YesNo(Grants(decided.Lines))),
            ("remedies", phrases.Remedies(decided.Lines))),
        DefaultOutcome entered => Say(entered,
            ("silent", entered.Silent is { } silent ? phrases.Reader.Of(silent) : Who.Platform),
            ("granted", Phrases.YesNo(Grants(entered.Lines))),
            ("remedies", phrases.Remedies(entered.Lines))),
        _ => throw Unspoken(happened),
    };

    private static Sentence OfFulfilment(DisputeEvent happened, Fact fact, Phrases phrases) => happened switch
    {
        ObligationsReleased released => Say(released, ("obligations", phrases.Obligations(released.Obligations))),
        ObligationPerformed performed => Say(performed,
            ("who", phrases.Reader.Of(performed.By)),
            ("verified", Phrases.YesNo(performed.Verified)),
            ("obligation", phrases.Obligation(performed.Obligation))),
        PerformanceConfirmed confirmed => Say(confirmed,
            ("who", confirmed.By is { } by ? phrases.Reader.Of(by) : Who.Rule),
            ("obligation", phrases.Obligation(confirmed.Obligation))),
        PerformanceContested contested => Say(contested,
            ("who", phrases.Reader.Of(fact.By)),
            ("obligation", phrases.Obligation(contested.Obligation)),
            ("reason", contested.Reason),
            ("partly", Phrases.YesNo(contested.AmountReceived is not null)),
            ("amount", phrases.Amount(contested.AmountReceived))),
        PerformanceUnanswered unanswered => About(unanswered, unanswered.Obligation, phrases),
        RulingNeeded needed => About(needed, needed.Obligation, phrases),
        ObligationOverdue overdue => About(overdue, overdue.Obligation, phrases),
        ReturnCountsAsDone done => About(done, done.Obligation, phrases),
        ObligationsCancelled cancelled => Say(cancelled, ("obligations", phrases.Obligations(cancelled.Obligations))),
        ObligationBecameRefund became => Say(became,
            ("obligation", phrases.Obligation(became.Obligation)), ("refund", phrases.Obligation(became.Refund))),
        PerformanceRuled ruled => Say(ruled,
            ("who", phrases.Reader.Of(fact.By)),
            ("obligation", phrases.Obligation(ruled.Obligation)),
            ("ruling", ruled.Ruling),
            ("amount", phrases.Amount(ruled.Amount))),
        ObligationDefaulted defaulted => About(defaulted, defaulted.Obligation, phrases),
        _ => throw Unspoken(happened),
    };

    /// <summary>Open exhibits are numbered plainly; those of a private series carry its letter.</summary>
    public static string Number(Audience audience, int no) => audience switch
    {
        Audience.All => $"{no}",
        Audience.BuyerAndPlatform => $"B{no}",
        Audience.SellerAndPlatform => $"S{no}",
        Audience.Staff => $"P{no}",
    };

    private static Sentence About(DisputeEvent happened, int obligation, Phrases phrases) =>
        Say(happened, ("obligation", phrases.Obligation(obligation)));

    private static string To(Audience to, Phrases phrases) => to switch
    {
        Audience.All => "all",
        Audience.BuyerAndPlatform => phrases.Reader.Viewer.Role == Role.Buyer ? "you" : "buyer",
        Audience.SellerAndPlatform => phrases.Reader.Viewer.Role == Role.Seller ? "you" : "seller",
        Audience.Staff => "staff",
    };

    private static bool Grants(ValueList<RemedyLine> lines) => lines.Any(line => line.Kind != RemedyKind.None);

    /// <summary>An offer met by an equal one: the one who acted had made it.</summary>
    private static bool IsEqualOffer(SettlementReached settled, Fact fact, Phrases phrases) =>
        phrases.Dispute.Offers.Any(offer => offer.No == settled.Offer && offer.By == fact.By.Role);

    internal static Sentence Say(DisputeEvent happened, params ReadOnlySpan<(string Name, object? Value)> arguments) =>
        Sentence.Of(Key(happened.GetType()), arguments);

    internal static UnreachableException Unspoken(DisputeEvent happened) =>
        new($"No sentence for {happened.GetType().Name}.");
}
