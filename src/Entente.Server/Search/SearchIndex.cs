using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Server.Storage;

namespace Entente.Server.Search;

/// <summary>
/// Brings the words of new facts into the index that lists are searched by: what was written, by whose key it lies
/// under; at an opening also the goods, the numbers and both sides' names. A moment behind the facts, never ahead.
/// </summary>
public sealed class SearchIndex(Database database, PersonKeys keys)
{
    private const int TogetherMax = 10;
    private readonly BlindWords _blind = new(database);

    /// <summary>How many facts it took in; whoever gets that many asks again.</summary>
    public async Task<int> Round(CancellationToken stop = default)
    {
        var owners = await Owners(stop);
        if (owners is null) return 0;
        // Only now, and all of it in one transaction: what is erased meanwhile makes it run again.
        var known = await keys.Of(owners, stop);
        return await database.Write(async transaction =>
        {
            var taken = 0;
            foreach (var fact in await Due(transaction))
                if (await Take(fact, known, transaction))
                    taken++;
            return taken;
        }, stop);
    }

    /// <summary>Takes in everything there is; for a start, and for tests.</summary>
    public async Task CatchUp(CancellationToken stop = default)
    {
        while (await Round(stop) > 0)
        {
        }
    }

    /// <summary>
    /// Takes some words out again. Whoever is just bringing such words in will find that it lost the race, and look at
    /// what is left.
    /// </summary>
    /// <param name="of">Which disputes may be concerned: a query of order and suffix.</param>
    /// <param name="which">The condition on owner and dispute.</param>
    internal static async Task Forget(DbTransaction transaction, string of, string which, object values)
    {
        var connection = transaction.Connection!;
        await connection.ExecuteAsync(
            $"UPDATE search_due SET seq = seq WHERE (order_id, suffix) IN ({of})", values, transaction);
        await connection.ExecuteAsync($"DELETE FROM search WHERE {which}", values, transaction);
    }

    /// <summary>Has openings looked at again: a name in them is another one now, or a text is gone.</summary>
    internal static Task OpeningsAgain(DbTransaction transaction, string which, object values) =>
        transaction.Connection!.ExecuteAsync(
            $"""
            INSERT INTO search_due (order_id, suffix, seq) SELECT order_id, suffix, 1 FROM dispute WHERE {which}
            ON CONFLICT (order_id, suffix, seq) DO UPDATE SET seq = excluded.seq
            """, values, transaction);

    /// <summary>Whose keys the next round needs; null where nothing is to be done.</summary>
    private async Task<IReadOnlyList<string>?> Owners(CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        var disputes = (await connection.QueryAsync<(string Order, string Suffix)>(
            "SELECT DISTINCT order_id, suffix FROM (SELECT order_id, suffix FROM search_due "
                + "ORDER BY order_id, suffix, seq LIMIT @TogetherMax) first", new { TogetherMax })).ToList();
        if (disputes.Count == 0) return null;
        var owners = new HashSet<string>();
        foreach (var (order, suffix) in disputes)
            owners.UnionWith(await connection.QueryAsync<string>(
                "SELECT DISTINCT owner FROM personal_text WHERE order_id = @order AND suffix = @suffix",
                new { order, suffix }));
        return [.. owners];
    }

    private static async Task<List<DueFact>> Due(DbTransaction transaction) =>
        [.. await transaction.Connection!.QueryAsync<DueFact>(
            """
            SELECT due.order_id, due.suffix, due.seq, event.bytes
            FROM (SELECT * FROM search_due ORDER BY order_id, suffix, seq LIMIT @TogetherMax) due
            LEFT JOIN event ON event.order_id = due.order_id AND event.suffix = due.suffix AND event.seq = due.seq
            """, new { TogetherMax }, transaction)];

