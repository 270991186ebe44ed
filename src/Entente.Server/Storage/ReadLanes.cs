using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;

namespace Entente.Server.Storage;

/// <summary>Open connections with their statements ready, for what every command reads.</summary>
internal sealed class ReadLanes(Func<CancellationToken, ValueTask<DbConnection>> open, int lanesMax) : IDisposable
{
    private readonly ConcurrentBag<Lane> _free = [];
    private readonly SemaphoreSlim? _room = lanesMax == int.MaxValue ? null : new(lanesMax, lanesMax);
    private bool _closed;

    public ValueTask<T> Read<T>(
        string sql, Func<DbDataReader, T> reading, ReadOnlySpan<object?> values, CancellationToken stop) =>
        _room is null ? new(ReadNow(sql, reading, values)) : ReadInTurn(sql, reading, values.ToArray(), stop);

    /// <summary>Where the database is in this process, waiting for it would only cost.</summary>
    private T ReadNow<T>(string sql, Func<DbDataReader, T> reading, ReadOnlySpan<object?> values)
    {
        if (!_free.TryTake(out var lane)) lane = new(open(default).AsTask().GetAwaiter().GetResult());
        var whole = false;
        try
        {
            T read;
            using (var rows = lane.Statement(sql).Read(null, values)) read = reading(rows);
            whole = true;
            return read;
        }
        finally
        {
            GiveBack(lane, whole);
        }
    }

    private async ValueTask<T> ReadInTurn<T>(
        string sql, Func<DbDataReader, T> reading, object?[] values, CancellationToken stop)
    {
        await _room!.WaitAsync(stop);
        try
        {
            // A connection that broke while nobody used it says nothing of the database: one more try on a new one.
            if (_free.TryTake(out var kept))
                try
                {
                    return await ReadOn(kept, sql, reading, values, stop);
                }
                catch (Exception failure)
                    when (kept.IsBroken && failure is (DbException or InvalidOperationException)
                        and not { InnerException: TimeoutException })
                {
                    while (_free.TryTake(out var other)) other.Dispose();
                }
            return await ReadOn(new(await open(stop)), sql, reading, values, stop);
        }
        finally
        {
            _room.Release();
        }
    }

    private async ValueTask<T> ReadOn<T>(
        Lane lane, string sql, Func<DbDataReader, T> reading, object?[] values, CancellationToken stop)
    {
        var whole = false;
        try
        {
            T read;
            await using (var rows = await lane.Statement(sql).ReadAsync(values, stop)) read = reading(rows);
            whole = true;
            return read;
        }
        finally
        {
            GiveBack(lane, whole);
        }
    }

    /// <summary>A connection on which something failed is not trusted again.</summary>
    private void GiveBack(Lane lane, bool whole)
    {
        if (whole && !_closed) _free.Add(lane);
        else lane.Dispose();
    }

    public void Dispose()
    {
        _closed = true;
        while (_free.TryTake(out var lane)) lane.Dispose();
    }

    private sealed class Lane(DbConnection connection) : IDisposable
    {
        private readonly Dictionary<string, Statement> _ready = [];

        public bool IsBroken => connection.State != ConnectionState.Open;

        public Statement Statement(string sql)
        {
            if (!_ready.TryGetValue(sql, out var statement)) _ready.Add(sql, statement = new(connection, sql));
            return statement;
        }

        public void Dispose()
        {
            foreach (var statement in _ready.Values) statement.Dispose();
            connection.Dispose();
        }
    }
}
