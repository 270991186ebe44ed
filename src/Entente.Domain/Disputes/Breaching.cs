using Entente.Domain.Policies;

namespace Entente.Domain.Disputes;

/// <summary>A side reports that the other does not honour what was agreed or decided; exhibits follow it.</summary>
public sealed record ReportBreach(int Obligation, PersonalText Text) : DisputeCommand
{
    public static readonly Move Reports = new("report_breach", [Role.Buyer, Role.Seller],
        [Stage.Fulfilment, Stage.Enforcement, Stage.Closed],
        (dispute, role, _) => Breaching.Reportable(dispute, role).Any() ? null : RefusalCode.NothingToReport);

    public override Move Move => Reports;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        if (dispute.Obligation(Obligation) is not { } standing)
            return new Refusal(RefusalCode.ObligationUnknown, "obligation");
        if (standing.Obligation.Creditor != context.Role)
            return new Refusal(RefusalCode.ObligationNotYours, "obligation");
        if (!Breaching.Reportable(dispute, context.Role).Contains(standing))
            return new Refusal(RefusalCode.NothingToReport, "obligation");
        if (Breaching.Until(dispute, context.Policy) is { } until && context.Now >= until)
            return Refusal.Of(RefusalCode.BreachTimeIsOver, null, ("until", until));
        if (Appealing.Clash(dispute, context) is { } clash) return clash;
        if (Texts.Objection(Text, Texts.StoryMax, "text") is { } text) return text;
        var (course, no) = (Course.From(dispute, context), dispute.Breaches.Count + 1);
        return course.Then(new BreachReported(no, Obligation, context.Role, Text.Ref)
        {
            Starts =
            [
                course.Term(TermKind.BreachAnswer, standing.Obligation.Debtor,
                    context.Due(dispute.Under(context.Policy).Breach.AnswerWithin), RuleKeys.BreachAnswerWithin,
                    Consequence.GoesToExaminer, no),
            ],
        }).Answer(Text);
    }
}

/// <summary>The side that is said to be in breach answers the report.</summary>
public sealed record AnswerBreach(int Breach, PersonalText Text) : DisputeCommand
{
    public static readonly Move Answers = new("answer_breach", [Role.Buyer, Role.Seller],
        [Stage.Enforcement, Stage.Appeal],
        (dispute, role, _) => dispute.Breaches.Any(breach => Breaching.MayAnswer(breach, role))
            ? null
            : RefusalCode.NothingToAnswer);

    public override Move Move => Answers;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        if (dispute.Breach(Breach) is not { } breach) return new Refusal(RefusalCode.BreachUnknown, "breach");
        if (!Breaching.MayAnswer(breach, context.Role)) return new Refusal(RefusalCode.NothingToAnswer, "breach");
        if (Texts.Objection(Text, Texts.StoryMax, "text") is { } text) return text;
        var course = Course.From(dispute, context);
        return course.Then(new BreachAnswered(Breach, Text.Ref)
        {
            Starts = [Breaching.RulingTerm(course, Breach)],
        }).Answer(Text);
    }
}

/// <summary>What reports of breach have in common.</summary>
public static class Breaching
{
    /// <summary>
    /// Obligations whose creditor may say that they were not honoured: owed, or said to be done and never verified.
    /// </summary>
    public static IEnumerable<ObligationStanding> Reportable(Dispute dispute, Role role) => dispute.Obligations
        .Where(standing => standing.Obligation.Creditor == role
            && (standing.State is ObligationState.Overdue or ObligationState.Unanswered or ObligationState.Defaulted
                || dispute.Stage == Stage.Closed && standing is { State: ObligationState.Confirmed, Verified: false })
            && dispute.Breaches.All(breach => breach.Obligation != standing.Obligation.No));

    /// <summary>Until when a breach can be reported; null while the dispute is open.</summary>
    public static Instant? Until(Dispute dispute, Policy policy) => dispute.ClosedAt is { } closed
        ? policy.Calendar.Due(closed, dispute.Under(policy).Fulfilment.BreachWindow)
        : null;

    internal static bool MayAnswer(Breach breach, Role role) =>
        breach.State == BreachState.Reported && breach.By != role;

    internal static bool IsOpen(Breach breach) =>
        breach.State is BreachState.Reported or BreachState.Answered or BreachState.Unanswered;

    internal static bool AwaitsRuling(Breach breach) => breach.State is BreachState.Answered or BreachState.Unanswered;

    internal static Term RulingTerm(Course course, int breach) => course.Term(
        TermKind.Measures, Role.Examiner,
        course.Context.Due(course.Dispute.Under(course.Context.Policy).Breach.DecisionWithin),
        RuleKeys.BreachDecisionWithin, Consequence.PassesToSupervisor, breach);

    /// <summary>The time to answer passed: the examiner rules on what the report shows.</summary>
    internal static Course Unanswered(Course course, Term term) => course.Then(
        new BreachUnanswered(term.Subject!.Value, term.Who)
        {
            Ends = [term.Id],
            Starts = [RulingTerm(course, term.Subject!.Value)],
        });

    /// <summary>What happens when nobody rules: an unanswered report stands, an answered one falls away.</summary>
    internal static Consequence IfNobodyRules(Dispute dispute, int breach) =>
        dispute.Breach(breach)?.State == BreachState.Unanswered
            ? Consequence.StaysDefaulted
            : Consequence.BreachFallsAway;

    internal static Course RuleBySilence(Course course, int breach) => course.Then(new BreachRuled(
        breach, IfNobodyRules(course.Dispute, breach) == Consequence.StaysDefaulted, [], [], [], null));
}
