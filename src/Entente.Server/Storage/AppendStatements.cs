using System.Data.Common;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Payments;

namespace Entente.Server.Storage;

/// <summary>The SQL of one append on the writer's connection: first whether it may be, then its rows.</summary>
internal sealed class AppendStatements(DbConnection connection) : IDisposable
{
    private readonly Statement _stands = new(connection,
        """
        SELECT (SELECT version FROM dispute WHERE order_id = @order_id AND suffix = @suffix),
               (SELECT version FROM order_head WHERE order_id = @order_id),
               EXISTS (SELECT 1 FROM idempotency WHERE order_id = @order_id AND caller = @caller AND key = @key)
        """);
    private readonly Statement _written = new(connection,
        "SELECT link FROM event WHERE order_id = @order_id AND suffix = @suffix AND seq = @seq");
    private readonly Statement _open = new(connection,
        """
        INSERT INTO dispute (order_id, suffix, version, stage, responsible, awaited, due_at, next_due, examiner,
            last_at, closed_at, place, links, marketplace, reference, buyer, seller, opener, reason,
            remedy, sought, currency, opened_at, met_by)
        VALUES (@order_id, @suffix, @version, @stage, @responsible, @awaited, @due_at, @next_due, @examiner, @last_at,
            @closed_at, @place, @links, @marketplace, @reference, @buyer, @seller, @opener, @reason,
            @remedy, @sought, @currency, @opened_at, @met_by)
        """);
    private readonly Statement _change = new(connection,
        """
        UPDATE dispute SET version = @version, stage = @stage, responsible = @responsible, awaited = @awaited,
            due_at = @due_at, next_due = @next_due, examiner = @examiner, last_at = @last_at,
            closed_at = @closed_at, place = @place, links = @links, met_by = @met_by
        WHERE order_id = @order_id AND suffix = @suffix AND version = @expected
        """);
    private readonly Statement _snapshot = new(connection,
        """
        INSERT INTO snapshot (order_id, suffix, version, shape, state, links)
        VALUES (@order_id, @suffix, @version, @shape, @state, @links) ON CONFLICT (order_id, suffix) DO UPDATE
        SET version = excluded.version, shape = excluded.shape, state = excluded.state, links = excluded.links
        """);
    private readonly Statement _event = new(connection,
        """
        INSERT INTO event (order_id, suffix, seq, audience, n, at, kind, bytes, link)
        VALUES (@order_id, @suffix, @seq, @audience, @n, @at, @kind, @bytes, @link)
        """);
    private readonly Statement _text = new(connection,
        "INSERT INTO personal_text (order_id, suffix, commitment, owner, sealed) VALUES (@order_id, @suffix, "
            + "@commitment, @owner, @sealed)");
    private readonly Statement _search = new(connection,
        "INSERT INTO search_due (order_id, suffix, seq) VALUES (@order_id, @suffix, @seq)");
    private readonly Statement _outbox = new(connection,
        """
        INSERT INTO outbox (order_id, id, suffix, seq, kind, payload, created_at, not_before)
        VALUES (@order_id, @id, @suffix, @seq, @kind, @payload, @created_at, @not_before)
        """);
    private readonly Statement _answer = new(connection,
        """
        INSERT INTO idempotency (order_id, caller, key, fingerprint, suffix, seq_from, seq_to, at)
        VALUES (@order_id, @caller, @key, @fingerprint, @suffix, @seq_from, @seq_to, @at)
        """);
    private readonly Statement _head = new(connection,
        """
        UPDATE order_head SET version = version + 1, promised = promised + @promised
        WHERE order_id = @order_id AND version = COALESCE(@expected, version)
        """);
    private readonly Statement _hold = new(connection,
        "INSERT INTO held_units (order_id, suffix, line, units) VALUES (@order_id, @suffix, @line, @units)");
    private readonly Statement _release = new(connection,
        "DELETE FROM held_units WHERE order_id = @order_id AND suffix = @suffix");

    private readonly MoneyStatements _money = new(connection);

    public AppendOutcome Run(AppendRows rows, DbTransaction transaction)
    {
        var outcome = Stands(rows.Append, transaction);
        if (outcome == AppendOutcome.Done) Write(rows, transaction);
        else if (IsWritten(rows, transaction)) return AppendOutcome.Done;
        return outcome;
    }

