using System.Collections.Concurrent;
using Entente.Domain;
using Entente.Server.Api;
using Entente.Server.Storage;
using Entente.Tests.Storage;

namespace Entente.Tests.Faults;

/// <summary>The centre is killed in the middle of its work, sixty times;
/// whatever it had acknowledged is there.</summary>
[Trait("Category", "slow")]
public sealed class KillTests : IDisposable
{
    private const int Rounds = 60;
    private const int Writers = 8;
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentDictionary<string, DisputeId> _acknowledged = new();

    [Fact]
    public async Task Killed_sixty_times_while_eight_write_the_centre_has_lost_nothing_it_acknowledged()
    {
        NodeTown town;
        using (var database = new Database(_folder.Path, TimeProvider.System))
            town = await NodeTown.Found(database, Writers);
        for (var round = 0; round < Rounds; round++)
        {
            var before = _acknowledged.Count;
            await WriteUntilKilled(town, round);
            Assert.True(_acknowledged.Count > before, $"Nothing was acknowledged in round {round}.");
            await Verify(town);
        }
        FaultReport.Note("kill -9 of the one node, SQLite", Rounds,
            $"{_acknowledged.Count} acknowledged, all there after each kill; chains verify");
    }

    private async Task WriteUntilKilled(NodeTown town, int round)
    {
        using var centre = new NodeProcess(_folder.Path);
        await centre.Start();
        await FirstAnswerAgain(centre, town);
        var writing = town.Disputes.Select(
            (dispute, number) => Task.Run(() => Write(centre.Client(town.Key), dispute, $"{round}-{number}"))).ToList();
        await FirstAcknowledged(round);
        await Task.Delay(Random.Shared.Next(20, 300));
        centre.Kill();
        await Task.WhenAll(writing);
    }

    private async Task FirstAcknowledged(int round)
    {
        for (var tries = 0; tries < 600
            && !_acknowledged.Keys.Any(key => key.StartsWith($"{round}-", StringComparison.Ordinal)); tries++)
            await Task.Delay(20);
    }

    /// <summary>A key acknowledged before the kill gives its first answer after it.</summary>
    private async Task FirstAnswerAgain(NodeProcess centre, NodeTown town)
    {
        using var client = centre.Client(town.Key);
        foreach (var (key, dispute) in _acknowledged.Take(1))
            Assert.Contains(DisputeCall.ReplayedHeader,
                (await Post(client, dispute, key)).Headers.Select(header => header.Key));
    }

    private async Task Write(HttpClient centre, DisputeId dispute, string name)
    {
        using var client = centre;
        for (var number = 0; ; number++)
        {
            try
            {
                var key = $"{name}-{number}";
                var answer = await Post(client, dispute, key);
                Assert.True(answer.IsSuccessStatusCode,
                    $"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
                _acknowledged[key] = dispute;
            }
            catch (HttpRequestException)
            {
                return; // Killed.
            }
        }
    }

    private static Task<HttpResponseMessage> Post(HttpClient client, DisputeId dispute, string key) =>
        client.SendAsync(NodeTown.Message(dispute, key));

    private async Task Verify(NodeTown town)
    {
        using var database = new Database(_folder.Path, TimeProvider.System);
        var keys = new PersonKeys(database);
        Assert.Empty((await new Verification(database, keys, new(database)).Run()).Faults);
        using var store = new DisputeStore(database, keys, new());
        foreach (var (key, dispute) in _acknowledged)
            Assert.True(await store.Answer(dispute.Order, town.Asker, key) is { } answer && answer.Dispute == dispute,
                $"{key} was acknowledged and is lost.");
    }

    public void Dispose() => _folder.Dispose();
}
