using System.Data;
using System.Data.Common;
using DbUp;
using DbUp.Builder;
using Entente.Domain;
using Npgsql;

namespace Entente.Server.Storage.Postgres;

/// <summary>
/// PostgreSQL, for any number of nodes. Nothing waits for it without an end, and nothing rests on an isolation level
/// but the retry of whoever lost a race.
/// </summary>
internal sealed class PostgresDialect : Dialect
{
    /// <summary>Read before what the operator gave, which wins.</summary>
    private const string Defaults =
        "Application Name=entente;Timeout=2;Command Timeout=3;Cancellation Timeout=-1;Gss Encryption Mode=Disable;"
        + "Maximum Pool Size=24;Max Auto Prepare=200;Auto Prepare Min Usages=2;Keepalive=10;No Reset On Close=true;";
    private const int TriesMax = 12;
    private const int PauseMilliseconds = 20;
    private const long MigratingLock = 0x456E74656E7465; // "Entente"
    private const string TimeSql = "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint";
    private readonly TimeProvider? _standIn;
    private readonly PostgresClock _clock = new();
    private readonly NpgsqlDataSource _source;
    private readonly TimeSpan _patience;

    /// <param name="time">A test's clock stands in for the database's; the machine's own is never asked.</param>
    public PostgresDialect(string connection, TimeProvider time)
    {
        _standIn = ReferenceEquals(time, TimeProvider.System) ? null : time;
        var how = new NpgsqlConnectionStringBuilder(Defaults + connection);
        (ConnectionString, _patience) = (how.ToString(), TimeSpan.FromSeconds(how.Timeout));
        _source = new NpgsqlDataSourceBuilder(ConnectionString).Build();
        Reads = new PostgresReads(async stop => await _source.OpenInTime(_patience, stop));
    }

    public override string Scripts => "postgres";
    public override string ConnectionString { get; }
    internal override string Clock => "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint";
    internal override Reads Reads { get; }

    public override Instant Now()
    {
        if (_standIn is not null) return Micros.Floor(Instant.FromDateTimeOffset(_standIn.GetUtcNow()));
        if (!_clock.IsHeard) Hear(AskTheTime());
        return _clock.Now();
    }

    public override async ValueTask<DbConnection> Open(CancellationToken stop) =>
        await _source.OpenInTime(_patience, stop);

    public override DbTransaction BeginReading(DbConnection connection) =>
        connection.BeginTransaction(IsolationLevel.RepeatableRead);

    public override async Task<T> Write<T>(Func<DbTransaction, Task<T>> work, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await _source.OpenInTime(_patience, stop);
                await using var transaction =
                    await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop);
                var result = await work(transaction);
                await transaction.CommitAsync(CancellationToken.None);
                return result;
            }
            catch (PostgresException lost) when (IsLostRace(lost) && attempt < TriesMax)
            {
                await Task.Delay(Random.Shared.Next(PauseMilliseconds * attempt), stop);
            }
        }
    }

    public override string AnyOf(string list) => $"= ANY({list})";

    public override string TakenByNobody(string table) => $"FOR UPDATE OF {table} SKIP LOCKED";

    internal override string HasWord(string word) => $"string_to_array(words, ' ') @> ARRAY[{word}]";

    internal override void Hear(long micros) => _clock.Hear(micros);

    internal override BatchWriter Writer() => new PostgresWriter(_source, _patience);

    internal override Task Listen(Action<DisputeId?> heard, CancellationToken stop) =>
        PostgresNews.Listen(ConnectionString, heard, _clock.Hear, stop);

    internal override UpgradeEngineBuilder Deployment() => DeployChanges.To
        .PostgresqlDatabase(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ToString())
        .WithExecutionTimeout(TimeSpan.FromHours(12));

    internal override IDisposable MigrateAlone()
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false, CommandTimeout = 0 }.ToString());
        connection.Open();
        using var command = new NpgsqlCommand("SELECT pg_advisory_lock(@key)", connection);
        command.Parameters.AddWithValue("key", MigratingLock);
        command.ExecuteNonQuery();
        return connection; // Closing it gives the lock back, and so does dying.
    }

    /// <summary>Two wrote the same at once: whoever lost looks again at what the winner left.</summary>
    internal static bool IsLostRace(PostgresException failure) => failure.SqlState
        is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.UniqueViolation;

    private long AskTheTime()
    {
        using var connection = _source.OpenConnection();
        using var command = new NpgsqlCommand(TimeSql, connection);
        return (long)command.ExecuteScalar()!;
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing) return;
        Reads.Dispose();
        _source.Dispose();
    }
}
