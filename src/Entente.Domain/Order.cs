namespace Entente.Domain;

/// <summary>How far a purchase has come, by the marketplace's own word.</summary>
public enum OrderStatus { Placed, Paid, Shipped, Delivered, Completed, Cancelled }

/// <summary>What is odd about an imported order; it is taken all the same.</summary>
public enum OrderOddity
    { NoLines, SeveralSellers, SeveralPayments, NoPayments, PaidLessThanLines, PaidMoreThanLines, DatesOutOfOrder }

/// <summary>One line of an order: what one seller sells. Amounts in minor units of the order's currency.</summary>
/// <param name="Freight">Carriage charged for the whole line.</param>
public sealed record OrderLine(
    int No, PartyId Seller, string Title, string? Sku, int Units, long UnitPrice, long Freight)
{
    /// <summary>Price and freight of some of the line's units; freight is shared by
    /// units, rounded down but for all of them.</summary>
    public long Value(int units) =>
        checked(UnitPrice * units + (units == Units ? Freight : Freight * units / Units));
}

/// <summary>A payment that the order brought in, in minor units of the order's currency.</summary>
/// <param name="Provider">Who can give it back: "stripe"; null where the seller or the marketplace does.</param>
/// <param name="Reference">What the provider calls it: "pi_…", "ch_…".</param>
public sealed record Payment(
    string Id, string Method, long Captured, string? Provider = null, string? Reference = null);

/// <summary>A purchase as the marketplace imported it: one buyer, one or
/// more sellers, lines, payments, dates.</summary>
public sealed record Order(
    OrderId Id,
    string ExternalId,
    PartyId Buyer,
    string Currency,
    OrderStatus Status,
    OrderDates Dates,
    ValueList<OrderLine> Lines,
    ValueList<Payment> Payments)
{
    public IEnumerable<OrderLine> LinesOf(PartyId seller) => Lines.Where(line => line.Seller == seller);

    /// <summary>What all the order's payments brought in.</summary>
    public long Captured => Payments.Sum(payment => payment.Captured);
}

/// <summary>The instants of a purchase that windows are counted from;
/// unknown where the marketplace gave none.</summary>
public sealed record OrderDates(
    Instant Placed, Instant? Paid = null, Instant? Shipped = null, Instant? Delivered = null,
    Instant? DeliveryExpected = null);
