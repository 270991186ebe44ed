using Entente.Domain.Policies;

namespace Entente.Domain.Disputes;

/// <summary>
/// « Examen supplémentaire »: a side that lost something asks another examiner to look at findings of the decision once
/// more. While the other side's appeal waits, this joins it.
/// </summary>
/// <param name="Findings">Numbers of the findings that are attacked, from 1.</param>
/// <param name="Exhibits">Numbers of open exhibits of one's own that the decision could not rest on.</param>
public sealed record AppealDecision(
    ValueList<int> Findings, ValueList<int> Exhibits, PersonalText Text) : DisputeCommand
{
    public static readonly Move Appeals = new("appeal", [Role.Buyer, Role.Seller],
        [Stage.Fulfilment, Stage.Enforcement, Stage.Appeal, Stage.Closed],
        (dispute, role, now) => Appealing.OpenTo(dispute, role, now) is null ? RefusalCode.NothingToAppeal : null);

    public override Move Move => Appeals;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        var attacked = dispute.Outcome(Appealing.OpenTo(dispute, context.Role, context.Now)!.Value)!;
        if (Appealing.Clash(dispute, context) is { } clash) return clash;
        if (Findings.Count == 0) return new Refusal(RefusalCode.FindingMissing, "findings");
        if (Findings.Any(no => no < 1 || no > attacked.Findings))
            return Refusal.Of(RefusalCode.FindingUnknown, "findings", ("max", attacked.Findings));
        if (ExhibitsObjection(attacked, dispute, context) is { } exhibit) return exhibit;
        if (Texts.Objection(Text, Texts.StoryMax, "text") is { } text) return text;
        var course = Course.From(dispute, context);
        return (dispute.Stage == Stage.Appeal ? Join(course, attacked) : File(course, attacked)).Answer(Text);
    }

    private Refusal? ExhibitsObjection(Outcome attacked, Dispute dispute, Context context)
    {
        foreach (var no in Exhibits)
        {
            var exhibit = dispute.Exhibits.FirstOrDefault(one => one.No == no && one.Audience == Audience.All);
            if (exhibit is null || exhibit.Withdrawn)
                return Refusal.Of(RefusalCode.ExhibitNotOpen, "exhibits", ("exhibit", no));
            if (!Appealing.IsNew(exhibit, attacked, context.Role))
                return Refusal.Of(RefusalCode.ExhibitNotNew, "exhibits", ("exhibit", no));
        }
        return Exhibits.Count == 0 && dispute.Under(context.Policy).Appeal.NewEvidenceNeeded
            ? new(RefusalCode.NewEvidenceMissing, "exhibits")
            : null;
    }

    private Course File(Course course, Outcome attacked)
    {
        var (dispute, by) = (course.Dispute, course.Context.Role);
        return course.Then(new AppealFiled(dispute.Appeals.Count + 1, attacked.No, by, Named(Findings), Named(Exhibits),
            Text.Ref, Appealing.Suspended(dispute, attacked, course.Context))
        {
            Ends = Appealing.OfExamination(dispute),
            Starts = Appealing.Terms(course, by, attacked),
        });
    }

    private Course Join(Course course, Outcome attacked)
    {
        var (dispute, by) = (course.Dispute, course.Context.Role);
        return course.Then(new AppealJoined(
            dispute.Appeals.Count + 1, attacked.No, by, Named(Findings), Named(Exhibits), Text.Ref)
        {
            Ends = Appealing.OfExamination(dispute),
            Starts = Appealing.Terms(course, null, attacked),
        });
    }

    private static ValueList<int> Named(ValueList<int> numbers) => numbers.Distinct().Order().ToValueList();
}

/// <summary>Who may appeal until when, and the terms of an appeal.</summary>
internal static class Appealing
{
    /// <summary>The decision that this role may have reviewed now: by its own right, or by joining.</summary>
    public static int? OpenTo(Dispute dispute, Role role, Instant now) => dispute.Stage == Stage.Appeal
        ? dispute.TermOf(TermKind.Joining, role) is null ? null : dispute.OpenAppeals.First().Outcome
        : dispute.AppealRights.FirstOrDefault(right => right.Who == role && now < right.Until)?.Outcome;

    /// <summary>A closed dispute holds no units; another one of the order may hold them by now.</summary>
    public static Refusal? Clash(Dispute dispute, Context context) =>
        dispute.Stage == Stage.Closed && dispute.Opening.Items.GroupBy(item => item.Line).Any(line =>
            line.Sum(item => item.Units)
                + context.Head.Held.Where(units => units.Line == line.Key).Sum(units => units.Count)
                > dispute.Opening.Order.Lines.First(one => one.No == line.Key).Units)
            ? new(RefusalCode.UnitsAlreadyInDispute)
            : null;

    /// <summary>What the decision could not rest on: added since, or after its side's time.</summary>
    public static bool IsNew(Exhibit exhibit, Outcome decision, Role by) =>
        exhibit.From == by && (exhibit.At > decision.At || exhibit.Late);

