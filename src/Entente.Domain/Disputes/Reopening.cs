using Entente.Domain.Policies;

namespace Entente.Domain.Disputes;

/// <summary>A side asks for a closed dispute to be taken up again, with an explanation; exhibits follow it.</summary>
public sealed record RequestReopening(ReopeningGround Ground, PersonalText Text) : DisputeCommand
{
    public static readonly Move Requests = new("request_reopening", [Role.Buyer, Role.Seller], [Stage.Closed]);

    public override Move Move => Requests;

    public override bool IsDone(Dispute dispute, Role by) => dispute.OpenReopening is { } open && open.By == by;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        if (ReopeningRules.Objection(dispute, Ground, context) is { } objection) return objection;
        if (Appealing.Clash(dispute, context) is { } clash) return clash;
        if (Texts.Objection(Text, Texts.StoryMax, "text") is { } text) return text;
        var course = Course.From(dispute, context);
        return course.Then(new ReopeningRequested(dispute.Reopenings.Count + 1, context.Role, Ground, Text.Ref)
        {
            Starts =
            [
                course.Term(TermKind.Reopening, Role.Examiner,
                    context.Due(dispute.Under(context.Policy).Reopening.DecisionWithin),
                    RuleKeys.ReopeningDecisionWithin, Consequence.PassesToSupervisor, dispute.Reopenings.Count + 1),
            ],
        }).Answer(Text);
    }
}

/// <summary>The platform takes a closed dispute up again.</summary>
public sealed record GrantReopening(PersonalText? Text) : DisputeCommand
{
    public static readonly Move Grants = new(
        "grant_reopening", [Role.Examiner, Role.Operator], [Stage.ReopeningRequested]);

    public override Move Move => Grants;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        if (ReopeningRules.NotTheirs(dispute, context) is { } not) return not;
        return Texts.Objection(Text, Texts.CommentMax, "text", needed: false) is { } text
            ? text
            : ReopeningRules.Grant(Course.From(dispute, context), Text?.Ref).Answer(Text);
    }
}

/// <summary>The platform leaves a closed dispute closed, and says why.</summary>
public sealed record DenyReopening(PersonalText Text) : DisputeCommand
{
    public static readonly Move Denies = new(
        "deny_reopening", [Role.Examiner, Role.Operator], [Stage.ReopeningRequested]);

    public override Move Move => Denies;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        if (ReopeningRules.NotTheirs(dispute, context) is { } not) return not;
        return Texts.Objection(Text, Texts.CommentMax, "text") is { } text
            ? text
            : Course.From(dispute, context)
                .Then(new ReopeningDenied(dispute.OpenReopening!.No, context.Role, Text.Ref)).Answer(Text);
    }
}

/// <summary>Which requests for reopening the rules allow, and how a dispute goes on that was taken up again.</summary>
public static class ReopeningRules
{
    /// <summary>The grounds a side may give; the bank's reversal comes from the bank alone.</summary>
    public static ValueList<ReopeningGround> For(Role role) =>
    [
        ReopeningGround.OrderNotCompleted, ReopeningGround.NewEvidence, ReopeningGround.NotHonoured,
        .. role == Role.Seller ? (ReopeningGround[])[ReopeningGround.ArrivedAfterRefund] : [],
    ];

    /// <summary>The grounds that the rules would take up now, as far as the dispute alone tells.</summary>
    public static ValueList<ReopeningGround> Offered(Dispute dispute, Role role, Instant now, Policy policy) =>
        dispute.Stage != Stage.Closed || !role.IsParty()
            ? []
            : For(role).Where(ground => RulesObjection(dispute, ground, now, policy) is null
                && Fits(ground, dispute, dispute.Opening.Order.Status)).ToValueList();

    /// <summary>Until when a closed dispute can be asked to be reopened; null where there is no end.</summary>
    public static Instant? Until(Dispute dispute, ReopeningGround ground, Policy policy)
    {
        var rules = dispute.Under(policy);
        var window = IsOutsideFact(ground)
            ? rules.Reopening.Window ?? rules.Fulfilment.BreachWindow
            : rules.Reopening.Window;
        if (window is null) return null;
        var until = policy.Calendar.Due(dispute.ClosedAt ?? dispute.LastAt, window);
        if (LastUnanswered(dispute) is not { EndedAt: { } at }) return until;
        var again = policy.Calendar.Due(at, window);
        return again > until ? again : until;
    }

