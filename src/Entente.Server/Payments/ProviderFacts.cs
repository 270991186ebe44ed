using System.Data.Common;
using Dapper;
using Entente.Domain;
using Entente.Domain.Payments;
using Entente.Domain.Policies;
using Entente.Server.Storage;

namespace Entente.Server.Payments;

/// <summary>How a refund at a provider ended, or how far it is.</summary>
public enum ProviderRefundStatus { Pending, Succeeded, Failed }

/// <summary>A refund as a provider's own object says that it is.</summary>
/// <param name="Key">Our reference on it; null for what others made.</param>
/// <param name="SaidAt">When the provider said so; its newest word stands, in whatever order words arrive.</param>
/// <param name="Rank">Which of two words of one instant stands.</param>
public sealed record ProviderRefund(
    string Id, string Payment, long Amount, ProviderRefundStatus Status, string? Key, Instant SaidAt, int Rank);

/// <summary>
/// What providers say, booked into the ledger: any order, any number of times, the same books. Disputes are told
/// afterwards, by the courier and the clerk.
/// </summary>
public sealed class ProviderFacts(Database database)
{
    /// <summary>Books a bank's procedure; false where a newer word is known.</summary>
    public Task<bool> Note(OrderId order, ChargebackNote note, string by, CancellationToken stop = default) =>
        database.Write(transaction =>
        {
            using var money = new MoneyStatements(transaction.Connection!);
            var cause = new MoneyCause(database.Now(), by, IsOurs: false);
            Touch(order, transaction);
            return Task.FromResult(OutsideFacts.Note(order, note, money, cause, transaction));
        }, stop);

    /// <summary>Books a refund at the provider, ours or another's; false where a newer word is known.</summary>
    public Task<bool> Observe(OrderId order, ProviderRefund seen, string by, CancellationToken stop = default) =>
        database.Write(transaction => Task.FromResult(Observe(order, seen, by, transaction)), stop);

    private bool Observe(OrderId order, ProviderRefund seen, string by, DbTransaction transaction)
    {
        var known = transaction.Connection!.QuerySingleOrDefault<(string? Key, long SaidAt, long Rank, long Counted)?>(
            "SELECT key, said_at, rank, counted FROM provider_refund WHERE order_id = @order AND provider_id = @Id",
            new { order, seen.Id }, transaction);
        if (known is { } old && (old.SaidAt, old.Rank).CompareTo((Micros.Of(seen.SaidAt), (long)seen.Rank)) >= 0)
            return false;

        using var money = new MoneyStatements(transaction.Connection!);
        var cause = new MoneyCause(database.Now(), by, IsOurs: false);
        var line = Line(order, seen with { Key = seen.Key ?? known?.Key }, transaction);
        // What is ours stands in its own line; what others made counts as gone outside.
        var counted = line is null && seen.Status != ProviderRefundStatus.Failed ? seen.Amount : 0;
        OutsideFacts.Shift(order, seen.Payment, counted - (known?.Counted ?? 0), Account.Outside, money, cause,
            transaction);
        if (line is not null) Drive(line, seen, money, cause, transaction);
        transaction.Connection!.Execute(
            """
            INSERT INTO provider_refund (order_id, provider_id, payment, amount, status, key, said_at, rank, counted)
            VALUES (@order, @Id, @Payment, @Amount, @status, @key, @said, @Rank, @counted)
            ON CONFLICT (order_id, provider_id) DO UPDATE SET amount = excluded.amount, status = excluded.status,
                key = excluded.key, said_at = excluded.said_at, rank = excluded.rank, counted = excluded.counted
            """,
            new
            {
                order, seen.Id, seen.Payment, seen.Amount, status = Codes.Of(seen.Status), key = line?.Key ?? seen.Key,
                said = Micros.Of(seen.SaidAt), seen.Rank, counted,
            }, transaction);
        Touch(order, transaction);
        return true;
    }

    /// <summary>
    /// The line that this refund is: by our key, or, where somebody made it outside, the one that waits for exactly so
    /// much to come from outside. A second object under one key is not ours, whatever it says.
    /// </summary>
    private static RefundRow? Line(OrderId order, ProviderRefund seen, DbTransaction transaction)
    {
        if (seen.Key is not null)
        {
            var keyed = transaction.Connection!.QuerySingleOrDefault<RefundRow>(
                $"{RefundRow.Columns} WHERE order_id = @order AND key = @Key", new { order, seen.Key }, transaction);
            return keyed is not null && (keyed.ProviderId is null || keyed.ProviderId == seen.Id)
                && keyed.Amount == seen.Amount
                ? keyed
                : null;
        }
        if (seen.Status != ProviderRefundStatus.Succeeded) return null;
        var waiting = transaction.Connection!.Query<RefundRow>(
            $"""
            {RefundRow.Columns} WHERE order_id = @order AND payment = @Payment AND way = 'outside'
                AND state = 'reserved'
              AND amount = @Amount
            """, new { order, seen.Payment, seen.Amount }, transaction).AsList();
        return waiting.Count == 1 ? waiting[0] : null;
    }

    private static void Drive(RefundRow row, ProviderRefund seen, MoneyStatements money, MoneyCause cause,
        DbTransaction transaction)
    {
        var line = row.Line;
        var state = (seen.Status, line.Way) switch
        {
            (ProviderRefundStatus.Succeeded, _) => RefundState.Succeeded,
            // What was made outside and failed is waited for again; ours stays failed until a person settles it.
            (ProviderRefundStatus.Failed, RefundWay.Outside) => RefundState.Reserved,
            (ProviderRefundStatus.Failed, RefundWay.Provider) => RefundState.Failed,
            _ => line.State is RefundState.Unknown or RefundState.Reserved ? RefundState.Sent : line.State,
        };
        var told = state == line.State
            || state is not (RefundState.Succeeded or RefundState.Failed or RefundState.Reserved);
        if (state != line.State) money.Apply(row.Dispute, [new(line, line with { State = state })], cause, transaction);
        transaction.Connection!.Execute(
            """
            UPDATE refund SET provider_id = COALESCE(provider_id, @Id), 
                sent_at = CASE WHEN way = 'provider' THEN COALESCE(sent_at, @at) ELSE sent_at END,
                told = CASE WHEN @told = 1 THEN told ELSE 0 END, next_at = CASE WHEN @told = 1 THEN next_at ELSE @at END
            WHERE order_id = @OrderId AND suffix = @Suffix AND obligation = @Obligation AND payment = @Payment
                AND part = @Part
            """,
            new { seen.Id, at = cause.At, told = told
                ? 1
                : 0, row.OrderId, row.Suffix, row.Obligation, row.Payment, row.Part },
            transaction);
        if (state == RefundState.Failed && state != line.State)
            OutsideFacts.Open(row.Dispute.Order, row.Key, "failed", row.Payment, row.Amount, cause, transaction);
        if (state == RefundState.Succeeded)
            transaction.Connection!.Execute(
                """
                UPDATE money_task SET done_at = @at, done_by = 'provider' WHERE order_id = @OrderId AND done_at IS NULL
                  AND task IN (@unknown, @failed)
                """, new { at = cause.At, row.OrderId, unknown = $"unknown:{row.Key}",
                    failed = $"failed:{row.Key}" }, transaction);
        OutsideFacts.StopIfOverpaid(row.Dispute.Order, money, cause, transaction);
    }

    private static void Touch(OrderId order, DbTransaction transaction) => transaction.Connection!.Execute(
        "UPDATE order_head SET version = version + 1 WHERE order_id = @order", new { order }, transaction);
}
