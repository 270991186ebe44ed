using Dapper;
using Entente.Domain;
using Entente.Server.Desk;
using Entente.Server.Storage;

namespace Entente.Server.Privacy;

/// <summary>All disputes a party was ever in, and whose texts are its own:
/// the party's and those of its people.</summary>
public sealed class PartyDisputes(Database database, DisputeStore store, PolicyShelf policies, Holds holds)
{
    public async Task<IReadOnlyList<DisputeId>> Of(PartyId party, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var rows = await connection.QueryAsync<(string Order, string Suffix)>(
            "SELECT order_id, suffix FROM dispute WHERE buyer = @party OR seller = @party ORDER BY opened_at, suffix",
            new { party });
        return [.. rows.Select(row => new DisputeId(new(row.Order), row.Suffix))];
    }

    /// <summary>The party, and the people who act for nobody else.</summary>
    public async Task<IReadOnlyList<string>> Owners(PartyId party, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var people = await connection.QueryAsync<string>(
            """
            SELECT person_id FROM membership WHERE party_id = @party AND person_id NOT IN
                (SELECT person_id FROM membership WHERE party_id <> @party)
            """,
            new { party });
        return [party.Value, .. people];
    }

    /// <summary>What stands in the way of erasing a party now; empty where nothing does.</summary>
    public async Task<IReadOnlyList<Obstacle>> Obstacles(PartyId party, CancellationToken stop = default)
    {
        var found = new List<Obstacle>();
        foreach (var id in await Of(party, stop)) found.AddRange(await Obstacles(id, stop));
        return found;
    }

    internal async Task<IReadOnlyList<Obstacle>> Obstacles(DisputeId id, CancellationToken stop)
    {
        var found = (await holds.On(id, stop))
            .Select(hold => new Obstacle(id, ObstacleKind.Held, null, hold.Reason, hold.Owner)).ToList();
        var dispute = (await store.Read(id, stop)).Dispute;
        var final = Finality.Of(dispute, await policies.Find(dispute.Opening.Policy, stop));
        if (final is null) found.Add(new(id, ObstacleKind.Open, null, null, null));
        else if (final > database.Now()) found.Add(new(id, ObstacleKind.NotFinal, final, null, null));
        return found;
    }
}
