using System.Data.Common;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace Entente.Server.Storage;

/// <summary>
/// <c>entente move</c>: copies a centre from the embedded database to an empty PostgreSQL, row by row, and then
/// computes every chain anew over there. The source is only read; nobody may write to it meanwhile.
/// </summary>
internal static class Moving
{
    public static async Task<int> Run(Settings settings, TextWriter output, CancellationToken stop)
    {
        if (settings.Connection is null || !File.Exists(Path.Combine(settings.DataFolder, Database.FileName)))
        {
            await output.WriteLineAsync(
                "needs a data folder with a database, and --database with PostgreSQL's connection");
            return 2;
        }
        using var from = new Database(settings.DataFolder, TimeProvider.System);
        using var to = Database.Of(settings, TimeProvider.System);
        Migrations.Run(from);
        Migrations.Run(to);
        await using var reading = await from.Open(stop);
        await using var writing = (NpgsqlConnection)await to.Open(stop);
        if (await writing.ExecuteScalarAsync<bool>(
            "SELECT EXISTS (SELECT 1 FROM marketplace) OR EXISTS (SELECT 1 FROM orders)"))
        {
            await output.WriteLineAsync("the other database holds a centre already; nothing was copied");
            return 2;
        }
        await using (var transaction = await writing.BeginTransactionAsync(stop))
        {
            await writing.ExecuteAsync("DELETE FROM node_key"); // A node may have looked in before.
            foreach (var table in await Tables(writing))
                await output.WriteLineAsync($"{await Copy(table, reading, writing, stop),10} {table}");
            await transaction.CommitAsync(stop);
        }
        return await VerifyCommand.Run(settings, output, stop);
    }

    private static async Task<List<string>> Tables(NpgsqlConnection connection) => (await connection.QueryAsync<string>(
        """
        SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
        AND relname <> 'schemaversions' ORDER BY relname
        """)).ToList();

    private static async Task<long> Copy(string table, DbConnection from, NpgsqlConnection to, CancellationToken stop)
    {
        var columns = (await to.QueryAsync<(string Name, string Type)>(
            """
            SELECT column_name::text, data_type::text FROM information_schema.columns
            WHERE table_schema = 'public' AND table_name = @table AND is_generated = 'NEVER' ORDER BY ordinal_position
            """, new { table })).ToList();
        var names = string.Join(", ", columns.Select(column => $"\"{column.Name}\""));
        await using var command = from.CreateCommand();
        command.CommandText = $"SELECT {names} FROM \"{table}\"";
        await using var rows = await command.ExecuteReaderAsync(stop);
        await using var copy = await to.BeginBinaryImportAsync(
            $"COPY \"{table}\" ({names}) FROM STDIN (FORMAT binary)", stop);
        var count = 0L;
        for (; await rows.ReadAsync(stop); count++)
        {
            await copy.StartRowAsync(stop);
            for (var index = 0; index < columns.Count; index++)
                await Write(copy, rows, index, columns[index].Type, stop);
        }
        await copy.CompleteAsync(stop);
        return count;
    }

    private static Task Write(
        NpgsqlBinaryImporter copy, DbDataReader row, int index, string type, CancellationToken stop) =>
        row.IsDBNull(index)
            ? copy.WriteNullAsync(stop)
            : type switch
            {
                "bigint" => copy.WriteAsync(row.GetInt64(index), NpgsqlDbType.Bigint, stop),
                "integer" => copy.WriteAsync(row.GetInt32(index), NpgsqlDbType.Integer, stop),
                "boolean" => copy.WriteAsync(row.GetBoolean(index), NpgsqlDbType.Boolean, stop),
                "bytea" => copy.WriteAsync((byte[])row[index], NpgsqlDbType.Bytea, stop),
                "text" => copy.WriteAsync(row.GetString(index), NpgsqlDbType.Text, stop),
                _ => throw new NotSupportedException($"Nobody taught moving the type {type}."),
            };
}
