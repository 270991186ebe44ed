using Npgsql;

namespace Entente.Server.Storage.Postgres;

/// <summary>
/// A connection within the time that is set for it. The driver counts that time anew for each thing it tries, and a
/// database that takes everything and says nothing would keep people waiting for all of them.
/// </summary>
internal static class Opening
{
    public static async Task<NpgsqlConnection> OpenInTime(
        this NpgsqlDataSource source, TimeSpan patience, CancellationToken stop = default)
    {
        var opening = source.OpenConnectionAsync(stop).AsTask();
        try
        {
            return await opening.WaitAsync(patience, stop);
        }
        catch (TimeoutException late)
        {
            _ = SendHome(opening);
            throw new NpgsqlException("The database does not answer.", late);
        }
    }

    /// <summary>Nobody waits for it any more.</summary>
    private static async Task SendHome(Task<NpgsqlConnection> opening)
    {
        try
        {
            await (await opening).DisposeAsync();
        }
        catch (Exception failure) when (failure is NpgsqlException or OperationCanceledException)
        {
            // It did not come about in the end.
        }
    }
}
