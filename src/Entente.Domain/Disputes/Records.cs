using Entente.Domain.Policies;

namespace Entente.Domain.Disputes;

/// <summary>
/// Somebody says what happened outside the dispute, at any stage: a refund, a shipment, a delivery, a cancellation, a
/// suspension (rulings D5). What only one side says counts once the other agrees.
/// </summary>
/// <param name="Amount">Minor units that came back, for a refund only.</param>
/// <param name="On">When it happened; never later than now.</param>
public sealed record RecordFact(RecordedKind What, long? Amount, Instant? On, PersonalText? Reference) : DisputeCommand
{
    public static readonly Move Recording = new("record_fact",
        [Role.Buyer, Role.Seller, Role.Operator, Role.Provider],
        [Stage.Negotiation, Stage.Review, Stage.Fulfilment, Stage.Appeal, Stage.Closed, Stage.ReopeningRequested,
            Stage.Enforcement],
        (dispute, _, _) => dispute.Records.Count < Recorded.CountMax ? null : RefusalCode.RecordsLimitReached);

    public override Move Move => Recording;

    /// <summary>Whether this role may say that this happened.</summary>
    public static bool IsFor(RecordedKind what, Role role) => what switch
    {
        RecordedKind.Suspension => role == Role.Operator,
        RecordedKind.Cancellation or RecordedKind.Shipment => role != Role.Buyer,
        RecordedKind.Refund or RecordedKind.Delivery => true,
    };

    protected override Answer Decide(Dispute dispute, Context context)
    {
        if (!IsFor(What, context.Role)) return new Refusal(RefusalCode.RecordNotYours, "what");
        if (What == RecordedKind.Refund && Amount is null) return new Refusal(RefusalCode.AmountMissing, "amount");
        if (What != RecordedKind.Refund
            && Amount is not null) return new Refusal(RefusalCode.AmountNotWanted, "amount");
        if (Amount <= 0) return new Refusal(RefusalCode.AmountNotPositive, "amount");
        if (Amount > dispute.Opening.Order.Captured)
            return Refusal.Of(RefusalCode.AmountAboveRefundable, "amount",
                ("max", new Money(dispute.Opening.Order.Captured, dispute.Currency)));
        if (On > context.Now) return new Refusal(RefusalCode.RecordInFuture, "on");
        if (Texts.Objection(Reference, Texts.CommentMax, "reference", needed: false) is { } text) return text;
        var verified = context.Role is Role.Operator or Role.Provider;
        var counts = verified || context.Role == Role.Buyer;
        var course = Course.From(dispute, context).Then(new FactRecorded(
            dispute.Records.Count + 1, What, context.Role, verified, Amount,
            counts ? Recorded.Counted(Amount, dispute, context) : 0, On, Reference?.Ref));
        return Reconciling.ProposeIfDone(course).Answer(Reference);
    }
}

/// <summary>The other side says whether what was recorded is true; the buyer's word on money that came is the best
/// there is.</summary>
public sealed record AnswerRecord(int Record, bool IsTrue) : DisputeCommand
{
    public static readonly Move Answers = new("answer_record", [Role.Buyer, Role.Seller],
        [Stage.Negotiation, Stage.Review, Stage.Fulfilment, Stage.Appeal, Stage.Closed, Stage.ReopeningRequested,
            Stage.Enforcement],
        (dispute, role, _) => dispute.Records.Any(record => Recorded.MayAnswer(record, role))
            ? null
            : RefusalCode.RecordNotOpen);

    public override Move Move => Answers;

    public override bool IsDone(Dispute dispute, Role by) => by.IsParty()
        && dispute.Records.Any(record => record.No == Record && record.By == by.Other() && record.IsTrue == IsTrue);

    protected override Answer Decide(Dispute dispute, Context context)
    {
        if (dispute.Records.FirstOrDefault(candidate => candidate.No == Record) is not { } record)
            return new Refusal(RefusalCode.RecordUnknown, "record");
        if (!Recorded.MayAnswer(record, context.Role)) return new Refusal(RefusalCode.RecordNotOpen, "record");
        var counted = IsTrue ? Recorded.Counted(record.Amount, dispute, context) : record.Counted;
        var course = Course.From(dispute, context).Then(new FactAnswered(Record, context.Role, IsTrue, counted));
        return (IsTrue ? Reconciling.ProposeIfDone(course) : course).Answer();
    }
}

