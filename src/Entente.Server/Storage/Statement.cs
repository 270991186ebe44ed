using System.Data.Common;
using System.Text.RegularExpressions;

namespace Entente.Server.Storage;

/// <summary>A statement prepared once and run many times; its values are
/// given in the order its names first appear.</summary>
internal sealed partial class Statement : IDisposable
{
    private readonly DbCommand _command;

    public Statement(DbConnection connection, string sql)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        foreach (var name in NamesIn(sql)) _command.Parameters.Add(Parameter(name));
    }

    /// <summary>The names of its values, in the order they first appear.</summary>
    public static List<string> NamesIn(string sql) =>
        [.. Names().Matches(sql).Select(match => match.Value).Distinct()];

    /// <summary>How many rows it changed.</summary>
    public int Run(DbTransaction transaction, params ReadOnlySpan<object?> values) =>
        Bind(transaction, values).ExecuteNonQuery();

    public DbDataReader Read(DbTransaction? transaction, params ReadOnlySpan<object?> values) =>
        Bind(transaction, values).ExecuteReader();

    private DbCommand Bind(DbTransaction? transaction, ReadOnlySpan<object?> values)
    {
        if (values.Length != _command.Parameters.Count)
            throw new InvalidOperationException("Not as many values as names.");
        for (var index = 0; index < values.Length; index++)
            _command.Parameters[index].Value = values[index] ?? DBNull.Value;
        _command.Transaction = transaction;
        return _command;
    }

    private DbParameter Parameter(string name)
    {
        var parameter = _command.CreateParameter();
        parameter.ParameterName = name;
        return parameter;
    }

    public void Dispose() => _command.Dispose();

    [GeneratedRegex("@[a-z_]+")]
    internal static partial Regex Names();
}
