using System.Collections.Concurrent;
using Npgsql;

namespace Entente.Server.Storage.Postgres;

/// <summary>
/// Statements with named values as PostgreSQL takes them: each by itself, with numbers in place of names, worked out
/// once. No text of ours has a semicolon or an at-sign in a literal.
/// </summary>
internal sealed class Script
{
    private static readonly ConcurrentDictionary<string, Script> Known = new();
    private readonly List<(string Text, int[] Values)> _statements = [];
    private readonly int _values;

    private Script(string sql)
    {
        var names = Statement.NamesIn(sql);
        _values = names.Count;
        const StringSplitOptions Whole = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        foreach (var statement in sql.Split(';', Whole))
        {
            var own = Statement.NamesIn(statement);
            _statements.Add((
                Statement.Names().Replace(statement, match => $"${own.IndexOf(match.Value) + 1}"),
                [.. own.Select(name => names.IndexOf(name))]));
        }
    }

    public static Script Of(string sql) => Known.GetOrAdd(sql, static text => new(text));

    public void Write(NpgsqlBatch batch, object?[] values)
    {
        if (values.Length != _values) throw new InvalidOperationException("Not as many values as names.");
        foreach (var (text, own) in _statements)
        {
            var command = new NpgsqlBatchCommand(text);
            foreach (var index in own) command.Parameters.Add(new() { Value = values[index] ?? DBNull.Value });
            batch.BatchCommands.Add(command);
        }
    }
}
