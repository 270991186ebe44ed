using System.Security.Cryptography;
using System.Text.Json;
using Entente.Domain;
using Entente.Server.Storage;

namespace Entente.Server.Desk;

/// <summary>An order as a marketplace hands it in: parties by the
/// marketplace's own ids, amounts in minor units.</summary>
public sealed record OrderToImport(
    string ExternalId,
    PartyToImport Buyer,
    string Currency,
    OrderStatus Status,
    OrderDates Dates,
    ValueList<LineToImport> Lines,
    ValueList<Payment> Payments)
{
    /// <summary>Tells an order that has changed from one that is handed in again.</summary>
    internal string Digest =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, StoredJson.Options)));

    /// <summary>The same with instants as fine as they are stored.</summary>
    internal OrderToImport Floored() => this with
    {
        Dates = new(Micros.Floor(Dates.Placed), Floor(Dates.Paid), Floor(Dates.Shipped), Floor(Dates.Delivered),
            Floor(Dates.DeliveryExpected)),
    };

    private static Instant? Floor(Instant? instant) => instant is { } known ? Micros.Floor(known) : null;
}

/// <summary>A buyer or seller by the marketplace's own id; a name or language
/// given later replaces an earlier one.</summary>
public sealed record PartyToImport(string ExternalId, string? Name = null, string? Language = null);

/// <summary>A line as it is handed in.</summary>
/// <param name="Freight">Carriage charged for the whole line.</param>
public sealed record LineToImport(
    int No, PartyToImport Seller, string Title, string? Sku, int Units, long UnitPrice, long Freight);

/// <summary>What became of an order that was handed in.</summary>
public enum ImportOutcome { Added, Changed, Unchanged }

/// <summary>The report on one order that was handed in.</summary>
public sealed record ImportedOrder(
    string ExternalId, OrderId Id, ImportOutcome Outcome, ValueList<OrderOddity> Oddities);

/// <summary>An order as the book has it.</summary>
public sealed record StoredOrder(
    MarketplaceId Marketplace, Order Order, ValueList<OrderOddity> Oddities, Instant ImportedAt, Instant ChangedAt);

/// <summary>What is odd about an order: found, shown, and no reason to turn it away.</summary>
internal static class Oddities
{
    public static ValueList<OrderOddity> Of(OrderToImport order)
    {
        var lines = order.Lines.Sum(line => line.UnitPrice * line.Units + line.Freight);
        var paid = order.Payments.Sum(payment => payment.Captured);
        return Found(
            (OrderOddity.NoLines, order.Lines.Count == 0),
            (OrderOddity.SeveralSellers, order.Lines.Select(line => line.Seller.ExternalId).Distinct().Count() > 1),
            (OrderOddity.SeveralPayments, order.Payments.Count > 1),
            (OrderOddity.NoPayments, order.Payments.Count == 0),
            (OrderOddity.PaidLessThanLines, order.Lines.Count > 0 && paid < lines),
            (OrderOddity.PaidMoreThanLines, order.Lines.Count > 0 && paid > lines),
            (OrderOddity.DatesOutOfOrder, AreOutOfOrder(order.Dates)));
    }

    private static ValueList<OrderOddity> Found(params ReadOnlySpan<(OrderOddity Oddity, bool IsSo)> checks)
    {
        var found = new List<OrderOddity>();
        foreach (var (oddity, isSo) in checks)
            if (isSo) found.Add(oddity);
        return found.ToValueList();
    }

    private static bool AreOutOfOrder(OrderDates dates)
    {
        Instant?[] course = [dates.Placed, dates.Paid, dates.Shipped, dates.Delivered];
        var known = course.OfType<Instant>().ToList();
        return known.Zip(known.Skip(1)).Any(pair => pair.First > pair.Second);
    }
}
