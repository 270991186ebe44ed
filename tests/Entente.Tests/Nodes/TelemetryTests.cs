using System.Net;
using System.Net.Http.Json;
using Entente.Tests.Faults;
using Entente.Tests.Storage;

namespace Entente.Tests.Nodes;

/// <summary>A real node tells a real collector how it does, and nothing of what people say or who they are.</summary>
public sealed class TelemetryTests : IDisposable
{
    private readonly TestDatabase _database = new();
    private readonly OtlpReceiver _collector = new(NodeProcess.FreePort());

    [Fact]
    public async Task Traces_metrics_and_logs_arrive_and_carry_no_personal_data()
    {
        NodeTown town;
        using (var database = _database.Open(TimeProvider.System)) town = await NodeTown.Found(database, 1);
        using var node = new NodeProcess(_database.Folder, _database.Connection, new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _collector.Address.ToString(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "200",
        });
        await node.Start();
        using var buyer = node.Client(town.Key);
        var dispute = $"/v1/disputes/{town.Disputes[0]}";
        await Post(buyer, $"{dispute}/messages", new { text = "Hortensia" }, HttpStatusCode.Created);
        await Post(buyer, $"{dispute}/offers/1/acceptance", new { }, HttpStatusCode.Conflict);
        await buyer.GetAsync(new Uri("/v1/disputes?q=coquelicot", UriKind.Relative));
        var metrics = await _collector.Until("metrics", "entente.commit.batch", "entente.commit.waiting",
            "entente.queue.length", "outbox_parked", "entente.queue.age", "entente.answers", "post_message",
            "offer_not_open");
        var traces = await _collector.Until("traces", "commit", "POST /v1/disputes/{dispute}/messages", "post_message",
            "GET /v1/disputes");
        await node.Stop();
        var logs = _collector.Of("logs");
        foreach (var secret in new[] { "Hortensia", "coquelicot", "buyer-1", "Ana", town.Key })
            Assert.DoesNotContain(secret, metrics + traces + logs, StringComparison.Ordinal);
    }

    private static async Task Post(HttpClient client, string path, object body, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
        {
            Content = JsonContent.Create(body), Headers = { { "Idempotency-Key", Guid.NewGuid().ToString() } },
        };
        using var answer = await client.SendAsync(request);
        Assert.True(expected == answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public void Dispose()
    {
        _collector.Dispose();
        _database.Dispose();
    }
}
