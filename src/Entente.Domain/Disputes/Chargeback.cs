namespace Entente.Domain.Disputes;

/// <summary>How far a bank's own procedure about a payment has come.</summary>
public enum ChargebackPhase
{
    Opened,
    ForBuyer,
    ForSeller,
    /// <summary>The bank took back what it had given the buyer.</summary>
    Reversed,
    /// <summary>The buyer gave it up at the bank.</summary>
    Withdrawn,
}

/// <summary>A bank's own procedure, as the dispute knows it.</summary>
/// <param name="Amount">What of it concerns this dispute, in minor units.</param>
/// <param name="Final">Nothing more can come from the bank: the scheme's last round is over.</param>
/// <param name="Payment">The payment it is about, where that is known.</param>
/// <param name="BankDue">When the bank wants an answer.</param>
/// <param name="Source">Who said it last.</param>
public sealed record Chargeback(
    string Id, long Amount, ChargebackPhase Phase, bool Final, string? Payment, Instant? BankDue,
    Role Source, Instant At)
{
    /// <summary>While the bank may still give or take the money, nobody else moves it.</summary>
    public bool Freezes => !Final
        && Phase is (ChargebackPhase.Opened or ChargebackPhase.ForBuyer or ChargebackPhase.ForSeller);

    /// <summary>Whether the money is out of the payment by the bank's hand.</summary>
    public bool TakesMoney => Phase is ChargebackPhase.Opened or ChargebackPhase.ForBuyer;

    /// <summary>The bank's last word: somebody won, or the procedure is over.</summary>
    public bool IsDecided => Phase == ChargebackPhase.Reversed
        || Final && Phase is (ChargebackPhase.ForBuyer or ChargebackPhase.ForSeller);
}

/// <summary>How much of an obligation the bank fulfilled.</summary>
public sealed record Discharge(int Obligation, long Amount);
