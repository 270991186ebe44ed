namespace Entente.Domain.Disputes;

// WARNING: a storage format for ever, like DisputeEvent.cs.

/// <summary>A bank's own procedure about the payment began, or said how it goes.</summary>
/// <param name="Chargeback">The centre's own name of the procedure.</param>
/// <param name="Amount">What of it concerns this dispute, in minor units.</param>
/// <param name="Final">The scheme's last round is over.</param>
/// <param name="BankDue">When the bank wants an answer.</param>
public sealed record ChargebackRecorded(
    string Chargeback, ChargebackPhase Phase, long Amount, bool Final, string? Payment, Instant? BankDue,
    PersonalRef? Reference, PersonalRef? Note) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal => new[] { Reference, Note }.OfType<PersonalRef>();
}

/// <summary>The bank paid for good what obligations owed: so much of them is fulfilled.</summary>
public sealed record ObligationsDischarged(string Chargeback, ValueList<Discharge> Discharged) : DisputeEvent;

/// <summary>The bank took back what it had paid: what that had fulfilled is owed again.</summary>
public sealed record DischargeUndone(string Chargeback) : DisputeEvent;

/// <summary>The time that stood still for the bank runs again.</summary>
public sealed record PauseEnded : DisputeEvent;

/// <summary>Somebody told the bank how the dispute ended.</summary>
public sealed record BankInformed(string? Chargeback, Instant SentAt, PersonalRef? Note) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal => Note is null ? [] : [Note];
}

/// <summary>The provider could not refund, or what it had refunded came back: it is owed still.</summary>
public sealed record RefundFailed(int Obligation, long Amount) : DisputeEvent;
