using Dapper;
using Entente.Server.Storage;
using Microsoft.AspNetCore.Identity;

namespace Entente.Server.Web.SignIn;

/// <summary>Keeps accounts in the table of persons, for Identity's managers.
/// People are made and removed elsewhere.</summary>
public sealed partial class AccountStore(Database database)
    : IUserPasswordStore<Account>, IUserSecurityStampStore<Account>, IUserLockoutStore<Account>,
    IUserEmailStore<Account>
{
    private const string Columns =
        """
        SELECT person_id AS person, marketplace, login, email, disabled, password_hash, security_stamp, failed_count,
            locked_until
        FROM person
        """;

    public async Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken)
    {
        var changed = await database.Write(
            transaction => transaction.Connection!.ExecuteAsync(
                """
                UPDATE person SET email = @Email, password_hash = @PasswordHash, security_stamp = @SecurityStamp,
                                  failed_count = @FailedCount, locked_until = @LockedUntil
                WHERE marketplace = @Marketplace AND person_id = @Person
                """,
                new
                {
                    user.Email, user.PasswordHash, user.SecurityStamp, user.FailedCount, user.LockedUntil,
                    user.Marketplace, user.Person,
                },
                transaction),
            cancellationToken);
        return changed == 1 ? IdentityResult.Success : IdentityResult.Failed();
    }

    public Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Find("person_id = @userId", new { userId }, cancellationToken);

    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        normalizedUserName.Split('/', 2) is [var marketplace, var login]
            ? Find("marketplace = @marketplace AND login = @login", new { marketplace, login }, cancellationToken)
            : Task.FromResult<Account?>(null);

    public Task<Account?> FindByEmailAsync(string normalizedEmail, CancellationToken cancellationToken) =>
        throw new NotSupportedException("One address may belong to people of several marketplaces; ask by name.");

    public Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("People are added by People.AddPerson.");

    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("People are disabled, and erased by their keys.");

    public void Dispose()
    {
    }

    private async Task<Account?> Find(string condition, object values, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        return (await connection.QuerySingleOrDefaultAsync<Row>($"{Columns} WHERE {condition}", values))?.Account;
    }

    private sealed class Row
    {
        public required string Person { get; init; }
        public required string Marketplace { get; init; }
        public required string Login { get; init; }
        public required string Email { get; init; }
        public bool Disabled { get; init; }
        public string? PasswordHash { get; init; }
        public required string SecurityStamp { get; init; }
        public int FailedCount { get; init; }
        public long? LockedUntil { get; init; }

        public Account Account => new()
        {
            Person = new(Person),
            Marketplace = new(Marketplace),
            Login = Login,
            Email = Email,
            Disabled = Disabled,
            PasswordHash = PasswordHash,
            SecurityStamp = SecurityStamp,
            FailedCount = FailedCount,
            LockedUntil = LockedUntil is { } micros ? Micros.From(micros) : null,
        };
    }
}
