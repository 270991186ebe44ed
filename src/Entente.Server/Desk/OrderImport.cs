using System.Data.Common;
using System.Text.Json;
using Entente.Domain;
using Entente.Server.Payments;
using Entente.Server.Storage;

namespace Entente.Server.Desk;

/// <summary>Takes orders into the book, inside one transaction.</summary>
internal sealed class OrderImport(DbTransaction transaction, People people, MarketplaceId marketplace, Instant now)
    : IDisposable
{
    private readonly Statement _known = new(transaction.Connection!,
        "SELECT digest, oddities FROM orders WHERE order_id = @order_id");
    private readonly Statement _add = new(transaction.Connection!,
        """
        INSERT INTO orders (order_id, marketplace, external_id, buyer, placed_at, body, digest, oddities, imported_at,
            changed_at)
        VALUES (@order_id, @marketplace, @external_id, @buyer, @placed_at, @body, @digest, @oddities, @now, @now)
        ON CONFLICT (order_id) DO UPDATE SET buyer = excluded.buyer, placed_at = excluded.placed_at,
            body = excluded.body, digest = excluded.digest, oddities = excluded.oddities,
            changed_at = excluded.changed_at
        """);
    private readonly Statement _head = new(transaction.Connection!,
        """
        INSERT INTO order_head (order_id, version, captured) VALUES (@order_id, 1, @captured)
        ON CONFLICT (order_id) DO UPDATE SET version = order_head.version + 1, captured = excluded.captured,
            overpaid = CASE WHEN order_head.promised > excluded.captured
                            THEN order_head.promised - excluded.captured ELSE 0 END
        """);
    private readonly Statement _paid = new(transaction.Connection!,
        """
        INSERT INTO payment_balance (order_id, payment, place, marketplace, method, currency, provider, provider_ref,
            captured)
        VALUES (@order_id, @payment, @place, @marketplace, @method, @currency, @provider, @provider_ref, @captured)
        ON CONFLICT (order_id, payment) DO UPDATE SET place = excluded.place, method = excluded.method,
            provider = excluded.provider, provider_ref = excluded.provider_ref, captured = excluded.captured,
            overpaid = CASE WHEN payment_balance.reserved + payment_balance.refunded + payment_balance.outside
                    + payment_balance.charged_back > excluded.captured
                THEN payment_balance.reserved + payment_balance.refunded + payment_balance.outside
                    + payment_balance.charged_back - excluded.captured ELSE 0 END
        """);
    private readonly Statement _forget = new(
        transaction.Connection!, "DELETE FROM order_seller WHERE order_id = @order_id");
    private readonly Statement _seller = new(transaction.Connection!,
        "INSERT INTO order_seller (order_id, seller, placed_at) VALUES (@order_id, @seller, @placed_at)");
    private readonly Statement _said = new(transaction.Connection!,
        """
        UPDATE inbound SET state = 'waiting', next_at = @now
        WHERE endpoint = @endpoint AND subject = @subject AND state = 'no_payment'
        """);
    private readonly Dictionary<(Role, PartyToImport), PartyId> _parties = [];

    public async Task<ImportedOrder> Take(OrderToImport given)
    {
        var id = OrderId.Of(marketplace, given.ExternalId);
        var digest = given.Digest;
        var known = Known(id);
        if (known?.Digest == digest)
            return new(given.ExternalId, id, ImportOutcome.Unchanged, Stored(known.Value.Oddities));
        var order = await Order(id, given);
        var oddities = Oddities.Of(given);
        Write(order, digest, JsonSerializer.Serialize(oddities, StoredJson.Options), isNew: known is null);
        return new(given.ExternalId, id, known is null ? ImportOutcome.Added : ImportOutcome.Changed, oddities);
    }

    private (string Digest, string Oddities)? Known(OrderId id)
    {
        using var row = _known.Read(transaction, id.Value);
        return row.Read() ? (row.GetString(0), row.GetString(1)) : null;
    }

    private static ValueList<OrderOddity> Stored(string oddities) =>
        JsonSerializer.Deserialize<ValueList<OrderOddity>>(oddities, StoredJson.Options)!;

    private async Task<Order> Order(OrderId id, OrderToImport given)
    {
        var lines = new List<OrderLine>(given.Lines.Count);
        foreach (var line in given.Lines)
            lines.Add(new(line.No, await PartyOf(Role.Seller, line.Seller), line.Title, line.Sku, line.Units,
                line.UnitPrice, line.Freight));
        var buyer = await PartyOf(Role.Buyer, given.Buyer);
        return new(id, given.ExternalId, buyer, given.Currency, given.Status, given.Dates, lines.ToValueList(),
            given.Payments);
    }

    private async ValueTask<PartyId> PartyOf(Role kind, PartyToImport given)
    {
        if (_parties.TryGetValue((kind, given), out var known)) return known;
        return _parties[(kind, given)] =
            await people.PartyOf(transaction, marketplace, kind, given.ExternalId, given.Name, given.Language);
    }

    private void Write(Order order, string digest, string oddities, bool isNew)
    {
        var (id, placed) = (order.Id.Value, Micros.Of(order.Dates.Placed));
        var body = JsonSerializer.SerializeToUtf8Bytes(order, StoredJson.Options);
        _add.Run(transaction, id, marketplace.Value, order.ExternalId, order.Buyer.Value, placed, body, digest,
            oddities, Micros.Of(now));
        _head.Run(transaction, id, order.Captured);
        WritePayments(order, isNew);
        if (!isNew) _forget.Run(transaction, id);
        foreach (var seller in order.Lines.Select(line => line.Seller).Distinct())
            _seller.Run(transaction, id, seller.Value, placed);
    }

    /// <summary>A payment that is handed in no more brought nothing in; what had left it stays on record.</summary>
    private void WritePayments(Order order, bool isNew)
    {
        var id = order.Id.Value;
        for (var place = 0; place < order.Payments.Count; place++)
        {
            var payment = order.Payments[place];
            _paid.Run(transaction, id, payment.Id, place, marketplace.Value, payment.Method, order.Currency,
                payment.Provider, payment.Reference, payment.Captured);
            // What the provider had said of it before it was known here is looked at again.
            if (payment.Reference is not null)
                _said.Run(transaction, Micros.Of(now), marketplace.Value, payment.Reference);
        }
        if (isNew) return;
        OutsideFacts.Forgotten(order, transaction);
        using var money = new MoneyStatements(transaction.Connection!);
        OutsideFacts.StopIfOverpaid(order.Id, money, new(now, "import", IsOurs: false), transaction);
    }

    public void Dispose()
    {
        foreach (var statement in new[] { _known, _add, _head, _paid, _said, _forget, _seller }) statement.Dispose();
    }
}
