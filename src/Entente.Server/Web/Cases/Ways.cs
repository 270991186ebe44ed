using Entente.Domain;
using Entente.Domain.Disputes;

namespace Entente.Server.Web.Cases;

/// <summary>A button of the next step: what it says, where it leads, how much it stands out.</summary>
/// <param name="Subject">The number of the offer or obligation, where the words name it.</param>
public sealed record Way(string Key, string Href, string? Kind, int? Subject = null);

/// <summary>What a party may do now, the most urgent first: nothing that is not allowed is a button.</summary>
public static class Ways
{
    public static IReadOnlyList<Way> Of(CaseFile file)
    {
        var ways = new List<Way>();
        // A reminder is no task of its own and takes no place before one.
        var mine = file.View.Agenda.Lines.Where(line => line.IsReaders).Select(line => For(line.Term, file))
            .Where(some => some.Count > 0).ToList();
        if (mine.Count > 0) ways.AddRange(mine[0]);
        ways.AddRange(Answers(file));
        foreach (var later in mine.Skip(1)) ways.AddRange(later.Select(way => way with { Kind = "second" }));
        ways.AddRange(Always(file));
        ways.AddRange(WaysAfterwards.Of(file));
        return [.. ways.DistinctBy(way => way.Href).Select((way, at) =>
            at == 0 && way.Kind is null ? way : way with { Kind = way.Kind ?? "second" })];
    }

    private static List<Way> For(Term term, CaseFile file) => term.Kind switch
    {
        TermKind.Answer => Some(Offer(file), Message(file)),
        TermKind.Evidence => Some(Evidence(file), Waiver(file, term)),
        TermKind.Performance => Some(Performance(file, term)),
        TermKind.Confirmation => Some(
            Duty(file, "confirm_performance", "confirmation", term, null),
            Duty(file, "contest_performance", "contest", term, "second")),
        TermKind.Closing => Some(Close(file)),
        TermKind.AppealWindow or TermKind.Joining => Some(Waiver(file, term)),
        TermKind.BreachAnswer => WaysAfterwards.Answers(file),
        TermKind.OfferAnswer or TermKind.Negotiation or TermKind.Decision or TermKind.Ruling
            or TermKind.ClosingReminder or TermKind.Reopening or TermKind.Measures or TermKind.MeasureReview
            or TermKind.Challenge or TermKind.BankPause => [],
        TermKind.ExtensionAnswer => Some(
            Way(file, "agree_extension", $"extensions/{term.Subject}/acceptance", null),
            Way(file, "refuse_extension", $"extensions/{term.Subject}/refusal", "second")),
        TermKind.BidRound => Some(Way(file, "place_blind_bid", $"bid-rounds/{term.Subject}/bid", null)),
        TermKind.Inquiry => Some(Way(file, "answer_inquiry", $"inquiries/{term.Subject}/answer", null)),
        TermKind.Reconciliation => Some(
            Close(file), Way(file, "reject_reconciliation", "reconciliation/refusal", "second")),
    };

    private static IEnumerable<Way> Answers(CaseFile file) => file.View.Actions
        .Where(action => action.Move is "accept_offer")
        .SelectMany(action => Some(
            new("act.accept_offer", $"{file.Address}/offers/{action.Subject}/acceptance", null, action.Subject),
            new("act.decline_offer", $"{file.Address}/offers/{action.Subject}/refusal", "second", action.Subject)));

    private static IEnumerable<Way> Always(CaseFile file)
    {
        if (file.View.Stage is Stage.Negotiation or Stage.Review && Offer(file) is { } offer) yield return offer;
        if (file.View.Stage == Stage.Negotiation && Message(file) is { } message)
            yield return message with { Kind = "second" };
        if (file.View.May("file_complaint"))
            yield return new("act.file_complaint", $"{file.Address}/complaint", "second");
        if (file.View.Stage == Stage.Review && Evidence(file) is { } evidence)
            yield return evidence with { Kind = "second" };
        if (Close(file) is { } close) yield return close with { Kind = "second" };
        foreach (var action in file.View.Actions.Where(action => action.Move == "withdraw_offer"))
            yield return new("act.withdraw_offer", $"{file.Address}/offers/{action.Subject}/withdrawal", "plain",
                action.Subject);
    }

    private static List<Way> Some(params ReadOnlySpan<Way?> ways)
    {
        var some = new List<Way>(ways.Length);
        foreach (var way in ways)
            if (way is not null) some.Add(way);
        return some;
    }

    private static Way? Offer(CaseFile file) =>
        file.View.May("make_offer") ? new("act.make_offer", $"{file.Address}/offers/new", null) : null;

    private static Way? Message(CaseFile file) =>
        file.View.May("post_message") ? new("act.post_message", "#message", "second") : null;

    private static Way? Evidence(CaseFile file) =>
        file.View.May("add_evidence") ? new("act.add_evidence", $"{file.Address}/evidence/new", null) : null;

    private static Way? Close(CaseFile file) =>
        file.View.May("close") ? new("act.close", $"{file.Address}/closure", null) : null;

    private static Way? Waiver(CaseFile file, Term term) => file.Action("waive_term", term.Id) is null
        ? null
        : new($"act.waive_{Codes.Of(term.Kind)}", $"{file.Address}/terms/{term.Id}/waiver", "second");

    private static Way? Performance(CaseFile file, Term term) =>
        file.Action("perform", term.Subject) is { Subject: { } no } && file.View.Obligation(no) is { } duty
            ? new($"act.perform_{Codes.Of(duty.Kind)}", $"{file.Address}/obligations/{no}/performance", null, no)
            : null;

    private static Way? Way(CaseFile file, string move, string path, string? kind) =>
        file.View.May(move) ? new($"act.{move}", $"{file.Address}/{path}", kind) : null;

    private static Way? Duty(CaseFile file, string move, string noun, Term term, string? kind) =>
        file.Action(move, term.Subject) is { Subject: { } no }
            ? new($"act.{move}", $"{file.Address}/obligations/{no}/{noun}", kind, no)
            : null;
}
