using Entente.Domain.Disputes;

namespace Entente.Domain.Audiences;

/// <summary>What happens between the sides beside offers and obligations, in sentences.</summary>
internal static partial class Sentences
{
    private static Sentence OfExchange(DisputeEvent happened, Fact fact, Phrases phrases) => happened switch
    {
        EvidenceContested contested => Say(contested,
            ("who", phrases.Reader.Of(contested.By)), ("number", contested.No), ("ground", contested.Ground)),
        ContestAnswered answered => Say(answered,
            ("who", phrases.Reader.Of(fact.By)), ("number", answered.No), ("answer", answered.Answer)),
        LateEvidenceAdmitted admitted => Say(admitted,
            ("who", phrases.Reader.Of(fact.By)), ("number", admitted.No)),
        ExtensionProposed proposed => Say(proposed,
            ("who", phrases.Reader.Of(proposed.By)), ("term", proposed.Kind), ("until", proposed.Until)),
        ExtensionAgreed agreed => Say(agreed,
            ("who", phrases.Reader.Of(agreed.By)), ("term", agreed.Kind), ("until", agreed.Until)),
        ExtensionRefused refused => Say(refused,
            ("who", refused.By is { } by ? phrases.Reader.Of(by) : Who.Rule)),
        ProposalMade made => Say(made,
            ("who", phrases.Reader.Of(fact.By)), ("no", made.Offer), ("remedies", phrases.Remedies(made.Lines))),
        ProposalAnswered answered => Say(answered,
            ("who", phrases.Reader.Of(answered.By)), ("no", answered.Offer),
            ("accepts", Phrases.YesNo(answered.Accepts && phrases.Reader.Of(answered.By) == Who.You)),
            ("mine", Phrases.YesNo(phrases.Reader.Of(answered.By) == Who.You))),
        ProposalEnded ended => Say(ended, ("no", ended.Offer)),
        BidRoundOpened opened => Say(opened, ("who", phrases.Reader.Of(opened.By)), ("no", opened.Round)),
        BlindBidPlaced placed => Say(placed, ("who", phrases.Reader.Of(placed.By)), ("no", placed.Round)),
        BidRoundEnded ended => Say(ended, ("no", ended.Round), ("met", Phrases.YesNo(ended.Met))),
        ClaimAmended amended => Say(amended,
            ("who", phrases.Reader.Of(fact.By)), ("claims", phrases.Claims(amended.Items)),
            ("remedies", phrases.Remedies(amended.Sought))),
        _ => OfOutside(happened, phrases) ?? OfFulfilment(happened, fact, phrases),
    };

    private static Sentence? OfOutside(DisputeEvent happened, Phrases phrases) => happened switch
    {
        FactRecorded recorded => Say(recorded,
            ("who", phrases.Reader.Of(recorded.By)), ("what", Codes.Of(recorded.What)),
            ("amount", phrases.Amount(recorded.Amount)),
            ("dated", Phrases.YesNo(recorded.On is not null)), ("on", recorded.On)),
        FactAnswered answered => Say(answered,
            ("who", phrases.Reader.Of(answered.By)), ("no", answered.No), ("true", Phrases.YesNo(answered.IsTrue))),
        OrderChanged changed => Say(changed, ("status", changed.Status)),
        ReconciliationProposed proposed => Say(proposed, ("because", Codes.Of(proposed.Because))),
        ReconciliationRejected rejected => Say(rejected, ("who", phrases.Reader.Of(rejected.By))),
        ThirdPartyAwaited awaited => Say(awaited,
            ("whom", awaited.Whom), ("owner", phrases.Reader.Of(awaited.Owner)), ("until", awaited.Until)),
        ThirdPartyAnswered answered => Say(answered, ("who", phrases.Reader.Of(answered.By))),
        InquiryEnded ended => Say(ended),
        _ => null,
    };

    /// <summary>The examiner's proposal, to which both sides have said yes.</summary>
    private static bool IsProposal(SettlementReached settled, Phrases phrases) =>
        phrases.Dispute.Offers.Any(offer => offer.No == settled.Offer && offer.By == Role.Examiner);
}
