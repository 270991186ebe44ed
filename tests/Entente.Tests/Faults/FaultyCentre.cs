using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Dapper;
using Entente.Domain.Disputes;
using Entente.Server.Api;
using Entente.Server.Desk;
using Entente.Server.Storage;
using Entente.Tests.Desk;
using Entente.Tests.Server;
using Entente.Tests.Storage;

namespace Entente.Tests.Faults;

/// <summary>A centre that is written to while things go wrong, and what it acknowledged meanwhile.</summary>
internal sealed class FaultyCentre : IAsyncDisposable
{
    private readonly ServerUnderTest _server;
    private readonly HttpClient _client;
    private readonly ConcurrentDictionary<string, string> _acknowledged = new();
    private int _unavailable;

    private FaultyCentre(ServerUnderTest server, HttpClient client) => (_server, _client) = (server, client);

    public List<string> Disputes { get; } = [];
    public int Acknowledged => _acknowledged.Count;
    public int Unavailable => _unavailable;
    public TimeSpan Longest { get; private set; }
    public DisputeStore Store => _server.Get<DisputeStore>();

    public static async Task<FaultyCentre> Start(string connection, int disputes)
    {
        var server = await ServerUnderTest.Start(
            change: settings => settings with { Connection = connection }, on: On.Sqlite);
        var here = OpenDesk.Here;
        await server.Get<Marketplaces>().Add(new(here, "Here", "en", "Europe/Paris"));
        await server.Get<PolicyShelf>().Publish(here, TestPolicy.Bytes, "operator");
        var client = await server.WithKey(here, "buyer:buyer-1");
        client.Timeout = TimeSpan.FromSeconds(40);
        var centre = new FaultyCentre(server, client);
        for (var number = 0; number < disputes; number++) centre.Disputes.Add(await Opened(server, number));
        return centre;
    }

    private static async Task<string> Opened(ServerUnderTest server, int number)
    {
        var yesterday = Instant.FromDateTimeOffset(DateTimeOffset.UtcNow.AddDays(-1));
        var handed = OpenDesk.Handed($"F-{number}") with { Dates = new(yesterday, Delivered: yesterday) };
        var id = (await server.Get<OrderBook>().Import(OpenDesk.Here, [handed]))[0].Id;
        var order = (await server.Get<OrderBook>().Find(id))!.Order;
        var claim = new OpenDispute(OpenDesk.Here, order.Lines[0].Seller, [new(1, 1, Reason.Damaged)],
            OpenDesk.Text("It is broken."), [new(RemedyKind.FullRefund, [new(1, 1)], null)], ["en"]);
        var reply = await server.Get<DisputeDesk>().Open(id, claim, OpenDesk.Buyer, "test");
        return Assert.IsType<Reply.Done>(reply).Dispute.Id.ToString();
    }

    public async Task<bool> IsReady()
    {
        using var answer = await _client.GetAsync(new Uri("/health/ready", UriKind.Relative));
        return answer.IsSuccessStatusCode;
    }

    public async Task<HttpResponseMessage> Post(int writer, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/disputes/{Disputes[writer]}/messages")
        {
            Content = JsonContent.Create(new { text = $"Message {key}." }),
        };
        request.Headers.Add(DisputeCall.KeyHeader, key);
        return await _client.SendAsync(request);
    }

    /// <summary>One writer a dispute; what fails is asked again under its key until it is acknowledged.</summary>
    public Task WriteUntil(CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, Disputes.Count).Select(writer => Task.Run(async () =>
        {
            for (var number = 0; !stop.IsCancellationRequested; number++)
                await Acknowledge(writer, $"{writer}-{number}");
        })));

    private async Task Acknowledge(int writer, string key)
    {
        while (true)
        {
            var watch = Stopwatch.StartNew();
            using var answer = await Post(writer, key);
            lock (_acknowledged) Longest = watch.Elapsed > Longest ? watch.Elapsed : Longest;
            if (answer.IsSuccessStatusCode)
            {
                _acknowledged[key] = Disputes[writer];
                return;
            }
            Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable,
                $"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
            Interlocked.Increment(ref _unavailable);
            await Task.Delay(50);
        }
    }

    /// <summary>Everything acknowledged is there, nothing is there twice, and every chain verifies.</summary>
    public async Task VerifyAll()
    {
        var database = _server.Get<Database>();
        var keys = _server.Get<PersonKeys>();
        Assert.Empty((await new Verification(database, keys, new(database)).Run()).Faults);
        await using var connection = await database.Open();
        var written = (await connection.QueryAsync<string>("SELECT key FROM idempotency")).ToHashSet();
        Assert.Empty(_acknowledged.Keys.Except(written));
        Assert.Equal(
            written.Count(key => key.Contains('-')),
            await connection.ExecuteScalarAsync<int>(
                """
                SELECT count(*) FROM event WHERE kind = 'message_posted'
                AND order_id IN (SELECT order_id FROM idempotency)
                """));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }
}
