using Dapper;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Payments;
using Entente.Domain.Policies;
using Entente.Server.Storage;

namespace Entente.Server.Payments;

/// <summary>Something about money that a person has to settle.</summary>
/// <param name="Kind">unknown, failed, overpaid, stray.</param>
public sealed record MoneyTask(
    OrderId Order, string ExternalId, string Id, string Kind, string Payment, Money Amount, Instant OpenedAt,
        Instant DueAt);

/// <summary>A refund as the operator sees it.</summary>
public sealed record ShownRefund(
    string Key, DisputeId Dispute, RefundLine Line, Money Amount, string Method, string? Reference, string? ProviderId,
    string? Why, Instant MadeAt, Instant? SentAt, Instant ChangedAt, Instant? NextAt, int Attempts);

/// <summary>A bank's procedure as the operator sees it.</summary>
public sealed record ShownChargeback(
    OrderId Order, string ExternalId, string Id, string Payment, Money Amount, ChargebackPhase Phase, bool Final,
    Instant? BankDue, Instant ChangedAt, IReadOnlyList<DisputeId> Disputes);

/// <summary>One movement of a payment's money.</summary>
public sealed record ShownPosting(Instant At, string Payment, Account From, Account To, Money Amount, string Cause);

/// <summary>What the operator's money pages show.</summary>
public sealed class MoneyLists(Database database)
{
    private const int AtOnceMax = 200;
    private static readonly Duration Slow = Duration.FromHours(1);

    public async Task<IReadOnlyList<MoneyTask>> Tasks(MarketplaceId marketplace, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var rows = await connection.QueryAsync<TaskRow>(
            """
            SELECT task.order_id, orders.external_id, task.task, task.kind, task.payment, task.amount, paid.currency,
                task.opened_at, task.due_at
            FROM money_task task JOIN orders ON orders.order_id = task.order_id
                JOIN payment_balance paid ON paid.order_id = task.order_id AND paid.payment = task.payment
            WHERE task.marketplace = @marketplace AND task.done_at IS NULL ORDER BY task.due_at LIMIT @AtOnceMax
            """, new { marketplace, AtOnceMax });
        return [.. rows.Select(row => row.Shown)];
    }

    /// <summary>The operator says that a task is settled, and how; false where there is none such.</summary>
    public Task<bool> Settle(
        MarketplaceId marketplace, OrderId order, string task, string person, string note,
            CancellationToken stop = default) =>
        database.Write(async transaction => await transaction.Connection!.ExecuteAsync(
            """
            UPDATE money_task SET done_at = @now, done_by = @person, note = @note
            WHERE order_id = @order AND task = @task AND marketplace = @marketplace AND done_at IS NULL
            """, new { now = database.Now(), person, note, order, task, marketplace }, transaction) > 0, stop);

    /// <summary>What nobody knows, what failed and waits for a person, and what takes longer than it should.</summary>
    public async Task<IReadOnlyList<ShownRefund>> Unsettled(MarketplaceId marketplace, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var rows = await connection.QueryAsync<ShownRow>(
            $"""
            {ShownRow.Columns} WHERE refund.marketplace = @marketplace AND way = 'provider' AND (
                state = 'unknown' OR state = 'failed' AND given_up = 0
                OR state IN ('reserved', 'sent') AND (attempts >= 3 OR changed_at < @slow))
            ORDER BY CASE state WHEN 'unknown' THEN 0 WHEN 'failed' THEN 1 ELSE 2 END, changed_at LIMIT @AtOnceMax
            """, new { marketplace, slow = database.Now() - Slow, AtOnceMax });
        return [.. rows.Select(row => row.Shown)];
    }

    public async Task<ShownRefund?> Refund(MarketplaceId marketplace, string key, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var row = await connection.QuerySingleOrDefaultAsync<ShownRow>(
            $"{ShownRow.Columns} WHERE refund.marketplace = @marketplace AND refund.order_id = @order AND key = @key",
            new { marketplace, order = OrderIn(key), key });
        return row?.Shown;
    }

    /// <summary>Has the courier look again now; nothing is sent that could be a second time.</summary>
    public Task<bool> LookAgain(MarketplaceId marketplace, string key, CancellationToken stop = default) =>
        database.Write(async transaction => await transaction.Connection!.ExecuteAsync(
            """
            UPDATE refund SET next_at = @now, lease_until = NULL, attempts = 0
            WHERE order_id = @order AND key = @key AND marketplace = @marketplace AND way = 'provider'
              AND state IN ('reserved', 'sent', 'unknown')
            """, new { now = database.Now(), order = OrderIn(key), key, marketplace }, transaction) > 0, stop);

