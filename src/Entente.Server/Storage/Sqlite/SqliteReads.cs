using System.Collections.Concurrent;
using System.Data.Common;

namespace Entente.Server.Storage.Sqlite;

/// <summary>The database is in this process: whoever reads does so at once, on a connection of their own.</summary>
internal sealed class SqliteReads(Func<DbConnection> open) : Reads
{
    private readonly ConcurrentBag<Lane> _free = [];
    private bool _closed;

    public override ValueTask<T> Read<T>(
        string sql, Func<DbDataReader, T> reading, ReadOnlySpan<object?> values, CancellationToken stop)
    {
        if (!_free.TryTake(out var lane)) lane = new(open());
        var whole = false;
        try
        {
            T read;
            using (var rows = lane.Statement(sql).Read(null, values)) read = reading(rows);
            whole = true;
            return new(read);
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

    public override void Dispose()
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
