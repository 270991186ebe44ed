using System.Text.Json;
using Entente.Domain.Disputes;

namespace Entente.Server.Payments;

/// <summary>What a message of Stripe says about our money.</summary>
/// <param name="References">What Stripe calls the payment: its intent, its charge.</param>
public sealed record StripeSaying(
    IReadOnlyList<string> References, IReadOnlyList<StripeRefund> Refunds, StripeDispute? Dispute);

/// <summary>A refund object of any version of Stripe's API.</summary>
public sealed record StripeRefund(string Id, long Amount, string Currency, string Status, string? Key);

/// <summary>A dispute object of any version of Stripe's API.</summary>
public sealed record StripeDispute(
    string? Id, long Amount, string Currency, string Status, Instant? DueBy, string? NetworkCode);

/// <summary>
/// Reads Stripe's events by their members, not by a library's newest types:
/// what is sent depends on the version that the
/// account was made under, and old ones leave members out or put them elsewhere.
/// </summary>
public static class StripeReading
{
    /// <summary>Null for an event that is about neither refunds nor chargebacks.</summary>
    public static StripeSaying? Of(JsonElement happened)
    {
        if (!happened.TryGetProperty("data", out var data) || !data.TryGetProperty("object", out var thing))
            return null;
        return Text(thing, "object") switch
        {
            "refund" => new(References(thing), [Refund(thing)], null),
            "dispute" => new(References(thing), [], Dispute(thing)),
            "charge" => Charge(thing),
            _ => null,
        };
    }

    /// <summary>How far a status of Stripe's is along the way; of two words of
    /// one second the further one is the newer.</summary>
    public static int RankOf(string status) => status switch
    {
        "pending" or "warning_needs_response" => 0,
        "requires_action" or "warning_under_review" => 1,
        "succeeded" or "needs_response" => 2,
        "under_review" => 3,
        _ => 4,
    };

    public static ProviderRefundStatus RefundStatus(string status) => status switch
    {
        "succeeded" => ProviderRefundStatus.Succeeded,
        "failed" or "canceled" => ProviderRefundStatus.Failed,
        _ => ProviderRefundStatus.Pending,
    };

    /// <summary>Stripe's own word is its last one; an inquiry that ends without one is given up.</summary>
    public static (ChargebackPhase Phase, bool Final) PhaseOf(string status) => status switch
    {
        "won" => (ChargebackPhase.ForSeller, true),
        "lost" => (ChargebackPhase.ForBuyer, true),
        "warning_closed" or "prevented" => (ChargebackPhase.Withdrawn, true),
        _ => (ChargebackPhase.Opened, false),
    };

    /// <summary>Older versions list a charge's refunds in it; newer ones send an event for each.</summary>
    private static StripeSaying? Charge(JsonElement charge)
    {
        var id = Text(charge, "id");
        var listed = charge.TryGetProperty("refunds", out var refunds) && refunds.ValueKind == JsonValueKind.Object
            && refunds.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Array
            ? data.EnumerateArray().Select(Refund).ToList()
            : [];
        return listed.Count == 0
            ? null
            : new([.. References(charge), .. id is null ? (string[])[] : [id]], listed, null);
    }

    private static StripeRefund Refund(JsonElement refund) => new(
        Needed(refund, "id"), Number(refund, "amount"), Needed(refund, "currency"),
        Text(refund, "status") ?? "succeeded",
        refund.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object
            ? Text(metadata, StripeProvider.ReferenceKey)
            : null);

    private static StripeDispute Dispute(JsonElement dispute)
    {
        return new(
            Text(dispute, "id"), Number(dispute, "amount"), Needed(dispute, "currency"), Needed(dispute, "status"),
            DueBy(dispute),
            Nested(dispute, "payment_method_details", "card") is { } card ? Text(card, "network_reason_code") : null);
    }

    private static Instant? DueBy(JsonElement dispute)
    {
        var details = Nested(dispute, "evidence_details");
        var seconds = details is { } found && found.TryGetProperty("due_by", out var due) ? due
            : dispute.TryGetProperty("evidence_due_by", out var old) ? old
            : default;
        return seconds.ValueKind == JsonValueKind.Number && seconds.GetInt64() > 0
            ? Instant.FromUnixTimeSeconds(seconds.GetInt64())
            : null;
    }

    private static JsonElement? Nested(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (!element.TryGetProperty(name, out var inner) || inner.ValueKind != JsonValueKind.Object) return null;
            element = inner;
        }
        return element;
    }

    /// <summary>An id, or an object that was sent along in its place.</summary>
    private static List<string> References(JsonElement thing)
    {
        var found = new List<string>();
        foreach (var name in (string[])["payment_intent", "charge"])
        {
            if (!thing.TryGetProperty(name, out var value)) continue;
            var id = value.ValueKind == JsonValueKind.Object
                ? Text(value, "id")
                : value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            if (id is { Length: > 0 }) found.Add(id);
        }
        return found;
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static string Needed(JsonElement element, string name) =>
        Text(element, name) ?? throw new JsonException($"'{name}' is missing.");

    private static long Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out var number) && number >= 0
            ? number
            : throw new JsonException($"'{name}' is no amount.");
}
