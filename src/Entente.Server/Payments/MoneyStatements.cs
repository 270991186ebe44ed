using System.Data.Common;
using Entente.Domain;
using Entente.Domain.Payments;
using Entente.Domain.Policies;
using Entente.Server.Storage;

namespace Entente.Server.Payments;

/// <summary>The order's money no longer stands as it did when this was decided: read and decide again.</summary>
public sealed class MoneyMovedException(string what) : InvalidOperationException(what);

/// <summary>Why money moves: when, by what, and whether what was captured bounds it.</summary>
/// <param name="IsOurs">
/// A command of ours never lets more leave than came in; a fact from outside stands whatever it says.
/// </param>
internal sealed record MoneyCause(Instant At, string By, bool IsOurs);

/// <summary>The SQL by which money of an order moves: accounts, the refund's
/// row and the journal, always together.</summary>
internal sealed class MoneyStatements(DbConnection connection) : IDisposable
{
    private readonly Statement _move = new(connection,
        """
        UPDATE payment_balance SET
            reserved = reserved + @reserved, refunded = refunded + @refunded, outside = outside + @outside,
            charged_back = charged_back + @charged_back, matched = matched + @matched,
            overpaid = CASE WHEN reserved + refunded + outside + charged_back + @more > captured
                THEN reserved + refunded + outside + charged_back + @more - captured ELSE 0 END
        WHERE order_id = @order_id AND payment = @payment
          AND (@more <= @room OR reserved + refunded + outside + charged_back + @more <= captured)
        """);
    private readonly Statement _journal = new(connection,
        """
        INSERT INTO posting (order_id, payment, n, at, source, target, amount, cause)
        SELECT @order_id, @payment, COALESCE(max(n), 0) + 1, @at, @source, @target, @amount, @cause
        FROM posting WHERE order_id = @order_id AND payment = @payment
        """);
    private readonly Statement _match = new(connection,
        "UPDATE payment_balance SET matched = matched + @amount WHERE order_id = @order_id AND payment = @payment");
    private readonly Statement _make = new(connection,
        """
        INSERT INTO refund (order_id, suffix, obligation, payment, part, marketplace, key, way, state, amount, made_at,
            changed_at, next_at, told)
        SELECT @order_id, @suffix, @obligation, @payment, @part, marketplace, @key, @way, @state, @amount, @at, @at,
            @next_at, 1
        FROM payment_balance WHERE order_id = @order_id AND payment = @payment
        """);
    private readonly Statement _change = new(connection,
        """
        UPDATE refund SET way = @way, state = @state, amount = @amount, given_up = @given_up, changed_at = @at,
            next_at = @next_at, lease_until = NULL, attempts = 0
        WHERE order_id = @order_id AND suffix = @suffix AND obligation = @obligation AND payment = @payment
            AND part = @part
          AND state = @before AND amount = @before_amount
        """);

    /// <summary>What a command's facts do to the money, in the transaction that writes them.</summary>
    public void Apply(DisputeId dispute, MoneyChange change, Instant at, DbTransaction transaction)
    {
        var cause = new MoneyCause(at, $"{Codes.Of(change.By.Kind)}:{change.By.Principal}", IsOurs: true);
        Apply(dispute, change.Refunds, cause, transaction);
        foreach (var note in change.Chargebacks) OutsideFacts.Note(dispute.Order, note, this, cause, transaction);
        foreach (var (payment, amount) in change.Matches) _match.Run(transaction, amount, dispute.Order.Value, payment);
        OutsideFacts.StopIfOverpaid(dispute.Order, this, cause, transaction);
    }

    /// <summary>Changes refund lines as the plan says; throws where somebody was faster.</summary>
    public void Apply(DisputeId dispute, IEnumerable<RefundChange> changes, MoneyCause cause, DbTransaction transaction)
    {
        foreach (var change in changes)
        {
            // A row that comes to stand for an outside refund is a fact: the buyer has the money.
            var isOurs = cause.IsOurs && change.After.Account != Account.Outside;
            Move(dispute.Order, change.Postings(), change.Matches, cause with { IsOurs = isOurs }, transaction);
            Write(dispute, change, cause.At, transaction);
        }
    }

    /// <summary>Moves money between the accounts of payments, and writes it into the journal.</summary>
    public void Move(
        OrderId order, IEnumerable<Posting> postings, long matches, MoneyCause cause, DbTransaction transaction)
    {
        foreach (var posting in postings)
        {
            long Of(Account account) =>
                (posting.To == account ? posting.Amount : 0) - (posting.From == account ? posting.Amount : 0);
            var more = -Of(Account.Free);
            var moved = _move.Run(transaction,
                Of(Account.Reserved), Of(Account.Refunded), Of(Account.Outside), Of(Account.ChargedBack), matches, more,
                order.Value, posting.Payment, cause.IsOurs ? 0L : long.MaxValue);
            if (moved != 1)
                throw new MoneyMovedException($"Payment {posting.Payment} of {order} has no room for {posting}.");
            _journal.Run(transaction, order.Value, posting.Payment, Micros.Of(cause.At), Codes.Of(posting.From),
                Codes.Of(posting.To), posting.Amount, cause.By);
            matches = 0;
        }
    }

    private void Write(DisputeId dispute, RefundChange change, Instant at, DbTransaction transaction)
    {
        var (line, before) = (change.After, change.Before);
        var next = line is { Way: RefundWay.Provider, State: RefundState.Reserved } ? Micros.Of(at) : (long?)null;
        var written = before is null
            ? _make.Run(transaction, dispute.Order.Value, dispute.Suffix, line.Obligation, line.Payment, line.Part,
                line.KeyIn(dispute), Codes.Of(line.Way), Codes.Of(line.State), line.Amount, Micros.Of(at), next)
            : _change.Run(transaction, Codes.Of(line.Way), Codes.Of(line.State), line.Amount, line.GivenUp ? 1 : 0,
                Micros.Of(at), next, dispute.Order.Value, dispute.Suffix, line.Obligation, line.Payment, line.Part,
                Codes.Of(before.State), before.Amount);
        if (written != 1) throw new MoneyMovedException($"Refund {line} of {dispute} is not as it was.");
    }

    public void Dispose()
    {
        foreach (var statement in new[] { _move, _journal, _match, _make, _change }) statement.Dispose();
    }
}
