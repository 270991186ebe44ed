using System.Data.Common;
using Dapper;
using Entente.Domain;
using Entente.Domain.Payments;
using Entente.Server.Storage;

namespace Entente.Server.Payments;

/// <summary>
/// What the world did to a payment: the excess is booked exactly, its waiting refunds stop, and a person gets a task
/// with a due time. All inside the transaction that books the fact.
/// </summary>
internal static class OutsideFacts
{
    /// <summary>How long the operator has to settle something about money.</summary>
    public static readonly Duration TaskTime = Duration.FromDays(3);

    /// <summary>A procedure of the bank stands so from now on; false where a newer word is known.</summary>
    public static bool Note(
        OrderId order, ChargebackNote note, MoneyStatements money, MoneyCause cause, DbTransaction transaction)
    {
        var known = transaction.Connection!.QuerySingleOrDefault<(string Phase, long SaidAt, long Rank, long Counted)?>(
            "SELECT phase, said_at, rank, counted FROM chargeback WHERE order_id = @order AND chargeback = @Id",
            new { order, note.Id }, transaction);
        var said = Micros.Of(note.SaidAt);
        if (known is { } old && (old.SaidAt, old.Rank).CompareTo((said, (long)note.Rank)) >= 0) return false;
        Shift(order, note.Payment, note.Counted - (known?.Counted ?? 0), Account.ChargedBack, money, cause,
            transaction);
        transaction.Connection!.Execute(
            """
            INSERT INTO chargeback (order_id, chargeback, marketplace, payment, amount, phase, final, reference,
                bank_due,
                said_at, rank, counted, changed_at)
            SELECT @order, @Id, marketplace, @Payment, @Amount, @phase, @final, @Reference, @BankDue, @said, @Rank,
                @Counted, @at
            FROM payment_balance WHERE order_id = @order AND payment = @Payment
            ON CONFLICT (order_id, chargeback) DO UPDATE SET amount = excluded.amount, phase = excluded.phase,
                final = excluded.final, reference = COALESCE(excluded.reference, chargeback.reference),
                bank_due = COALESCE(excluded.bank_due, chargeback.bank_due), said_at = excluded.said_at,
                rank = excluded.rank, counted = excluded.counted, changed_at = excluded.changed_at
            """,
            new
            {
                order, note.Id, note.Payment, note.Amount, phase = Codes.Of(note.Phase), final = note.Final ? 1 : 0,
                note.Reference, note.BankDue, said, note.Rank, note.Counted, at = cause.At,
            }, transaction);
        return true;
    }

    /// <summary>So much more, or less, is out of a payment by somebody else's hand.</summary>
    public static void Shift(
        OrderId order, string payment, long more, Account account, MoneyStatements money, MoneyCause cause,
        DbTransaction transaction)
    {
        if (more == 0) return;
        var posting = more > 0
            ? new Posting(payment, Account.Free, account, more)
            : new Posting(payment, account, Account.Free, -more);
        money.Move(order, [posting], 0, cause with { IsOurs = false }, transaction);
        StopIfOverpaid(order, money, cause, transaction);
    }

    /// <summary>Of a payment out of which more went than came in, nothing waits to be sent any more.</summary>
    public static void StopIfOverpaid(OrderId order, MoneyStatements money, MoneyCause cause, DbTransaction transaction)
    {
        foreach (var payment in Overpaid(order, transaction))
        {
            foreach (var (dispute, line) in Waiting(order, payment, transaction))
                money.Apply(dispute, [new(line, line with { State = RefundState.Cancelled })], cause, transaction);
        }
        foreach (var payment in Overpaid(order, transaction))
            Open(order, payment, "overpaid", payment, 0, cause, transaction);
        // A task whose excess is gone is done by that.
        transaction.Connection!.Execute(
            """
            UPDATE money_task SET done_at = @at, done_by = 'ledger' WHERE order_id = @order AND kind = 'overpaid'
              AND done_at IS NULL AND payment IN
                (SELECT payment FROM payment_balance WHERE order_id = @order AND overpaid = 0)
            """, new { order, at = cause.At }, transaction);
    }

    /// <summary>A task for a person; the same one again only brings its amount up to date.</summary>
    public static void Open(
        OrderId order, string task, string kind, string payment, long amount, MoneyCause cause,
        DbTransaction transaction) =>
        transaction.Connection!.Execute(
            """
            INSERT INTO money_task (order_id, task, marketplace, kind, payment, amount, owner, opened_at, due_at)
            SELECT @order, @id, marketplace, @kind, payment, CASE WHEN @amount = 0 THEN overpaid ELSE @amount END,
                'operator',
                @at, @due
            FROM payment_balance WHERE order_id = @order AND payment = @payment
            ON CONFLICT (order_id, task) DO UPDATE SET amount = excluded.amount, done_at = NULL, done_by = NULL,
                due_at = CASE WHEN money_task.done_at IS NULL THEN money_task.due_at ELSE excluded.due_at END
            """,
            new { order, id = $"{kind}:{task}", kind, payment, amount, at = cause.At, due = cause.At + TaskTime },
            transaction);

    /// <summary>Payments that an order has no more brought nothing in.</summary>
    public static void Forgotten(Order order, DbTransaction transaction)
    {
        var known = order.Payments.Select(payment => payment.Id).ToHashSet();
        var rows = transaction.Connection!.Query<string>(
            "SELECT payment FROM payment_balance WHERE order_id = @Id", new { order.Id }, transaction);
        foreach (var payment in rows.Where(payment => !known.Contains(payment)).ToList())
            transaction.Connection!.Execute(
                """
                UPDATE payment_balance SET captured = 0, overpaid = reserved + refunded + outside + charged_back
                WHERE order_id = @Id AND payment = @payment
                """, new { order.Id, payment }, transaction);
    }

    private static List<string> Overpaid(OrderId order, DbTransaction transaction) =>
        transaction.Connection!.Query<string>(
            "SELECT payment FROM payment_balance WHERE order_id = @order AND overpaid > 0", new { order },
            transaction).AsList();

    private static List<(DisputeId, RefundLine)> Waiting(OrderId order, string payment, DbTransaction transaction) =>
        transaction.Connection!.Query<RefundRow>(
            $"{RefundRow.Columns} WHERE order_id = @order AND payment = @payment AND state = 'reserved'",
            new { order, payment }, transaction).Select(row => (row.Dispute, row.Line)).ToList();
}
