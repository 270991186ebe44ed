namespace Entente.Domain.Disputes;

/// <summary>The debtor says an obligation is done, with reference and proof; a provider's word verifies it.</summary>
public sealed record Perform(int Obligation, PersonalText? Reference, ExhibitId? Proof) : DisputeCommand
{
    public static readonly Move Performs = new("perform", [Role.Buyer, Role.Seller, Role.Provider], Fulfilling.Stages,
        (dispute, role, _) =>
            dispute.Obligations.Any(standing => MayPerform(standing, role)) ? null : RefusalCode.ObligationNotOpen);

    public override Move Move => Performs;

    public override bool IsDone(Dispute dispute, Role by) =>
        dispute.Obligation(Obligation) is { State: ObligationState.Performed } standing
        && (standing.Obligation.Debtor == by || by == Role.Provider && standing.Verified);

    protected override Answer Decide(Dispute dispute, Context context)
    {
        if (dispute.Obligation(Obligation) is not { } standing)
            return new Refusal(RefusalCode.ObligationUnknown, "obligation");
        if (context.Role != Role.Provider && standing.Obligation.Debtor != context.Role)
            return new Refusal(RefusalCode.ObligationNotYours, "obligation");
        if (!MayPerform(standing, context.Role)) return new Refusal(RefusalCode.ObligationNotOpen, "obligation");
        // Else the same money could go out twice: once by the provider, once by hand.
        if (context.Role.IsParty() && context.Head.Till.IsPaidByUs(Obligation))
            return new Refusal(RefusalCode.RefundIsOnItsWay, "obligation");
        if (Texts.Objection(Reference, Texts.CommentMax, "reference", needed: false) is { } text) return text;
        if (Proof is { } proof && !dispute.Exhibits.Any(
            exhibit => exhibit.Id == proof && exhibit.Audience == Audience.All && !exhibit.Withdrawn))
            return new Refusal(RefusalCode.ExhibitUnknown, "proof");
        return Course.From(dispute, context)
            .Then(
                new ObligationPerformed(Obligation, context.Role, Reference?.Ref, Proof, context.Role == Role.Provider))
            .Answer(Reference);
    }

    /// <summary>Late is still done; early too, while an appeal window alone holds it back.</summary>
    internal static bool MayPerform(ObligationStanding standing, Role role) =>
        (role == Role.Provider || standing.Obligation.Debtor == role)
        && (standing.State == ObligationState.Open || standing.AwaitsRuling
            || standing is { State: ObligationState.Waiting, Held: true, Obligation.DependsOn.Count: 0 });
}

/// <summary>The creditor says that it came: his word is the best proof there is.</summary>
public sealed record ConfirmPerformance(int Obligation) : DisputeCommand
{
    public static readonly Move Confirms = new("confirm_performance", [Role.Buyer, Role.Seller], Fulfilling.Stages,
        (dispute, role, _) => dispute.Obligations.Any(standing => Fulfilling.MayConfirm(standing, role))
            ? null
            : RefusalCode.NothingToConfirm);

    public override Move Move => Confirms;

    public override bool IsDone(Dispute dispute, Role by) =>
        dispute.IsOpen && dispute.Obligation(Obligation) is { State: ObligationState.Confirmed } standing
            && standing.Obligation.Creditor == by;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        var (standing, refusal) = Fulfilling.Owed(dispute, Obligation, context.Role);
        if (standing is null) return refusal!;
        return Fulfilling.MayConfirm(standing, context.Role)
            ? Course.From(dispute, context).Then(new PerformanceConfirmed(Obligation, context.Role)).Answer()
            : new Refusal(RefusalCode.NothingToConfirm, "obligation");
    }
}