    /// <summary>False for a fact that only a newer node can read: it takes it in.</summary>
    private async Task<bool> Take(DueFact due, Dictionary<string, byte[]> known, DbTransaction transaction)
    {
        var connection = transaction.Connection!;
        var (happened, isNewer) = Read(due);
        if (isNewer) return false;
        if (happened is not null)
        {
            var words = new Dictionary<string, HashSet<string>>();
            foreach (var (owner, text) in await Texts(due, happened, known, transaction)) Add(owner, text);
            if (happened is DisputeOpened opened)
                foreach (var (owner, text) in await About(opened, due, transaction)) Add(owner, text);
            await connection.ExecuteAsync(
                "DELETE FROM search WHERE order_id = @OrderId AND suffix = @Suffix AND seq = @Seq", due, transaction);
            var marketplace = await connection.ExecuteScalarAsync<string>(
                "SELECT marketplace FROM dispute WHERE order_id = @OrderId AND suffix = @Suffix", due, transaction);
            foreach (var (owner, found) in words.Where(pair => pair.Value.Count > 0))
                await connection.ExecuteAsync(
                    """
                    INSERT INTO search (order_id, suffix, seq, owner, audience, words, slot)
                    VALUES (@OrderId, @Suffix, @Seq, @owner, @audience, @words, @slot)
                    """,
                    new
                    {
                        due.OrderId, due.Suffix, due.Seq, owner, audience = Codes.Of(happened.Audience),
                        words = Blinded(new(marketplace ?? ""), found), slot = Slot(due, owner),
                    },
                    transaction);

            void Add(string owner, string text)
            {
                if (!words.TryGetValue(owner, out var all)) words.Add(owner, all = []);
                all.UnionWith(Folded.WithBeginnings(text));
            }
        }
        await connection.ExecuteAsync(
            "DELETE FROM search_due WHERE order_id = @OrderId AND suffix = @Suffix AND seq = @Seq", due, transaction);
        return true;
    }

    /// <summary>Null for what is damaged; nobody finds anything by it.</summary>
    private static (DisputeEvent? Happened, bool IsNewer) Read(DueFact due)
    {
        try
        {
            return (due.Bytes is null ? null : EventCodec.Read(due.Seq, due.Bytes).Event, false);
        }
        catch (JsonException failure)
        {
            return (null, failure is UnknownFactException);
        }
    }

    private static async Task<List<(string Owner, string Text)>> Texts(
        DueFact due, DisputeEvent happened, Dictionary<string, byte[]> known, DbTransaction transaction)
    {
        var told = new List<(string, string)>();
        foreach (var text in Told.By(happened))
        {
            var bytes = await transaction.Connection!.QuerySingleOrDefaultAsync<byte[]>(
                "SELECT sealed FROM personal_text WHERE order_id = @OrderId AND suffix = @Suffix "
                    + "AND commitment = @Commitment",
                new { due.OrderId, due.Suffix, text.Commitment }, transaction);
            if (bytes is null || !known.TryGetValue(text.Owner, out var key)) continue;
            var (_, value) = new SealedText(text.Commitment, text.Owner, bytes).Open(due.Dispute, key);
            told.Add((text.Owner, value));
        }
        return told;
    }

    /// <summary>What both sides read of it without anybody having written it: goods, numbers, names.</summary>
    private static async Task<List<(string Owner, string Text)>> About(
        DisputeOpened opened, DueFact due, DbTransaction transaction)
    {
        var goods = opened.Order.Lines.Where(line => line.Seller == opened.Seller).Select(line => line.Title);
        string[] numbers = [opened.Order.ExternalId, due.Dispute.Reference];
        var names = await transaction.Connection!.QueryAsync<(string Owner, string Name)>(
            "SELECT party_id, name FROM party WHERE marketplace = @Marketplace AND party_id IN (@Buyer, @Seller)",
            new { opened.Marketplace, opened.Buyer, opened.Seller }, transaction);
        return [(PersonalText.Platform, string.Join('\n', goods.Concat(numbers))), .. names];
    }

    private string Blinded(MarketplaceId marketplace, IEnumerable<string> words) =>
        string.Join(' ', words.Select(word => _blind.Of(marketplace, word)).Order(StringComparer.Ordinal));

    private static long Slot(DueFact due, string owner) => BitConverter.ToInt64(SHA256.HashData(
        Encoding.UTF8.GetBytes($"{due.Dispute} {due.Seq} {owner}"))) & long.MaxValue;

    private sealed class DueFact
    {
        public string OrderId { get; init; } = "";
        public string Suffix { get; init; } = "";
        public int Seq { get; init; }
        public byte[]? Bytes { get; init; }
        public DisputeId Dispute => new(new(OrderId), Suffix);
    }
}
