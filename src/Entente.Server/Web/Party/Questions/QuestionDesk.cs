using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;
using Entente.Domain.Reputation;
using Entente.Server.Web.Cases;

namespace Entente.Server.Web.Party.Questions;

/// <summary>Answers the questions of a dispute from what its reader may read, its rules and its agenda.</summary>
/// <param name="standing">What of the dispute counts for the reader's own standing.</param>
public sealed partial class QuestionDesk(CaseFile file, ValueList<StandingEntry> standing, Instant now)
{
    private readonly Domain.Policies.Rules _rules =
        file.Policy.For(file.View.Items[0].Reason, file.View.Sought[0].Kind);
    private readonly IReadOnlyList<Way> _ways = Cases.Ways.Of(file);

    private DisputeView View => file.View;
    private BusinessCalendar Calendar => file.Policy.Calendar;
    private Instant ClosedAt => View.Closing?.At ?? View.LastAt;

    public IReadOnlyList<Question> Answers() =>
    [
        NotSatisfied(), Reopen(), HowLong(), Contact(), Refunded(), NotClosing(), Standing(), Breach(), Bank(),
    ];

    private Question NotSatisfied() => Of("not_satisfied", Unhappy(),
        "appeal", "set_aside", "file_complaint", "decline_offer", "make_offer", "add_evidence");

    private IEnumerable<Sentence> Unhappy()
    {
        if (!View.IsOpen)
        {
            yield return Tell("not_satisfied.closed", ("at", ClosedAt));
            yield break;
        }
        yield return View.Outcomes is [.., var last]
            ? Tell($"not_satisfied.{Codes.Of(last.Kind)}", ("at", last.At), ("no", last.No))
            : Tell("not_satisfied.no_outcome", ("stage", View.Stage));
        if (View.Outcomes is [.., { Kind: OutcomeKind.Decision }]) yield return Appeal();
        if (View.Outcomes is [.., { Kind: OutcomeKind.Default } given] && SetAsideUntil(given) is { } until)
            yield return Tell(until > now ? "not_satisfied.set_aside" : "not_satisfied.set_aside_over",
                ("until", until));
        if (View.ComplaintFrom is { } from)
            yield return from > now
                ? Tell("not_satisfied.complaint_from", ("from", from))
                : Tell("not_satisfied.complaint_now");
        if (View.Outcomes.Count > 0) yield return Tell("not_satisfied.new_offer");
        if (Mine(TermKind.Evidence) is { } evidence) yield return Tell("not_satisfied.evidence", ("due", evidence.Due));
    }

    private Sentence Appeal() => Mine(TermKind.AppealWindow) is { } window
        ? Tell("not_satisfied.appeal",
            ("due", window.Due), ("new", _rules.Appeal.NewEvidenceNeeded ? "yes" : "no"),
            ("decision", _rules.Appeal.DecisionWithin))
        : Tell(_rules.Appeal.Window is null ? "not_satisfied.no_appeal" : "not_satisfied.appeal_over");

    private Instant? SetAsideUntil(OutcomeView given) =>
        _rules.Silence.SetAsideWithin is { } span ? Calendar.Due(given.At, span) : null;

    private Question Reopen() => Of("reopen", Reopening(), "request_reopening");

    private IEnumerable<Sentence> Reopening()
    {
        if (View.IsOpen) yield return Tell("reopen.open");
        else
            foreach (var line in View.Agenda.Afterwards) yield return line;
        yield return Tell($"reopen.{Codes.Of(_rules.Reopening.Mode)}",
            ("count", _rules.Reopening.Count), ("decision", _rules.Reopening.DecisionWithin),
            ("window", _rules.Reopening.Window));
        if (_rules.Reopening.Mode == ReopeningMode.IfOrderNotCompleted)
            yield return Tell("reopen.order", ("order", View.Order.ExternalId),
                ("completed", View.Order.Status == OrderStatus.Completed ? "yes" : "no"),
                ("status", View.Order.Status));
        if (_rules.Reopening is { Window: { } window, Mode: not ReopeningMode.Never } && !View.IsOpen)
            yield return Tell("reopen.until", ("until", Calendar.Due(ClosedAt, window)));
    }

    private Question HowLong() => Of("how_long", Times(), "close");

    private IEnumerable<Sentence> Times()
    {
        yield return Tell("how_long.why", ("reason", View.Items[0].Reason), ("remedy", View.Sought[0].Kind));
        foreach (var line in View.Agenda.Lines)
        {
            yield return line.Task;
            if (line == View.Agenda.Head) yield return line.Otherwise;
        }
        if (View.IsOpen)
            yield return Tell("how_long.bound", ("days", LifeBound.Of(file.Policy).Days));
        else yield return Tell("how_long.closed", ("at", ClosedAt));
        yield return Tell("how_long.closing", ("within", _rules.Closing.Within), ("opener", Name(View.Opener)));
    }

    private Question Contact()
    {
        var question = Of("contact", Contacts(), "post_message", "make_offer");
        return View.May("post_message") && question.Ways.All(way => way.Key != "act.post_message")
            ? question with { Ways = [new("act.post_message", $"{file.Address}#message", "second"), .. question.Ways] }
            : question;
    }

    private IEnumerable<Sentence> Contacts()
    {
        yield return Tell(View.May("post_message") ? "contact.here" : "contact.closed",
            ("other", file.NameOf(file.Me.Other())));
        var messages = View.Timeline.Where(entry => entry.Type == "message_posted").ToList();
        var theirs = messages.LastOrDefault(entry => entry.Role == file.Me.Other());
        yield return theirs is null
            ? Tell("contact.none_yet", ("n", messages.Count))
            : Tell("contact.last", ("n", messages.Count), ("at", theirs.At));
        if (View.Offers.LastOrDefault(offer => offer.By == file.Me.Other() && offer.State == OfferState.Open) is
            { } offer)
            yield return offer.Until is { } until
                ? Tell("contact.offer_until", ("no", offer.No), ("until", until))
                : Tell("contact.offer", ("no", offer.No));
    }

    private Question Of(string anchor, IEnumerable<Sentence> says, params IReadOnlyList<string> moves) => new(
        anchor, [.. says],
        [.. _ways.Where(way => moves.Any(move => way.Key.StartsWith($"act.{move}", StringComparison.Ordinal)))
            .Select(way => way with
            {
                Kind = "second",
                Href = way.Href.StartsWith('#') ? file.Address + way.Href : way.Href,
            })]);

    private AgendaLine? Mine(TermKind kind) =>
        View.Agenda.Lines.FirstOrDefault(line => line.IsReaders && line.Term.Kind == kind);

    private Who Name(Role role) => role == file.Me ? Who.You : role == Role.Buyer ? Who.Buyer : Who.Seller;

    private static Sentence Tell(string key, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Sentence.Of($"answers.{key}", values);
}
