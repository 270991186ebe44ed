using Npgsql;
using NpgsqlTypes;

namespace Entente.Server.Storage.Postgres;

/// <summary>One statement for the rows of many commands: each parameter is a column, given as an array.</summary>
internal sealed class Unnested(string sql, string types)
{
    private readonly Column[] _columns = [.. types.Select(Column.Of)];

    /// <summary>How many rows it has to change, or else somebody else was faster.</summary>
    public int Count { get; private set; }

    public void Add(params ReadOnlySpan<object?> values)
    {
        if (values.Length != _columns.Length) throw new InvalidOperationException("Not as many values as columns.");
        for (var index = 0; index < values.Length; index++) _columns[index].Add(values[index]);
        Count++;
    }

    public NpgsqlBatchCommand Command()
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var column in _columns) command.Parameters.Add(column.Parameter());
        return command;
    }

    /// <summary>t: text, i: integer, l: bigint, b: bytea.</summary>
    private abstract class Column
    {
        public static Column Of(char type) => type switch
        {
            't' => new Of<string?>(NpgsqlDbType.Text),
            'i' => new Of<int?>(NpgsqlDbType.Integer),
            'l' => new Of<long?>(NpgsqlDbType.Bigint),
            'b' => new Of<byte[]?>(NpgsqlDbType.Bytea),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
        };

        public abstract void Add(object? value);

        public abstract NpgsqlParameter Parameter();
    }

    private sealed class Of<T>(NpgsqlDbType type) : Column
    {
        private readonly List<T> _values = [];

        public override void Add(object? value) => _values.Add((T)value!);

        public override NpgsqlParameter Parameter() =>
            new NpgsqlParameter<T[]> { TypedValue = [.. _values], NpgsqlDbType = NpgsqlDbType.Array | type };
    }
}
