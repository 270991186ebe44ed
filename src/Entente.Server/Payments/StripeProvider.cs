using System.Collections.Concurrent;
using System.Net;
using Entente.Domain;
using Stripe;

namespace Entente.Server.Payments;

/// <summary>Refunds through Stripe, each under our own key and with our own reference in its metadata.</summary>
public sealed class StripeProvider(StripeAccounts accounts) : RefundProvider, IDisposable
{
    public const string ProviderName = "stripe";

    /// <summary>Where a refund at Stripe says which of ours it is.</summary>
    public const string ReferenceKey = "entente_refund";
    private const int PageMax = 100;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly ConcurrentDictionary<string, StripeClient> _clients = new();

    public override string Name => ProviderName;

    public override bool Serves(MarketplaceId marketplace) => accounts.Of(marketplace)?.SecretKey is { Length: > 0 };

    public override Task<ProviderAnswer> Find(RefundOrder order, CancellationToken stop) => Asked(async client =>
    {
        var listed = new RefundListOptions { Limit = PageMax };
        if (IsIntent(order)) listed.PaymentIntent = order.Reference;
        else listed.Charge = order.Reference;
        await foreach (var refund in new RefundService(client).ListAutoPagingAsync(listed, null, stop))
            if (refund.Metadata?.GetValueOrDefault(ReferenceKey) == order.Key)
                return Said(refund, order);
        return new(ProviderWord.NotThere);
    }, order);

    public override async Task<ProviderAnswer> Refund(RefundOrder order, CancellationToken stop)
    {
        if (StripeAmounts.ToStripe(new(order.Amount, order.Currency)) is not { } amount)
            return new(ProviderWord.Refused, Why: $"Stripe has no such amount of {order.Currency}: {order.Amount}.");
        return await Asked(async client =>
        {
            var options = new RefundCreateOptions { Amount = amount, Metadata = new() { [ReferenceKey] = order.Key } };
            if (IsIntent(order)) options.PaymentIntent = order.Reference;
            else options.Charge = order.Reference;
            return Said(await new RefundService(client)
                .CreateAsync(options, new() { IdempotencyKey = order.Key }, stop), order);
        }, order);
    }

    /// <summary>A client of a marketplace's account; null where there is none.</summary>
    internal IStripeClient? ClientOf(MarketplaceId marketplace) =>
        accounts.Of(marketplace) is { SecretKey: { Length: > 0 } key } account
        ? _clients.GetOrAdd(key, _ => new(new StripeClientOptions
        {
            ApiKey = key,
            ApiBase = account.ApiBase?.ToString().TrimEnd('/'),
            // Trying again is ours to decide: only we know whether the first try may have gone through.
            HttpClient = new SystemNetHttpClient(_http, maxNetworkRetries: 0, enableTelemetry: false),
        }))
        : null;

    private async Task<ProviderAnswer> Asked(Func<IStripeClient, Task<ProviderAnswer>> call, RefundOrder order)
    {
        if (ClientOf(order.Marketplace) is not { } client)
            return new(ProviderWord.NotNow, Why: "No key for Stripe is set.");
        try
        {
            return await call(client);
        }
        catch (StripeException failure)
        {
            return new(
                WordOf(failure), Why: $"{(int)failure.HttpStatusCode} {failure.StripeError?.Code}: {failure.Message}");
        }
    }

    /// <summary>
    /// A no to what was asked is definite. Whatever says nothing of this refund (our key, too many calls, another call
    /// under the same key) was certainly not a yes. The rest is unknown.
    /// </summary>
    private static ProviderWord WordOf(StripeException failure) => failure.HttpStatusCode switch
    {
        HttpStatusCode.BadRequest or HttpStatusCode.PaymentRequired or HttpStatusCode.NotFound
            when failure.StripeError?.Type != "idempotency_error" => ProviderWord.Refused,
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests =>
            ProviderWord.NotNow,
        _ => ProviderWord.Lost,
    };

    private static ProviderAnswer Said(Refund refund, RefundOrder order)
    {
        var amount = StripeAmounts.FromStripe(refund.Amount, refund.Currency ?? order.Currency)?.Minor ?? -1;
        var word = refund.Status switch
        {
            "succeeded" => ProviderWord.Succeeded,
            "failed" or "canceled" => ProviderWord.Failed,
            _ => ProviderWord.Pending,
        };
        return new(word, refund.Id, amount, refund.FailureReason);
    }

    private static bool IsIntent(RefundOrder order) => order.Reference.StartsWith("pi_", StringComparison.Ordinal);

    public void Dispose() => _http.Dispose();
}
