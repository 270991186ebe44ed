using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Dapper;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Api;
using Entente.Server.Desk;
using Entente.Server.Storage;
using Entente.Tests.Server;
using Entente.Tests.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Entente.Tests.Api;

/// <summary>Real orders go in by the documented import, and real complaints
/// are opened on them (docs/real-data.md).</summary>
[Trait("Category", "slow")]
public class OlistTests(ITestOutputHelper output)
{
    private static readonly MarketplaceId Marketplace = new("olist");

    [Fact]
    public async Task Real_orders_go_in_twice_and_real_complaints_are_opened_on_them()
    {
        var lines = OlistData.OrderLines().ToList();
        // The orders are of 2016 to 2018; the longest window that rules may have is ten years.
        var clock = new FakeTimeProvider(new DateTimeOffset(2018, 11, 1, 12, 0, 0, TimeSpan.Zero));
        await using var server = await ServerUnderTest.Start(clock, on: On.Sqlite);
        await server.Get<Marketplaces>().Add(new(Marketplace, "Olist", "en", "America/Sao_Paulo"));
        await server.Get<PolicyShelf>().Publish(Marketplace, TestPolicy.Bytes, "test");
        var market = new ApiHouse.Program(await server.WithKey(Marketplace));

        await Import(market, lines);
        var complaints = OlistData.Complaints();
        var opened = await OpenAll(market, complaints);
        await ReadLists(market, opened);
        await Move(server, clock, lines.Count, opened.Count);
    }

    /// <summary>The whole centre goes to PostgreSQL, verifies there, and every dispute reads as it did.</summary>
    private async Task Move(ServerUnderTest server, FakeTimeProvider clock, int orders, int disputes)
    {
        var connection = PostgresUnderTest.Shared.NewDatabase();
        var settings = server.Settings with { Connection = connection };
        using var said = new StringWriter();
        var took = Stopwatch.StartNew();
        Assert.Equal(0, await Moving.Run(settings, said, TestContext.Current.CancellationToken));
        Print($"moved and verified in {took.Elapsed.TotalSeconds:0.0} s");
        Print(said.ToString());
        using (var there = Database.Of(settings, clock))
        using (var store = new DisputeStore(there, new(there), new()))
        {
            await using var reading = await there.Open();
            Assert.Equal(orders, await reading.ExecuteScalarAsync<int>("SELECT count(*) FROM orders"));
            var moved = (await reading.QueryAsync<(string Order, string Suffix)>(
                "SELECT order_id, suffix FROM dispute")).ToList();
            Assert.Equal(disputes, moved.Count);
            foreach (var (order, suffix) in moved)
            {
                var id = new DisputeId(new(order), suffix);
                var (here, after) = (await server.Get<DisputeStore>().Whole(id), await store.Whole(id));
                Assert.Equal((here.Dispute, here.Facts), (after.Dispute, after.Facts));
            }
        }
        PostgresUnderTest.Drop(connection);
    }

    private async Task Import(ApiHouse.Program market, List<string> lines)
    {
        var body = string.Join('\n', lines);
        var busy = Environment.CpuUsage.TotalTime;
        var (first, took) = await Timed(
            () => market.Send("POST", "/v1/orders/bulk", body, type: NdjsonLines.MediaType));
        busy = Environment.CpuUsage.TotalTime - busy;
        Print($"first import: {took.TotalSeconds:0.0} s ({busy.TotalSeconds:0.0} s of work), {Counts(first)}");
        // The work, not the clock on the wall: other tests may want the machine too.
        Assert.True(busy < TimeSpan.FromSeconds(60), $"{busy} of work, {took} in all");
        Assert.Equal((lines.Count, 0, 0, 0), Numbers(first));
        var oddities = first.Json.GetProperty("lines").EnumerateArray()
            .SelectMany(line => line.GetProperty("oddities").EnumerateArray())
            .GroupBy(oddity => oddity.GetString()!).ToDictionary(group => group.Key, group => group.Count());
        foreach (var (oddity, count) in oddities) Print($"  {oddity}: {count}");
        Assert.Equal((41, 78, 182), (oddities["no_lines"], oddities["several_sellers"], oddities["several_payments"]));
        var (second, again) = await Timed(
            () => market.Send("POST", "/v1/orders/bulk", body, type: NdjsonLines.MediaType));
        Print($"second import: {again.TotalSeconds:0.0} s, {Counts(second)}");
        Assert.Equal((0, 0, lines.Count, 0), Numbers(second));
    }

