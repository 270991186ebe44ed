using System.Data.Common;
using Dapper;

namespace Entente.Server.Storage;

/// <summary>Many rows of values in one statement, which takes one journey to the database.</summary>
internal static class Rows
{
    /// <summary>As many as go together; the text of a statement differs with their number.</summary>
    private const int TogetherMax = 32;

    /// <summary>Runs a statement with all rows, in as few parts as there is room.</summary>
    /// <param name="statement">Makes the statement of VALUES with a parameter for each.</param>
    /// <param name="more">What else it names.</param>
    public static async Task Write(
        DbTransaction transaction, IEnumerable<object?[]> rows, Func<string, string> statement, object? more = null)
    {
        foreach (var together in rows.Chunk(TogetherMax))
        {
            var values = new DynamicParameters(more);
            var sql = statement($"VALUES {string.Join(", ", together.Select((row, no) => Tuple(values, row, no)))}");
            await transaction.Connection!.ExecuteAsync(sql, values, transaction);
        }
    }

    private static string Tuple(DynamicParameters values, object?[] row, int no)
    {
        var names = row.Select((_, column) => $"@r{no}_{column}").ToArray();
        for (var column = 0; column < row.Length; column++) values.Add(names[column], row[column]);
        return $"({string.Join(", ", names)})";
    }
}