    private AppendOutcome Stands(Append append, DbTransaction transaction)
    {
        var (id, answer, head) = (append.After.Id, append.Answer, append.Head);
        using var row = _stands.Read(transaction, id.Order.Value, id.Suffix, answer?.Caller, answer?.Key);
        row.Read();
        var version = row.IsDBNull(0) ? 0 : row.GetInt32(0);
        if (row.GetBoolean(2)) return AppendOutcome.KeyTaken;
        if (version != append.Before.Dispute.Version) return AppendOutcome.VersionConflict;
        var headVersion = row.IsDBNull(1) ? 0 : row.GetInt32(1);
        return head?.Expected is { } expected && expected != headVersion
            ? AppendOutcome.HeadConflict
            : AppendOutcome.Done;
    }

    /// <summary>By us, before a commit of which nobody heard: no other command makes the same link.</summary>
    private bool IsWritten(AppendRows rows, DbTransaction transaction)
    {
        var last = rows.Events[^1];
        using var row = _written.Read(transaction, rows.Id.Order.Value, rows.Id.Suffix, last.Fact.Seq);
        return row.Read() && last.Link.AsSpan().SequenceEqual((byte[])row[0]);
    }

    private void Write(AppendRows rows, DbTransaction transaction)
    {
        WriteDispute(rows, transaction);
        var (order, suffix) = (rows.Id.Order.Value, rows.Id.Suffix);
        foreach (var row in rows.Events)
            _event.Run(transaction, order, suffix, row.Fact.Seq, Codes.Of(row.Fact.Event.Audience), row.Fact.N,
                Micros.Of(row.Fact.At), row.Kind, row.Bytes, row.Link);
        foreach (var text in rows.Texts) _text.Run(transaction, order, suffix, text.Commitment, text.Owner, text.Bytes);
        foreach (var seq in rows.Searchable) _search.Run(transaction, order, suffix, seq);
        foreach (var row in rows.Outbox)
            _outbox.Run(
                transaction, order, row.Id, suffix, row.Seq, row.Kind, row.Payload, row.CreatedAt, row.NotBefore);
        if (rows.Append.Answer is { } answer)
            _answer.Run(transaction, order, answer.Caller, answer.Key, answer.Fingerprint, suffix, answer.SeqFrom,
                answer.SeqTo,
                Micros.Of(rows.Append.After.LastAt));
        if (rows.Append.Head is { } head) WriteHead(rows.Id, head, transaction);
        if (rows.Append.Money is { } money) _money.Apply(rows.Id, money, rows.Append.After.LastAt, transaction);
    }

    private void WriteDispute(AppendRows rows, DbTransaction transaction)
    {
        var (row, id, before) = (rows.Row, rows.Id, rows.Append.Before.Dispute);
        var changed = before.Exists
            ? _change.Run(transaction, row.Version, row.Stage, row.Responsible, row.Awaited, row.DueAt, row.NextDue,
                row.Examiner, row.LastAt, row.ClosedAt, row.Place, rows.Links, row.MetBy,
                id.Order.Value, id.Suffix, before.Version)
            : _open.Run(transaction, id.Order.Value, id.Suffix, row.Version, row.Stage, row.Responsible, row.Awaited,
                row.DueAt, row.NextDue, row.Examiner, row.LastAt, row.ClosedAt, row.Place,
                rows.Links, row.Marketplace, id.Reference, row.Buyer, row.Seller, row.Opener, row.Reason, row.Remedy,
                row.Sought, row.Currency, row.OpenedAt, row.MetBy);
        if (changed != 1) throw new InvalidOperationException($"{changed} rows of dispute {id} changed.");
        if (rows.Snapshot is { } state)
            _snapshot.Run(transaction, id.Order.Value, id.Suffix, row.Version, Dispute.Shape, state, rows.Links);
    }

    private void WriteHead(DisputeId id, HeadChange head, DbTransaction transaction)
    {
        if (_head.Run(transaction, head.Promised, id.Order.Value, head.Expected) != 1)
            throw new InvalidOperationException($"Order {id.Order} has no head.");
        if (head.Held is null) return;
        _release.Run(transaction, id.Order.Value, id.Suffix);
        foreach (var held in head.Held.GroupBy(units => units.Line))
            _hold.Run(transaction, id.Order.Value, id.Suffix, held.Key, held.Sum(units => units.Count));
    }

    public void Dispose()
    {
        Statement[] all =
            [
                _stands, _written, _open, _change, _snapshot, _event, _text, _search, _outbox, _answer, _head, _hold,
                _release,
            ];
        foreach (var statement in all) statement.Dispose();
        _money.Dispose();
    }
}
