using Entente.Domain;

namespace Entente.Server.Payments;

/// <summary>A marketplace's account at Stripe.</summary>
/// <param name="SecretKey">Without one nothing is refunded through it; what it tells us is still heard.</param>
/// <param name="WebhookSecrets">What its messages are signed with; two while one is being replaced.</param>
/// <param name="ApiBase">Another address than Stripe's own.</param>
public sealed record StripeAccount(
    MarketplaceId Marketplace, string? SecretKey, IReadOnlyList<string> WebhookSecrets, Uri? ApiBase = null)
{
    /// <summary>Whether it is about real money: what belongs to the other mode is not ours.</summary>
    public bool IsLive => SecretKey?.Contains("_live_", StringComparison.Ordinal) ?? false;

    /// <summary>
    /// By the marketplace's id: <c>ENTENTE_STRIPE__{marketplace}__KEY</c>,
    /// <c>…__WEBHOOK_SECRET</c> (several by commas),
    /// <c>…__API_BASE</c>.
    /// </summary>
    public static IReadOnlyList<StripeAccount> From(IConfiguration given) =>
    [
        .. given.GetSection("stripe").GetChildren().Select(account => new StripeAccount(
            new(account.Key), account["key"],
            (account["webhook_secret"] ?? "")
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            account["api_base"] is { Length: > 0 } address ? new Uri(address) : null)),
    ];
}

/// <summary>The accounts at Stripe that the settings name.</summary>
public sealed class StripeAccounts(Settings settings)
{
    public StripeAccount? Of(MarketplaceId marketplace) => settings.Stripe.FirstOrDefault(account =>
        account.Marketplace.Value.Equals(marketplace.Value, StringComparison.OrdinalIgnoreCase));
}
