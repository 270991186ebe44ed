using Entente.Domain;
using Entente.Server.Desk;

namespace Entente.Server.Api;

/// <summary>An order as the caller may read it.</summary>
/// <param name="Oddities">What was odd when it was handed in.</param>
/// <param name="KeptBack">
/// What open disputes keep back of a seller's payout; read by the platform and, of its own lines, by the seller.
/// </param>
public sealed record OrderResource(
    string ExternalId, PartyName Buyer, string Currency, OrderStatus Status, Instant PlacedAt, Instant? PaidAt,
    Instant? ShippedAt, Instant? DeliveredAt, Instant? DeliveryExpectedAt, IReadOnlyList<OrderLineResource> Lines,
    IReadOnlyList<PaymentBody> Payments, IReadOnlyList<OrderOddity> Oddities, Instant ImportedAt, Instant ChangedAt,
    IReadOnlyList<KeptBackResource> KeptBack)
{
    internal static async Task<OrderResource> Of(
        StoredOrder stored, IReadOnlyList<HeldAmount> held, People people, CancellationToken stop)
    {
        var (order, names) = (stored.Order, new Dictionary<PartyId, PartyName>());
        foreach (var id in order.Lines.Select(line => line.Seller).Append(order.Buyer).Distinct())
            names[id] = await people.FindParty(stored.Marketplace, id, stop) is { } party
                ? new(party.ExternalId, party.Name)
                : throw new InvalidOperationException($"Party {id} of an order is not registered.");
        Money In(long minor) => new(minor, order.Currency);
        return new(
            order.ExternalId, names[order.Buyer], order.Currency, order.Status, order.Dates.Placed, order.Dates.Paid,
            order.Dates.Shipped, order.Dates.Delivered, order.Dates.DeliveryExpected,
            [.. order.Lines.Select(line => new OrderLineResource(
                line.No, names[line.Seller], line.Title, line.Sku, line.Units, In(line.UnitPrice), In(line.Freight)))],
            [.. order.Payments.Select(payment => new PaymentBody(
                payment.Id, payment.Method, In(payment.Captured), payment.Provider, payment.Reference))],
            stored.Oddities, stored.ImportedAt, stored.ChangedAt,
            [.. held.Select(kept => new KeptBackResource(kept.Dispute, names[kept.Seller], In(kept.Amount)))]);
    }
}

/// <summary>What a dispute keeps back of what its seller would be paid for the order.</summary>
public sealed record KeptBackResource(DisputeId Dispute, PartyName Seller, Money Amount);

/// <summary>A line of an order.</summary>
public sealed record OrderLineResource(
    int No, PartyName Seller, string Title, string? Sku, int Units, Money UnitPrice, Money Freight);

/// <summary>What of an order a caller may read: the other sellers' part of it is none of a seller's business.</summary>
internal static class OrderSight
{
    public static StoredOrder? Of(StoredOrder stored, Caller caller)
    {
        if (stored.Marketplace != caller.Marketplace) return null;
        if (caller.IsStaff || caller.PartiesAs(Role.Buyer).Contains(stored.Order.Buyer)) return stored;
        var sellers = caller.PartiesAs(Role.Seller).ToHashSet();
        var own = stored.Order.Lines.Where(line => sellers.Contains(line.Seller)).ToValueList();
        return own.Count == 0
            ? null
            : stored with { Order = stored.Order with { Lines = own, Payments = [] }, Oddities = [] };
    }

    /// <summary>A payout is between the platform and its seller.</summary>
    public static IReadOnlyList<HeldAmount> Of(IReadOnlyList<HeldAmount> held, Caller caller) => caller.IsStaff
        ? held
        : [.. held.Where(kept => caller.PartiesAs(Role.Seller).Contains(kept.Seller))];
}
