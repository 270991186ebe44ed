using Dapper;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Couriers;
using Entente.Server.Desk;
using Entente.Server.Search;
using Entente.Server.Storage;

namespace Entente.Server.Privacy;

/// <summary>What an erasure came to: done, or what stands in its way.</summary>
public sealed record Erased(int Texts, int Files, IReadOnlyList<Obstacle> Obstacles)
{
    public bool IsDone => Obstacles.Count == 0;
}

/// <summary>
/// Erases what people wrote, their files and their names, once everything they were part of is final and nothing is
/// held. Facts, amounts and decisions stay, and every chain still verifies: facts hold commitments alone.
/// </summary>
public sealed class Erasure(
    Database database, PersonKeys keys, DisputeStore store, EvidenceLocker locker, PartyDisputes disputes)
{
    private const string Nobody = "—";

    /// <summary>Erases a party and the people who act for it alone. May be
    /// asked again: what is gone stays gone.</summary>
    public async Task<Erased> Of(Party party, CancellationToken stop = default)
    {
        if (await disputes.Obstacles(party.Id, stop) is { Count: > 0 } obstacles) return new(0, 0, obstacles);
        var (owners, files) = (await disputes.Owners(party.Id, stop), 0);
        foreach (var dispute in await disputes.Of(party.Id, stop))
            files += await Files(dispute, added => owners.Contains(added.Digest.Owner), stop);
        // First the texts themselves, so that no copy of a key in any node's memory opens them any more.
        var texts = await Texts($"owner {Any("@owners")}", new { owners }, stop);
        foreach (var owner in owners) await keys.Destroy(owner);
        await MailFiles(owners, stop);
        await database.Write(transaction => Names(transaction, party, owners), stop);
        return new(texts, files, []);
    }

    /// <summary>Erases what the two sides wrote and showed in one dispute; what the platform wrote stays.</summary>
    internal async Task<Erased> Of(DisputeId dispute, CancellationToken stop)
    {
        if (await disputes.Obstacles(dispute, stop) is { Count: > 0 } obstacles) return new(0, 0, obstacles);
        var files = await Files(dispute, _ => true, stop);
        var texts = await Texts(
            "order_id = @Order AND suffix = @Suffix AND owner <> @platform",
            new { dispute.Order, dispute.Suffix, platform = PersonalText.Platform }, stop);
        // Their names went with their words, and are no secret.
        await database.Write(transaction => SearchIndex.OpeningsAgain(
            transaction, "order_id = @Order AND suffix = @Suffix", new { dispute.Order, dispute.Suffix }), stop);
        return new(texts, files, []);
    }

    private async Task<int> Files(DisputeId dispute, Func<EvidenceAdded, bool> isMeant, CancellationToken stop)
    {
        var gone = 0;
        foreach (var added in (await store.History(dispute, stop)).Select(fact => fact.Event).OfType<EvidenceAdded>())
            if (isMeant(added) && await locker.Find(dispute, added.Exhibit, stop) is { } file)
            {
                await locker.Forget(file, stop);
                gone++;
            }
        return gone;
    }

    private string Any(string list) => database.Dialect.AnyOf(list);

    /// <summary>Texts, and the words that they are found by.</summary>
    private Task<int> Texts(string condition, object values, CancellationToken stop) => database.Write(
        async transaction =>
        {
            var theirs = $"SELECT order_id, suffix FROM personal_text WHERE {condition}";
            await SearchIndex.Forget(transaction, theirs, condition, values);
            await transaction.Connection!.ExecuteAsync(
                $"UPDATE dispute SET erasures = erasures + 1 WHERE (order_id, suffix) IN ({theirs})", values,
                transaction);
            return await transaction.Connection!.ExecuteAsync(
                $"DELETE FROM personal_text WHERE {condition}", values, transaction);
        }, stop);

    /// <summary>Mails that were written to files, because there was no mail server.</summary>
    private async Task MailFiles(IReadOnlyList<string> owners, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        foreach (var file in await connection.QueryAsync<string>(
            $"SELECT file FROM mail WHERE person {Any("@owners")} AND file IS NOT NULL", new { owners }))
        {
            var path = Path.Combine(database.Folder, MailPost.Folder, Path.GetFileName(file));
            if (File.Exists(path)) File.Delete(path);
        }
    }

    /// <summary>Names, ways to reach somebody and ways to sign in; ids stay, because facts hold them.</summary>
    private async Task Names(
        System.Data.Common.DbTransaction transaction, Party party, IReadOnlyList<string> owners)
    {
        var values = new { id = party.Id, party.Marketplace, owners, Nobody, stamp = NewId.Make() };
        await SearchIndex.Forget(
            transaction, "SELECT order_id, suffix FROM dispute WHERE buyer = @id OR seller = @id",
            $"owner {Any("@owners")}", values);
        string[] statements =
        [
            "UPDATE party SET name = @Nobody WHERE party_id = @id AND marketplace = @Marketplace",
            $"""
            UPDATE person SET name = @Nobody, email = '', login = 'erased-' || person_id, password_hash = NULL,
                security_stamp = @stamp, disabled = TRUE WHERE person_id {Any("@owners")}
            """,
            $"DELETE FROM draft WHERE person {Any("@owners")}",
            $"DELETE FROM calendar_feed WHERE person {Any("@owners")}",
            $"DELETE FROM mail WHERE person {Any("@owners")}",
            $"UPDATE audit SET address = '' WHERE who {Any("@owners")}",
        ];
        foreach (var statement in statements)
            await transaction.Connection!.ExecuteAsync(statement, values, transaction);
    }
}