/// <summary>The creditor says that it did not come, or not as agreed; the examiner will rule.</summary>
/// <param name="AmountReceived">Minor units that did come, where money was owed.</param>
public sealed record ContestPerformance(
    int Obligation, ContestReason Reason, long? AmountReceived, PersonalText? Text) : DisputeCommand
{
    public static readonly Move Contests = new("contest_performance", [Role.Buyer, Role.Seller], Fulfilling.Stages,
        (dispute, role, _) => dispute.Obligations.Any(standing => Fulfilling.MayContest(standing, role))
            ? null
            : RefusalCode.NothingToContest);

    public override Move Move => Contests;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        var (standing, refusal) = Fulfilling.Owed(dispute, Obligation, context.Role);
        if (standing is null) return refusal!;
        if (!Fulfilling.MayContest(standing, context.Role))
            return new Refusal(RefusalCode.NothingToContest, "obligation");
        if (AmountReceived is < 0 || AmountReceived > standing.Obligation.Amount || AmountReceived is not null
            && !standing.Obligation.IsPayment)
            return new Refusal(RefusalCode.RulingAmountWrong, "amount_received");
        return Texts.Objection(Text, Texts.CommentMax, "text", needed: false) is { } text
            ? text
            : Course.From(dispute, context)
                .Then(new PerformanceContested(Obligation, Reason, AmountReceived, Text?.Ref)).Answer(Text);
    }
}

/// <summary>The examiner rules on a contested, doubted or missed obligation:
/// performed, not performed, or adjusted.</summary>
/// <param name="Amount">The new amount in minor units, for an adjustment only.</param>
public sealed record RuleOnPerformance(int Obligation, Ruling Ruling, long? Amount, PersonalText Text) : DisputeCommand
{
    public static readonly Move Rules = new("rule_on_performance", [Role.Examiner],
        [Stage.Negotiation, Stage.Review, Stage.Fulfilment, Stage.Appeal, Stage.Enforcement],
        (dispute, _, _) =>
            dispute.Obligations.Any(standing => standing.AwaitsRuling) ? null : RefusalCode.NothingToRule);

    public override Move Move => Rules;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        if (!dispute.IsExaminedBy(context.By)) return RefusalCode.NotAssignedToYou;
        if (dispute.Obligation(Obligation) is not { } standing)
            return new Refusal(RefusalCode.ObligationUnknown, "obligation");
        if (!standing.AwaitsRuling) return new Refusal(RefusalCode.NothingToRule, "obligation");
        if (!AmountFits(standing.Obligation)) return new Refusal(RefusalCode.RulingAmountWrong, "amount");
        if (Texts.Objection(Text, Texts.StoryMax, "text") is { } text) return text;
        var course = Course.From(dispute, context).Then(new PerformanceRuled(Obligation, Ruling, Amount, Text.Ref));
        var secondMiss = Ruling == Ruling.NotPerformed && standing.Rulings > 0;
        return (secondMiss ? Fulfilling.Default(course, Obligation) : course).Answer(Text);
    }

    private bool AmountFits(Obligation obligation) => Ruling == Ruling.Adjusted
        ? obligation.IsPayment && Amount > 0 && Amount <= obligation.Amount
        : Amount is null;
}

/// <summary>What the commands on obligations have in common.</summary>
internal static class Fulfilling
{
    /// <summary>Negotiation and review too: a part may be settled and carried out
    /// while the rest goes on (rulings D8).</summary>
    public static readonly ValueList<Stage> Stages =
        [Stage.Negotiation, Stage.Review, Stage.Fulfilment, Stage.Appeal, Stage.Enforcement];

    public static (ObligationStanding? Standing, Refusal? Refusal) Owed(Dispute dispute, int number, Role creditor)
    {
        if (dispute.Obligation(number) is not { } standing)
            return (null, new(RefusalCode.ObligationUnknown, "obligation"));
        return standing.Obligation.Creditor == creditor
            ? (standing, null)
            : (null, new(RefusalCode.ObligationNotYours, "obligation"));
    }

    public static bool MayConfirm(ObligationStanding standing, Role role) => standing.Obligation.Creditor == role
        && (standing.State is ObligationState.Open or ObligationState.Performed or ObligationState.Unanswered
            || standing.AwaitsRuling);

    public static bool MayContest(ObligationStanding standing, Role role) =>
        standing.Obligation.Creditor == role
            && standing.State is ObligationState.Performed or ObligationState.Unanswered;

    /// <summary>An obligation stays unhonoured, and what waits for it falls away.</summary>
    public static Course Default(Course course, int obligation)
    {
        var dependents = course.Dispute.DependentsOf(obligation).Where(standing => !standing.IsSettled)
            .Select(standing => standing.Obligation.No).Distinct().ToValueList();
        course = course.Then(new ObligationDefaulted(obligation));
        return dependents.Count == 0 ? course : course.Then(new ObligationsCancelled(dependents));
    }
}
