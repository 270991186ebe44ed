using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Entente.Server.Storage;

/// <summary>Everything that is SQLite's own; the rest of the SQL is common to all databases.</summary>
internal static class Dialect
{
    /// <summary>The folder of the numbered scripts.</summary>
    public const string Scripts = "sqlite";
    private const int SecondsToWaitForAnotherProcess = 30;

    public static string ConnectionString(string file) => new SqliteConnectionStringBuilder
    {
        DataSource = file,
        ForeignKeys = true,
        DefaultTimeout = SecondsToWaitForAnotherProcess,
    }.ToString();

    /// <summary>What a writing connection needs: nothing acknowledged is lost, not even with the power.</summary>
    public static void Prepare(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout = 30000; PRAGMA synchronous = FULL;";
        command.ExecuteNonQuery();
    }

    /// <summary>Once in a database's life; the file remembers it.</summary>
    public static void Create(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL;";
        command.ExecuteNonQuery();
    }

    /// <summary>A transaction that holds the right to write from its first moment (BEGIN IMMEDIATE).</summary>
    public static DbTransaction BeginWriting(DbConnection connection) =>
        ((SqliteConnection)connection).BeginTransaction(IsolationLevel.Serializable, deferred: false);

    /// <summary>A transaction that sees the database as it stood at its first reading.</summary>
    public static DbTransaction BeginReading(DbConnection connection) =>
        ((SqliteConnection)connection).BeginTransaction(deferred: true);
}
