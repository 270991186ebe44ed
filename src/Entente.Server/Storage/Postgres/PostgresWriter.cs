using System.Data;
using System.Data.Common;
using Entente.Server.Payments;
using Npgsql;

namespace Entente.Server.Storage.Postgres;

/// <summary>
/// Writes batches of appends in two journeys: all statements, then the commit. Only where somebody else was faster is
/// it looked at who, and the others go without them.
/// </summary>
internal sealed class PostgresWriter(NpgsqlDataSource source, TimeSpan patience) : BatchWriter
{
    private const int TriesMax = 8;
    private NpgsqlConnection? _connection;

    public override IReadOnlyList<AppendOutcome> Write(IReadOnlyList<AppendRows> batch)
    {
        var outcomes = new AppendOutcome?[batch.Count];
        var (waiting, failures) = (Enumerable.Range(0, batch.Count).ToList(), 0);
        while (waiting.Count > 0)
        {
            // Of one order only the first goes; the others look at what it wrote.
            var first = waiting.DistinctBy(index => batch[index].Id.Order).ToList();
            if (TryWrite([.. first.Select(index => batch[index])]))
                foreach (var index in first) outcomes[index] = AppendOutcome.Done;
            else if (++failures == TriesMax) throw new InvalidOperationException("Others kept being faster.");
            waiting.RemoveAll(index => outcomes[index] is not null);
            Look(batch, waiting, outcomes);
            waiting.RemoveAll(index => outcomes[index] is not null);
        }
        return [.. outcomes.Select(outcome => outcome!.Value)];
    }

    public override AppendOutcome WriteAlone(AppendRows rows)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (AppendStanding.Of(Connect(), [rows])[0] is { } outcome) return outcome;
                if (TryWrite([rows])) return AppendOutcome.Done;
            }
            catch (PostgresException lost) when (PostgresDialect.IsLostRace(lost) && attempt < TriesMax)
            {
                // The next look sees what the winner wrote.
            }
            if (attempt >= TriesMax) return AppendOutcome.VersionConflict;
        }
    }

    /// <summary>No answer from the server itself, or one that it is going, full or out of connections.</summary>
    public override bool IsAway(Exception failure) => failure is PostgresException answer
        ? answer.SqlState[..2] is "57" or "53" or "08"
        : failure is DbException or TimeoutException or IOException;

    public override void Disconnect()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private void Look(IReadOnlyList<AppendRows> batch, List<int> waiting, AppendOutcome?[] outcomes)
    {
        if (waiting.Count == 0) return;
        var standing = AppendStanding.Of(Connect(), [.. waiting.Select(index => batch[index])]);
        for (var place = 0; place < waiting.Count; place++) outcomes[waiting[place]] = standing[place];
    }

    private bool TryWrite(IReadOnlyList<AppendRows> appends)
    {
        var connection = Connect();
        using var transaction = connection.BeginTransaction(IsolationLevel.ReadCommitted);
        if (!new AppendBatch(appends).Run(connection, transaction)) return false;
        if (appends.Any(rows => rows.Append.Money is not null)) MoveMoney(appends, connection, transaction);
        transaction.Commit();
        return true;
    }

    private static void MoveMoney(
        IReadOnlyList<AppendRows> appends, NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        using var money = new MoneyStatements(connection);
        foreach (var rows in appends.OrderBy(rows => rows.Id.Order.Value, StringComparer.Ordinal))
            if (rows.Append.Money is { } change) money.Apply(rows.Id, change, rows.Append.After.LastAt, transaction);
    }

    private NpgsqlConnection Connect() => _connection ??= source.OpenInTime(patience).GetAwaiter().GetResult();
}
