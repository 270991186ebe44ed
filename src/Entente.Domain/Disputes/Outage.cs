namespace Entente.Domain.Disputes;

// WARNING: TimeGivenBack is a storage format for ever, as everything in DisputeEvent.cs.

/// <summary>The centre was out of order while terms ran; they end later, once.</summary>
public sealed record TimeGivenBack(Instant From, Instant Until) : DisputeEvent;

/// <summary>A recorded outage of ours ran through terms: nobody loses time to it (I-DUE-6).</summary>
/// <param name="Terms">Ids of the terms that ran while it lasted.</param>
public sealed record GiveBackTime(Instant From, Instant Until, ValueList<int> Terms) : DisputeCommand
{
    public static readonly Move Gives = new("give_back_time", [Role.Rule],
        [Stage.Negotiation, Stage.Review, Stage.Fulfilment, Stage.Appeal, Stage.ReopeningRequested, Stage.Enforcement]);

    public override Move Move => Gives;

    /// <summary>An outage gives back once, however often it is recorded.</summary>
    public override bool IsDone(Dispute dispute, Role by) =>
        dispute.Outages.Contains(From) || !dispute.Terms.Any(term => Terms.Contains(term.Id));

    protected override Answer Decide(Dispute dispute, Context context)
    {
        var course = Course.From(dispute, context);
        var through = dispute.Terms.Where(term => Terms.Contains(term.Id)).ToList();
        return course.Then(new TimeGivenBack(From, Until)
        {
            Ends = [.. through.Select(term => term.Id)],
            Starts = [.. through.Select((term, at) => term with
            {
                Id = dispute.LastTerm + 1 + at, Due = Later(term, dispute, context),
            })],
        }).Answer();
    }

    /// <summary>As much later as the outage lasted, and never sooner after it than a notice needs.</summary>
    private Instant Later(Term term, Dispute dispute, Context context) => Instant.Max(
        term.Due + (Until - From),
        context.Policy.Calendar.Due(Until, dispute.Under(context.Policy).Silence.Notice));
}
