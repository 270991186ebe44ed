using System.Collections.Concurrent;
using Dapper;
using Entente.Domain;
using Entente.Server.Storage;
using Entente.Tests.Storage;

namespace Entente.Tests.Faults;

/// <summary>
/// Two nodes on one PostgreSQL, each killed in turn under load while the other goes on, and one frozen and thawed; who
/// writes asks the other node under the same key.
/// </summary>
[Trait("Category", "slow")]
public sealed class NodeKillTests : IDisposable
{
    private const int Kills = 30;
    private const int Writers = 6;

    /// <summary>Milliseconds between two messages of a writer: a node that starts needs some of two cores.</summary>
    private const int Breath = 50;
    private readonly PostgresUnderTest _postgres = new(isDurable: true);
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentDictionary<string, DisputeId> _acknowledged = new();
    private readonly NodeProcess[] _nodes;
    private readonly string _connection;
    private string _key = "";

    public NodeKillTests()
    {
        _connection = _postgres.NewMigrated();
        _nodes = [new(_folder.Path, _connection), new(_folder.Path, _connection)];
    }

    [Fact]
    public async Task Nodes_killed_thirty_times_lose_nothing_and_the_other_goes_on()
    {
        NodeTown town;
        using (var database = new Database(_folder.Path, _connection, TimeProvider.System))
            town = await NodeTown.Found(database, Writers);
        _key = town.Key;
        await Task.WhenAll(_nodes.Select(node => node.Start()));
        using var stop = new CancellationTokenSource();
        var writing = town.Disputes
            .Select((dispute, writer) => Task.Run(() => Write(dispute, writer, stop.Token))).ToList();
        for (var kill = 0; kill < Kills; kill++)
        {
            await SomeAcknowledged(Writers);
            _nodes[kill % 2].Kill();
            await SomeAcknowledged(Writers); // By the one that is left.
            await _nodes[kill % 2].Start();
        }
        await FreezeAndThaw();
        await stop.CancelAsync();
        await Task.WhenAll(writing);
        await Verify();
        FaultReport.Note("kill -9 of one of two nodes", Kills,
            $"{_acknowledged.Count} acknowledged, all there once, by the other node meanwhile; chains verify");
    }

    private async Task FreezeAndThaw()
    {
        _nodes[0].Signal("-STOP");
        await SomeAcknowledged(Writers / 2);
        await Task.Delay(3000);
        _nodes[0].Signal("-CONT");
        await SomeAcknowledged(Writers);
        FaultReport.Note("node frozen 3 s and thawed", 1, "the other went on; nothing twice");
    }

    private async Task Write(DisputeId dispute, int writer, CancellationToken stop)
    {
        var clients = _nodes.Select(node => node.Client(_key, seconds: 2.5)).ToList();
        for (var (number, at) = (0, writer); !stop.IsCancellationRequested; number++)
        {
            var key = $"{writer}-{number}";
            while (!await TryPost(clients[at % 2], dispute, key)) at++;
            _acknowledged[key] = dispute;
            await Task.Delay(Breath, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<bool> TryPost(HttpClient client, DisputeId dispute, string key)
    {
        try
        {
            using var request = NodeTown.Message(dispute, key);
            using var answer = await client.SendAsync(request);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException)
        {
            await Task.Delay(20);
            return false; // Killed or frozen: the other is asked.
        }
    }

    private async Task SomeAcknowledged(int more)
    {
        var before = _acknowledged.Count;
        for (var patience = 0; _acknowledged.Count < before + more; patience++)
        {
            Assert.True(patience < 3000, "Nobody is answered any more.");
            await Task.Delay(20);
        }
    }

    private async Task Verify()
    {
        using var database = new Database(_folder.Path, _connection, TimeProvider.System);
        var keys = new PersonKeys(database);
        Assert.Empty((await new Verification(database, keys, new(database)).Run()).Faults);
        await using var connection = await database.Open();
        var written = (await connection.QueryAsync<string>("SELECT key FROM idempotency")).ToHashSet();
        Assert.Empty(_acknowledged.Keys.Except(written));
        Assert.Equal(written.Count,
            await connection.ExecuteScalarAsync<int>("SELECT count(*) FROM event WHERE kind = 'message_posted'"));
    }

    public void Dispose()
    {
        foreach (var node in _nodes) node.Dispose();
        _postgres.Dispose();
        _folder.Dispose();
    }
}
