using System.Globalization;
using Dapper;
using Npgsql;

namespace Entente.Bench;

/// <summary>Which statements PostgreSQL spent its time on, by its own count: the profile of a rate.</summary>
internal sealed class Statements(string connection)
{
    private const int Shown = 14;
    private const int WordsMax = 90;

    public void Begin()
    {
        using var database = new NpgsqlConnection(connection);
        database.Execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements; SELECT pg_stat_statements_reset()");
    }

    /// <param name="commands">What the counts are divided by.</param>
    public void Print(double commands)
    {
        using var database = new NpgsqlConnection(connection);
        var all = database.Query<(string Query, long Calls, double Milliseconds)>(
            """
            SELECT query, calls, total_exec_time FROM pg_stat_statements
            WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
            ORDER BY total_exec_time DESC
            """).AsList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  in PostgreSQL for a command: {all.Sum(row => row.Calls) / commands:N1} statements, "
            + $"{all.Sum(row => row.Milliseconds) * 1000 / commands:N0} µs within them, of which"));
        foreach (var (query, calls, milliseconds) in all.Take(Shown))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"    {milliseconds * 1000 / commands,6:N0} µs {calls / commands,6:N2} x {Short(query)}"));
    }

    private static string Short(string query)
    {
        var line = string.Join(' ', query.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= WordsMax ? line : line[..WordsMax];
    }
}