    private async Task<List<(string Dispute, string Buyer)>> OpenAll(
        ApiHouse.Program market, IReadOnlyList<Complaint> complaints)
    {
        var (opened, refused, took) = (
            new List<(string, string)>(), new Dictionary<string, int>(), Stopwatch.StartNew());
        foreach (var complaint in complaints)
        {
            var reply = await market.Send(
                OnBehalf(HttpMethod.Post, "/v1/disputes", complaint.Buyer, Opening(complaint)));
            if (reply.Status == 201) opened.Add((reply.Text("dispute"), complaint.Buyer));
            else refused[reply.Code!] = refused.GetValueOrDefault(reply.Code!) + 1;
        }
        Print($"opened {opened.Count} of {complaints.Count} complaints in {took.Elapsed.TotalSeconds:0.0} s");
        foreach (var (code, count) in refused) Print($"  refused {code}: {count}");
        Assert.Equal(697, complaints.Count);
        Assert.Equal(new Dictionary<string, int>
            { ["order_has_no_lines"] = 21, ["units_already_in_dispute"] = 1 }, refused);
        Assert.Equal(675, opened.Count);
        return opened;
    }

    private async Task ReadLists(ApiHouse.Program market, List<(string Dispute, string Buyer)> opened)
    {
        var seen = new HashSet<string>();
        var pages = new List<TimeSpan>();
        for (string? address = "/v1/disputes?limit=50"; address is not null;)
        {
            var (page, took) = await Timed(() => market.Must("GET", address));
            pages.Add(took);
            foreach (var item in page.Json.GetProperty("disputes").EnumerateArray())
                Assert.True(seen.Add(item.GetProperty("id").GetString()!));
            address = page.Json.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        Assert.Equal(opened.Select(dispute => dispute.Dispute).Order(), seen.Order());
        Show("a page of 50 disputes", pages);

        var (reads, own) = (new List<TimeSpan>(), new List<TimeSpan>());
        foreach (var (dispute, buyer) in opened.Take(200))
        {
            reads.Add((await Timed(() => market.Must("GET", $"/v1/disputes/{dispute}"))).Took);
            own.Add((await Timed(() => market.Send(OnBehalf(HttpMethod.Get, "/v1/disputes", buyer, null)))).Took);
        }
        Show("one dispute", reads);
        Show("a buyer's own list", own);
    }

    private void Show(string what, List<TimeSpan> times)
    {
        times.Sort();
        Print(
            $"{what}: p50 {times[times.Count / 2].TotalMilliseconds:0.0} ms, p95 "
                + $"{times[times.Count * 95 / 100].TotalMilliseconds:0.0} ms");
        Assert.True(times[times.Count / 2] < TimeSpan.FromSeconds(1), $"{what} is slow.");
    }

    private static string Opening(Complaint complaint) => JsonSerializer.Serialize(new
    {
        order = complaint.Order,
        seller = complaint.Seller ?? "none",
        items = complaint.Lines.Select(line => new { line, units = 1, reason = Codes.Of(complaint.Reason) }),
        story = complaint.Text,
        language = "pt",
        sought = new[]
            { new { kind = "full_refund", items = complaint.Lines.Select(line => new { line, units = 1 }) } },
    });

    private static HttpRequestMessage OnBehalf(HttpMethod method, string path, string buyer, string? json)
    {
        var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Add(KeyAuthentication.BehalfHeader, $"buyer:{buyer}");
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        return request;
    }

    private static async Task<(ApiHouse.Reply Reply, TimeSpan Took)> Timed(Func<Task<ApiHouse.Reply>> work)
    {
        var watch = Stopwatch.StartNew();
        return (await work(), watch.Elapsed);
    }

    private static (int, int, int, int) Numbers(ApiHouse.Reply report) =>
        (Number(report, "created"), Number(report, "updated"), Number(report, "unchanged"), Number(report, "refused"));

    private static int Number(ApiHouse.Reply report, string name) => report.Json.GetProperty(name).GetInt32();

    private static string Counts(ApiHouse.Reply report) => string.Join(", ",
        new[] { "created", "updated", "unchanged", "refused", "odd" }.Select(name => $"{Number(report, name)} {name}"));

    private void Print(string line) => output.WriteLine(line);
}
