using System.Globalization;
using Dapper;
using Entente.Domain;
using Entente.Server.Desk;
using Entente.Server.Policies;
using Entente.Server.Storage;

namespace Entente.Bench;

/// <summary>
/// A centre with very many disputes, put there by SQL: rows as the store writes them, copied from one real dispute.
/// </summary>
internal static class BigCentre
{
    private static readonly MarketplaceId Here = Scene.Marketplace;

    /// <summary>The party whose list is read; one dispute in a hundred is theirs.</summary>
    public static readonly PartyId Seller = new("seller-of-many");

    public static async Task Fill(Database database, int disputes, bool overdue)
    {
        var one = await Original(database);
        await database.Write(async transaction =>
        {
            foreach (var sql in Statements(database, overdue))
                await transaction.Connection!.ExecuteAsync(
                    sql, new { one.Order, one.Suffix, disputes, seller = Seller.Value }, transaction,
                    commandTimeout: 600);
        });
        await using var connection = await database.Open();
        await connection.ExecuteAsync("ANALYZE;", commandTimeout: 600);
    }

    private static async Task<DisputeId> Original(Database database)
    {
        var (orders, policies) = (new OrderBook(database, new(database)), new PolicyShelf(database));
        await new Marketplaces(database).Add(new(Here, "Bench", "en", "Europe/Paris"));
        await policies.Publish(Here, Presets.Bytes("demo"), "bench");
        var id = (await orders.Import(Here, [Scene.Order(0)]))[0].Id;
        var order = (await orders.Find(id))!.Order;
        using var store = new DisputeStore(database, new(database), new());
        var door = new DisputeDesk(store, orders, policies, Antecedents.From(database, store, policies));
        var reply = await door.Open(id, Scene.Claim(order.Lines[0].Seller), Scene.Buyer, "bench");
        return ((Reply.Done)reply).Dispute.Id;
    }

    private static IEnumerable<string> Statements(Database database, bool overdue)
    {
        var isSqlite = database.Dialect.Scripts == "sqlite";
        var numbers = isSqlite
            ? "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @disputes) SELECT i FROM n)"
            : "generate_series(1, @disputes)";
        var order = isSqlite ? "printf('%032x', n.i * 2654435761)" : "lpad(to_hex(n.i * 2654435761::bigint), 32, '0')";
        var columns = "version, stage, responsible, awaited, examiner, last_at, closed_at, links, marketplace, "
            + "reference, buyer, opener, reason, remedy, sought, currency, opened_at";
        var due = overdue ? "d.due_at - 40000000000000 + n.i" : "d.due_at + n.i";
        yield return string.Create(CultureInfo.InvariantCulture,
            $"""
            INSERT INTO dispute (order_id, suffix, {columns}, seller, due_at, next_due, place)
            SELECT {order}, @Suffix, {string.Join(", ", columns.Split(", ").Select(column => "d." + column))},
                   CASE WHEN n.i % 100 = 0 THEN @seller ELSE d.seller END, {due}, {due}, {due}
            FROM {numbers} AS n{(isSqlite ? "" : "(i)")}, dispute d WHERE d.order_id = @Order AND d.suffix = @Suffix
            """);
        yield return string.Create(CultureInfo.InvariantCulture,
            $"""
            INSERT INTO event (order_id, suffix, seq, audience, n, at, kind, bytes, link)
            SELECT {order}, @Suffix, e.seq, e.audience, e.n, e.at, e.kind, e.bytes, e.link
            FROM {numbers} AS n{(isSqlite ? "" : "(i)")}, event e WHERE e.order_id = @Order AND e.suffix = @Suffix
            """);
    }
}
