using Dapper;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;
using Entente.Server.Storage;

namespace Entente.Server.Desk;

/// <summary>Times in which the centre was out of order: recorded by an
/// operator, given back to whoever had a term.</summary>
public sealed partial class Outages(
    Database database, DisputeStore store, DisputeDesk desk, ILogger<Outages> log)
{
    /// <summary>
    /// Records an outage and gives its time back in every dispute that had a term running through it. Recorded again it
    /// gives nothing more, and finishes what a crash left undone.
    /// </summary>
    public async Task<Outage> Record(
        MarketplaceId marketplace, Instant from, Instant until, string by, CancellationToken stop = default)
    {
        await database.Write(transaction => transaction.Connection!.ExecuteAsync(
            """
            INSERT INTO outage (marketplace, began_at, ended_at, recorded_by, recorded_at)
            VALUES (@marketplace, @from, @until, @by, @at) ON CONFLICT DO NOTHING
            """, new { marketplace, from, until, by, at = database.Now() }, transaction), stop);
        var recorded = (await All(marketplace, stop)).First(outage => outage.BeganAt == from);
        foreach (var dispute in await Open(marketplace, until, stop))
            try
            {
                await GiveBack(dispute, recorded, stop);
            }
            catch (DamagedDisputeException damaged)
            {
                LogDamaged(damaged.Dispute, damaged.Why);
            }
        return (await All(marketplace, stop)).First(outage => outage.BeganAt == from);
    }

    /// <summary>A marketplace's recorded outages, the newest first.</summary>
    public async Task<IReadOnlyList<Outage>> All(MarketplaceId marketplace, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        return (await connection.QueryAsync<Outage>(
            """
            SELECT began_at, ended_at, recorded_by, recorded_at, disputes FROM outage
            WHERE marketplace = @marketplace ORDER BY began_at DESC
            """, new { marketplace })).AsList();
    }

    private async Task<IReadOnlyList<DisputeId>> Open(
        MarketplaceId marketplace, Instant before, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        var rows = await connection.QueryAsync<(string Order, string Suffix)>(
            """
            SELECT order_id, suffix FROM dispute
            WHERE marketplace = @marketplace AND stage <> 'closed' AND opened_at < @before
            """, new { marketplace, before });
        return [.. rows.Select(row => new DisputeId(new(row.Order), row.Suffix))];
    }

    private async Task GiveBack(DisputeId dispute, Outage outage, CancellationToken stop)
    {
        var facts = await store.History(dispute, stop);
        var through = facts.Where(fact => fact.At < outage.EndedAt).SelectMany(fact => fact.Event.Starts)
            .Where(term => term.Due > outage.BeganAt).Select(term => term.Id).ToValueList();
        var command = new GiveBackTime(outage.BeganAt, outage.EndedAt, through);
        var reply = await desk.Ask(
            new(dispute, command, _ => Actor.Rule(RuleKeys.SilenceNotice), "rule:outage"), stop);
        if (reply is not Reply.Done { Facts.Count: > 0 } done) return;
        await database.Write(transaction => transaction.Connection!.ExecuteAsync(
            "UPDATE outage SET disputes = disputes + 1 WHERE began_at = @BeganAt AND marketplace = @Marketplace",
            new { outage.BeganAt, done.Dispute.Opening.Marketplace }, transaction), stop);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "No time is given back in dispute {Dispute}: {Why}")]
    private partial void LogDamaged(DisputeId dispute, string why);
}

/// <summary>A time in which the centre was out of order.</summary>
public sealed record Outage
{
    public required Instant BeganAt { get; init; }
    public required Instant EndedAt { get; init; }
    public required string RecordedBy { get; init; }
    public required Instant RecordedAt { get; init; }

    /// <summary>In how many disputes terms end later because of it.</summary>
    public int Disputes { get; init; }
}
