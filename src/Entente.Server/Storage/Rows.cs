using Dapper;

namespace Entente.Server.Storage;

/// <summary>Many rows of values in one statement, which takes one journey to the database.</summary>
internal static class Rows
{
    /// <summary>As many as go together; the text of a statement differs with their number.</summary>
    public const int TogetherMax = 32;

    /// <summary>VALUES with a parameter for each, which are added to the others.</summary>
    public static string Values(DynamicParameters values, IEnumerable<object?[]> rows) =>
        $"VALUES {string.Join(", ", rows.Select((row, no) => Tuple(values, row, no)))}";

    private static string Tuple(DynamicParameters values, object?[] row, int no)
    {
        var names = row.Select((_, column) => $"@r{no}_{column}").ToArray();
        for (var column = 0; column < row.Length; column++) values.Add(names[column], row[column]);
        return $"({string.Join(", ", names)})";
    }
}
