using Entente.Domain;
using Npgsql;

namespace Entente.Server.Storage.Postgres;

/// <summary>What nodes tell each other: which disputes a batch changed, in one NOTIFY.</summary>
internal static class PostgresNews
{
    /// <summary>The channel everybody listens on.</summary>
    public const string Channel = "entente";
    private const int PayloadBytesMax = 7_900;
    private const string Anything = "*";
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(5);

    public static string Payload(IEnumerable<DisputeId> disputes)
    {
        var payload = string.Join(' ', disputes.Distinct());
        return payload.Length <= PayloadBytesMax ? payload : Anything;
    }

    /// <summary>
    /// Listens until it is stopped or the connection breaks; begins with "anything", as much may have been missed.
    /// </summary>
    public static async Task Listen(
        string connectionString, Action<DisputeId?> heard, Action<long> time, CancellationToken stop)
    {
        // Of its own and never given back: nobody else should find themselves listening.
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        await connection.OpenAsync(stop);
        connection.Notification += (_, news) => Tell(news.Payload, heard);
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
            await listen.ExecuteNonQueryAsync(stop);
        heard(null);
        await using var clock = new NpgsqlCommand(
            "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint", connection);
        while (true)
        {
            // The connection proves itself now and then, and the clock is set by the way.
            time((long)(await clock.ExecuteScalarAsync(stop))!);
            await connection.WaitAsync(LongestSilence, stop);
        }
    }

    private static void Tell(string payload, Action<DisputeId?> heard)
    {
        if (payload == Anything)
        {
            heard(null);
            return;
        }
        foreach (var word in payload.Split(' '))
            if (DisputeId.TryParse(word, out var dispute))
                heard(dispute);
    }
}
