using System.Data.Common;
using Dapper;
using Entente.Domain;
using Entente.Server.Search;
using Entente.Server.Storage;

namespace Entente.Server.Desk;

/// <summary>A buyer or a selling organisation, as its marketplace calls it.</summary>
public sealed record Party(PartyId Id, MarketplaceId Marketplace, Role Kind, string ExternalId, string Name,
    string Language, PartyStatus Status);

/// <summary>Whether a party can be reached; a suspended one may still answer and upload.</summary>
public enum PartyStatus { Active, Suspended, Unreachable }

/// <summary>Who a person is, apart from how they sign in.</summary>
public sealed record Person(
    PersonId Id, MarketplaceId Marketplace, string Login, string Email, string Name, string Language,
    bool Disabled, bool Demo);

/// <summary>The parties of a marketplace, the people who sign in, and which of them act for whom.</summary>
public sealed partial class People(Database database)
{
    private const string PartyColumns =
        "SELECT party_id AS id, marketplace, kind, external_id, name, language, status FROM party";
    private const string PersonColumns =
        "SELECT person_id AS id, marketplace, login, email, name, language, disabled, demo FROM person";

    /// <summary>The party of that external id, made if there is none; a name or
    /// language given later replaces the first.</summary>
    /// <param name="transaction">The caller's own: an import's rows stand or fall together.</param>
    public async Task<PartyId> PartyOf(
        DbTransaction transaction, MarketplaceId marketplace, Role kind, string externalId, string? name = null,
        string? language = null)
    {
        var found = await transaction.Connection!.QuerySingleOrDefaultAsync<PartyRow>(
            $"{PartyColumns} WHERE marketplace = @marketplace AND kind = @kind AND external_id = @externalId",
            new { marketplace, kind = Codes.Of(kind), externalId },
            transaction);
        if (found is null)
            return await AddParty(transaction, marketplace, kind, externalId, name ?? externalId, language ?? "en");
        if (name is not null && name != found.Name)
            await SearchIndex.OpeningsAgain(
                transaction, kind == Role.Buyer ? "buyer = @Id" : "seller = @Id", new { found.Id });
        if ((name ?? found.Name) != found.Name || (language ?? found.Language) != found.Language)
            await transaction.Connection!.ExecuteAsync(
                "UPDATE party SET name = @name, language = @language WHERE marketplace = @marketplace AND party_id = "
                    + "@id",
                new { marketplace, id = found.Id, name = name ?? found.Name, language = language ?? found.Language },
                transaction);
        return new(found.Id);
    }

    /// <inheritdoc cref="PartyOf(DbTransaction, MarketplaceId, Role, string, string?, string?)"/>
    public Task<PartyId> PartyOf(
        MarketplaceId marketplace, Role kind, string externalId, string? name = null, string? language = null) =>
        database.Write(transaction => PartyOf(transaction, marketplace, kind, externalId, name, language));

    public async Task<Party?> FindParty(
        MarketplaceId marketplace, Role kind, string externalId, CancellationToken stop = default) =>
        (await database.One<PartyRow>(
            $"{PartyColumns} WHERE marketplace = @marketplace AND kind = @kind AND external_id = @external",
            stop, marketplace.Value, Codes.Of(kind), externalId))?.Party;

    public async Task<Party?> FindParty(MarketplaceId marketplace, PartyId id, CancellationToken stop = default) =>
        (await database.One<PartyRow>(
            $"{PartyColumns} WHERE marketplace = @marketplace AND party_id = @id",
            stop, marketplace.Value, id.Value))?.Party;

    /// <summary>Several parties by their ids.</summary>
    public async Task<IReadOnlyDictionary<PartyId, Party>> Parties(
        MarketplaceId marketplace, IEnumerable<PartyId> ids, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var rows = await connection.QueryAsync<PartyRow>(
            $"{PartyColumns} WHERE marketplace = @marketplace AND party_id {database.Dialect.AnyOf("@ids")}",
            new { marketplace, ids = ids.Distinct().Select(id => id.Value).ToArray() });
        return rows.Select(row => row.Party).ToDictionary(party => party.Id);
    }

    public async Task SetStatus(MarketplaceId marketplace, PartyId id, PartyStatus status,
        CancellationToken stop = default) =>
        await database.Write(
            transaction => transaction.Connection!.ExecuteAsync(
                "UPDATE party SET status = @status WHERE marketplace = @marketplace AND party_id = @id",
                new { marketplace, id, status = Codes.Of(status) },
                transaction),
            stop);

    /// <summary>The names pages and mails call parties and persons by; unknown ids are not in it.</summary>
    public async Task<IReadOnlyDictionary<string, string>> NamesOf(
        MarketplaceId marketplace, IEnumerable<string> ids, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var rows = await connection.QueryAsync<(string Id, string Name)>(
            $"""
            SELECT party_id, name FROM party
            WHERE marketplace = @marketplace AND party_id {database.Dialect.AnyOf("@ids")}
            UNION ALL
            SELECT person_id, name FROM person
            WHERE marketplace = @marketplace AND person_id {database.Dialect.AnyOf("@ids")}
            """,
            new { marketplace, ids = ids.Distinct().ToArray() });
        return rows.ToDictionary(row => row.Id, row => row.Name);
    }

    private async Task<PartyId> AddParty(
        DbTransaction transaction, MarketplaceId marketplace, Role kind, string externalId, string name,
        string language)
    {
        if (!kind.IsParty())
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "Only buyers and sellers are parties.");
        var id = new PartyId(NewId.Make());
        await transaction.Connection!.ExecuteAsync(
            """
            INSERT INTO party (marketplace, party_id, kind, external_id, name, language, status, created_at)
            VALUES (@marketplace, @id, @kind, @externalId, @name, @language, 'active', @at)
            """,
            new { marketplace, id, kind = Codes.Of(kind), externalId, name, language, at = database.Now() },
            transaction);
        return id;
    }

    private sealed class PartyRow
    {
        public required string Id { get; init; }
        public required string Marketplace { get; init; }
        public required string Kind { get; init; }
        public required string ExternalId { get; init; }
        public required string Name { get; init; }
        public required string Language { get; init; }
        public required string Status { get; init; }

        public Party Party => new(
            new(Id), new(Marketplace), Stored<Role>(Kind), ExternalId, Name, Language, Stored<PartyStatus>(Status));
    }

    private static T Stored<T>(string code) where T : struct, Enum =>
        Codes.TryParse<T>(code, out var value)
            ? value
            : throw new InvalidDataException($"The store holds '{code}' as {typeof(T).Name}.");
}