    /// <summary>What is not done yet waits; what is said to be done, or has left, goes its own way.</summary>
    public static ValueList<int> Suspended(Dispute dispute, Outcome attacked, Context context)
    {
        var chain = dispute.ChainOf(attacked.No).Select(outcome => outcome.No).ToHashSet();
        return dispute.Obligations
            .Where(standing => chain.Contains(standing.Obligation.Outcome) && IsNotBegun(standing)
                && !context.Head.Till.HasLeft(standing.Obligation.No))
            .Select(standing => standing.Obligation.No)
            .ToValueList();
    }

    public static bool IsNotBegun(ObligationStanding standing) =>
        standing.State is ObligationState.Waiting or ObligationState.Open or ObligationState.Overdue;

    /// <summary>The terms of an examination that runs: another one begins with its own.</summary>
    public static ValueList<int> OfExamination(Dispute dispute) => dispute.Terms
        .Where(term => term.Kind is TermKind.Evidence or TermKind.Joining or TermKind.Decision)
        .Select(term => term.Id).ToValueList();

    /// <summary>Time for evidence for both, time to join for the other side, and the other examiner's.</summary>
    /// <param name="by">The appellant; null where the other side has joined.</param>
    public static ValueList<Term> Terms(Course course, Role? by, Outcome attacked)
    {
        var (dispute, context) = (course.Dispute, course.Context);
        var rules = dispute.Under(context.Policy);
        var (evidence, join) = (context.Due(rules.Review.Evidence), context.Due(rules.Appeal.JoinWithin));
        var terms = new List<Term>
        {
            course.Term(TermKind.Evidence, Role.Buyer, evidence, RuleKeys.ReviewEvidence, Consequence.DecidedOnFile),
            course.Term(TermKind.Evidence, Role.Seller, evidence, RuleKeys.ReviewEvidence, Consequence.DecidedOnFile,
                offset: 1),
        };
        if (by?.Other() is { } other && MayAppeal(dispute, attacked.Lines, other, rules.Appeal))
            terms.Add(course.Term(TermKind.Joining, other, join, RuleKeys.AppealJoinWithin,
                Consequence.AppealGoesOnAlone, offset: 2));
        var start = terms.Max(term => term.Due);
        terms.Add(course.Term(TermKind.Decision, Role.Examiner,
            context.Policy.Calendar.Due(start, rules.Appeal.DecisionWithin), RuleKeys.AppealDecisionWithin,
            Consequence.PassesToSupervisor, offset: terms.Count));
        return terms.ToValueList();
    }

    /// <summary>The time to appeal of whoever lost something by a decision; none where it is the last.</summary>
    public static ValueList<Term> Windows(Dispute dispute, ValueList<RemedyLine> lines, Context context)
    {
        var rules = dispute.Under(context.Policy).Appeal;
        if (rules.Window is not { } window || dispute.Level >= rules.Levels) return [];
        var course = Course.From(dispute, context);
        return Sides.Where(side => MayAppeal(dispute, lines, side, rules))
            .Select((side, index) => course.Term(TermKind.AppealWindow, side, context.Due(window),
                RuleKeys.AppealWindow, IfUnused(rules), offset: index))
            .ToValueList();
    }

    private static Consequence IfUnused(AppealRule rules) =>
        rules.ExecuteAtOnce ? Consequence.DecisionBecomesFinal : Consequence.OutcomeIsCarriedOut;

    private static readonly ValueList<Role> Sides = [Role.Buyer, Role.Seller];

    /// <summary>Whoever lost something, and has not appealed as often as the rules allow.</summary>
    private static bool MayAppeal(Dispute dispute, ValueList<RemedyLine> lines, Role side, AppealRule rules) =>
        dispute.Appeals.Count(appeal => appeal.By == side) < rules.Count
        && (side == dispute.Opener
            ? dispute.Opening.Sought != lines
            : lines.Any(line => line.Kind != RemedyKind.None));

    /// <summary>Releases what waited, once nobody's time to appeal runs any more.</summary>
    public static Course ReleaseIfOver(Course course, Term ended) =>
        ended.Kind == TermKind.AppealWindow ? Release(course) : course;

    public static Course Release(Course course)
    {
        if (course.Dispute.Terms.Any(term => term.Kind == TermKind.AppealWindow)) return course;
        var held = course.Dispute.Obligations
            .Where(standing => standing is { Held: true, State: ObligationState.Waiting })
            .Select(standing => standing.Obligation.No).ToValueList();
        return held.Count == 0 ? course : course.Then(new ObligationsReleased(held));
    }

    /// <summary>Nobody decided in time: the decision that was attacked stands, for good (rulings D16).</summary>
    public static Course LeaveStanding(Course course) =>
        Release(course.Then(new DecisionLeftStanding(course.Dispute.OpenAppeals.First().Outcome)));
}
