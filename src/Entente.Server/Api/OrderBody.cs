using Entente.Domain;
using Entente.Server.Desk;
using Entente.Server.Payments;

namespace Entente.Server.Api;

/// <summary>An order as its marketplace sends it. Odd orders are taken and
/// flagged; only what makes no sense is refused.</summary>
/// <param name="ExternalId">The marketplace's own id; sending it again updates the order.</param>
/// <param name="Currency">ISO 4217; every amount of the order is in it.</param>
/// <param name="PlacedAt">With the others, what opening windows are counted from.</param>
public sealed record OrderBody(
    string ExternalId, PartyBody Buyer, string Currency, OrderStatus Status, Instant PlacedAt,
    IReadOnlyList<OrderLineBody> Lines, IReadOnlyList<PaymentBody> Payments,
    Instant? PaidAt = null, Instant? ShippedAt = null, Instant? DeliveredAt = null, Instant? DeliveryExpectedAt = null)
{
    /// <summary>What no order can have, at its first place; null if it may be taken.</summary>
    internal (ProblemCode Code, string Field)? Fault() =>
        Bounds.Id(ExternalId, "external_id")
        ?? Buyer.Fault("buyer")
        ?? Bounds.Currency(Currency, "currency")
        ?? Bounds.Count(Lines.Count, "lines")
        ?? Bounds.Count(Payments.Count, "payments")
        ?? Bounds.First(Lines, (line, index) => line.Fault(Currency, $"lines[{index}]"))
        ?? Bounds.Twice(Lines, line => line.No, index => $"lines[{index}].no")
        ?? Bounds.First(Payments, (payment, index) => payment.Fault(Currency, $"payments[{index}]"))
        ?? Bounds.Twice(Payments, payment => payment.Id, index => $"payments[{index}].id");

    internal OrderToImport ToImport() => new(
        ExternalId, Buyer.ToImport(), Currency, Status,
        new(PlacedAt, PaidAt, ShippedAt, DeliveredAt, DeliveryExpectedAt),
        Lines.Select(line => line.ToImport()).ToValueList(),
        Payments.Select(payment => new Payment(
            payment.Id, payment.Method, payment.Captured.Minor, payment.Provider, payment.Reference)).ToValueList());
}

/// <summary>A buyer or seller of an order; a name or language given later replaces the first.</summary>
/// <param name="Language">BCP 47; decisions are written in the languages of both sides.</param>
public sealed record PartyBody(string ExternalId, string? Name = null, string? Language = null)
{
    internal (ProblemCode Code, string Field)? Fault(string field) =>
        Bounds.Id(ExternalId, $"{field}.external_id")
        ?? Bounds.Name(Name, $"{field}.name")
        ?? Bounds.Language(Language, $"{field}.language");

    internal PartyToImport ToImport() => new(ExternalId, Name, Language);
}

/// <summary>What one seller sells in an order.</summary>
/// <param name="No">Its number in the order, for ever.</param>
/// <param name="Freight">Carriage for the whole line; none where it is left out.</param>
public sealed record OrderLineBody(
    int No, PartyBody Seller, string Title, int Units, Money UnitPrice, Money? Freight = null, string? Sku = null)
{
    internal (ProblemCode Code, string Field)? Fault(string currency, string field) =>
        Bounds.Positive(No, $"{field}.no")
        ?? Seller.Fault($"{field}.seller")
        ?? Bounds.Text(Title, $"{field}.title")
        ?? Bounds.Name(Sku, $"{field}.sku")
        ?? Bounds.Positive(Units, $"{field}.units")
        ?? Bounds.Amount(UnitPrice, currency, $"{field}.unit_price")
        ?? Bounds.Amount(Freight, currency, $"{field}.freight")
        ?? (UnitPrice.Minor > Bounds.MinorMax / Units ? (ProblemCode.OutOfRange, $"{field}.unit_price.minor") : null);

    internal LineToImport ToImport() =>
        new(No, Seller.ToImport(), Title, Sku, Units, UnitPrice.Minor, Freight?.Minor ?? 0);
}

/// <summary>A payment the order brought in: a card, a voucher, a transfer.</summary>
/// <param name="Provider">Who can give it back through the centre: "stripe". Left out, the seller refunds.</param>
/// <param name="Reference">What the provider calls the payment: "pi_…" or "ch_…".</param>
public sealed record PaymentBody(
    string Id, string Method, Money Captured, string? Provider = null, string? Reference = null)
{
    internal (ProblemCode Code, string Field)? Fault(string currency, string field) =>
        Bounds.Id(Id, $"{field}.id")
        ?? Bounds.Id(Method, $"{field}.method")
        ?? Bounds.Amount(Captured, currency, $"{field}.captured")
        ?? ProviderFault(field);

    private (ProblemCode Code, string Field)? ProviderFault(string field) =>
        Provider is not null && Provider != StripeProvider.ProviderName ? (ProblemCode.IdRefused, $"{field}.provider")
        : Provider is null != Reference is null ? (ProblemCode.IdRefused, $"{field}.reference")
        : Reference is null ? null
        : Bounds.Id(Reference, $"{field}.reference");
}
