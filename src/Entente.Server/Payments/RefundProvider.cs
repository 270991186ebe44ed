using Entente.Domain;

namespace Entente.Server.Payments;

/// <summary>What a provider is asked to give back.</summary>
/// <param name="Key">Ours for ever: the idempotency key, and the reference it can be found by.</param>
/// <param name="Reference">What the provider calls the payment.</param>
public sealed record RefundOrder(string Key, MarketplaceId Marketplace, string Reference, long Amount, string Currency);

/// <summary>What can be concluded from what a provider said, or did not say.</summary>
public enum ProviderWord
{
    Succeeded,
    /// <summary>Taken, and not at its end.</summary>
    Pending,
    /// <summary>There is such a refund, and it failed.</summary>
    Failed,
    /// <summary>A definite no: there is none, and there will be none under this key.</summary>
    Refused,
    /// <summary>The provider knows of none under our reference.</summary>
    NotThere,
    /// <summary>Certainly nothing was done now: too many calls, a wrong key of ours.</summary>
    NotNow,
    /// <summary>Nobody knows.</summary>
    Lost,
}

/// <summary>A provider's answer.</summary>
/// <param name="Id">What the provider calls the refund.</param>
/// <param name="Why">For the operator, as the provider put it.</param>
public sealed record ProviderAnswer(ProviderWord Word, string? Id = null, long? Amount = null, string? Why = null);

/// <summary>Somebody who can give money back: a payment provider's own
/// interface, and no more of it than that.</summary>
public abstract class RefundProvider
{
    /// <summary>As payments name it.</summary>
    public abstract string Name { get; }

    /// <summary>How long the provider certainly knows a key, less a margin.</summary>
    public virtual Duration KeysKept => Duration.FromHours(23);

    /// <summary>Whether it can be asked for this marketplace at all.</summary>
    public abstract bool Serves(MarketplaceId marketplace);

    /// <summary>Looks for a refund by our reference.</summary>
    public abstract Task<ProviderAnswer> Find(RefundOrder order, CancellationToken stop);

    /// <summary>Asks for the refund, under its key.</summary>
    public abstract Task<ProviderAnswer> Refund(RefundOrder order, CancellationToken stop);
}
