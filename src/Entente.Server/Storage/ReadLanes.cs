using System.Collections.Concurrent;
using System.Data.Common;

namespace Entente.Server.Storage;

/// <summary>Open connections with their statements ready, for what every command reads.</summary>
internal sealed class ReadLanes(Func<DbConnection> open) : IDisposable
{
    private readonly ConcurrentBag<Lane> _free = [];
    private bool _closed;

    /// <summary>Reads by one statement and gives what the reading makes of it.</summary>
    public T Read<T>(string sql, Func<DbDataReader, T> reading, params ReadOnlySpan<object?> values)
    {
        if (!_free.TryTake(out var lane)) lane = new(open());
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
            // A connection on which something failed is not trusted again.
            if (whole && !_closed) _free.Add(lane);
            else lane.Dispose();
        }
    }

    public void Dispose()
    {
        _closed = true;
        while (_free.TryTake(out var lane)) lane.Dispose();
    }

    private sealed class Lane(DbConnection connection) : IDisposable
    {
        private readonly Dictionary<string, Statement> _ready = [];

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