    public async Task<IReadOnlyList<ShownChargeback>> Chargebacks(MarketplaceId marketplace,
        CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var rows = (await connection.QueryAsync<ChargebackRow>(
            """
            SELECT back.order_id, orders.external_id, chargeback, back.payment, back.amount, paid.currency, phase,
                final,
                bank_due, back.changed_at
            FROM chargeback back JOIN orders ON orders.order_id = back.order_id
                JOIN payment_balance paid ON paid.order_id = back.order_id AND paid.payment = back.payment
            WHERE back.marketplace = @marketplace ORDER BY back.changed_at DESC LIMIT @AtOnceMax
            """, new { marketplace, AtOnceMax })).ToList();
        var shown = new List<ShownChargeback>(rows.Count);
        foreach (var row in rows)
        {
            var disputes = await connection.QueryAsync<string>(
                "SELECT suffix FROM dispute WHERE order_id = @OrderId ORDER BY suffix", new { row.OrderId });
            shown.Add(row.Shown([.. disputes.Select(suffix => new DisputeId(new(row.OrderId), suffix))]));
        }
        return shown;
    }

    /// <summary>What moved between the accounts of an order's payments, the newest first.</summary>
    public async Task<IReadOnlyList<ShownPosting>> Journal(OrderId order, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var rows = await connection.QueryAsync<(long At, string Payment, string Source, string Target, long Amount,
            string Cause, string Currency)>(
            """
            SELECT at, posting.payment, source, target, amount, cause, currency
            FROM posting JOIN payment_balance paid ON paid.order_id = posting.order_id
                AND paid.payment = posting.payment
            WHERE posting.order_id = @order ORDER BY at DESC, posting.payment, n DESC LIMIT @AtOnceMax
            """, new { order, AtOnceMax });
        return [.. rows.Select(row => new ShownPosting(
            Micros.From(row.At), row.Payment, RefundRow.Read<Account>(row.Source), RefundRow.Read<Account>(row.Target),
            new(row.Amount, row.Currency), row.Cause))];
    }

    private static string OrderIn(string key) =>
        key.Split('_') is [_, { Length: >= OrderId.Length } dispute, ..] ? dispute[..OrderId.Length] : "";

    private sealed class TaskRow
    {
        public required string OrderId { get; init; }
        public required string ExternalId { get; init; }
        public required string Task { get; init; }
        public required string Kind { get; init; }
        public required string Payment { get; init; }
        public long Amount { get; init; }
        public required string Currency { get; init; }
        public long OpenedAt { get; init; }
        public long DueAt { get; init; }

        public MoneyTask Shown => new(new(OrderId), ExternalId, Task, Kind, Payment, new(Amount, Currency),
            Micros.From(OpenedAt), Micros.From(DueAt));
    }

    private sealed class ChargebackRow
    {
        public required string OrderId { get; init; }
        public required string ExternalId { get; init; }
        public required string Chargeback { get; init; }
        public required string Payment { get; init; }
        public long Amount { get; init; }
        public required string Currency { get; init; }
        public required string Phase { get; init; }
        public bool Final { get; init; }
        public long? BankDue { get; init; }
        public long ChangedAt { get; init; }

        public ShownChargeback Shown(IReadOnlyList<DisputeId> disputes) => new(
            new(OrderId), ExternalId, Chargeback, Payment, new(Amount, Currency),
                RefundRow.Read<ChargebackPhase>(Phase), Final,
            RefundRow.At(BankDue), Micros.From(ChangedAt), disputes);
    }

    private sealed class ShownRow
    {
        public const string Columns =
            """
            SELECT refund.order_id, suffix, obligation, refund.payment, part, key, way, state, amount, given_up,
                provider_id,
                why, made_at, sent_at, changed_at, next_at, attempts, currency, method, provider_ref
            FROM refund JOIN payment_balance paid ON paid.order_id = refund.order_id AND paid.payment = refund.payment
            """;

        public required string OrderId { get; init; }
        public required string Suffix { get; init; }
        public int Obligation { get; init; }
        public required string Payment { get; init; }
        public int Part { get; init; }
        public required string Key { get; init; }
        public required string Way { get; init; }
        public required string State { get; init; }
        public long Amount { get; init; }
        public bool GivenUp { get; init; }
        public string? ProviderId { get; init; }
        public string? Why { get; init; }
        public long MadeAt { get; init; }
        public long? SentAt { get; init; }
        public long ChangedAt { get; init; }
        public long? NextAt { get; init; }
        public int Attempts { get; init; }
        public required string Currency { get; init; }
        public required string Method { get; init; }
        public string? ProviderRef { get; init; }

        public ShownRefund Shown => new(
            Key, new(new(OrderId), Suffix),
            new(Obligation, Payment, Part, Amount, RefundRow.Read<RefundWay>(Way),
                RefundRow.Read<RefundState>(State), SentAt is not null, GivenUp),
            new(Amount, Currency), Method, ProviderRef, ProviderId, Why, Micros.From(MadeAt), RefundRow.At(SentAt),
            Micros.From(ChangedAt), RefundRow.At(NextAt), Attempts);
    }
}