    /// <summary>
    /// How many requests the rules have counted; the first that nobody answered is not one (rulings D16).
    /// </summary>
    public static int Counted(Dispute dispute) => dispute.Reopenings.Count(request =>
            request.State is ReopeningState.Granted or ReopeningState.Denied)
        + Math.Max(0, dispute.Reopenings.Count(request => request.State == ReopeningState.Unanswered) - 1);

    internal static Refusal? Objection(Dispute dispute, ReopeningGround ground, Context context)
    {
        if (!For(context.Role).Contains(ground)) return new(RefusalCode.ReopeningGroundNotYours, "ground");
        if (RulesObjection(dispute, ground, context.Now, context.Policy) is { } refusal) return refusal;
        return Fits(ground, dispute, context.Head.Order.Status)
            ? null
            : new(RefusalCode.ReopeningGroundDoesNotFit, "ground");
    }

    private static Refusal? RulesObjection(Dispute dispute, ReopeningGround ground, Instant now, Policy policy)
    {
        var rules = dispute.Under(policy).Reopening;
        if (!IsOutsideFact(ground) && rules.Mode == ReopeningMode.Never) return new(RefusalCode.ReopeningNever);
        if (!IsOutsideFact(ground) && rules.Mode == ReopeningMode.NewDisputeWithinCoverage)
            return new(RefusalCode.ReopeningIsANewDispute);
        if (Until(dispute, ground, policy) is { } until && now >= until)
            return Refusal.Of(RefusalCode.ReopeningTimeIsOver, null, ("until", until));
        if (Counted(dispute) >= Math.Max(rules.Count, IsOutsideFact(ground) ? 1 : 0))
            return Refusal.Of(RefusalCode.ReopenedTooOften, null, ("max", rules.Count));
        return null;
    }

    internal static Refusal? NotTheirs(Dispute dispute, Context context) =>
        context.Role == Role.Examiner && !dispute.IsExaminedBy(context.By)
            ? new(RefusalCode.NotAssignedToYou)
            : null;

    /// <summary>The same dispute goes on with all that stands in it, and with new due times.</summary>
    internal static Course Grant(Course course, PersonalRef? text)
    {
        var (dispute, context) = (course.Dispute, course.Context);
        var rules = dispute.Under(context.Policy);
        var into = rules.Reopening.LeadsTo == ReopenedInto.Negotiation ? Stage.Negotiation : Stage.Review;
        return course.Then(new ReopeningGranted(dispute.OpenReopening!.No, into, text)
        {
            Ends = Appealing.OfExamination(dispute),
            Starts = into == Stage.Review ? Complaints.Terms(course) : [Negotiation(course, rules.Negotiation)],
        });
    }

    /// <summary>Nobody answered the request: it is denied, and may be repeated once (rulings D16).</summary>
    internal static Course DenyBySilence(Course course) =>
        course.Then(new ReopeningDenied(course.Dispute.OpenReopening!.No, null, null));

    private static Term Negotiation(Course course, NegotiationRule rules) => course.Term(
        TermKind.Negotiation, course.Dispute.Opener, course.Context.Due(rules.Length), RuleKeys.NegotiationLength,
        Consequence.GoesToReview);

    private static bool IsOutsideFact(ReopeningGround ground) =>
        ground is ReopeningGround.ArrivedAfterRefund or ReopeningGround.BankReversed;

    private static Reopening? LastUnanswered(Dispute dispute) =>
        dispute.Reopenings is [.., { State: ReopeningState.Unanswered } last] ? last : null;

    private static bool Fits(ReopeningGround ground, Dispute dispute, OrderStatus status) => ground switch
    {
        ReopeningGround.OrderNotCompleted or ReopeningGround.NewEvidence =>
            status != OrderStatus.Completed,
        ReopeningGround.NotHonoured => dispute.Obligations.Any(standing =>
            standing.State is ObligationState.Defaulted or ObligationState.Unanswered),
        ReopeningGround.ArrivedAfterRefund =>
            dispute.Opening.Items.Any(item => item.Reason is Reason.NotReceived or Reason.Late or Reason.Incomplete)
            && dispute.Obligations.Any(standing => standing.Obligation.IsPayment && standing.State
                is ObligationState.Confirmed or ObligationState.Unanswered or ObligationState.Performed),
        ReopeningGround.BankReversed => dispute.BankHasReversed,
    };
}
