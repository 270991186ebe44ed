using Npgsql;

namespace Entente.Server.Storage.Postgres;

/// <summary>
/// How the store stands to appends that did not go through, or of which nobody knows whether they did.
/// </summary>
internal static class AppendStanding
{
    private const string Sql =
        """
        SELECT new.place,
               COALESCE((SELECT version FROM dispute WHERE order_id = new.order_id AND suffix = new.suffix), 0),
               COALESCE((SELECT version FROM order_head WHERE order_id = new.order_id), 0),
               EXISTS (SELECT 1 FROM idempotency
                       WHERE order_id = new.order_id AND caller = new.caller AND key = new.key),
               COALESCE((SELECT link = new.link FROM event
                         WHERE order_id = new.order_id AND suffix = new.suffix AND seq = new.seq), FALSE)
        FROM unnest($1, $2, $3, $4, $5, $6, $7) AS new (place, order_id, suffix, caller, key, seq, link)
        """;

    /// <summary>Of each what became of it; null for one that may go.</summary>
    public static AppendOutcome?[] Of(NpgsqlConnection connection, IReadOnlyList<AppendRows> appends)
    {
        var asked = new Unnested(Sql, "ittttib");
        for (var place = 0; place < appends.Count; place++)
        {
            var (rows, last) = (appends[place], appends[place].Events[^1]);
            asked.Add(place, rows.Id.Order.Value, rows.Id.Suffix, rows.Append.Answer?.Caller, rows.Append.Answer?.Key,
                last.Fact.Seq, last.Link);
        }
        var outcomes = new AppendOutcome?[appends.Count];
        using var batch = new NpgsqlBatch(connection) { BatchCommands = { asked.Command() } };
        using var row = batch.ExecuteReader();
        while (row.Read())
            outcomes[row.GetInt32(0)] = Of(appends[row.GetInt32(0)].Append, row.GetInt32(1), row.GetInt32(2),
                isAnswered: row.GetBoolean(3), isWritten: row.GetBoolean(4));
        return outcomes;
    }

    private static AppendOutcome? Of(Append append, int version, int head, bool isAnswered, bool isWritten) =>
        isWritten ? AppendOutcome.Done // By us, before the connection broke: no other command makes the same link.
        : isAnswered ? AppendOutcome.KeyTaken
        : version != append.Before.Dispute.Version ? AppendOutcome.VersionConflict
        : append.Head?.Expected is { } expected && expected != head ? AppendOutcome.HeadConflict
        : null;
}
