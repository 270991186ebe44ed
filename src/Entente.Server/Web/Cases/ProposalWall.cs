using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Server.Web.Shared;
using Entente.Server.Words;

namespace Entente.Server.Web.Cases;

/// <summary>What buyer, seller and platform propose now, as the three columns of the wall.</summary>
public static class ProposalWall
{
    public static IReadOnlyList<Proposal> Of(CaseFile file, Speaker speaker) =>
    [
        Column(Role.Buyer, file.View.Wall.Buyer, file, speaker),
        Column(Role.Seller, file.View.Wall.Seller, file, speaker),
        file.View.Wall is { Platform: null, Proposal: { } proposal } ? Proposed(proposal, file, speaker) :
        new(speaker.Say("case.platform"), Lines(file.View.Wall.Platform ?? [], file, speaker))
        {
            Nothing = speaker.Say(file.View.Wall.Platform is null
                ? "case.platform_nothing"
                : "case.platform_dismissed"),
        },
    ];

    public static IReadOnlyList<ProposalLine> Lines(
        IEnumerable<RemedyView> lines, CaseFile file, Speaker speaker) =>
        [.. lines.Select(line => new ProposalLine(
            Story.Capital(speaker.Of(line.Kind)),
            line.Amount is { } amount ? speaker.Of(amount) : null,
            speaker.Say("case.remedy_about",
                ("items", Items(line.Items, file)),
                ("return", line.ReturnWanted && line.Kind != RemedyKind.ReturnAndRefund ? "yes" : "no"),
                ("freight", line.FreightPaidBy is not { } payer ? "nobody" : payer == file.Me
                    ? "you"
                    : Codes.Of(payer)))))];

    public static ValueList<Sentence> Items(IEnumerable<Units> items, CaseFile file) => items
        .Select(units => Sentence.Of("phrase.units", ("units", units.Count), ("title", file.TitleOf(units.Line))))
        .ToValueList();

    private static Proposal Proposed(OfferView proposal, CaseFile file, Speaker speaker) =>
        new(speaker.Say("case.platform"), Lines(proposal.Lines, file, speaker))
        {
            IsOpen = proposal.State == OfferState.Open,
            Standing = proposal is { State: OfferState.Open, Until: { } until }
                ? speaker.Say("case.offer_open_until", ("no", proposal.No), ("until", until))
                : speaker.Say("case.offer_state", ("no", proposal.No), ("state", proposal.State)),
        };

    private static Proposal Column(Role side, OfferView? offer, CaseFile file, Speaker speaker)
    {
        var who = side == file.Me ? speaker.Say("case.you") : file.NameOf(side) is { Length: > 0 } name
            ? speaker.Say("case.name_and_role", ("name", name), ("role", side))
            : Story.Capital(speaker.Of(side));
        if (offer is null)
            return new(who, side == file.View.Opener ? Lines(file.View.Sought, file, speaker) : [])
            {
                Standing = side == file.View.Opener ? speaker.Say("case.asked_at_opening") : null,
            };
        return new(who, Lines(offer.Lines, file, speaker))
        {
            IsOpen = offer.State == OfferState.Open,
            Standing = offer is { State: OfferState.Open, Until: { } until }
                ? speaker.Say("case.offer_open_until", ("no", offer.No), ("until", until))
                : speaker.Say("case.offer_state", ("no", offer.No), ("state", offer.State)),
        };
    }
}
