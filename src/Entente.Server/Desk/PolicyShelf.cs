using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;
using Entente.Server.Storage;

namespace Entente.Server.Desk;

/// <summary>
/// Every version of the rules a marketplace has published, as the exact bytes that were. A dispute finds the version
/// it was opened under for ever.
/// </summary>
public sealed class PolicyShelf(Database database)
{
    private const string Placing =
        """
        INSERT INTO policy_document (digest, bytes) VALUES (@digest, @bytes) ON CONFLICT DO NOTHING;
        INSERT INTO policy_version (marketplace, policy_id, version, digest, published_by, published_at)
        VALUES (@marketplace, @id, @version, @digest, @by, @at);
        INSERT INTO policy_current (marketplace, policy_id, version, digest)
        VALUES (@marketplace, @id, @version, @digest) ON CONFLICT (marketplace) DO UPDATE
        SET policy_id = excluded.policy_id, version = excluded.version, digest = excluded.digest;
        """;

    private readonly ConcurrentDictionary<PolicyPin, Policy> _read = new();

    /// <summary>
    /// Makes a document the marketplace's rules for disputes opened from now on; refused with every problem where it
    /// is not complete. The rules in force published again stay the version they are.
    /// </summary>
    /// <param name="by">The person or key that publishes.</param>
    public async Task<PolicyPublication> Publish(
        MarketplaceId marketplace, ReadOnlyMemory<byte> bytes, string by, CancellationToken stop = default)
    {
        var document = PolicyDocument.Read(bytes.Span);
        if (document.Policy is not { } policy) return new(null, document);
        var pin = await database.Write(
            transaction => Place(transaction, marketplace, document, bytes.ToArray(), by), stop);
        return new(_read.GetOrAdd(pin, policy with { Version = pin.Version }), document);
    }

    /// <summary>The rules that a dispute opened now is judged by; null where none were published.</summary>
    public async ValueTask<Policy?> Current(MarketplaceId marketplace, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var pin = await connection.QuerySingleOrDefaultAsync<PinRow>(PinRow.Current, new { marketplace });
        return pin is null ? null : await Find(pin.Pin, stop);
    }

    /// <summary>The version a dispute was opened under.</summary>
    public async ValueTask<Policy> Find(PolicyPin pin, CancellationToken stop = default)
    {
        if (_read.TryGetValue(pin, out var known)) return known;
        var document = PolicyDocument.Read(await Bytes(pin.Digest, stop)
            ?? throw new InvalidOperationException($"Policy {pin.Id}@{pin.Version} is not on the shelf."));
        // A stricter reader of a later release must still read what an earlier one published.
        var policy = document.Policy ?? throw new InvalidOperationException($"Policy {pin.Id} can no longer be read.");
        return _read.GetOrAdd(pin, policy with { Version = pin.Version });
    }

    /// <summary>A published document with its sources, as it was written; null where there is none.</summary>
    public async Task<PolicyDocument?> Document(string digest, CancellationToken stop = default) =>
        await Bytes(digest, stop) is { } bytes ? PolicyDocument.Read(bytes) : null;

    /// <summary>A published document's exact bytes; null where there is none.</summary>
    public async Task<byte[]?> Bytes(string digest, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        return await connection.QuerySingleOrDefaultAsync<byte[]>(
            "SELECT bytes FROM policy_document WHERE digest = @digest", new { digest });
    }

    /// <summary>Every version of every marketplace: some dispute may be judged by it.</summary>
    public async Task<IReadOnlyList<Policy>> All(CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var pins = await connection.QueryAsync<PinRow>("SELECT policy_id AS id, version, digest FROM policy_version");
        var all = new List<Policy>();
        foreach (var row in pins) all.Add(await Find(row.Pin, stop));
        return all;
    }

    /// <summary>All versions of a marketplace, the newest first.</summary>
    public async Task<IReadOnlyList<PolicyVersion>> Versions(
        MarketplaceId marketplace, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        return (await connection.QueryAsync<PolicyVersion>(
            """
            SELECT policy_id AS id, version, digest, published_by, published_at FROM policy_version
            WHERE marketplace = @marketplace ORDER BY published_at DESC, policy_id, version DESC
            """, new { marketplace })).AsList();
    }

    /// <summary>A version and the one it is to be compared with: the one
    /// named, else the one published before it.</summary>
    /// <param name="since">As a policy stamps itself: id@version.</param>
    public async Task<(Policy Older, Policy Newer)?> Pair(
        IReadOnlyList<PolicyVersion> versions, string id, int version, string? since, CancellationToken stop = default)
    {
        var at = versions.ToList().FindIndex(known => known.Id == id && known.Version == version);
        if (at < 0) return null;
        var older = since is null
            ? versions.ElementAtOrDefault(at + 1)
            : versions.FirstOrDefault(known => $"{known.Id}@{known.Version}" == since);
        return older is null ? null : (await Find(older.Pin, stop), await Find(versions[at].Pin, stop));
    }

    private async Task<PolicyPin> Place(
        DbTransaction transaction, MarketplaceId marketplace, PolicyDocument document, byte[] bytes, string by)
    {
        var connection = transaction.Connection!;
        var (digest, id) = (document.Digest, document.Policy!.Id);
        var current = await connection.QuerySingleOrDefaultAsync<PinRow>(
            PinRow.Current, new { marketplace }, transaction);
        if (current?.Digest == digest) return current.Pin;
        var last = await connection.ExecuteScalarAsync<int?>(
            "SELECT max(version) FROM policy_version WHERE marketplace = @marketplace AND policy_id = @id",
            new { marketplace, id }, transaction);
        var row = new { marketplace, id, version = (last ?? 0) + 1, digest, bytes, by, at = database.Now() };
        await connection.ExecuteAsync(Placing, row, transaction);
        return new(id, row.version, digest);
    }
}

/// <summary>What became of a document to be published: the policy in force, or the document's problems.</summary>
public sealed record PolicyPublication(Policy? Policy, PolicyDocument Document);

/// <summary>One published version of a marketplace's rules.</summary>
public sealed record PolicyVersion
{
    public required string Id { get; init; }
    public required int Version { get; init; }
    public required string Digest { get; init; }
    public required string PublishedBy { get; init; }
    public required Instant PublishedAt { get; init; }
    internal PolicyPin Pin => new(Id, Version, Digest);
}

/// <summary>The version in force as a row.</summary>
internal sealed record PinRow
{
    public const string Current =
        "SELECT policy_id AS id, version, digest FROM policy_current WHERE marketplace = @marketplace";

    public required string Id { get; init; }
    public required int Version { get; init; }
    public required string Digest { get; init; }
    public PolicyPin Pin => new(Id, Version, Digest);
}
