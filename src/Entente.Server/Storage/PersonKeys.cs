using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Dapper;

namespace Entente.Server.Storage;

/// <summary>
/// The key each person's texts are encrypted under, itself wrapped under the centre's. Destroying a person's key
/// erases all they ever wrote, here and in every copy of the database made since.
/// </summary>
public sealed class PersonKeys(Database database)
{
    private const int KeyBytes = 32;
    private static readonly byte[] Destroyed = [];
    private readonly Lazy<byte[]> _master = new(() => CentreKey.Of(database));

    /// <summary>As long a key that another node destroyed may still be believed here.</summary>
    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, Known> _known = new();

    /// <summary>The owner's key, made at first need; null once it is destroyed.</summary>
    public async ValueTask<byte[]?> Of(string owner, CancellationToken stop = default)
    {
        var key = Fresh(owner) ?? await Find(owner, stop) ?? await Make(owner, stop);
        return key.Length == 0 ? null : key;
    }

    /// <summary>The owner's key; null where none was ever needed, or it is destroyed.</summary>
    public async ValueTask<byte[]?> IfMade(string owner, CancellationToken stop = default)
    {
        var key = Fresh(owner) ?? await Find(owner, stop);
        return key is null or [] ? null : key;
    }

    /// <summary>Keys of several owners; those that were destroyed are absent.</summary>
    public async Task<Dictionary<string, byte[]>> Of(IEnumerable<string> owners, CancellationToken stop = default)
    {
        var keys = new Dictionary<string, byte[]>();
        foreach (var owner in owners.Distinct())
            if (await Of(owner, stop) is { } key)
                keys.Add(owner, key);
        return keys;
    }

    /// <summary>Erases what the owner wrote, for ever.</summary>
    public async Task Destroy(string owner)
    {
        await database.Write(transaction => transaction.Connection!.ExecuteAsync(
            """
            INSERT INTO person_key (owner, wrapped, made_at, destroyed_at) VALUES (@owner, NULL, @now, @now)
            ON CONFLICT (owner) DO UPDATE SET wrapped = NULL, destroyed_at = excluded.destroyed_at
            """, new { owner, now = database.Now() }, transaction));
        _known[owner] = new(Destroyed, Stopwatch.GetTimestamp());
    }

    /// <summary>Something of the centre's own, encrypted as the keys of persons are.</summary>
    /// <param name="what">What it is; it cannot be taken for something else.</param>
    public byte[] SealUnderCentre(byte[] value, string what) =>
        Sealed.Close(_master.Value, value, Encoding.UTF8.GetBytes(what));

    /// <inheritdoc cref="SealUnderCentre"/>
    public byte[] OpenUnderCentre(byte[] sealedValue, string what) =>
        Sealed.Open(_master.Value, sealedValue, Encoding.UTF8.GetBytes(what));

    private async Task<byte[]?> Find(string owner, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        var rows = (await connection.QueryAsync<byte[]?>(
            "SELECT wrapped FROM person_key WHERE owner = @owner", new { owner })).ToList();
        return rows.Count == 0 ? null : Remember(owner, rows[0]);
    }

    private async Task<byte[]> Make(string owner, CancellationToken stop)
    {
        var wrapped = Sealed.Close(_master.Value, RandomNumberGenerator.GetBytes(KeyBytes),
            Encoding.UTF8.GetBytes(owner));
        await database.Write(transaction => transaction.Connection!.ExecuteAsync(
            "INSERT INTO person_key (owner, wrapped, made_at) VALUES (@owner, @wrapped, @now) ON CONFLICT DO NOTHING",
            new { owner, wrapped, now = database.Now() }, transaction), stop);
        return await Find(owner, stop) ?? throw new InvalidOperationException($"The key of {owner} was not kept.");
    }

    private byte[]? Fresh(string owner) =>
        _known.TryGetValue(owner, out var known) && Stopwatch.GetElapsedTime(known.At) < Believed ? known.Key : null;

    private byte[] Remember(string owner, byte[]? wrapped)
    {
        var key = wrapped is null ? Destroyed : Sealed.Open(_master.Value, wrapped, Encoding.UTF8.GetBytes(owner));
        _known[owner] = new(key, Stopwatch.GetTimestamp());
        return key;
    }

    private sealed record Known(byte[] Key, long At);
}
