using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Entente.Server.Storage;

/// <summary>
/// The one writer: whatever is waiting is committed together, nobody waits for more to come, and everybody is answered
/// when their own append is durable.
/// </summary>
internal sealed class CommitLane : IDisposable
{
    /// <summary>More than this waiting, and callers are asked to come back.</summary>
    public const int WaitingMax = 4096;
    private const int TogetherMax = 128;
    private readonly Database _database;
    private readonly Channel<Waiting> _queue =
        Channel.CreateBounded<Waiting>(new BoundedChannelOptions(WaitingMax) { SingleReader = true });
    private readonly Thread _thread;
    private SqliteConnection? _connection;
    private AppendStatements? _statements;

    public CommitLane(Database database)
    {
        _database = database;
        _thread = new(Work) { IsBackground = true, Name = "writer" };
        _thread.Start();
    }

    public Task<AppendOutcome> Append(AppendRows rows)
    {
        var waiting = new Waiting(rows);
        return _queue.Writer.TryWrite(waiting) ? waiting.Task : Task.FromResult(AppendOutcome.Overloaded);
    }

    private void Work()
    {
        var batch = new List<Waiting>(TogetherMax);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            Gather(batch);
            using (_database.TakePen()) Commit(batch);
            batch.Clear();
        }
        Disconnect();
    }

    /// <summary>
    /// What is waiting now. An order may come twice: the second is judged after
    /// the first's rows are in the same transaction.
    /// </summary>
    private void Gather(List<Waiting> batch)
    {
        while (batch.Count < TogetherMax && _queue.Reader.TryRead(out var next)) batch.Add(next);
    }

    private void Commit(List<Waiting> batch)
    {
        try
        {
            Together(batch);
        }
        catch (Exception failure) when (failure is SqliteException or InvalidOperationException)
        {
            // One append's trouble is not its neighbours': each is tried by itself on a fresh connection.
            Disconnect();
            foreach (var waiting in batch) Alone(waiting);
        }
    }

    private void Alone(Waiting waiting)
    {
        try
        {
            Together([waiting]);
        }
        catch (Exception failure) when (failure is SqliteException or InvalidOperationException)
        {
            Disconnect();
            waiting.SetException(failure);
        }
    }

    private void Together(List<Waiting> batch)
    {
        var statements = Connect();
        using (var transaction = (SqliteTransaction)Dialect.BeginWriting(_connection!))
        {
            foreach (var waiting in batch) waiting.Outcome = statements.Run(waiting.Rows, transaction);
            transaction.Commit();
        }
        foreach (var waiting in batch) waiting.SetResult(waiting.Outcome);
    }

    private AppendStatements Connect()
    {
        if (_statements is not null) return _statements;
        _connection = new SqliteConnection(_database.ConnectionString);
        _connection.Open();
        Dialect.Prepare(_connection);
        return _statements = new(_connection);
    }

    private void Disconnect()
    {
        _statements?.Dispose();
        _connection?.Dispose();
        (_statements, _connection) = (null, null);
    }

    public void Dispose()
    {
        if (_queue.Writer.TryComplete()) _thread.Join();
    }

    private sealed class Waiting(AppendRows rows)
        : TaskCompletionSource<AppendOutcome>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public AppendRows Rows { get; } = rows;
        public AppendOutcome Outcome { get; set; }
    }
}
