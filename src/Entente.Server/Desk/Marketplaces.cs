using System.Collections.Concurrent;
using Dapper;
using Entente.Domain;
using Entente.Server.Storage;

namespace Entente.Server.Desk;

/// <summary>A tenant of the centre, with the language and the zone it starts from.</summary>
public sealed record Marketplace(MarketplaceId Id, string Name, string Language, string Zone);

/// <summary>The marketplaces that this centre serves; nothing ever crosses from one to another.</summary>
public sealed class Marketplaces(Database database)
{
    /// <summary>One that was added stays as it is.</summary>
    private readonly ConcurrentDictionary<MarketplaceId, Marketplace> _known = new();

    private const string Columns = "SELECT marketplace AS id, name, language, zone FROM marketplace";

    /// <summary>Adds it; one that is there keeps what it has.</summary>
    public Task Add(Marketplace marketplace, CancellationToken stop = default) => database.Write(
        transaction => transaction.Connection!.ExecuteAsync(
            """
            INSERT INTO marketplace (marketplace, name, language, zone, created_at)
            VALUES (@Id, @Name, @Language, @Zone, @At) ON CONFLICT DO NOTHING
            """,
            new { marketplace.Id, marketplace.Name, marketplace.Language, marketplace.Zone, At = database.Now() },
            transaction),
        stop);

    public async ValueTask<Marketplace?> Find(MarketplaceId id, CancellationToken stop = default)
    {
        if (_known.TryGetValue(id, out var known)) return known;
        var found = await database.One<Marketplace>($"{Columns} WHERE marketplace = @id", stop, id.Value);
        return found is null ? null : _known[id] = found;
    }

    public async Task<IReadOnlyList<Marketplace>> All(CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        return (await connection.QueryAsync<Marketplace>($"{Columns} ORDER BY created_at, marketplace")).AsList();
    }
}
