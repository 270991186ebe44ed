using System.Runtime.CompilerServices;
using System.Text.Json;
using Dapper;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Storage;

namespace Entente.Server.Desk;

/// <summary>The orders that marketplaces handed in, odd ones too, and what of each is still free to dispute or return.</summary>
public sealed class OrderBook(Database database, People people)
{
    private const int TogetherMax = 500;
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
        MarketplaceId marketplace, IAsyncEnumerable<OrderToImport> orders, [EnumeratorCancellation] CancellationToken stop = default)
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
    public Task<IReadOnlyList<StoredOrder>> OfSeller(PartyId seller, int count, CancellationToken stop = default) => List(
        $"""
        {Columns} WHERE order_id IN
            (SELECT order_id FROM order_seller WHERE seller = @party ORDER BY placed_at DESC, order_id LIMIT @count)
        ORDER BY placed_at DESC, order_id
        """, seller, count, stop);

    /// <summary>What of an order a dispute may claim: all but what the order's other disputes hold or promise.</summary>
    internal async Task<(OrderHead Head, int Version)?> HeadFor(Dispute dispute, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        var key = new { dispute.Id.Order, dispute.Id.Suffix };
        // The version first: what changes after it is met by the guard on it.
        var row = await connection.QuerySingleOrDefaultAsync<HeadRow>(
            """
            SELECT version, captured - promised AS free, body FROM order_head JOIN orders ON orders.order_id = order_head.order_id
            WHERE order_head.order_id = @Order
            """, key);
        if (row is null) return null;
        var held = await connection.QueryAsync<(int Line, int Units)>(
            "SELECT line, sum(units) FROM held_units WHERE order_id = @Order AND suffix <> @Suffix GROUP BY line ORDER BY line", key);
        var free = Math.Max(0, row.Free + dispute.Promised);
        return (new(OrderRow.Parse(row.Body), free, [.. held.Select(units => new Units(units.Line, units.Units))]), row.Version);
    }

    private async Task<IReadOnlyList<StoredOrder>> List(string sql, PartyId party, int count, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        return [.. (await connection.QueryAsync<OrderRow>(sql, new { party, count })).Select(row => row.Stored)];
    }

    private sealed class HeadRow
    {
        public int Version { get; init; }
        public long Free { get; init; }
        public byte[] Body { get; init; } = [];
    }

    private sealed class OrderRow
    {
        public MarketplaceId Marketplace { get; init; }
        public byte[] Body { get; init; } = [];
        public string Oddities { get; init; } = "";
        public Instant ImportedAt { get; init; }
        public Instant ChangedAt { get; init; }

        public StoredOrder Stored => new(
            Marketplace, Parse(Body), JsonSerializer.Deserialize<ValueList<OrderOddity>>(Oddities, StoredJson.Options)!, ImportedAt, ChangedAt);

        public static Order Parse(byte[] body) => JsonSerializer.Deserialize<Order>(body, StoredJson.Options)!;
    }
}
