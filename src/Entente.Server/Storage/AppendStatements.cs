using System.Data.Common;
using Entente.Domain;
using Entente.Domain.Disputes;

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
    private readonly Statement _open = new(connection,
        """
        INSERT INTO dispute (order_id, suffix, version, stage, responsible, awaited, due_at, next_due, examiner,
            last_at, closed_at, place, state, shape, links, marketplace, reference, buyer, seller, opener, reason,
            remedy, sought, currency, opened_at)
        VALUES (@order_id, @suffix, @version, @stage, @responsible, @awaited, @due_at, @next_due, @examiner, @last_at,
            @closed_at, @place, @state, @shape, @links, @marketplace, @reference, @buyer, @seller, @opener, @reason,
            @remedy, @sought, @currency, @opened_at)
        """);
    private readonly Statement _change = new(connection,
        """
        UPDATE dispute SET version = @version, stage = @stage, responsible = @responsible, awaited = @awaited,
            due_at = @due_at, next_due = @next_due, examiner = @examiner, last_at = @last_at,
            closed_at = @closed_at, place = @place, state = @state, shape = @shape, links = @links
        WHERE order_id = @order_id AND suffix = @suffix AND version = @expected
        """);
    private readonly Statement _event = new(connection,
        """
        INSERT INTO event (order_id, suffix, seq, audience, n, at, kind, bytes, link)
        VALUES (@order_id, @suffix, @seq, @audience, @n, @at, @kind, @bytes, @link)
        """);
    private readonly Statement _text = new(connection,
        "INSERT INTO personal_text (order_id, suffix, commitment, owner, sealed) VALUES (@order_id, @suffix, "
            + "@commitment, @owner, @sealed)");
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

    public AppendOutcome Run(AppendRows rows, DbTransaction transaction)
    {
        var outcome = Stands(rows.Append, transaction);
        if (outcome == AppendOutcome.Done) Write(rows, transaction);
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

    private void Write(AppendRows rows, DbTransaction transaction)
    {
        WriteDispute(rows, transaction);
        var (order, suffix) = (rows.Id.Order.Value, rows.Id.Suffix);
        foreach (var row in rows.Events)
            _event.Run(transaction, order, suffix, row.Fact.Seq, Codes.Of(row.Fact.Event.Audience), row.Fact.N,
                Micros.Of(row.Fact.At), row.Kind, row.Bytes, row.Link);
        foreach (var text in rows.Texts) _text.Run(transaction, order, suffix, text.Commitment, text.Owner, text.Bytes);
        WriteOutbox(rows, transaction);
        if (rows.Append.Answer is { } answer)
            _answer.Run(transaction, order, answer.Caller, answer.Key, answer.Fingerprint, suffix, answer.SeqFrom,
                answer.SeqTo,
                Micros.Of(rows.Append.After.LastAt));
        if (rows.Append.Head is { } head) WriteHead(rows.Id, head, transaction);
    }

    private void WriteDispute(AppendRows rows, DbTransaction transaction)
    {
        var (dispute, id) = (rows.Append.After, rows.Id);
        var due = dispute.Head;
        var (stage, who, what) = (Codes.Of(dispute.Stage), due is null ? null : Codes.Of(due.Who),
            due is null ? null : Codes.Of(due.Kind));
        var (dueAt, closedAt) = (due is null ? (long?)null : Micros.Of(due.Due),
            dispute.ClosedAt is { } at ? Micros.Of(at) : (long?)null);
        var (lastAt, next) = (Micros.Of(dispute.LastAt), dispute.NextDue is { } instant
            ? Micros.Of(instant)
            : (long?)null);
        var (opening, place) = (dispute.Opening, dueAt ?? ListPlace.Closed - closedAt);
        var changed = rows.Append.Before.Dispute.Exists
            ? _change.Run(transaction, dispute.Version, stage, who, what, dueAt, next, dispute.Examiner?.Value, lastAt,
                closedAt, place, rows.State, Dispute.Shape, rows.Links, id.Order.Value, id.Suffix,
                rows.Append.Before.Dispute.Version)
            : _open.Run(transaction, id.Order.Value, id.Suffix, dispute.Version, stage, who, what, dueAt, next,
                dispute.Examiner?.Value,
                lastAt, closedAt, place, rows.State, Dispute.Shape, rows.Links, opening.Marketplace.Value, id.Reference,
                opening.Buyer.Value, opening.Seller.Value, Codes.Of(opening.Opener), Codes.Of(dispute.Reason),
                Codes.Of(dispute.Remedy), opening.Sought.Sum(line => line.Amount), dispute.Currency,
                Micros.Of(dispute.OpenedAt));
        if (changed != 1) throw new InvalidOperationException($"{changed} rows of dispute {id} changed.");
    }

    private void WriteOutbox(AppendRows rows, DbTransaction transaction)
    {
        var (append, place) = (rows.Append, 0);
        if (append.Outbox.Count == 0) return;
        var last = append.Facts[^1];
        foreach (var row in append.Outbox)
            _outbox.Run(transaction, rows.Id.Order.Value, $"{rows.Id.Suffix}.{last.Cause}.{++place}", rows.Id.Suffix,
                last.Seq, row.Kind, row.Payload,
                Micros.Of(last.At), Micros.Of(row.NotBefore));
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
        foreach (var statement in new[]
            { _stands, _open, _change, _event, _text, _outbox, _answer, _head, _hold, _release })
            statement.Dispose();
    }
}
