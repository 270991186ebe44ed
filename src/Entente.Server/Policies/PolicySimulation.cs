using Dapper;
using Entente.Domain;
using Entente.Domain.Policies;
using Entente.Server.Storage;

namespace Entente.Server.Policies;

/// <summary>Replays a marketplace's past disputes under rules that are not in force.</summary>
public sealed class PolicySimulation(Database database, DisputeStore store)
{
    /// <summary>The newest disputes are enough to see what a change would mean.</summary>
    public const int DisputesMax = 20_000;

    public async Task<SimulationReport> Run(
        MarketplaceId marketplace, Policy changed, int count = DisputesMax, CancellationToken stop = default)
    {
        var replays = new List<Replay>();
        foreach (var dispute in await Newest(marketplace, count, stop))
            replays.Add(Replay.Of(dispute, await store.History(dispute, stop), changed));
        return SimulationReport.Of(replays);
    }

    private async Task<IReadOnlyList<DisputeId>> Newest(MarketplaceId marketplace, int count, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        var rows = await connection.QueryAsync<(string Order, string Suffix)>(
            """
            SELECT order_id, suffix FROM dispute WHERE marketplace = @marketplace
            ORDER BY opened_at DESC, order_id, suffix LIMIT @count
            """, new { marketplace, count });
        return [.. rows.Select(row => new DisputeId(new(row.Order), row.Suffix))];
    }
}
