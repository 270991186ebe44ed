using System.Data.Common;
using Dapper;
using Entente.Server.Storage;

namespace Entente.Server.Nodes;

/// <summary>
/// Whether this node should be sent people: its database answers, and it is not about to stop. Alive it is as long as
/// it answers at all.
/// </summary>
public sealed class Readiness(Database database, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private volatile bool _leaves;

    /// <summary>From now on others are sent the people; what is being done here is done to its end.</summary>
    public void Leave() => _leaves = true;

    public async Task<bool> IsReady(CancellationToken stop)
    {
        if (_leaves || lifetime.ApplicationStopping.IsCancellationRequested) return false;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            return await Answers(patience.Token).WaitAsync(patience.Token);
        }
        catch (Exception failure)
            when (failure is DbException or OperationCanceledException or TimeoutException or IOException)
        {
            return false;
        }
    }

    private async Task<bool> Answers(CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "SELECT count(*) FROM marketplace", cancellationToken: stop));
        return true;
    }
}
