using Entente.Domain.Disputes;

namespace Entente.Domain.Policies;

/// <summary>One run over a dispute's facts under changed rules.</summary>
internal sealed class Replaying(DisputeId dispute, IReadOnlyList<Fact> facts, Policy changed)
{
    private readonly DisputeOpened _opening = (DisputeOpened)facts[0].Event;
    private readonly Dictionary<int, (Term Term, Instant Began)> _running = [];
    private readonly List<ReplayWait> _waits = [];
    private Rules _rules = null!;

    public Replay Run()
    {
        _rules = changed.For(_opening.Items[0].Reason, _opening.Sought[0].Kind);
        if (NotOpened() is { } closed) return Same(closed);
        foreach (var fact in facts)
        {
            if (fact.Event is ComplaintFiled { By: { } by } && TooEarly(by, fact.At) is { } early) return Same(early);
            foreach (var id in fact.Event.Ends)
                if (_running.Remove(id, out var ended) && Differs(ended.Term, ended.Began, fact) is { } difference)
                    return Same(difference);
            foreach (var term in fact.Event.Starts) _running[term.Id] = (term, fact.At);
            if (_running.Count > 0 && fact.Event is DisputeClosed) _running.Clear();
        }
        return Same(null);
    }

    private Replay Same(ReplayDifference? difference) => new(dispute, difference, _waits.ToValueList());

    private ReplayDifference? NotOpened()
    {
        var (at, rule) = (facts[0].At, _rules.Opening);
        var start = OpenDispute.Start(_opening.Order.Dates, rule.From);
        var tooEarly = rule.NotBefore is { } wait && at < changed.Calendar.Due(start, wait);
        return tooEarly || at >= changed.Calendar.Due(start, rule.Within)
            ? new(ReplayChange.NotOpened, null, _opening.Opener, at, null)
            : null;
    }

    /// <summary>A refusal or a missed answer had made the complaint possible at
    /// once, as far as the changed rules say so.</summary>
    private ReplayDifference? TooEarly(Role by, Instant at)
    {
        if (at >= changed.Calendar.Due(facts[0].At, _rules.Negotiation.ComplaintAfter)) return null;
        var refused = facts.TakeWhile(fact => fact.At <= at).Any(fact =>
            fact.Event is AnswerMissed
            || fact.Event is OfferDeclined { Offer: 1 } && _rules.Negotiation.ComplaintAtOnceAfterRefusal);
        return refused
            ? null
            : new(ReplayChange.ComplaintTooEarly, null, by,
                changed.Calendar.Due(facts[0].At, _rules.Negotiation.ComplaintAfter), null);
    }

    private ReplayDifference? Differs(Term term, Instant began, Fact ending)
    {
        if (Span(term) is not { } span)
            return term.Kind == TermKind.AppealWindow && _rules.Appeal.Window is null && ending.By.Role.IsParty()
                && ending.Event is not TermWaived
                ? new(ReplayChange.NoAppeal, term.Kind, term.Who, ending.At, null)
                : null;
        var due = changed.Calendar.Due(Began(term, began), span);
        var then = Otherwise(term);
        if (ending.By.Kind == ActorKind.Rule && ending.At >= term.Due) return Passed(term, due, then);
        return ending.By.Role == term.Who && ending.At >= due && due < term.Due
            ? new(ReplayChange.TooLate, term.Kind, term.Who, due, then)
            : null;
    }

    /// <summary>The term passed: it would have passed too, later or earlier,
    /// with this or another consequence.</summary>
    private ReplayDifference? Passed(Term term, Instant due, Consequence then)
    {
        if (then != term.Otherwise)
            return new(ReplayChange.OtherConsequence, term.Kind, term.Who, due, then);
        if (due != term.Due && term.Kind != TermKind.ClosingReminder)
            _waits.Add(new(term.Kind, term.Who.IsParty() ? term.Who.Other() : _opening.Opener, due - term.Due));
        return null;
    }

    /// <summary>The decision's time runs from the end of the time for evidence, also under other rules.</summary>
    private Instant Began(Term term, Instant began) =>
        term.Kind == TermKind.Decision && term.Rule == RuleKeys.ReviewDecisionWithin
            ? changed.Calendar.Due(began, _rules.Review.Evidence)
            : began;

    private Span? Span(Term term) => term.Kind switch
    {
        TermKind.Evidence => _rules.Review.Evidence,
        TermKind.ClosingReminder => _rules.Closing.Reminders.ElementAtOrDefault((term.Subject ?? 1) - 1),
        _ => Rule.Find(term.Rule)?.Value(_rules) as Span,
    };

    private Consequence Otherwise(Term term) => term.Kind switch
    {
        TermKind.Answer => OpenDispute.Otherwise(_rules.Answer.Silence),
        TermKind.Negotiation => OpenDispute.Otherwise(_rules.Negotiation.Silence),
        TermKind.Evidence when term.Otherwise == Consequence.DecidedOnFile && !IsThreat(term) => term.Otherwise,
        TermKind.Evidence => Complaints.Otherwise(
            term.Who == _opening.Opener ? _rules.Review.ClaimantSilent : _rules.Review.RespondentSilent),
        TermKind.Decision when term.Who == Role.Operator => Lapse.AtLast(TermKind.Decision, _rules.Review.StaffSilent),
        _ => term.Otherwise,
    };

    /// <summary>Who had spoken is not threatened by any rules; only who had not was told of a consequence.</summary>
    private bool IsThreat(Term term) => !facts.TakeWhile(fact => fact.At < term.Due)
        .Any(fact => fact.By.Role == term.Who && fact.Event.Audience == Audience.All
            && fact.Event is MessagePosted or EvidenceAdded);
}
