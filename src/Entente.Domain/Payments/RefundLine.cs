using System.Security.Cryptography;
using System.Text;
using Entente.Domain.Policies;

namespace Entente.Domain.Payments;

/// <summary>How far a refund has come. "Unknown" is a normal state that ends only by evidence.</summary>
public enum RefundState
{
    /// <summary>Written ahead; nobody outside knows of it.</summary>
    Reserved,
    /// <summary>Committed as handed to the provider before the call is made, and taken by the provider.</summary>
    Sent,
    /// <summary>Nobody knows whether the provider did it.</summary>
    Unknown,
    Succeeded,
    /// <summary>The provider refused it for good, or gave it back.</summary>
    Failed,
    /// <summary>No longer wanted; it had never been sent.</summary>
    Cancelled,
}

/// <summary>What one obligation gives back to one payment: an intent, written ahead, under one key for ever.</summary>
/// <param name="Part">From 1; a further part only where an earlier one had left already.</param>
/// <param name="WasSent">Whether the provider may ever have heard of it.</param>
/// <param name="GivenUp">A person settled that this failed one stays failed and is not waited for.</param>
public sealed record RefundLine(
    int Obligation, string Payment, int Part, long Amount, RefundWay Way, RefundState State, bool WasSent = false,
    bool GivenUp = false)
{
    private const int PaymentBytes = 8;

    public bool IsLive =>
        State is RefundState.Reserved or RefundState.Sent or RefundState.Unknown or RefundState.Succeeded;

    /// <summary>Whether it stands for its amount: what failed does too, until a person says otherwise.</summary>
    public bool Covers => IsLive || State == RefundState.Failed && !GivenUp;

    /// <summary>Whether nothing of it can have reached the provider.</summary>
    public bool IsUntold => !WasSent && State is RefundState.Reserved or RefundState.Cancelled && !WasSent;

    /// <summary>Whether the provider has it, or may have it, and has not said how it ended.</summary>
    public bool IsOnItsWay => Way == RefundWay.Provider && State is RefundState.Sent or RefundState.Unknown;

    /// <summary>Where its amount stands; null where it stands for nothing.</summary>
    public Account? Account => State switch
    {
        RefundState.Reserved or RefundState.Sent or RefundState.Unknown => Payments.Account.Reserved,
        RefundState.Succeeded => Way == RefundWay.Provider ? Payments.Account.Refunded : Payments.Account.Outside,
        RefundState.Failed or RefundState.Cancelled => null,
    };

    /// <summary>
    /// The key the provider knows it by: a function of the line alone, the
    /// same for every try, node, restart and version.
    /// </summary>
    public string KeyIn(DisputeId dispute)
    {
        var payment = SHA256.HashData(Encoding.UTF8.GetBytes(Payment)).AsSpan(0, PaymentBytes);
        return $"entente_{dispute}_{Obligation}_{Convert.ToHexStringLower(payment)}_{Part}";
    }
}

/// <summary>A refund line becomes another: made, changed before it was sent, or one step further.</summary>
public sealed record RefundChange(RefundLine? Before, RefundLine After)
{
    /// <summary>What the change moves between accounts.</summary>
    public IEnumerable<Posting> Postings()
    {
        var (from, to) = (Before?.Account ?? Account.Free, After.Account ?? Account.Free);
        var (leaves, arrives) = (Before?.Account is null ? 0 : Before.Amount, After.Account is null ? 0 : After.Amount);
        if (from == to)
        {
            if (arrives > leaves) yield return new(After.Payment, Account.Free, to, arrives - leaves);
            if (arrives < leaves) yield return new(After.Payment, from, Account.Free, leaves - arrives);
            yield break;
        }
        if (leaves > 0 && arrives > 0 && leaves != arrives)
            throw new InvalidOperationException("An amount changes while it moves.");
        if (Math.Max(leaves, arrives) is var amount and > 0) yield return new(After.Payment, from, to, amount);
    }

    /// <summary>By how much more, or less, money outside fulfils what was promised.</summary>
    public long Matches => Matched(After) - Matched(Before);

    private static long Matched(RefundLine? line) => line?.Account == Account.Outside ? line.Amount : 0;
}
