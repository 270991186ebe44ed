using System.Data.Common;
using Entente.Domain;
using Entente.Server.Storage;

namespace Entente.Server.Desk;

/// <summary>Who is asking, read anew at each request: what somebody may do changes with the next one.</summary>
public sealed class Callers(Database database, People people, Marketplaces marketplaces)
{
    private const string PersonSql =
        """
        SELECT person.marketplace, person_id, person.name, person.language, zone, security_stamp AS stamp, disabled,
               marketplace.name AS marketplace_name
        FROM person JOIN marketplace ON marketplace.marketplace = person.marketplace WHERE person_id = @person
        """;
    private const string MembershipsSql =
        """
        SELECT role, party_id FROM membership WHERE person_id = @person AND marketplace =
            (SELECT marketplace FROM person WHERE person_id = @person) ORDER BY role, party_id
        """;

    /// <summary>The person behind a cookie; null when disabled, unknown, or signed in under another stamp.</summary>
    public async Task<Caller?> BySignIn(PersonId person, string stamp, CancellationToken stop = default)
    {
        var (row, caller) = await Read(person, stop);
        return row?.Stamp == stamp ? caller : null;
    }

    /// <summary>A person of this marketplace; null when disabled or unknown here.</summary>
    public async Task<Caller?> Person(MarketplaceId marketplace, PersonId person, CancellationToken stop = default)
    {
        var (_, caller) = await Read(person, stop);
        return caller?.Marketplace == marketplace ? caller : null;
    }

    /// <summary>A key by itself: what the marketplace does and reads, and nothing said in private.</summary>
    public async Task<Caller?> ByKey(ApiKey key, CancellationToken stop = default)
    {
        if (await marketplaces.Find(key.Marketplace, stop) is not { } at) return null;
        return new(at.Id, null, key.Name, at.Language, DateTimeZoneProviders.Tzdb[at.Zone], [], key.Prefix, key.Scopes)
        {
            MarketplaceName = at.Name,
        };
    }

    /// <summary>A key for somebody: their authority, their view. Null when
    /// nobody of this marketplace is called so.</summary>
    /// <param name="whom">person:ID, buyer:EXTERNAL, seller:EXTERNAL, or any
    /// of these ids alone where it means one.</param>
    public async Task<Caller?> ByKey(ApiKey key, string whom, CancellationToken stop = default)
    {
        if (await ByKey(key, stop) is not { } alone) return null;
        var (kind, id) = whom.Split(':', 2) is [var word, var rest] && word is "person" or "buyer" or "seller"
            ? (word, rest)
            : (null, whom);
        var person = kind is null or "person" ? await PersonCalled(key.Marketplace, id, stop) : null;
        var parties = new List<Party>();
        foreach (var side in new[] { Role.Buyer, Role.Seller })
            if ((kind ?? Codes.Of(side)) == Codes.Of(side)
                && await people.FindParty(key.Marketplace, side, id, stop) is { } party)
                parties.Add(party);
        return (person, parties) switch
        {
            ({ } found, []) => found with { Key = key.Prefix, Scopes = key.Scopes },
            (null, [var party]) => alone with
            {
                Name = party.Name, Language = party.Language, Memberships = [new(party.Kind, party.Id)],
            },
            _ => null,
        };
    }

    private async Task<Caller?> PersonCalled(MarketplaceId marketplace, string idOrLogin, CancellationToken stop) =>
        await Person(marketplace, new(idOrLogin), stop)
        ?? (await people.FindPerson(marketplace, idOrLogin, stop) is { } person
            ? await Person(marketplace, person.Id, stop)
            : null);

    private async Task<(PersonRow? Row, Caller? Caller)> Read(PersonId person, CancellationToken stop)
    {
        var row = await database.One<PersonRow>(PersonSql, stop, person.Value);
        if (row is null || row.Disabled) return (null, null);
        var memberships = await database.Read(MembershipsSql, Memberships, stop, person.Value);
        return (row, new Caller(
            new(row.Marketplace),
            new PersonId(row.PersonId),
            row.Name,
            row.Language,
            DateTimeZoneProviders.Tzdb[row.Zone],
            memberships)
        {
            MarketplaceName = row.MarketplaceName,
        });
    }

    private static ValueList<Membership> Memberships(DbDataReader rows)
    {
        var found = new List<Membership>();
        while (rows.Read()) found.Add(new(RoleOf(rows.GetString(0)), PartyIn(rows.GetString(1))));
        return found.ToValueList();
    }

    private static Role RoleOf(string code) =>
        Codes.TryParse<Role>(code, out var role)
            ? role
            : throw new InvalidDataException($"No role is called '{code}'.");

    private static PartyId? PartyIn(string id) => id.Length == 0 ? null : new PartyId(id);

    private sealed class PersonRow
    {
        public required string Marketplace { get; init; }
        public required string PersonId { get; init; }
        public required string Name { get; init; }
        public required string Language { get; init; }
        public required string Zone { get; init; }
        public required string Stamp { get; init; }
        public required string MarketplaceName { get; init; }
        public bool Disabled { get; init; }
    }
}
