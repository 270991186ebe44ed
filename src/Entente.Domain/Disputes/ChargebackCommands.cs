namespace Entente.Domain.Disputes;

/// <summary>The buyer's bank reverses the payment, or said how that ends. Whoever learns of it records it.</summary>
/// <param name="Id">The centre's own name of the bank's procedure; a new one begins one.</param>
/// <param name="Final">Whether that is the scheme's last round.</param>
/// <param name="Reference">The bank's or the provider's number.</param>
public sealed record RecordChargeback(
    string Id, ChargebackPhase Phase, long Amount, bool Final, string? Payment, Instant? BankDue,
    PersonalText? Reference,
    PersonalText? Note) : DisputeCommand
{
    public static readonly Move Records = new("record_chargeback", [Role.Buyer, Role.Operator, Role.Provider],
        [.. Enum.GetValues<Stage>()], (dispute, _, _) => dispute.Exists ? null : RefusalCode.StageDoesNotAllow);

    public override Move Move => Records;

    public override bool IsDone(Dispute dispute, Role by) =>
        dispute.Chargeback(Id) is { } known && Says(known, dispute);

    protected override Answer Decide(Dispute dispute, Context context)
    {
        var known = dispute.Chargeback(Id);
        if (Objection(dispute, known, context) is { } objection) return objection;
        if (Texts.Objection(Reference, Texts.TitleMax, "reference", needed: false) is { } reference) return reference;
        if (Texts.Objection(Note, Texts.CommentMax, "note", needed: false) is { } note) return note;
        var course = Course.From(dispute, context).Then(Bank.Recorded(dispute, this, context));
        return Bank.Follow(course, Id, known).Answer(Reference, Note);
    }

    private Refusal? Objection(Dispute dispute, Chargeback? known, Context context)
    {
        if (known is null && Phase != ChargebackPhase.Opened && context.Role != Role.Provider)
            return new(RefusalCode.ChargebackUnknown, "chargeback");
        if (Amount <= 0) return new(RefusalCode.AmountNotPositive, "amount");
        if (Amount > dispute.Opening.Order.Captured)
            return Refusal.Of(RefusalCode.AmountAboveRefundable, "amount",
                ("max", new Money(dispute.Opening.Order.Captured, dispute.Currency)));
        if (context.Role != Role.Buyer) return null;
        // What the buyer says of their own bank never sets money free against what others know of it.
        if (known is not null && known.Source != Role.Buyer) return new(RefusalCode.ChargebackNotYours, "chargeback");
        return Phase is ChargebackPhase.ForSeller or ChargebackPhase.Reversed
            ? new(RefusalCode.ChargebackNotYours, "phase")
            : null;
    }

    private bool Says(Chargeback known, Dispute dispute) => known.Phase == Phase && known.Final == Final
        && known.Amount == Math.Min(Amount, dispute.Opening.RefundableCap)
        && (Payment is null || known.Payment == Payment) && (BankDue is null || known.BankDue == BankDue);
}

/// <summary>The bank is told how the dispute ended: what, by whom, and when it was sent.</summary>
public sealed record InformBank(string? Chargeback, Instant? SentAt, PersonalText? Note) : DisputeCommand
{
    public static readonly Move Informs = new("inform_bank", [Role.Buyer, Role.Operator],
        [Stage.Fulfilment, Stage.Appeal, Stage.Closed, Stage.ReopeningRequested, Stage.Enforcement],
        (dispute, _, _) =>
            dispute.Outcomes.Count > 0 || dispute.Closing is not null ? null : RefusalCode.NothingToTellTheBank);

    public override Move Move => Informs;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        if (Chargeback is { } id && dispute.Chargeback(id) is null)
            return new Refusal(RefusalCode.ChargebackUnknown, "chargeback");
        if (SentAt > context.Now) return new Refusal(RefusalCode.SentInFuture, "sent_at");
        return Texts.Objection(Note, Texts.CommentMax, "note", needed: false) is { } note
            ? note
            : Course.From(dispute, context).Then(new BankInformed(Chargeback, SentAt ?? context.Now, Note?.Ref))
                .Answer(Note);
    }
}
