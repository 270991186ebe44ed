using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Server.Web.Cases;
using Entente.Server.Web.Shared;
using Entente.Server.Words;

namespace Entente.Server.Web.Party;

/// <summary>Every act of one press that a party's pages offer.</summary>
public static class Acts
{
    public static readonly IReadOnlyList<Act> All =
    [
        new("accept_offer", "offers/{no}/acceptance", "accept_offer", (no, _) => new AcceptOffer(Number(no)))
        {
            Exists = IsOffer,
            Rows = (about, speaker) => Gains.Rows(about.File.View.Offer(about.No)?.Lines ?? [], about.File, speaker),
            Points = Accepted,
            Values = about => [("no", about.No)],
        },
        new("decline_offer", "offers/{no}/refusal", "decline_offer", (no, text) => new DeclineOffer(Number(no), text))
        {
            Field = "comment", Exists = IsOffer,
            Rows = (about, speaker) => Gains.Rows(about.File.View.Offer(about.No)?.Lines ?? [], about.File, speaker),
            Points = Declined,
            Values = about => [("no", about.No)],
        },
        new("withdraw_offer", "offers/{no}/withdrawal", "withdraw_offer", (no, _) => new WithdrawOffer(Number(no)))
        {
            IsGrave = true, Exists = IsOffer,
            Values = about => [("no", about.No)],
        },
        new("file_complaint", "complaint", "complaint", (_, text) => new FileComplaint(text))
        {
            Field = "text", Limit = Texts.StoryMax, Points = Complained,
        },
        new("confirm_performance", "obligations/{no}/confirmation", "confirm",
            (no, _) => new ConfirmPerformance(Number(no)))
        {
            Exists = about => about.File.View.Obligation(about.No) is not null,
            Rows = Duty,
            Points = (_, speaker) => [speaker.Say("confirm.final")],
            Values = about => [("duty", about.File.View.Obligation(about.No)?.Sentence)],
        },
        new("waive_term", "terms/{no}/waiver", "waive", (no, _) => new WaiveTerm(Number(no)))
        {
            Exists = about => about.File.View.Terms.Any(term => term.Id == about.No),
            Points = (_, speaker) => [speaker.Say("waive.final"), speaker.Say("waive.others")],
            Values = about => [("kind", Codes.Of(KindOf(about)))],
        },
        .. ActsAfterwards.All,
        new("withdraw_evidence", "evidence/{no}/withdrawal", "withdraw_evidence",
            (id, _) => new WithdrawEvidence(new ExhibitId(id)))
        {
            IsGrave = true,
            Exists = about => about.File.View.Exhibit(new(about.Subject)) is not null,
            Points = (_, speaker) => [speaker.Say("withdraw_evidence.number"), speaker.Say("withdraw_evidence.file")],
            Values = about => [("number", about.File.View.Exhibit(new(about.Subject))?.Number)],
        },
    ];

    private static bool IsOffer(ActSubject about) => about.File.View.Offer(about.No) is not null;

    internal static int Number(string no) => int.TryParse(no, out var number) ? number : 0;

    private static TermKind KindOf(ActSubject about) =>
        about.File.View.Terms.FirstOrDefault(term => term.Id == about.No)?.Kind ?? TermKind.Evidence;

    private static List<string> Accepted(ActSubject about, Speaker speaker)
    {
        if (about.File.View.Offer(about.No)?.By == Role.Examiner) return OfProposal(speaker);
        var points = new List<string> { speaker.Say("accept_offer.binding") };
        if (about.File.View.Offer(about.No) is { } offer && CoversAll(offer, about.File.View))
            points.Add(speaker.Say("accept_offer.settles"));
        else points.Add(speaker.Say("accept_offer.settles_part"));
        points.Add(speaker.Say("accept_offer.then", ("me", about.File.Me == Role.Buyer ? "buyer" : "seller")));
        return points;
    }

    private static List<string> OfProposal(Speaker speaker) =>
        [speaker.Say("proposal.hidden"), speaker.Say("proposal.both"), speaker.Say("proposal.admits_nothing")];

    private static bool CoversAll(OfferView offer, DisputeView view) => view.OpenItems
        .GroupBy(item => item.Line)
        .All(line => offer.Lines.SelectMany(remedy => remedy.Items).Where(units => units.Line == line.Key)
            .Sum(units => units.Count) >= line.Sum(item => item.Units));

    private static IReadOnlyList<string> Declined(ActSubject about, Speaker speaker) =>
        about.File.View.Offer(about.No)?.By == Role.Examiner ? OfProposal(speaker) :
    [
        speaker.Say("decline_offer.goes_on"),
        about.File.View.ComplaintFrom is { } from
            ? speaker.Say("decline_offer.complaint", ("from", from))
            : speaker.Say("decline_offer.review"),
    ];

    private static IReadOnlyList<string> Complained(ActSubject about, Speaker speaker) =>
    [
        speaker.Say("complaint.examiner"),
        speaker.Say("complaint.evidence"),
        speaker.Say("complaint.decision"),
        speaker.Say("complaint.still_settle"),
        speaker.Say("complaint.standing"),
    ];

    private static List<SummaryRow> Duty(ActSubject about, Speaker speaker)
    {
        if (about.File.View.Obligation(about.No) is not { } duty) return [];
        var rows = new List<SummaryRow> { new(speaker.Say("confirm.what"), Story.Capital(speaker.Say(duty.Sentence))) };
        if (duty.Reference?.Value is { } reference)
            rows.Add(new(speaker.Say("case.duty_reference"), reference) { IsWritten = true });
        return rows;
    }
}