/// <summary>The order was handed in anew with another state: what both sides see of it changes with it.</summary>
public sealed record TakeOrder(Order Order) : DisputeCommand
{
    public static readonly Move Takes = new("take_order", [Role.Operator],
        [Stage.Negotiation, Stage.Review, Stage.Fulfilment, Stage.Appeal, Stage.Closed, Stage.ReopeningRequested,
            Stage.Enforcement]);

    public override Move Move => Takes;

    public override bool IsDone(Dispute dispute, Role by) => by == Role.Operator && dispute.Exists
        && dispute.Opening.Order.Status == Order.Status && dispute.Opening.Order.Dates == Order.Dates;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        var arrived = dispute.Opening.Order.Dates.Delivered is null && Order.Dates.Delivered is not null;
        var course = Course.From(dispute, context).Then(new OrderChanged(Order.Status, Order.Dates));
        return (arrived ? Reconciling.ProposeIfArrived(course) : course).Answer();
    }
}

/// <summary>The claimant says that what happened does not settle the dispute.</summary>
public sealed record RejectReconciliation(PersonalText? Text) : DisputeCommand
{
    public static readonly Move Rejects = new("reject_reconciliation", [Role.Buyer, Role.Seller],
        [Stage.Negotiation, Stage.Review],
        (dispute, role, _) => dispute.Reconciling is null ? RefusalCode.NothingToReconcile
            : role.IsParty() && role != dispute.Opener ? RefusalCode.RoleMayNot
            : null);

    public override Move Move => Rejects;

    protected override Answer Decide(Dispute dispute, Context context) =>
        Texts.Objection(Text, Texts.CommentMax, "text", needed: false) is { } text
            ? text
            : Course.From(dispute, context).Then(new ReconciliationRejected(context.Role, Text?.Ref)).Answer(Text);
}

/// <summary>What may be recorded by whom, and what of it counts.</summary>
internal static class Recorded
{
    public const int CountMax = 50;

    /// <summary>Only what a side alone says waits for the other's word.</summary>
    public static bool MayAnswer(RecordedFact record, Role role) =>
        !record.Verified && role.IsParty() && record.By == role.Other() && record.IsTrue is null;

    /// <summary>No more than is still free: what is above it is no business of this dispute.</summary>
    public static long Counted(long? amount, Dispute dispute, Context context) =>
        Math.Min(amount ?? 0, Settling.Left(dispute, context));
}

/// <summary>When what happened looks like the remedy itself, the claimant is asked to say so, with a term.</summary>
internal static class Reconciling
{
    public static Course ProposeIfDone(Course course)
    {
        var dispute = course.Dispute;
        var sought = dispute.Opening.Sought;
        return sought.All(line => line.Amount is > 0) && dispute.ReturnedOutside >= sought.Sum(line => line.Amount)
            ? Propose(course, ReconciledBy.Refund)
            : course;
    }

    public static Course ProposeIfArrived(Course course) =>
        course.Dispute.Opening.Items.All(item => item.Reason is Reason.NotReceived)
            ? Propose(course, ReconciledBy.Delivery)
            : course;

    private static Course Propose(Course course, ReconciledBy because)
    {
        var dispute = course.Dispute;
        if (dispute.Stage is not (Stage.Negotiation or Stage.Review) || dispute.Outcomes.Count > 0
            || dispute.Reconciling is not null || dispute.NotReconciled.Contains(because)) return course;
        var due = course.Context.Due(dispute.Under(course.Context.Policy).Fulfilment.Confirm);
        return course.Then(new ReconciliationProposed(because)
        {
            Starts =
            [
                course.Term(TermKind.Reconciliation, dispute.Opener, due, RuleKeys.FulfilmentConfirm,
                    Consequence.ClosesAsReconciled),
            ],
        });
    }
}
