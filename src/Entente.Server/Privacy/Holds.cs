using Dapper;
using Entente.Domain;
using Entente.Server.Desk;
using Entente.Server.Storage;

namespace Entente.Server.Privacy;

/// <summary>Why a dispute may not be erased, and who answers for it.</summary>
/// <param name="Owner">Whoever set it, as the audit trail names them.</param>
public sealed record Hold(
    string Id, DisputeId Dispute, string Reason, string Owner, Instant SetAt, string? LiftedBy, string? LiftedWhy,
    Instant? LiftedAt)
{
    public bool Stands => LiftedAt is null;
}

/// <summary>Holds on disputes: set and lifted by the operator, with reasons, and never forgotten.</summary>
public sealed class Holds(Database database, AuditTrail trail)
{
    private const int ReasonMax = 1_000;
    private const string Columns =
        "SELECT hold_id, order_id, suffix, reason, owner, set_at, lifted_by, lifted_why, lifted_at FROM legal_hold";

    /// <summary>Whether a reason says something and is not endless.</summary>
    public static bool IsReason(string? reason) => reason?.Trim().Length is > 0 and <= ReasonMax;

    public async Task<string> Set(
        MarketplaceId marketplace, DisputeId dispute, string reason, string owner, string address,
        CancellationToken stop = default)
    {
        var id = NewId.Make();
        await database.Write(transaction => transaction.Connection!.ExecuteAsync(
            """
            INSERT INTO legal_hold (hold_id, marketplace, order_id, suffix, reason, owner, set_at)
            VALUES (@id, @marketplace, @Order, @Suffix, @reason, @owner, @now)
            """,
            new { id, marketplace, dispute.Order, dispute.Suffix, reason = reason.Trim(), owner, now = database.Now() },
            transaction), stop);
        await trail.Note(marketplace, address, owner, "hold_set", $"{dispute} {id}", stop);
        return id;
    }

    /// <summary>False where there is no such hold, or it was lifted before.</summary>
    public async Task<bool> Lift(
        MarketplaceId marketplace, string id, string why, string by, string address, CancellationToken stop = default)
    {
        var lifted = await database.Write(transaction => transaction.Connection!.ExecuteAsync(
            """
            UPDATE legal_hold SET lifted_by = @by, lifted_why = @why, lifted_at = @now
            WHERE hold_id = @id AND marketplace = @marketplace AND lifted_at IS NULL
            """,
            new { id, marketplace, by, why = why.Trim(), now = database.Now() }, transaction), stop);
        if (lifted == 1) await trail.Note(marketplace, address, by, "hold_lifted", id, stop);
        return lifted == 1;
    }

    /// <summary>The newest first; lifted ones too.</summary>
    public async Task<IReadOnlyList<Hold>> All(MarketplaceId marketplace, CancellationToken stop = default) =>
        await Read("marketplace = @marketplace ORDER BY set_at DESC, hold_id LIMIT 500", new { marketplace }, stop);

    /// <summary>Those that stand on one dispute.</summary>
    public async Task<IReadOnlyList<Hold>> On(DisputeId dispute, CancellationToken stop = default) =>
        await Read(
            "order_id = @Order AND suffix = @Suffix AND lifted_at IS NULL",
            new { dispute.Order, dispute.Suffix }, stop);

    private async Task<IReadOnlyList<Hold>> Read(string condition, object values, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        return (await connection.QueryAsync<Row>($"{Columns} WHERE {condition}", values))
            .Select(row => row.Hold).ToList();
    }

    private sealed class Row
    {
        public string HoldId { get; init; } = "";
        public string OrderId { get; init; } = "";
        public string Suffix { get; init; } = "";
        public string Reason { get; init; } = "";
        public string Owner { get; init; } = "";
        public Instant SetAt { get; init; }
        public string? LiftedBy { get; init; }
        public string? LiftedWhy { get; init; }
        public Instant? LiftedAt { get; init; }
        public Hold Hold => new(
            HoldId, new(new(OrderId), Suffix), Reason, Owner, SetAt, LiftedBy, LiftedWhy, LiftedAt);
    }
}
