using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace Entente.Server.Storage;

/// <summary>A statement prepared once and run many times; its values are given in the order its names first appear.</summary>
internal sealed partial class Statement : IDisposable
{
    private readonly SqliteCommand _command;

    public Statement(SqliteConnection connection, string sql)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        foreach (var name in Names().Matches(sql).Select(match => match.Value).Distinct())
            _command.Parameters.Add(new SqliteParameter { ParameterName = name });
    }

    /// <summary>How many rows it changed.</summary>
    public int Run(SqliteTransaction transaction, params ReadOnlySpan<object?> values) =>
        Bind(transaction, values).ExecuteNonQuery();

    public SqliteDataReader Read(SqliteTransaction? transaction, params ReadOnlySpan<object?> values) =>
        Bind(transaction, values).ExecuteReader();

    private SqliteCommand Bind(SqliteTransaction? transaction, ReadOnlySpan<object?> values)
    {
        if (values.Length != _command.Parameters.Count) throw new InvalidOperationException("Not as many values as names.");
        for (var index = 0; index < values.Length; index++) _command.Parameters[index].Value = values[index] ?? DBNull.Value;
        _command.Transaction = transaction;
        return _command;
    }

    public void Dispose() => _command.Dispose();

    [GeneratedRegex("@[a-z_]+")]
    private static partial Regex Names();
}
