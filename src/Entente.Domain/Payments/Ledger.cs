namespace Entente.Domain.Payments;

/// <summary>Where the money of a payment can be.</summary>
public enum Account
{
    /// <summary>Captured, and promised to nobody.</summary>
    Free,
    /// <summary>Set aside for refunds that have not come to their end.</summary>
    Reserved,
    /// <summary>Given back through us.</summary>
    Refunded,
    /// <summary>Given back outside, as proven or confirmed.</summary>
    Outside,
    /// <summary>Taken back by the buyer's bank, for now or for good.</summary>
    ChargedBack,
}

/// <summary>Money of one payment goes from one account to another: what leaves one arrives in the other.</summary>
public sealed record Posting(string Payment, Account From, Account To, long Amount);

/// <summary>One payment of an order, and where its money has gone; all in
/// minor units of the order's currency.</summary>
/// <param name="Provider">Who can give it back: "stripe"; null where somebody outside does.</param>
/// <param name="Reference">What the provider calls the payment.</param>
/// <param name="Matched">How much of what went back outside or by the bank fulfilled a promise of a dispute.</param>
/// <param name="Sends">Whether the centre can have the provider give it back.</param>
public sealed record PaymentBalance(
    string Payment, string Method, string? Provider, string? Reference, long Captured, long Reserved = 0,
    long Refunded = 0,
    long Outside = 0, long ChargedBack = 0, long Matched = 0, bool Sends = false)
{
    /// <summary>All that has left, or is set aside to leave.</summary>
    public long Out => checked(Reserved + Refunded + Outside + ChargedBack);

    /// <summary>What may still be set aside.</summary>
    public long Free => Math.Max(0, Captured - Out);

    /// <summary>What left beyond what came in: only facts from outside can bring that about.</summary>
    public long Overpaid => Math.Max(0, Out - Captured);

    /// <summary>What went back outside or by the bank and was promised by no dispute.</summary>
    public long Unmatched => Outside + ChargedBack - Matched;

    public PaymentBalance After(Posting posting) =>
        posting.Payment == Payment ? Moved(posting.From, -posting.Amount).Moved(posting.To, posting.Amount) : this;

    private PaymentBalance Moved(Account account, long amount) => account switch
    {
        Account.Free => this,
        Account.Reserved => this with { Reserved = Reserved + amount },
        Account.Refunded => this with { Refunded = Refunded + amount },
        Account.Outside => this with { Outside = Outside + amount },
        Account.ChargedBack => this with { ChargedBack = ChargedBack + amount },
    };
}
