using Entente.Domain.Disputes;
using Entente.Domain.Policies;

namespace Entente.Domain.Audiences;

/// <summary>Who must do what by when, and otherwise what: all terms that run, by due time.</summary>
/// <param name="Lines">Empty for a closed dispute.</param>
/// <param name="Afterwards">What is still possible once it is closed, and until when.</param>
public sealed record AgendaView(ValueList<AgendaLine> Lines, ValueList<Sentence> Afterwards)
{
    /// <summary>The one that is waited for.</summary>
    public AgendaLine? Head => Lines.FirstOrDefault(line => line.Term.Kind != TermKind.ClosingReminder);
}

/// <summary>One term in words for one reader.</summary>
/// <param name="Who">The one who must act, as the reader calls them.</param>
/// <param name="Task">Who must do what by when.</param>
/// <param name="Otherwise">What happens when the term passes.</param>
/// <param name="Rule">The rule of the platform it comes from.</param>
public sealed record AgendaLine(Term Term, Who Who, Sentence Task, Sentence Otherwise, Sentence Rule)
{
    public bool IsReaders => Who == Who.You;
    public Instant Due => Term.Due;
}

/// <summary>Puts terms and what follows them into words.</summary>
internal static class Agenda
{
    public static AgendaView Of(Phrases phrases, Policy? policy)
    {
        var dispute = phrases.Dispute;
        return dispute.IsOpen
            ? new([.. dispute.Terms.Where(term => !IsMet(term, phrases)).Select(term => Line(term, phrases))], [])
            : new([], Afterwards(dispute, phrases.Reader.Viewer.Role, policy).ToValueList());
    }

    public static AgendaLine Line(Term term, Phrases phrases) =>
        new(term, phrases.Reader.Of(term.Who), Task(term, phrases), Otherwise(term, phrases), Phrases.Rule(term.Rule));

    /// <summary>What this reader has done already runs on for all others, who must not learn of it.</summary>
    private static bool IsMet(Term term, Phrases phrases) =>
        term.Who == phrases.Reader.Viewer.Role && phrases.Dispute.IsMet(term);

    private static Sentence Task(Term term, Phrases phrases) => Sentence.Of(
        $"agenda.task.{Codes.Of(term.Kind)}",
        ("who", phrases.Reader.Of(term.Who)),
        ("due", term.Due),
        ("no", term.Subject),
        ("duty", Obligation(term, phrases) is { } owed ? Duty(owed, phrases) : null),
        ("obligation", Obligation(term, phrases) is { } obligation ? phrases.Obligation(obligation) : null));

    private static Sentence Otherwise(Term term, Phrases phrases) => Sentence.Of(
        $"agenda.otherwise.{Codes.Of(term.Otherwise)}",
        ("who", phrases.Reader.Of(term.Who)),
        ("claimant", phrases.Reader.Of(phrases.Dispute.Opener)),
        ("due", term.Due),
        ("no", term.Subject),
        ("task", Codes.Of(term.Kind)));

    private static Sentence Duty(Obligation obligation, Phrases phrases) => Sentence.Of(
        $"phrase.duty.{Codes.Of(obligation.Kind)}",
        ("amount", phrases.Amount(obligation.Amount ?? 0)),
        ("items", phrases.Items(obligation.Items)));

    private static Obligation? Obligation(Term term, Phrases phrases) =>
        term.Kind is TermKind.Performance or TermKind.Confirmation or TermKind.Ruling && term.Subject is { } no
            ? phrases.Dispute.Obligation(no)?.Obligation
            : null;

    /// <summary>Only what can really be asked for is promised: each line stands by a declared move.</summary>
    private static IEnumerable<Sentence> Afterwards(Dispute dispute, Role role, Policy? policy)
    {
        var closed = dispute.ClosedAt ?? dispute.LastAt;
        yield return Sentence.Of("agenda.closed", ("at", closed));
        if (policy is null) yield break;
        var rules = policy.For(dispute.Reason, dispute.Remedy);
        if (dispute.AppealRights.FirstOrDefault(right => right.Who == role) is { } appeal)
            yield return Sentence.Of("agenda.afterwards.appeal", ("due", appeal.Until));
        if (role.IsStaff() || Breaching.Reportable(dispute, role).Any())
            yield return Sentence.Of(
                "agenda.afterwards.breach", ("due", policy.Calendar.Due(closed, rules.Fulfilment.BreachWindow)));
        if (ReopeningRules.Counted(dispute) < rules.Reopening.Count || rules.Reopening.Mode == ReopeningMode.Never)
            yield return rules.Reopening.Mode != ReopeningMode.Never && rules.Reopening.Window is { } window
                ? Sentence.Of($"agenda.afterwards.{Mode(rules.Reopening)}_until",
                    ("due", policy.Calendar.Due(closed, window)))
                : Sentence.Of($"agenda.afterwards.{Mode(rules.Reopening)}");
    }

    private static string Mode(ReopeningRule rule) => rule.Mode switch
    {
        ReopeningMode.Never => "final",
        ReopeningMode.NewDisputeWithinCoverage => "new_dispute",
        ReopeningMode.IfOrderNotCompleted => "reopening",
    };
}
