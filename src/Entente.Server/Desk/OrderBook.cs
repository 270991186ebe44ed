using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Dapper;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Payments;
using Entente.Server.Payments;
using Entente.Server.Storage;

namespace Entente.Server.Desk;

/// <summary>The orders that marketplaces handed in, odd ones too, and what of
/// each is still free to dispute or return.</summary>
public sealed class OrderBook(Database database, People people, ProviderAccess? access = null)
{
    private readonly TillReading _tills = new(access);
    private const int TogetherMax = 500;

    /// <summary>The version first: what changes after it is met by the guard on it.</summary>
    private const string HeadSql =
        $"""
        SELECT version, captured - promised AS free, body FROM order_head
            JOIN orders ON orders.order_id = order_head.order_id
        WHERE order_head.order_id = @order_id;
        SELECT line, sum(units) FROM held_units WHERE order_id = @order_id AND suffix <> @suffix
        GROUP BY line ORDER BY line;
        {TillReading.Sql}
        """;
    private const string Columns = "SELECT marketplace, body, oddities, imported_at, changed_at FROM orders";

    /// <summary>Takes orders in one transaction; one that is handed in again unchanged adds nothing.</summary>
    public Task<IReadOnlyList<ImportedOrder>> Import(
        MarketplaceId marketplace, IReadOnlyList<OrderToImport> orders, CancellationToken stop = default) =>
        database.Write<IReadOnlyList<ImportedOrder>>(async transaction =>
        {
            using var import = new OrderImport(transaction, people, marketplace, database.Now());
            var report = new List<ImportedOrder>(orders.Count);
            foreach (var order in orders) report.Add(await import.Take(order.Floored()));
            return report;
        }, stop);

    /// <summary>Takes any number of orders as they come, reporting on each.</summary>
    public async IAsyncEnumerable<ImportedOrder> ImportAll(
        MarketplaceId marketplace, IAsyncEnumerable<OrderToImport> orders,
        [EnumeratorCancellation] CancellationToken stop = default)
    {
        await foreach (var together in orders.Chunk(TogetherMax).WithCancellation(stop))
            foreach (var report in await Import(marketplace, together, stop))
                yield return report;
    }

    public async Task<StoredOrder?> Find(OrderId id, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var row = await connection.QuerySingleOrDefaultAsync<OrderRow>($"{Columns} WHERE order_id = @id", new { id });
        return row?.Stored;
    }

    /// <summary>A buyer's orders, the newest first.</summary>
    public Task<IReadOnlyList<StoredOrder>> OfBuyer(PartyId buyer, int count, CancellationToken stop = default) =>
        List($"{Columns} WHERE buyer = @party ORDER BY placed_at DESC, order_id LIMIT @count", buyer, count, stop);

    /// <summary>The orders a seller has lines of, the newest first.</summary>
    public Task<IReadOnlyList<StoredOrder>> OfSeller(
        PartyId seller, int count, CancellationToken stop = default) => List(
        $"""
        {Columns} WHERE order_id IN
            (SELECT order_id FROM order_seller WHERE seller = @party ORDER BY placed_at DESC, order_id LIMIT @count)
        ORDER BY placed_at DESC, order_id
        """, seller, count, stop);

    /// <summary>
    /// What of an order a dispute may claim: all but what the order's other disputes hold or promise.
    /// </summary>
    internal async ValueTask<(OrderHead Head, int Version)?> HeadFor(Dispute dispute, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var read = await database.Read(HeadSql, rows => (Row: HeadRow.Of(rows), Held: Held(rows), Till: Till(rows)),
            stop, dispute.Id.Order.Value, dispute.Id.Suffix);
        if (read is not { Row: { } row, Held: var held, Till: var till }) return null;
        // What went back outside or by the bank, and was promised by nobody, cannot be promised any more.
        var free = row.Free + dispute.Promised - till.Payments.Sum(payment => payment.Unmatched);
        return (new OrderHead(OrderRow.Parse(row.Body), Math.Max(0, free), held) { Till = till }, row.Version);
    }

    private static ValueList<Units> Held(DbDataReader rows)
    {
        rows.NextResult();
        var held = new List<Units>();
        while (rows.Read()) held.Add(new(rows.GetInt32(0), rows.GetInt32(1)));
        return held.ToValueList();
    }

    private OrderTill Till(DbDataReader rows)
    {
        rows.NextResult();
        return _tills.Of(rows);
    }

    private async Task<IReadOnlyList<StoredOrder>> List(string sql, PartyId party, int count, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        return [.. (await connection.QueryAsync<OrderRow>(sql, new { party, count })).Select(row => row.Stored)];
    }

    private sealed record HeadRow(int Version, long Free, byte[] Body)
    {
        public static HeadRow? Of(DbDataReader row) =>
            row.Read() ? new(row.GetInt32(0), row.GetInt64(1), (byte[])row[2]) : null;
    }

    private sealed class OrderRow
    {
        public MarketplaceId Marketplace { get; init; }
        public byte[] Body { get; init; } = [];
        public string Oddities { get; init; } = "";
        public Instant ImportedAt { get; init; }
        public Instant ChangedAt { get; init; }

        public StoredOrder Stored => new(
            Marketplace, Parse(Body), JsonSerializer.Deserialize<ValueList<OrderOddity>>(Oddities, StoredJson.Options)!,
            ImportedAt, ChangedAt);

        public static Order Parse(byte[] body) => JsonSerializer.Deserialize<Order>(body, StoredJson.Options)!;
    }
}
