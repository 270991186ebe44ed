using System.Text.Json;
using Dapper;
using Entente.Server.Storage;

namespace Entente.Server.Desk;

/// <summary>What somebody has typed and not sent: kept under a key of theirs until it is sent or thrown away.</summary>
public sealed class Drafts(Database database)
{
    public async Task<T?> Find<T>(Caller caller, string key, CancellationToken stop = default) where T : class
    {
        await using var connection = await database.Open(stop);
        var body = await connection.QuerySingleOrDefaultAsync<string>(
            "SELECT body FROM draft WHERE person = @person AND key = @key", new { person = caller.Principal, key });
        return body is null ? null : JsonSerializer.Deserialize<T>(body, StoredJson.Options);
    }

    /// <summary>The keys of this caller's drafts that begin so.</summary>
    public async Task<IReadOnlySet<string>> Keys(Caller caller, string prefix, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var keys = await connection.QueryAsync<string>(
            "SELECT key FROM draft WHERE person = @person", new { person = caller.Principal });
        return keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).ToHashSet();
    }

    public Task Keep<T>(Caller caller, string key, T draft, CancellationToken stop = default) => database.Write(
        transaction => transaction.Connection!.ExecuteAsync(
            """
            INSERT INTO draft (person, key, body, changed_at) VALUES (@person, @key, @body, @at)
            ON CONFLICT (person, key) DO UPDATE SET body = excluded.body, changed_at = excluded.changed_at
            """,
            new { person = caller.Principal, key, body = JsonSerializer.Serialize(
                draft, StoredJson.Options), at = database.Now() },
            transaction),
        stop);

    public Task Drop(Caller caller, string key, CancellationToken stop = default) => database.Write(
        transaction => transaction.Connection!.ExecuteAsync(
            "DELETE FROM draft WHERE person = @person AND key = @key", new { person = caller.Principal, key },
            transaction),
        stop);
}
