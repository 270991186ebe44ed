using Entente.Domain;
using Entente.Domain.Disputes;
using Npgsql;

namespace Entente.Server.Storage.Postgres;

/// <summary>
/// The rows of many appends, each of another order, as one batch of statements. Every condition stands in a statement;
/// where one changes fewer rows than it has, somebody else was faster.
/// </summary>
internal sealed class AppendBatch
{
    private readonly Unnested _change = new(
        """
        UPDATE dispute SET version = new.version, stage = new.stage, responsible = new.responsible,
            awaited = new.awaited, due_at = new.due_at, next_due = new.next_due, examiner = new.examiner,
            last_at = new.last_at, closed_at = new.closed_at, place = new.place, links = new.links, met_by = new.met_by
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            AS new (order_id, suffix, expected, version, stage, responsible, awaited, due_at, next_due, examiner,
                    last_at, closed_at, place, links, met_by)
        WHERE dispute.order_id = new.order_id AND dispute.suffix = new.suffix AND dispute.version = new.expected
        """, "ttiitttlltlllbt");
    private readonly Unnested _open = new(
        """
        INSERT INTO dispute (order_id, suffix, version, stage, responsible, awaited, due_at, next_due, examiner,
            last_at, closed_at, place, links, marketplace, reference, buyer, seller, opener, reason, remedy, sought,
            currency, opened_at, met_by)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
            $21, $22, $23, $24)
        ON CONFLICT DO NOTHING
        """, "ttitttlltlllbtttttttltlt");
    private readonly Unnested _snapshot = new(
        """
        INSERT INTO snapshot (order_id, suffix, version, shape, state, links)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6) ON CONFLICT (order_id, suffix) DO UPDATE
        SET version = excluded.version, shape = excluded.shape, state = excluded.state, links = excluded.links
        """, "ttiibb");
    private readonly Unnested _head = new(
        """
        UPDATE order_head SET version = order_head.version + 1, promised = order_head.promised + new.promised
        FROM unnest($1, $2, $3) AS new (order_id, expected, promised)
        WHERE order_head.order_id = new.order_id
          AND order_head.version = COALESCE(new.expected, order_head.version)
        """, "til");
    private readonly Unnested _answer = new(
        """
        INSERT INTO idempotency (order_id, caller, key, fingerprint, suffix, seq_from, seq_to, at)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING
        """, "tttttiil");
    private readonly Unnested _event = new(
        """
        INSERT INTO event (order_id, suffix, seq, audience, n, at, kind, bytes, link)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """, "ttitiltbb");
    private readonly Unnested _text = new(
        """
        INSERT INTO personal_text (order_id, suffix, commitment, owner, sealed)
        SELECT * FROM unnest($1, $2, $3, $4, $5)
        """, "ttttb");
    private readonly Unnested _search = new(
        "INSERT INTO search_due (order_id, suffix, seq) SELECT * FROM unnest($1, $2, $3)", "tti");
    private readonly Unnested _outbox = new(
        """
        INSERT INTO outbox (order_id, id, suffix, seq, kind, payload, created_at, not_before)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)
        """, "tttittll");
    private readonly Unnested _release = new(
        """
        DELETE FROM held_units USING unnest($1, $2) AS new (order_id, suffix)
        WHERE held_units.order_id = new.order_id AND held_units.suffix = new.suffix
        """, "tt");
    private readonly Unnested _hold = new(
        "INSERT INTO held_units (order_id, suffix, line, units) SELECT * FROM unnest($1, $2, $3, $4)", "ttii");
    private readonly List<DisputeId> _disputes = [];

    public AppendBatch(IEnumerable<AppendRows> appends)
    {
        // In one order everywhere, so that two nodes never wait for each other crosswise.
        foreach (var rows in appends.OrderBy(rows => rows.Id.Order.Value, StringComparer.Ordinal)) Add(rows);
    }

    /// <summary>Runs all of it; false where a condition failed, and then nothing of it may be committed.</summary>
    public bool Run(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        using var batch = new NpgsqlBatch(connection, transaction);
        Unnested[] conditions = [_open, _change, _head, _answer];
        Unnested[] statements = [.. conditions, _snapshot, _event, _text, _search, _outbox, _release, _hold];
        var ran = statements.Where(statement => statement.Count > 0)
            .Select(statement => (Statement: statement, Command: statement.Command())).ToList();
        foreach (var (_, command) in ran) batch.BatchCommands.Add(command);
        batch.BatchCommands.Add(new("SELECT pg_notify($1, $2)")
        {
            Parameters = { new() { Value = PostgresNews.Channel }, new() { Value = PostgresNews.Payload(_disputes) } },
        });
        batch.ExecuteNonQuery();
        return ran.All(run =>
            !conditions.Contains(run.Statement) || run.Command.RecordsAffected == run.Statement.Count);
    }

    private void Add(AppendRows rows)
    {
        var (append, order, suffix) = (rows.Append, rows.Id.Order.Value, rows.Id.Suffix);
        _disputes.Add(rows.Id);
        AddDispute(rows);
        foreach (var row in rows.Events)
            _event.Add(order, suffix, row.Fact.Seq, Codes.Of(row.Fact.Event.Audience), row.Fact.N,
                Micros.Of(row.Fact.At), row.Kind, row.Bytes, row.Link);
        foreach (var text in rows.Texts) _text.Add(order, suffix, text.Commitment, text.Owner, text.Bytes);
        foreach (var seq in rows.Searchable) _search.Add(order, suffix, seq);
        foreach (var row in rows.Outbox)
            _outbox.Add(order, row.Id, suffix, row.Seq, row.Kind, row.Payload, row.CreatedAt, row.NotBefore);
        if (append.Answer is { } answer)
            _answer.Add(order, answer.Caller, answer.Key, answer.Fingerprint, suffix, answer.SeqFrom, answer.SeqTo,
                Micros.Of(append.After.LastAt));
        if (append.Head is { } head) AddHead(rows.Id, head);
    }

    private void AddDispute(AppendRows rows)
    {
        var (row, id) = (rows.Row, rows.Id);
        var before = rows.Append.Before.Dispute;
        if (before.Exists)
            _change.Add(id.Order.Value, id.Suffix, before.Version, row.Version, row.Stage, row.Responsible, row.Awaited,
                row.DueAt, row.NextDue, row.Examiner, row.LastAt, row.ClosedAt, row.Place, rows.Links, row.MetBy);
        else
            _open.Add(id.Order.Value, id.Suffix, row.Version, row.Stage, row.Responsible, row.Awaited, row.DueAt,
                row.NextDue, row.Examiner, row.LastAt, row.ClosedAt, row.Place, rows.Links,
                row.Marketplace, id.Reference, row.Buyer, row.Seller, row.Opener, row.Reason, row.Remedy, row.Sought,
                row.Currency, row.OpenedAt, row.MetBy);
        if (rows.Snapshot is { } state)
            _snapshot.Add(id.Order.Value, id.Suffix, row.Version, Dispute.Shape, state, rows.Links);
    }

    private void AddHead(DisputeId id, HeadChange head)
    {
        _head.Add(id.Order.Value, head.Expected, head.Promised);
        if (head.Held is null) return;
        _release.Add(id.Order.Value, id.Suffix);
        foreach (var held in head.Held.GroupBy(units => units.Line))
            _hold.Add(id.Order.Value, id.Suffix, held.Key, held.Sum(units => units.Count));
    }
}
