using Dapper;
using Entente.Domain;

namespace Entente.Server.Desk;

/// <summary>Somebody of the platform, and in which roles.</summary>
/// <param name="HasPassword">Whether they can sign in yet.</param>
public sealed record StaffMember(Person Person, ValueList<Role> Roles, bool HasPassword);

public sealed partial class People
{
    /// <summary>The platform's people, those who were shut out at the end.</summary>
    public async Task<IReadOnlyList<StaffMember>> AllStaff(
        MarketplaceId marketplace, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var roles = (await connection.QueryAsync<(string Person, string Role)>(
            "SELECT person_id, role FROM membership WHERE marketplace = @marketplace AND party_id = ''",
            new { marketplace })).ToLookup(row => row.Person, row => Stored<Role>(row.Role));
        var withPassword = (await connection.QueryAsync<string>(
            "SELECT person_id FROM person WHERE marketplace = @marketplace AND password_hash IS NOT NULL",
            new { marketplace })).ToHashSet();
        var people = await connection.QueryAsync<PersonRow>(
            $"{PersonColumns} WHERE marketplace = @marketplace AND person_id {database.Dialect.AnyOf("@ids")}",
            new { marketplace, ids = roles.Select(row => row.Key).ToArray() });
        return
        [
            .. people.Select(row => row.Person)
                .OrderBy(person => person.Disabled).ThenBy(person => person.Name, StringComparer.Ordinal)
                .Select(person => new StaffMember(
                    person, roles[person.Id.Value].Order().ToValueList(), withPassword.Contains(person.Id.Value))),
        ];
    }

    /// <summary>Lets somebody who was shut out in again; their password is a new one to make.</summary>
    public Task Enable(MarketplaceId marketplace, PersonId person) => database.Write(
        transaction => transaction.Connection!.ExecuteAsync(
            """
            UPDATE person SET disabled = FALSE, password_hash = NULL, security_stamp = @stamp
            WHERE marketplace = @marketplace AND person_id = @person AND disabled
            """,
            new { marketplace, person, stamp = NewId.Make() },
            transaction));
}
