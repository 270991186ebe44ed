using System.Security.Cryptography;
using Dapper;
using Entente.Domain;
using Entente.Domain.Disputes;

namespace Entente.Server.Storage;

/// <summary>Something that does not verify.</summary>
/// <param name="Where">A dispute's or an order's id.</param>
public sealed record Fault(string Where, string What);

/// <summary>What a verification looked at, and what it found wrong.</summary>
public sealed record Verified(int Disputes, int Facts, int Texts, int Files, IReadOnlyList<Fault> Faults);

/// <summary>
/// Computes everything anew that the store says of its disputes: chains, folds, commitments, files, and what orders
/// hold. May run beside a working centre; each order is read as it stood at one moment.
/// </summary>
public sealed class Verification(Database database, PersonKeys keys, EvidenceLocker locker)
{
    private const int TogetherMax = 500;
    private readonly List<Fault> _faults = [];
    private StaffMask _mask = new(null);
    private int _disputes, _facts, _texts, _files;

    public async Task<Verified> Run(CancellationToken stop = default)
    {
        var after = "";
        _mask = new(await keys.IfMade(StaffMask.Owner, stop));
        while (await Orders(after, stop) is { Count: > 0 } orders)
        {
            foreach (var order in orders) await Check(new OrderId(order), stop);
            after = orders[^1];
        }
        return new(_disputes, _facts, _texts, _files, _faults);
    }

    private async Task<List<string>> Orders(string after, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        return (await connection.QueryAsync<string>(
            """
            SELECT order_id FROM (
                SELECT * FROM (SELECT order_id FROM order_head WHERE order_id > @after AND promised <> 0
                               ORDER BY order_id LIMIT @TogetherMax) promising
                UNION SELECT * FROM (SELECT DISTINCT order_id FROM held_units WHERE order_id > @after
                                     ORDER BY order_id LIMIT @TogetherMax) holding
                UNION SELECT * FROM (SELECT DISTINCT order_id FROM dispute WHERE order_id > @after
                                     ORDER BY order_id LIMIT @TogetherMax) disputed
                UNION SELECT * FROM (SELECT DISTINCT order_id FROM event WHERE order_id > @after
                                     ORDER BY order_id LIMIT @TogetherMax) told) found
            ORDER BY order_id LIMIT @TogetherMax
            """, new { after, TogetherMax })).ToList();
    }

    private async Task Check(OrderId order, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        await using var snapshot = database.BeginReading(connection);
        var read = await OrderReading.Of(connection, snapshot, order);
        var folded = new List<Dispute>();
        foreach (var row in read.Disputes)
            if (CheckDispute(new(order, row.Suffix), row, read.Events[row.Suffix].ToList()) is { } dispute)
                folded.Add(dispute);
        foreach (var suffix in read.Events.Select(events => events.Key).Except(read.Disputes.Select(row => row.Suffix)))
            Tell(new(order, suffix), "its row is missing");
        CheckHead(read, folded);
        foreach (var dispute in folded) await CheckTexts(dispute, read, stop);
        foreach (var file in read.Files) await CheckFile(file, stop);
    }

    /// <summary>The dispute by its facts; null where they do not verify.</summary>
    private Dispute? CheckDispute(DisputeId id, DisputeReading row, List<StoredEvent> events)
    {
        _disputes++;
        _facts += events.Count;
        try
        {
            var facts = ChainReader.Facts(id, events, Links.From(row.Links), _mask);
            var folded = facts.Aggregate(Dispute.Nothing(id), (dispute, fact) => dispute.After(fact));
            if (folded.Version != row.Version) Tell(id, $"it counts {row.Version} facts and has {folded.Version}");
            if (!IsKeptRightly(id, row, facts)) Tell(id, "its state is not what its facts come to");
            if (Codes.Of(folded.Stage) != row.Stage || folded.Head?.Due != row.DueAt)
                Tell(id, "its row is not what its facts come to");
            return folded;
        }
        catch (DamagedDisputeException damaged)
        {
            Tell(id, damaged.Why);
            return null;
        }
    }

    private static bool IsKeptRightly(DisputeId id, DisputeReading row, ValueList<Fact> facts) =>
        row.Kept is not { } version || row.Shape != Dispute.Shape
        || EventCodec.WriteState(
                facts.Take(version).Aggregate(Dispute.Nothing(id), (dispute, fact) => dispute.After(fact)))
            .AsSpan().SequenceEqual(row.State);

    private void CheckHead(OrderReading read, List<Dispute> folded)
    {
        if (folded.Count < read.Disputes.Count) return;
        var promised = folded.Sum(dispute => dispute.Promised);
        if (read.Promised is { } noted && noted != promised)
            _faults.Add(new(read.Order.Value, $"it notes {noted} as promised, its disputes promise {promised}"));
        var held = folded.SelectMany(dispute =>
            dispute.HeldUnits.Select(units => (dispute.Id.Suffix, units.Line, units.Count)))
            .GroupBy(units => (units.Suffix, units.Line))
            .Select(group => (group.Key.Suffix, group.Key.Line, group.Sum(units => units.Count)));
        if (read.Promised is not null && !held.Order().SequenceEqual(read.Held.Order()))
            _faults.Add(new(read.Order.Value, "the units it holds are not those of its open disputes"));
    }

    private async Task CheckTexts(Dispute dispute, OrderReading read, CancellationToken stop)
    {
        foreach (var text in read.Texts[dispute.Id.Suffix])
        {
            _texts++;
            if (await keys.Of(text.Owner, stop) is not { } key) continue;
            try
            {
                var (salt, value) = text.Open(dispute.Id, key);
                if (PersonalText.Commit(salt, value) != text.Commitment)
                    Tell(dispute.Id, $"text {text.Commitment} is not what was committed to");
            }
            catch (CryptographicException)
            {
                Tell(dispute.Id, $"text {text.Commitment} cannot be opened");
            }
        }
    }

    private async Task CheckFile(EvidenceFile file, CancellationToken stop)
    {
        _files++;
        try
        {
            await using var stream = await locker.Open(file, stop);
        }
        catch (DamagedFileException)
        {
            Tell(file.Dispute, $"the file of exhibit {file.Exhibit} is missing or damaged");
        }
    }

    private void Tell(DisputeId dispute, string what) => _faults.Add(new(dispute.ToString(), what));
}
