using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using Entente.Domain;
using Entente.Server.Api;
using Entente.Server.Desk;
using Entente.Server.Storage;

namespace Entente.Tests.Storage;

/// <summary>The centre is killed in the middle of its work, thirty times;
/// whatever it had acknowledged is there.</summary>
[Trait("Category", "slow")]
public sealed class KillTests : IDisposable
{
    private const int Rounds = 60;
    private const int Writers = 8;
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentDictionary<string, DisputeId> _acknowledged = new();
    private readonly Uri _address = new($"http://127.0.0.1:{FreePort()}");
    private string _key = "";

    [Fact]
    public async Task Killed_sixty_times_while_eight_write_the_centre_has_lost_nothing_it_acknowledged()
    {
        var disputes = await Prepare();
        for (var round = 0; round < Rounds; round++)
        {
            var before = _acknowledged.Count;
            await WriteUntilKilled(disputes, round);
            Assert.True(_acknowledged.Count > before, $"Nothing was acknowledged in round {round}.");
            await Verify();
        }
        TestContext.Current.SendDiagnosticMessage($"{_acknowledged.Count} acknowledged over {Rounds} kills, none lost");
    }

    private async Task<List<DisputeId>> Prepare()
    {
        using var database = new Database(_folder.Path, TimeProvider.System);
        Migrations.Run(database);
        var here = Desk.OpenDesk.Here;
        await new Marketplaces(database).Add(new(here, "Here", "en", "Europe/Paris"));
        var policies = new PolicyShelf(database);
        await policies.Publish(here, TestPolicy.Bytes, "operator");
        _key = await new KeyRing(database).Make(here, "test", Enum.GetValues<Scope>());
        var orders = new OrderBook(database, new(database));
        using var store = new DisputeStore(database, new(database), new());
        var door = new DisputeDesk(store, orders, policies, Antecedents.From(database, store, policies));
        var disputes = new List<DisputeId>();
        for (var number = 0; number < Writers; number++)
        {
            var id = (await orders.Import(here, [Handed(number)]))[0].Id;
            var order = (await orders.Find(id))!.Order;
            var claim = new Domain.Disputes.OpenDispute(
                here, order.Lines[0].Seller, [new(1, 1, Domain.Disputes.Reason.Damaged)],
                Desk.OpenDesk.Text("It is broken."),
                [new(Domain.Disputes.RemedyKind.FullRefund, [new(1, 1)], null)], ["en"]);
            disputes.Add(Assert.IsType<Reply.Done>(await door.Open(id, claim, Desk.OpenDesk.Buyer, "test")).Dispute.Id);
        }
        return disputes;
    }

    private static OrderToImport Handed(int number)
    {
        var yesterday = Instant.FromDateTimeOffset(DateTimeOffset.UtcNow.AddDays(-1));
        return Desk.OpenDesk.Handed($"K-{number}") with { Dates = new(yesterday, Delivered: yesterday) };
    }

    private async Task WriteUntilKilled(List<DisputeId> disputes, int round)
    {
        using var centre = Process.Start(new ProcessStartInfo("dotnet",
            [Path.Combine(AppContext.BaseDirectory, "entente.dll"), "serve", "--data", _folder.Path, "--address",
                _address.ToString(), "--no-demo"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ENTENTE_LIMITS__KEYREQUESTSPERSECOND"] = "1000000", [
                "ENTENTE_LIMITS__MESSAGESPERMINUTE"] = "1000000" },
        })!;
        try
        {
            centre.OutputDataReceived += (_, _) => { };
            centre.BeginOutputReadLine();
            centre.BeginErrorReadLine();
            await Answering(centre);
            await FirstAnswerAgain();
            var writing = disputes.Select(
                (dispute, number) => Task.Run(() => Write(dispute, $"{round}-{number}"))).ToList();
            await FirstAcknowledged(round);
            await Task.Delay(Random.Shared.Next(20, 300));
            centre.Kill();
            await Task.WhenAll(writing);
        }
        finally
        {
            if (!centre.HasExited) centre.Kill();
            await centre.WaitForExitAsync();
        }
    }

    private async Task Answering(Process centre)
    {
        using var client = Client();
        var patience = Stopwatch.StartNew(); // Beside other work a start takes its time.
        while (patience.Elapsed < TimeSpan.FromMinutes(2) && !centre.HasExited)
        {
            try
            {
                if ((await client.GetAsync(new Uri("/health/live", UriKind.Relative))).IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50); // Not up yet.
            }
        }
        Assert.Fail(centre.HasExited
            ? $"The centre ended by itself: {centre.ExitCode}."
            : "The centre does not start again.");
    }

    private async Task FirstAcknowledged(int round)
    {
        for (var tries = 0; tries < 600
            && !_acknowledged.Keys.Any(key => key.StartsWith($"{round}-", StringComparison.Ordinal)); tries++)
            await Task.Delay(20);
    }

    /// <summary>A key acknowledged before the kill gives its first answer after it.</summary>
    private async Task FirstAnswerAgain()
    {
        using var client = Client();
        foreach (var (key, dispute) in _acknowledged.Take(1))
            Assert.Contains(DisputeCall.ReplayedHeader,
                (await Post(client, dispute, key)).Headers.Select(header => header.Key));
    }

    private async Task Write(DisputeId dispute, string name)
    {
        using var client = Client();
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

    private static Task<HttpResponseMessage> Post(HttpClient client, DisputeId dispute, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/disputes/{dispute}/messages")
        {
            Content = JsonContent.Create(new { text = $"Message {key}." }),
        };
        request.Headers.Add(DisputeCall.KeyHeader, key);
        return client.SendAsync(request);
    }

    private HttpClient Client()
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = _address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", _key);
        client.DefaultRequestHeaders.Add(KeyAuthentication.BehalfHeader, "buyer:buyer-1");
        return client;
    }

    private async Task Verify()
    {
        using var database = new Database(_folder.Path, TimeProvider.System);
        var keys = new PersonKeys(database);
        Assert.Empty((await new Verification(database, keys, new(database)).Run()).Faults);
        using var store = new DisputeStore(database, keys, new());
        var asker = $"key:{_key.Split('_')[1]}";
        foreach (var (key, dispute) in _acknowledged)
            Assert.True(await store.Answer(dispute.Order, asker, key) is { } answer && answer.Dispute == dispute,
                $"{key} was acknowledged and is lost.");
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose() => _folder.Dispose();
}
