using System.Data.Common;
using Dapper;
using Entente.Domain;

namespace Entente.Server.Desk;

public sealed partial class People
{
    /// <summary>Adds a person who cannot sign in by password yet; a login that
    /// is taken gives the person who has it.</summary>
    public Task<PersonId> AddPerson(
        MarketplaceId marketplace, string login, string name, string language, string email, bool demo = false) =>
        database.Write(async transaction =>
        {
            var known = await transaction.Connection!.QuerySingleOrDefaultAsync<string>(
                "SELECT person_id FROM person WHERE marketplace = @marketplace AND login = @login",
                new { marketplace, login = Login(login) },
                transaction);
            if (known is not null) return new PersonId(known);
            var id = new PersonId(NewId.Make());
            await transaction.Connection!.ExecuteAsync(
                """
                INSERT INTO person (marketplace, person_id, login, email, name, language, security_stamp,
                                    failed_count, disabled, demo, created_at)
                VALUES (@marketplace, @id, @login, @email, @name, @language, @stamp, 0, FALSE, @demo, @at)
                """,
                new { marketplace, id, login = Login(
                    login), email, name, language, stamp = NewId.Make(), demo, at = database.Now() },
                transaction);
            return id;
        });

    /// <summary>From the next request on the person acts for the party, or,
    /// where it is null, for the platform.</summary>
    public Task Join(MarketplaceId marketplace, PersonId person, Role role, PartyId? party = null) => database.Write(
        transaction => transaction.Connection!.ExecuteAsync(
            """
            INSERT INTO membership (marketplace, person_id, role, party_id, created_at)
            VALUES (@marketplace, @person, @role, @party, @at) ON CONFLICT DO NOTHING
            """,
            new { marketplace, person, role = Codes.Of(role), party = party?.Value ?? "", at = database.Now() },
            transaction));

    /// <summary>From the next request on the person acts so no more.</summary>
    public Task Leave(MarketplaceId marketplace, PersonId person, Role role, PartyId? party = null) => database.Write(
        transaction => transaction.Connection!.ExecuteAsync(
            """
            DELETE FROM membership
            WHERE marketplace = @marketplace AND person_id = @person AND role = @role AND party_id = @party
            """,
            new { marketplace, person, role = Codes.Of(role), party = party?.Value ?? "" },
            transaction));

    public Task Disable(MarketplaceId marketplace, PersonId person) => database.Write(
        transaction => transaction.Connection!.ExecuteAsync(
            """
            UPDATE person SET disabled = TRUE, security_stamp = @stamp
            WHERE marketplace = @marketplace AND person_id = @person
            """,
            new { marketplace, person, stamp = NewId.Make() },
            transaction));

    public Task SpeakTo(PersonId person, string language) => database.Write(
        transaction => transaction.Connection!.ExecuteAsync(
            "UPDATE person SET language = @language WHERE person_id = @person", new { person, language }, transaction));

    public async Task<Person?> FindPerson(PersonId id, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        return (await connection.QuerySingleOrDefaultAsync<PersonRow>(
            $"{PersonColumns} WHERE person_id = @id", new { id }))?.Person;
    }

    public async Task<Person?> FindPerson(MarketplaceId marketplace, string login, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var row = await connection.QuerySingleOrDefaultAsync<PersonRow>(
            $"{PersonColumns} WHERE marketplace = @marketplace AND login = @login",
            new { marketplace, login = Login(login) });
        return row?.Person;
    }

    /// <summary>Everybody who may be entered by one click where the centre is a demo, with what they are.</summary>
    public async Task<IReadOnlyList<(Person Person, Role Role)>> DemoPeople(CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var rows = await connection.QueryAsync<(string Id, string Role)>(
            """
            SELECT person.person_id, MIN(role) FROM person
            JOIN membership ON membership.marketplace = person.marketplace AND membership.person_id = person.person_id
            WHERE demo AND NOT disabled GROUP BY person.person_id
            """);
        var roles = rows.ToDictionary(row => row.Id, row => Stored<Role>(row.Role));
        var people = await connection.QueryAsync<PersonRow>(
            $"{PersonColumns} WHERE person_id {database.Dialect.AnyOf("@ids")}", new { ids = roles.Keys.ToArray() });
        return
        [
            .. people.Select(row => (row.Person, roles[row.Id]))
                .OrderBy(row => row.Item2).ThenBy(row => row.Person.Name),
        ];
    }

    /// <summary>Everybody who acts for a party: whom to write to.</summary>
    public async Task<IReadOnlyList<Person>> MembersOf(
        MarketplaceId marketplace, PartyId party, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        return await Persons(connection, "party_id = @party", new { marketplace, party });
    }

    /// <summary>Everybody who acts for the platform in that role.</summary>
    public async Task<IReadOnlyList<Person>> Staff(
        MarketplaceId marketplace, Role role, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        return await Persons(connection, "role = @role AND party_id = ''", new { marketplace, role = Codes.Of(role) });
    }

    /// <summary>Whether the person belongs to one of the two sides and so can examine nothing between them.</summary>
    public async Task<bool> ActsForEither(
        MarketplaceId marketplace, PersonId person, PartyId buyer, PartyId seller, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        return await connection.ExecuteScalarAsync<long>(
            """
            SELECT COUNT(*) FROM membership
            WHERE marketplace = @marketplace AND person_id = @person AND party_id IN (@buyer, @seller)
            """,
            new { marketplace, person, buyer, seller }) > 0;
    }

    /// <summary>The form in which logins are kept and compared.</summary>
    internal static string Login(string typed) => typed.Trim().ToLowerInvariant();

    private static async Task<IReadOnlyList<Person>> Persons(DbConnection connection, string condition, object values)
    {
        var rows = await connection.QueryAsync<PersonRow>(
            $"""
            {PersonColumns} WHERE marketplace = @marketplace AND NOT disabled AND person_id IN
            (SELECT person_id FROM membership WHERE marketplace = @marketplace AND {condition})
            ORDER BY created_at, person_id
            """,
            values);
        return [.. rows.Select(row => row.Person)];
    }

    private sealed class PersonRow
    {
        public required string Id { get; init; }
        public required string Marketplace { get; init; }
        public required string Login { get; init; }
        public required string Email { get; init; }
        public required string Name { get; init; }
        public required string Language { get; init; }
        public bool Disabled { get; init; }
        public bool Demo { get; init; }

        public Person Person => new(new(Id), new(Marketplace), Login, Email, Name, Language, Disabled, Demo);
    }
}
