using System.Globalization;
using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Server.Words;

namespace Entente.Server.Web.Party;

/// <summary>What the sides do beside offers and obligations: each with its page and its few fields.</summary>
public static class ExchangeActs
{
    public static readonly IReadOnlyList<Act> OfParties =
    [
        new("contest_evidence", "evidence/{no}/contest", "contest_evidence")
        {
            Exists = IsExhibit,
            Fields = _ => [ActField.Of<ContestGround>("ground"), new("text", ActFieldKind.Text)],
            Reads = (about, typed) => typed.Chosen<ContestGround>("ground") is { Value: { } ground }
                ? new ContestEvidence(new(about.Subject), ground, typed.NeededText("text"))
                : Choose(typed, "ground"),
            Points = (_, speaker) => [speaker.Say("contest_evidence.answered"), speaker.Say("contest_evidence.once")],
            Values = Number,
        },
        new("propose_extension", "terms/{no}/extension", "extension")
        {
            Exists = about => about.File.View.Terms.Any(term => term.Id == about.No),
            Fields = _ => [new("until", ActFieldKind.Day), new("text", ActFieldKind.Text, IsOptional: true)],
            Reads = (about, typed) => typed.Day("until", about) switch
            {
                { Wrong: { } wrong } => wrong,
                { End: { } until } => new ProposeExtension(about.No, until, typed.Text("text")),
                _ => new FormError("until", typed.Speaker.Say("request.due_unreadable")),
            },
            Points = (_, speaker) => [speaker.Say("extension.needs_yes"), speaker.Say("extension.silence")],
            Values = about => [("due", about.File.View.Terms.First(term => term.Id == about.No).Due)],
        },
        new("agree_extension", "extensions/{no}/acceptance", "agree_extension")
        {
            Exists = IsExtension, Values = Extension, Reads = (about, _) => new AgreeExtension(about.No),
            Command = (no, _) => new AgreeExtension(Acts.Number(no)),
        },
        new("refuse_extension", "extensions/{no}/refusal", "refuse_extension")
        {
            Exists = IsExtension, Values = Extension, Reads = (about, _) => new RefuseExtension(about.No),
        },
        new("open_bid_round", "bid-rounds", "bid_round")
        {
            Reads = (_, _) => new OpenBidRound(), Command = (_, _) => new OpenBidRound(),
            Points = (_, speaker) => Rules(speaker),
        },
        new("place_blind_bid", "bid-rounds/{no}/bid", "bid")
        {
            Exists = about => about.File.View.Exchange.Round?.No == about.No,
            Fields = _ => [new("amount", ActFieldKind.Money)],
            Reads = (about, typed) => typed.Money("amount", about) is { Wrong: { } wrong }
                ? wrong
                : new PlaceBlindBid(about.No, new Writer(typed.Caller).Mark(
                    (typed.Money("amount", about).Minor ?? 0).ToString(CultureInfo.InvariantCulture))),
            Points = (_, speaker) => Rules(speaker),
            Values = about => [("claims", about.File.Me == about.File.View.Opener ? "yes" : "no")],
        },
        Record,
        Answer("confirmation", "confirm_fact", isTrue: true),
        Answer("denial", "deny_fact", isTrue: false),
        new("reject_reconciliation", "reconciliation/refusal", "not_settled")
        {
            Fields = _ => [new("text", ActFieldKind.Text, IsOptional: true)],
            Reads = (_, typed) => new RejectReconciliation(typed.Text("text")),
        },
        Inquiry,
    ];

    public static readonly IReadOnlyList<Act> OfStaff =
    [
        new("answer_contest", "contests/{no}/answer", "answer_contest")
        {
            Exists = about => about.File.View.Exchange.Contests.Any(contest => contest.No == about.No),
            Fields = about => [ActField.Of<ContestAnswer>("answer"), .. ActField.InEachLanguage("reasons", about)],
            Reads = (about, typed) => typed.Chosen<ContestAnswer>("answer") is { Value: { } answer }
                ? new AnswerContest(about.No, answer, typed.InEachLanguage("reasons", about))
                : Choose(typed, "answer"),
            Values = about =>
                [("number", about.File.View.Exchange.Contests.First(contest => contest.No == about.No).Number)],
        },
        new("admit_late_evidence", "evidence/{no}/admission", "admit")
        {
            Exists = IsExhibit, Values = Number,
            Fields = _ => [new("reason", ActFieldKind.Text)],
            Reads = (about, typed) => new AdmitLateEvidence(new(about.Subject), typed.NeededText("reason")),
        },
        new("await_third_party", "inquiries", "inquiry")
        {
            Fields = _ =>
            [
                ActField.Of<ThirdParty>("whom"),
                ActField.Of<Role>("owner", (role, _) => role is Role.Buyer or Role.Seller or Role.Examiner),
                new("text", ActFieldKind.Text), new("until", ActFieldKind.Day),
            ],
            Reads = Awaited,
        },
        Inquiry,
        Record,
    ];

