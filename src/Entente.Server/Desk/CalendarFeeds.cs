using System.Security.Cryptography;
using System.Text;
using Dapper;
using Entente.Domain;
using Entente.Server.Storage;

namespace Entente.Server.Desk;

/// <summary>The secret addresses under which people's calendars read what is due. Only digests are kept.</summary>
public sealed class CalendarFeeds(Database database)
{
    private const int SecretBytes = 24;

    /// <summary>A new address for the person; the one before leads nowhere any more. It is shown this once.</summary>
    public async Task<string> Make(MarketplaceId marketplace, PersonId person, CancellationToken stop = default)
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        await database.Write(transaction => transaction.Connection!.ExecuteAsync(
            """
            INSERT INTO calendar_feed (person, marketplace, digest, made_at)
            VALUES (@person, @marketplace, @digest, @at) ON CONFLICT (person) DO UPDATE
            SET digest = excluded.digest, made_at = excluded.made_at
            """, new { person, marketplace, digest = Digest(secret), at = database.Now() }, transaction), stop);
        return secret;
    }

    public Task Revoke(PersonId person, CancellationToken stop = default) =>
        database.Write(transaction => transaction.Connection!.ExecuteAsync(
            "DELETE FROM calendar_feed WHERE person = @person", new { person }, transaction), stop);

    /// <summary>Since when the person has an address; null where there is none.</summary>
    public async Task<Instant?> Since(PersonId person, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var micros = await connection.QuerySingleOrDefaultAsync<long?>(
            "SELECT made_at FROM calendar_feed WHERE person = @person", new { person });
        return micros is { } at ? Micros.From(at) : null;
    }

    /// <summary>Whose calendar an address is; null for an address that leads nowhere.</summary>
    public async Task<(MarketplaceId Marketplace, PersonId Person)?> Find(
        string secret, CancellationToken stop = default)
    {
        if (secret.Length != SecretBytes * 2) return null;
        await using var connection = await database.Open(stop);
        var row = await connection.QuerySingleOrDefaultAsync<(string Marketplace, string Person)?>(
            "SELECT marketplace, person FROM calendar_feed WHERE digest = @digest", new { digest = Digest(secret) });
        return row is var (marketplace, person) ? (new(marketplace), new(person)) : null;
    }

    private static string Digest(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(secret)));
}
