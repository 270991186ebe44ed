using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Entente.Server.Storage;

/// <summary>
/// The centre's database: one file in its data folder. Anybody may read at any time; whoever writes waits for the
/// one place at the pen, so that no writer ever meets a locked file.
/// </summary>
public sealed class Database : IDisposable
{
    /// <summary>The file's name inside the data folder.</summary>
    public const string FileName = "entente.db";
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _pen = new(1, 1);

    public Database(string folder, TimeProvider time)
    {
        Directory.CreateDirectory(folder);
        Mapping.Register();
        Folder = folder;
        _time = time;
        ConnectionString = Dialect.ConnectionString(Path.Combine(folder, FileName));
        using var connection = OpenNow();
        Dialect.Create(connection);
        Lanes = new(OpenNow);
    }

    /// <summary>Where the centre keeps what it must not lose.</summary>
    public string Folder { get; }
    public string ConnectionString { get; }

    /// <summary>The instant everything is judged by, in whole microseconds as it is stored.</summary>
    public Instant Now() => Micros.Floor(Instant.FromDateTimeOffset(_time.GetUtcNow()));

    /// <summary>A connection to read from; dispose it soon.</summary>
    public async ValueTask<DbConnection> Open(CancellationToken stop = default)
    {
        var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync(stop);
        return connection;
    }

    /// <summary>Runs some writing in one durable transaction; all of it or, when it throws, none.</summary>
    public async Task<T> Write<T>(Func<DbTransaction, Task<T>> work, CancellationToken stop = default)
    {
        await _pen.WaitAsync(stop);
        using var turn = new Turn(_pen);
        await using var connection = await Open(stop);
        Dialect.Prepare(connection);
        await using var transaction = Dialect.BeginWriting(connection);
        var result = await work(transaction);
        await transaction.CommitAsync(CancellationToken.None);
        return result;
    }

    /// <inheritdoc cref="Write{T}"/>
    public Task Write(Func<DbTransaction, Task> work, CancellationToken stop = default) =>
        Write(async transaction => { await work(transaction); return true; }, stop);

    /// <summary>For what every command reads.</summary>
    internal ReadLanes Lanes { get; }

    private SqliteConnection OpenNow()
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        return connection;
    }

    /// <summary>The right to write, until disposed.</summary>
    internal IDisposable TakePen()
    {
        _pen.Wait();
        return new Turn(_pen);
    }

    public void Dispose()
    {
        Lanes.Dispose();
        using (var connection = new SqliteConnection(ConnectionString)) SqliteConnection.ClearPool(connection);
        _pen.Dispose();
    }

    private sealed class Turn(SemaphoreSlim pen) : IDisposable
    {
        public void Dispose() => pen.Release();
    }
}
