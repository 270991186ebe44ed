using System.Diagnostics;
using System.Threading.Channels;
using Entente.Server.Nodes;

namespace Entente.Server.Storage;

/// <summary>
/// One place where appends are written: whatever is waiting is committed together, nobody waits for more to come, and
/// everybody is answered when their own append is durable.
/// </summary>
internal sealed class CommitLane : IDisposable
{
    /// <summary>More than this waiting, and callers are asked to come back.</summary>
    public const int WaitingMax = 4096;
    private readonly BatchWriter _writer;
    private readonly int _togetherMax;
    private readonly Channel<Waiting> _queue =
        Channel.CreateBounded<Waiting>(new BoundedChannelOptions(WaitingMax) { SingleReader = true });
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Thread _thread;

    /// <param name="togetherMax">How many appends share a transaction at most.</param>
    public CommitLane(BatchWriter writer, int togetherMax)
    {
        (_writer, _togetherMax) = (writer, togetherMax);
        _thread = new(Work) { IsBackground = true, Name = "writer" };
        _thread.Start();
    }

    public Task<AppendOutcome> Append(AppendRows rows)
    {
        var waiting = new Waiting(rows);
        if (!_queue.Writer.TryWrite(waiting)) return Task.FromResult(AppendOutcome.Overloaded);
        Telemetry.Waits(1);
        return waiting.Task;
    }

    /// <summary>Nothing is written until what is given is disposed.</summary>
    internal IDisposable Hold()
    {
        _turn.Wait();
        return new Turn(_turn);
    }

    private void Work()
    {
        var batch = new List<Waiting>(_togetherMax);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            _turn.Wait();
            using (new Turn(_turn))
            {
                Gather(batch);
                using var span = Telemetry.Span("commit", "appends")?.SetTag("entente.appends", batch.Count);
                var from = Stopwatch.GetTimestamp();
                Commit(batch);
                Telemetry.Committed(batch.Count, Stopwatch.GetElapsedTime(from));
                Telemetry.Waits(-batch.Count);
            }
            batch.Clear();
        }
        _writer.Dispose();
    }

    /// <summary>
    /// What is waiting now. An order may come twice: the second is judged by what the first has written.
    /// </summary>
    private void Gather(List<Waiting> batch)
    {
        while (batch.Count < _togetherMax && _queue.Reader.TryRead(out var next)) batch.Add(next);
    }

    private void Commit(List<Waiting> batch)
    {
        try
        {
            var outcomes = _writer.Write([.. batch.Select(waiting => waiting.Rows)]);
            for (var index = 0; index < batch.Count; index++) batch[index].SetResult(outcomes[index]);
        }
        catch (Exception failure)
        {
            // Whatever it was, the thread goes on, and one append's trouble is not its neighbours'.
            _writer.Disconnect();
            if (failure.InnerException is TimeoutException) Fail(batch, failure); // Who waited once waits not twice.
            else OneByOne(batch, failure);
        }
    }

    private void OneByOne(List<Waiting> batch, Exception failure)
    {
        for (var index = 0; index < batch.Count; index++)
        {
            try
            {
                batch[index].SetResult(_writer.WriteAlone(batch[index].Rows));
            }
            catch (Exception again)
            {
                _writer.Disconnect();
                batch[index].SetException(again);
                if (!_writer.IsAway(again)) continue;
                // The database is gone: nobody waits for the same answer one after the other.
                Fail(batch.Skip(index + 1), failure);
                return;
            }
        }
    }

    private static void Fail(IEnumerable<Waiting> batch, Exception failure)
    {
        foreach (var waiting in batch) waiting.SetException(failure);
    }

    public void Dispose()
    {
        if (!_queue.Writer.TryComplete()) return;
        _thread.Join();
        _turn.Dispose();
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }

    private sealed class Waiting(AppendRows rows)
        : TaskCompletionSource<AppendOutcome>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public AppendRows Rows { get; } = rows;
    }
}