    private static Act Record => new("record_fact", "facts", "record_fact")
    {
        Fields = _ =>
        [
            ActField.Of<RecordedKind>("what", (what, about) => RecordFact.IsFor(what, about.File.Me)),
            new("amount", ActFieldKind.Money, IsOptional: true), new("on", ActFieldKind.Day, IsOptional: true),
            new("reference", ActFieldKind.Line, IsOptional: true),
        ],
        Reads = Recorded,
        Points = (about, speaker) => about.File.Me.IsParty() ? [speaker.Say("record_fact.answered")] : [],
    };

    private static Act Inquiry => new("answer_inquiry", "inquiries/{no}/answer", "answer_inquiry")
    {
        Exists = about => about.File.View.Exchange.Inquiry?.No == about.No,
        Fields = _ => [new("text", ActFieldKind.Text) { Limit = Texts.StoryMax }],
        Reads = (about, typed) => new AnswerInquiry(about.No, typed.NeededText("text")),
        Values = about => [("whom", about.File.View.Exchange.Inquiry?.Whom)],
    };

    private static Act Answer(string noun, string words, bool isTrue) =>
        new("answer_record", $"facts/{{no}}/{noun}", words)
    {
        Exists = about => about.File.View.Exchange.Records.Any(record => record.No == about.No),
        Reads = (about, _) => new AnswerRecord(about.No, isTrue),
        Values = about => [("fact", About(about.File.View.Exchange.Records.First(record => record.No == about.No)))],
    };

    /// <summary>A recorded fact by its name and amount.</summary>
    public static Sentence About(RecordView record) => Sentence.Of(
        "phrase.record", ("what", record.What), ("paid", record.Amount is null ? "no" : "yes"),
            ("amount", record.Amount));

    private static ActReading Recorded(ActSubject about, Typed typed)
    {
        if (typed.Chosen<RecordedKind>("what") is not { Value: { } what }) return Choose(typed, "what");
        var (amount, unreadable) = typed.Money("amount", about);
        if (unreadable is not null) return unreadable;
        var (end, noDay) = typed.Day("on", about);
        if (noDay is not null) return noDay;
        // A day has happened once it has begun.
        return new RecordFact(what, amount, end is { } day ? day - Duration.FromDays(1)
            : null, typed.Text("reference"));
    }

    private static ActReading Awaited(ActSubject about, Typed typed)
    {
        if (typed.Chosen<ThirdParty>("whom") is not { Value: { } whom }) return Choose(typed, "whom");
        if (typed.Chosen<Role>("owner") is not { Value: { } owner }) return Choose(typed, "owner");
        var (until, wrong) = typed.Day("until", about);
        return until is { } end
            ? new AwaitThirdParty(whom, owner, end, typed.NeededText("text"))
            : wrong ?? new FormError("until", typed.Speaker.Say("request.due_unreadable"));
    }

    private static IReadOnlyList<string> Rules(Speaker speaker) =>
        [speaker.Say("bid.hidden"), speaker.Say("bid.half_way"), speaker.Say("bid.final")];

    private static ActReading Choose(Typed typed, string field) =>
        new FormError(field, typed.Speaker.Say("form.choose"));

    private static bool IsExhibit(ActSubject about) => about.File.View.Exhibit(new(about.Subject)) is not null;

    private static bool IsExtension(ActSubject about) => about.File.View.Exchange.Extension?.No == about.No;

    private static (string, object?)[] Number(ActSubject about) =>
        [("number", about.File.View.Exhibit(new(about.Subject))?.Number)];

    private static (string, object?)[] Extension(ActSubject about) =>
        [("term", about.File.View.Exchange.Extension?.Kind), ("until", about.File.View.Exchange.Extension?.Until)];
}
