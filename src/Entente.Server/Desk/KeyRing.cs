using System.Security.Cryptography;
using System.Text;
using Dapper;
using Entente.Domain;
using Entente.Server.Storage;

namespace Entente.Server.Desk;

/// <summary>A marketplace's key to the API, without its secret.</summary>
public sealed record ApiKey(
    string Prefix, MarketplaceId Marketplace, string Name, ValueList<Scope> Scopes,
    Instant CreatedAt, Instant? ExpiresAt, Instant? RevokedAt, Instant? LastUsedAt);

/// <summary>The keys of the API: made, shown once, known again by their public prefix, revoked.</summary>
public sealed class KeyRing(Database database)
{
    private const string Mark = "ent";
    private const int PrefixBytes = 6;
    private const int SecretBytes = 32;
    private static readonly Duration UsesNotedEvery = Duration.FromMinutes(1);
    private static readonly byte[] NoSecret = SHA256.HashData([]);

    /// <summary>Makes a key and gives its whole text, which nobody can read again.</summary>
    public async Task<string> Make(
        MarketplaceId marketplace, string name, IEnumerable<Scope> scopes, Instant? expires = null,
        CancellationToken stop = default)
    {
        var prefix = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(PrefixBytes));
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        var words = string.Join(' ', scopes.Distinct().Order().Select(scope => scope.Spell()));
        await database.Write(
            transaction => transaction.Connection!.ExecuteAsync(
                """
                INSERT INTO api_key (prefix, marketplace, name, secret_hash, scopes, created_at, expires_at)
                VALUES (@prefix, @marketplace, @name, @hash, @words, @at, @expires)
                """,
                new { prefix, marketplace, name, hash = Hash(secret), words, at = database.Now(), expires },
                transaction),
            stop);
        return $"{Mark}_{prefix}_{secret}";
    }

    /// <summary>The key whose whole text this is; null when unknown, expired
    /// or revoked, without saying which.</summary>
    public async Task<ApiKey?> Find(string text, CancellationToken stop = default)
    {
        if (text.Split('_') is not [Mark, var prefix, var secret]) return null;
        var row = await database.One<KeyRow>("SELECT * FROM api_key WHERE prefix = @prefix", stop, prefix);
        var same = CryptographicOperations.FixedTimeEquals(row?.SecretHash ?? NoSecret, Hash(secret));
        if (row is null || !same) return null;
        var (key, now) = (row.Key, database.Now());
        if (key.RevokedAt is not null || key.ExpiresAt <= now) return null;
        if (key.LastUsedAt is not { } last || now - last >= UsesNotedEvery) await NoteUse(key, now, stop);
        return key;
    }

    public async Task<IReadOnlyList<ApiKey>> Of(MarketplaceId marketplace, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var rows = await connection.QueryAsync<KeyRow>(
            "SELECT * FROM api_key WHERE marketplace = @marketplace ORDER BY created_at DESC, prefix",
            new { marketplace });
        return [.. rows.Select(row => row.Key)];
    }

    /// <summary>From the next request on the key opens nothing; false when there is no such key to revoke.</summary>
    public Task<bool> Revoke(MarketplaceId marketplace, string prefix, CancellationToken stop = default) =>
        database.Write(
        async transaction => await transaction.Connection!.ExecuteAsync(
            "UPDATE api_key SET revoked_at = @at WHERE marketplace = @marketplace AND prefix = @prefix AND revoked_at "
                + "IS NULL",
            new { marketplace, prefix, at = database.Now() },
            transaction) > 0,
        stop);

    private Task<int> NoteUse(ApiKey key, Instant now, CancellationToken stop) => database.Write(
        transaction => transaction.Connection!.ExecuteAsync(
            "UPDATE api_key SET last_used_at = @now WHERE prefix = @prefix", new { now, prefix = key.Prefix },
            transaction),
        stop);

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private sealed class KeyRow
    {
        public required string Prefix { get; init; }
        public required string Marketplace { get; init; }
        public required string Name { get; init; }
        public required byte[] SecretHash { get; init; }
        public required string Scopes { get; init; }
        public long CreatedAt { get; init; }
        public long? ExpiresAt { get; init; }
        public long? RevokedAt { get; init; }
        public long? LastUsedAt { get; init; }

        public ApiKey Key => new(
            Prefix, new(Marketplace), Name, Desk.Scopes.Parse(Scopes)!.ToValueList(),
            Micros.From(CreatedAt), At(ExpiresAt), At(RevokedAt), At(LastUsedAt));

        private static Instant? At(long? micros) => micros is { } value ? Micros.From(value) : null;
    }
}
