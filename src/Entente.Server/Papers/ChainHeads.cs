using Dapper;
using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Server.Storage;

namespace Entente.Server.Papers;

/// <summary>The newest link of one chain: kept elsewhere, it shows a history that was cut off.</summary>
/// <param name="N">How many facts the chain has.</param>
/// <param name="Link">In hexadecimal; empty where the chain has no facts.</param>
public sealed record ChainHead(Audience Audience, int N, string Link);

/// <summary>Finds the links behind what a reader has before them.</summary>
public sealed class ChainHeads(Database database)
{
    /// <summary>One for each audience the reader belongs to, at the facts the view was written from.</summary>
    public async Task<IReadOnlyList<ChainHead>> Of(DisputeView view, CancellationToken stop = default)
    {
        var heads = new List<ChainHead>();
        foreach (var audience in Enum.GetValues<Audience>().Where(view.Viewer.MayRead))
        {
            var read = view.Timeline.Where(entry => entry.Audience == audience);
            var n = read.Select(entry => entry.N).DefaultIfEmpty().Max();
            heads.Add(new(audience, n, await Link(view.Id, audience, n, stop) ?? ""));
        }
        return heads;
    }

    /// <summary>The link of one fact, in hexadecimal; null where there is no such fact.</summary>
    public async Task<string?> Link(DisputeId dispute, Audience audience, int n, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var link = await connection.QuerySingleOrDefaultAsync<byte[]>(
            """
            SELECT link FROM event
            WHERE order_id = @Order AND suffix = @Suffix AND audience = @audience AND n = @n
            """, new { dispute.Order, dispute.Suffix, audience = Codes.Of(audience), n });
        return link is null ? null : Convert.ToHexStringLower(link);
    }
}
