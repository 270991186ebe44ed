using System.Data;
using System.Data.Common;
using DbUp;
using DbUp.Builder;
using Entente.Domain;
using Microsoft.Data.Sqlite;

namespace Entente.Server.Storage.Sqlite;

/// <summary>
/// The embedded database: one file in the centre's data folder. Anybody may read at any time; whoever writes waits for
/// the one place at the pen, so that no writer ever meets a locked file.
/// </summary>
internal sealed class SqliteDialect : Dialect
{
    private const int SecondsToWaitForAnotherProcess = 30;
    private const string LockFile = "migrating.lock";
    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly SteadyClock? _machine;
    private readonly SemaphoreSlim _pen = new(1, 1);

    public SqliteDialect(string folder, TimeProvider time)
    {
        (_folder, _time) = (folder, time);
        if (ReferenceEquals(time, TimeProvider.System)) _machine = new(time);
        ConnectionString = new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(folder, Database.FileName),
            ForeignKeys = true,
            DefaultTimeout = SecondsToWaitForAnotherProcess,
        }.ToString();
        using var connection = OpenNow();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL;"; // Once in a database's life; the file remembers it.
        command.ExecuteNonQuery();
        Reads = new SqliteReads(OpenNow);
    }

    public override string Scripts => "sqlite";
    public override string ConnectionString { get; }
    internal override string Clock => "NULL";
    internal override Reads Reads { get; }

    public override Instant Now() =>
        Micros.Floor(Instant.FromDateTimeOffset(_machine?.Now() ?? _time.GetUtcNow()));

    public override async ValueTask<DbConnection> Open(CancellationToken stop)
    {
        var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync(stop);
        return connection;
    }

    public override DbTransaction BeginReading(DbConnection connection) =>
        ((SqliteConnection)connection).BeginTransaction(deferred: true);

    public override async Task<T> Write<T>(Func<DbTransaction, Task<T>> work, CancellationToken stop)
    {
        await _pen.WaitAsync(stop);
        using var turn = new Turn(_pen);
        await using var connection = await Open(stop);
        Prepare(connection);
        await using var transaction = BeginWriting(connection);
        var result = await work(transaction);
        await transaction.CommitAsync(CancellationToken.None);
        return result;
    }

    public override string AnyOf(string list) => $"IN {list}";

    /// <summary>There are no other nodes.</summary>
    public override string TakenByNobody(string table) => "";

    internal override string HasWord(string word) =>
        $"slot IN (SELECT rowid FROM search_words WHERE search_words MATCH {word})";

    internal override void Hear(long micros) =>
        throw new InvalidOperationException("The embedded database has no clock.");

    internal override BatchWriter Writer() => new SqliteWriter(this);

    /// <summary>There are no other nodes.</summary>
    internal override Task Listen(Action<DisputeId?> heard, CancellationToken stop) =>
        Task.Delay(Timeout.InfiniteTimeSpan, stop);

    internal override UpgradeEngineBuilder Deployment() => DeployChanges.To.SqliteDatabase(ConnectionString);

    internal override IDisposable MigrateAlone()
    {
        var path = Path.Combine(_folder, LockFile);
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                Thread.Sleep(50); // Another process migrates; it takes a moment.
            }
        }
    }

    /// <summary>The right to write, until disposed.</summary>
    internal IDisposable TakePen()
    {
        _pen.Wait();
        return new Turn(_pen);
    }

    internal SqliteConnection OpenNow()
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        return connection;
    }

    /// <summary>What a writing connection needs: nothing acknowledged is lost, not even with the power.</summary>
    internal static void Prepare(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout = 30000; PRAGMA synchronous = FULL;";
        command.ExecuteNonQuery();
    }

    /// <summary>A transaction that holds the right to write from its first moment (BEGIN IMMEDIATE).</summary>
    internal static DbTransaction BeginWriting(DbConnection connection) =>
        ((SqliteConnection)connection).BeginTransaction(IsolationLevel.Serializable, deferred: false);

    protected override void Dispose(bool disposing)
    {
        if (!disposing) return;
        Reads.Dispose();
        using (var connection = new SqliteConnection(ConnectionString)) SqliteConnection.ClearPool(connection);
        _pen.Dispose();
    }

    private sealed class Turn(SemaphoreSlim pen) : IDisposable
    {
        public void Dispose() => pen.Release();
    }
}
