using System.Text;
using System.Text.Json;
using Entente.Server.Api;
using Entente.Server.Desk;
using Entente.Server.Storage;
using Entente.Server.Web;
using Stripe;

namespace Entente.Server.Payments;

/// <summary>
/// Where Stripe tells us things: the signature is checked over the very bytes, the message is kept, the answer given.
/// What follows from it comes afterwards.
/// </summary>
public static class StripeEndpoint
{
    /// <summary>How old a signature may be: what is sent again later is signed anew.</summary>
    public const int ToleranceSeconds = 300;

    public static void MapStripe(this IEndpointRouteBuilder api) => api
        .MapPost("/inbound/stripe/{endpoint}", Receive)
        .AllowAnonymous()
        .WithTags("Inbound")
        .WithSummary("Receive an event of Stripe")
        .WithDescription(
            "The address for Stripe's webhooks; `endpoint` is the marketplace's id. Signed by Stripe, not by a key.")
        .Produces<Received>()
        .Refuses();

    private static async Task<IResult> Receive(
        string endpoint, HttpContext context, StripeAccounts accounts, Inbox inbox, InboundClerk clerk,
        AuditJournal audit,
        Database database)
    {
        if (accounts.Of(new(endpoint)) is not { WebhookSecrets.Count: > 0 } account) return Problems.NotFound(context);
        using var reader = new StreamReader(context.Request.Body, new UTF8Encoding(false, throwOnInvalidBytes: false));
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        if (!IsSigned(body, context.Request.Headers["Stripe-Signature"].ToString(), account, database.Now())
            || Message(body, account, database.Now()) is not { } message)
        {
            await audit.Note(account.Marketplace, context.RemoteAddress(), "stripe", "inbound_refused", endpoint);
            return Problems.Of(context, ProblemCode.SignatureRefused);
        }
        if (await inbox.Take(message, context.RequestAborted)) clerk.Wake();
        return TypedResults.Ok(new Received(true));
    }

    private static bool IsSigned(string body, string header, StripeAccount account, Instant now) =>
        account.WebhookSecrets.Any(secret =>
        {
            try
            {
                EventUtility.ValidateSignature(body, header, secret, ToleranceSeconds, now.ToUnixTimeSeconds());
                return true;
            }
            catch (Exception refused) when (
                refused is StripeException or FormatException or KeyNotFoundException or ArgumentException)
            {
                // Missing, old, broken, or another's: it is not signed by this secret.
                return false;
            }
        });

    /// <summary>Null for what is no event, or one of the other mode than our key's.</summary>
    private static InboundMessage? Message(string body, StripeAccount account, Instant now)
    {
        try
        {
            using var parsed = JsonDocument.Parse(body);
            var happened = parsed.RootElement;
            var live = happened.TryGetProperty("livemode", out var mode) && mode.ValueKind == JsonValueKind.True;
            if (account.SecretKey is not null && live != account.IsLive) return null;
            return new(account.Marketplace, happened.GetProperty("id").GetString()!,
                happened.GetProperty("type").GetString()!,
                Instant.FromUnixTimeSeconds(happened.GetProperty("created").GetInt64()), now,
                Encoding.UTF8.GetBytes(body));
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or KeyNotFoundException
            or FormatException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }
}

/// <summary>It is kept.</summary>
public sealed record Received(bool Kept);
