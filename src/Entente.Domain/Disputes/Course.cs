namespace Entente.Domain.Disputes;

/// <summary>
/// The facts of one answer, one after the other: each sees what the one before did, and the terms that follow from
/// the state it leads to begin and end with it.
/// </summary>
internal sealed record Course(Dispute Dispute, Context Context, ValueList<DisputeEvent> Events)
{
    public static Course From(Dispute dispute, Context context) => new(dispute, context, []);

    public Course Then(DisputeEvent happened)
    {
        var complete = Agenda(happened);
        return this with { Dispute = After(complete), Events = Events.Add(complete) };
    }

    public Course Then(IEnumerable<DisputeEvent> happened) =>
        happened.Aggregate(this, (course, next) => course.Then(next));

    public Accepted Answer(params ReadOnlySpan<PersonalText?> texts) => new Accepted(Events, []).With(texts);

    public Term Term(TermKind kind, Role who, Instant due, string rule, Consequence otherwise, int? subject = null,
        int offset = 0) =>
        new(Dispute.LastTerm + 1 + offset, kind, who, due, rule, otherwise, subject);

    private DisputeEvent Agenda(DisputeEvent happened)
    {
        if (happened.Audience != Audience.All) return happened;
        var after = After(happened);
        var ends = after.Terms.Where(term => !Terms.IsAlive(term, after)).Select(term => term.Id);
        var answered = Dispute.Terms.Where(
            term => !happened.Ends.Contains(term.Id) && Terms.HasLostItsThreat(term, after)).ToList();
        var last = after.LastTerm;
        var numbered = happened with
        {
            Ends = happened.Ends.Concat(ends).Concat(answered.Select(term => term.Id)).Distinct().ToValueList(),
            Starts = happened.Starts
                .Concat(answered.Select(term => term with { Id = ++last, Otherwise = Consequence.DecidedOnFile }))
                .ToValueList(),
        };
        return numbered with { Starts = numbered.Starts.Concat(Terms.Owed(After(numbered), Context)).ToValueList() };
    }

    private Dispute After(DisputeEvent happened) => Dispute.After(new Fact(
        Dispute.Version + 1,
        Dispute.Counts[(int)happened.Audience] + 1,
        Context.Now,
        Context.By,
        new CommandId(""),
        Context.Policy.Stamp,
        happened));
}
