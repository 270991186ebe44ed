using System.Security.Cryptography;
using Dapper;
using Entente.Domain;
using Entente.Server.Desk;
using Entente.Server.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Entente.Server.Web.SignIn;

/// <summary>Gives people a password: one nobody chose, shown once to whoever hands it on.</summary>
public sealed class Passwords(Database database, IPasswordHasher<Account> hasher)
{
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789"; // None that is read as another.
    private const int GroupsCount = 4;
    private const int GroupLetters = 5;

    /// <summary>For the command line, where no host is built.</summary>
    public static Passwords Of(Database database, Settings settings) =>
        new(database, new PasswordHasher<Account>(Options.Create(
            new PasswordHasherOptions { IterationCount = settings.Limits.PasswordRounds })));

    /// <summary>Makes a new password, ends a lock-out and every sitting; null where nobody is called so.</summary>
    public async Task<string?> Renew(MarketplaceId marketplace, PersonId person, CancellationToken stop = default)
    {
        var password = string.Join('-', Enumerable.Range(0, GroupsCount)
            .Select(_ => RandomNumberGenerator.GetString(Letters, GroupLetters)));
        var account = new Account
        {
            Person = person, Marketplace = marketplace, Login = "", Email = "", Disabled = false, SecurityStamp = "",
        };
        var changed = await database.Write(
            transaction => transaction.Connection!.ExecuteAsync(
                """
                UPDATE person SET password_hash = @hash, security_stamp = @stamp, failed_count = 0, locked_until = NULL
                WHERE marketplace = @marketplace AND person_id = @person AND NOT disabled
                """,
                new { marketplace, person, hash = hasher.HashPassword(account, password), stamp = NewId.Make() },
                transaction),
            stop);
        return changed == 1 ? password : null;
    }
}
