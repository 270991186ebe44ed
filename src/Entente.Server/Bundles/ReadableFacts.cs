using Dapper;
using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Server.Papers;
using Entente.Server.Storage;

namespace Entente.Server.Bundles;

/// <summary>A stored fact, byte by byte, with its link.</summary>
public sealed record ReadableFact(string Audience, int N, string Kind, byte[] Bytes, byte[] Link);

/// <summary>
/// Reads the stored facts of the chains a reader belongs to, and the texts behind them; nothing else.
/// </summary>
public sealed class ReadableFacts(Database database, PersonKeys keys)
{
    /// <summary>By audience and place, up to what the reader has before them.</summary>
    public async Task<IReadOnlyList<ReadableFact>> Of(
        DisputeView view, IReadOnlyList<ChainHead> heads, CancellationToken stop = default)
    {
        var facts = new List<ReadableFact>();
        await using var connection = await database.Open(stop);
        foreach (var head in heads)
        {
            var rows = await connection.QueryAsync<Row>(
                """
                SELECT n, kind, bytes, link FROM event
                WHERE order_id = @Order AND suffix = @Suffix AND audience = @audience AND n <= @N ORDER BY n
                """,
                new { view.Id.Order, view.Id.Suffix, audience = Codes.Of(head.Audience), head.N });
            facts.AddRange(rows.Select(row => new ReadableFact(
                Codes.Of(head.Audience), row.N, row.Kind, row.Bytes, row.Link)));
        }
        return facts;
    }

    /// <summary>Salts and texts by their commitments, as far as their owners' keys still are.</summary>
    public async Task<IReadOnlyDictionary<string, BundleText>> Texts(DisputeId id, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var rows = (await connection.QueryAsync<(string Commitment, string Owner, byte[] Sealed)>(
            "SELECT commitment, owner, sealed FROM personal_text WHERE order_id = @Order AND suffix = @Suffix",
            new { id.Order, id.Suffix })).ToList();
        var known = await keys.Of(rows.Select(row => row.Owner), stop);
        var texts = new Dictionary<string, BundleText>();
        foreach (var row in rows.Where(row => known.ContainsKey(row.Owner)))
        {
            var (salt, text) = new SealedText(row.Commitment, row.Owner, row.Sealed).Open(id, known[row.Owner]);
            texts[row.Commitment] = new(row.Commitment, Convert.ToHexStringLower(salt), text);
        }
        return texts;
    }

    private sealed class Row
    {
        public int N { get; init; }
        public string Kind { get; init; } = "";
        public byte[] Bytes { get; init; } = [];
        public byte[] Link { get; init; } = [];
    }
}
