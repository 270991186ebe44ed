using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using Npgsql;

namespace Entente.Server.Storage.Postgres;

/// <summary>
/// Reading on few connections: whoever finds one free takes along whatever else waits, in one journey to the database,
/// and nobody waits for more to come. A journey costs both sides more than most questions do.
/// </summary>
internal sealed class PostgresReads(Func<CancellationToken, ValueTask<NpgsqlConnection>> open) : Reads
{
    private const int JourneysMax = 4;
    private const int TogetherMax = 32;
    private readonly ConcurrentQueue<Question> _asked = new();
    private readonly ConcurrentBag<NpgsqlConnection> _free = [];
    private readonly SemaphoreSlim _room = new(JourneysMax, JourneysMax);
    private volatile bool _closed;

    public override ValueTask<T> Read<T>(
        string sql, Func<DbDataReader, T> reading, ReadOnlySpan<object?> values, CancellationToken stop)
    {
        var question = new Question<T>(Script.Of(sql), values.ToArray(), reading, stop);
        _asked.Enqueue(question);
        if (_room.Wait(0, CancellationToken.None))
            using (ExecutionContext.SuppressFlow()) // What others ask is no part of this caller's trace.
                _ = Travel();
        return new(question.Task);
    }

    /// <summary>Goes on until nobody waits.</summary>
    private async Task Travel()
    {
        while (true)
        {
            while (Gather() is { Count: > 0 } together) await Answer(together);
            _room.Release();
            // Who asked in this moment found no room.
            if (_asked.IsEmpty || !_room.Wait(0, CancellationToken.None)) return;
        }
    }

    private List<Question> Gather()
    {
        var together = new List<Question>();
        while (together.Count < TogetherMax && _asked.TryDequeue(out var question))
            if (!question.IsGivenUp) together.Add(question);
        return together;
    }

    /// <summary>Answers each or says to each why not; throws nothing.</summary>
    private async Task Answer(List<Question> together)
    {
        var isKept = _free.TryTake(out var connection);
        try
        {
            connection ??= await open(CancellationToken.None);
            await Answer(together, connection);
            if (_closed) await connection.DisposeAsync();
            else _free.Add(connection);
        }
        catch (Exception failure)
        {
            var isBroken = isKept && connection!.State != ConnectionState.Open;
            if (connection is not null) await connection.DisposeAsync(); // It is not trusted again.
            var rest = together.Where(question => !question.IsAnswered).ToList();
            // Who waited for a database that says nothing waits not twice.
            if (failure is { InnerException: TimeoutException }) Fail([.. rest, .. Waiting()], failure);
            else if (isBroken && failure is DbException or InvalidOperationException) await AnswerAnew(rest);
            else if (together.Count > 1) await OneByOne(rest);
            else Fail(rest, failure);
        }
    }

    private static async Task Answer(List<Question> together, NpgsqlConnection connection)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var question in together) question.Write(batch);
        await using var rows = await batch.ExecuteReaderAsync();
        foreach (var question in together)
        {
            question.Read(rows);
            await rows.NextResultAsync();
        }
    }

    /// <summary>
    /// A connection that broke while nobody used it says nothing of the database: once more, on a new one.
    /// </summary>
    private async Task AnswerAnew(List<Question> rest)
    {
        while (_free.TryTake(out var other)) await other.DisposeAsync();
        await Answer(rest);
    }

    /// <summary>One question's trouble is not its neighbours'.</summary>
    private async Task OneByOne(List<Question> rest)
    {
        foreach (var question in rest) await Answer([question]);
    }

    private IEnumerable<Question> Waiting()
    {
        while (_asked.TryDequeue(out var question)) yield return question;
    }

    private static void Fail(IEnumerable<Question> questions, Exception failure)
    {
        foreach (var question in questions) question.Fail(failure);
    }

    public override void Dispose()
    {
        _closed = true;
        while (_free.TryTake(out var connection)) connection.Dispose();
    }

    private abstract class Question(Script script, object?[] values, CancellationToken stop)
    {
        public abstract bool IsAnswered { get; }

        /// <summary>Whether whoever asked has gone.</summary>
        public bool IsGivenUp
        {
            get
            {
                if (stop.IsCancellationRequested) Fail(new OperationCanceledException(stop));
                return stop.IsCancellationRequested;
            }
        }

        public void Write(NpgsqlBatch batch) => script.Write(batch, values);

        /// <summary>Reads its own results of all that came back.</summary>
        public abstract void Read(DbDataReader rows);

        public abstract void Fail(Exception failure);
    }

    private sealed class Question<T>(
        Script script, object?[] values, Func<DbDataReader, T> reading, CancellationToken stop)
            : Question(script, values, stop)
    {
        private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public Task<T> Task => _answer.Task;
        public override bool IsAnswered => _answer.Task.IsCompleted;

        public override void Read(DbDataReader rows)
        {
            try
            {
                _answer.SetResult(reading(rows));
            }
            catch (Exception failure) when (failure is not DbException)
            {
                Fail(failure); // Where the reading stopped nobody knows; the others are asked anew.
                throw;
            }
        }

        public override void Fail(Exception failure) => _answer.TrySetException(failure);
    }
}
