using System.Data.Common;
using Dapper;
using Entente.Server.Storage.Postgres;
using Entente.Server.Storage.Sqlite;

namespace Entente.Server.Storage;

/// <summary>The centre's database, and the folder with what lies beside it.</summary>
public sealed class Database : IDisposable
{
    /// <summary>The embedded database's name inside the data folder.</summary>
    public const string FileName = "entente.db";

    /// <summary>The embedded database in a folder.</summary>
    public Database(string folder, TimeProvider time) : this(folder, null, time)
    {
    }

    /// <param name="connection">How PostgreSQL is reached; null for the embedded database in the folder.</param>
    public Database(string folder, string? connection, TimeProvider time)
    {
        Directory.CreateDirectory(folder);
        Mapping.Register();
        Folder = folder;
        KeyFile = Path.Combine(folder, CentreKey.FileName);
        Dialect = connection is null ? new SqliteDialect(folder, time) : new PostgresDialect(connection, time);
    }

    public static Database Of(Settings settings, TimeProvider time) =>
        new(settings.DataFolder, settings.Connection, time)
        {
            KeyFile = settings.KeyFile ?? Path.Combine(settings.DataFolder, CentreKey.FileName),
        };

    /// <summary>Where the centre keeps what it must not lose.</summary>
    public string Folder { get; }
    public Dialect Dialect { get; }

    /// <summary>Where the centre's own key lies; the same key on every node.</summary>
    public string KeyFile { get; init; }
    public string ConnectionString => Dialect.ConnectionString;

    /// <summary>The instant everything is judged by, in whole microseconds as it is stored.</summary>
    public Instant Now() => Dialect.Now();

    /// <summary>A connection to read from; dispose it soon.</summary>
    public ValueTask<DbConnection> Open(CancellationToken stop = default) => Dialect.Open(stop);

    /// <summary>A transaction that sees the database as it stood at its first reading.</summary>
    public DbTransaction BeginReading(DbConnection connection) => Dialect.BeginReading(connection);

    /// <summary>
    /// Runs some writing in one durable transaction; all of it or, when it throws, none. Where two nodes meet, it is
    /// run again, so it changes nothing but the database.
    /// </summary>
    public Task<T> Write<T>(Func<DbTransaction, Task<T>> work, CancellationToken stop = default) =>
        Dialect.Write(work, stop);

    /// <inheritdoc cref="Write{T}"/>
    public Task Write(Func<DbTransaction, Task> work, CancellationToken stop = default) =>
        Write(async transaction => { await work(transaction); return true; }, stop);

    /// <summary>Reads by one prepared statement and gives what the reading makes of it.</summary>
    internal ValueTask<T> Read<T>(
        string sql, Func<DbDataReader, T> reading, CancellationToken stop, params ReadOnlySpan<object?> values) =>
        Dialect.Reads.Read(sql, reading, values, stop);

    /// <summary>The one row that a prepared statement finds; null where there is none.</summary>
    internal ValueTask<T?> One<T>(string sql, CancellationToken stop, params ReadOnlySpan<object?> values)
        where T : class =>
        Read(sql, static rows => rows.Parse<T>().SingleOrDefault(), stop, values);

    public void Dispose() => Dialect.Dispose();
}
