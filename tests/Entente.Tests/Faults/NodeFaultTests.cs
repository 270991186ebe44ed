using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Entente.Domain;
using Entente.Server.Api;
using Entente.Server.Storage;
using Entente.Tests.Storage;

namespace Entente.Tests.Faults;

/// <summary>A real node on a bad machine: no room on the disk, a disk that fails, a clock that jumps.</summary>
[Trait("Category", "slow")]
public sealed class NodeFaultTests : IDisposable
{
    private readonly TestDatabase _centre = new(On.Sqlite);
    private readonly List<string> _acknowledged = [];
    private NodeTown _town = null!;
    private int _said;

    [Fact]
    public async Task A_full_disk_is_said_and_nothing_is_lost_and_it_goes_on_when_there_is_room()
    {
        using var disk = new SmallDisk("6m");
        await Found(disk.Path);
        using var node = new NodeProcess(disk.Path);
        await node.Start();
        using var buyer = node.Client(_town.Key);
        HttpStatusCode answer;
        try {
        while ((answer = await Say(buyer, 9_000)) == HttpStatusCode.Created) Assert.True(_said < 5_000);
        Assert.Equal(HttpStatusCode.InsufficientStorage, answer);
        for (var again = 0; again < 20; again++)
            Assert.Equal(HttpStatusCode.InsufficientStorage, await Say(buyer, 9_000));
        } catch (HttpRequestException e) { Assert.Fail(e.Message + node.Said); }
        Assert.True((await buyer.GetAsync(Dispute(""))).IsSuccessStatusCode);
        disk.Grow("64m");
        await Soon.Until(async () => await Say(buyer, 9_000) == HttpStatusCode.Created);
        node.Kill();
        await Verify(disk.Path);
        FaultReport.Note("disk full", 21, $"507 each time, reading went on, {_acknowledged.Count} acknowledged kept, "
            + "went on by itself with more room; chains verify");
    }

    [Fact]
    public async Task A_disk_that_fails_to_keep_is_said_and_what_was_acknowledged_is_there()
    {
        await Found(_centre.Folder);
        var log = Path.Combine(_centre.Folder, "strace.txt");
        using var node = new NodeProcess(_centre.Folder, null, null, "strace", "-f", "--seccomp-bpf", "-qq", "-o", log,
            "-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:error=EIO:when=12..21");
        await node.Start();
        using var buyer = node.Client(_town.Key);
        var refused = 0;
        for (var word = 0; word < 60; word++)
            if (await Say(buyer, 10) is var answer && answer != HttpStatusCode.Created)
            {
                Assert.Equal(HttpStatusCode.ServiceUnavailable, answer);
                refused++;
            }
        node.Kill();
        var injected = File.ReadLines(log).Count(line => line.Contains("INJECTED", StringComparison.Ordinal));
        Assert.True(injected > 5 && refused > 0, $"{injected} injected, {refused} refused.");
        await Verify(_centre.Folder);
        FaultReport.Note("fsync error (EIO)", injected,
            $"{refused} answers of 503, {_acknowledged.Count} acknowledged, all there; chains verify");
    }

    /// <summary>
    /// The embedded database alone: PostgreSQL has its own clock, and its driver does not connect under a false one.
    /// </summary>
    [Fact]
    public async Task A_clock_that_jumps_makes_nothing_fall_due_and_time_never_goes_back()
    {
        string[] jumps = ["+3h", "-3h", "+1y"];
        using var centre = new TestDatabase(On.Sqlite);
        await Found(centre.Folder, centre.Connection);
        var began = Instant.FromDateTimeOffset(DateTimeOffset.UtcNow);
        var watch = Path.Combine(centre.Folder, "faketime");
        await File.WriteAllTextAsync(watch, "+0");
        using var node = new NodeProcess(centre.Folder, centre.Connection, new()
        {
            ["LD_PRELOAD"] = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
            ["FAKETIME_TIMESTAMP_FILE"] = watch, ["FAKETIME_NO_CACHE"] = "1",
            ["DONT_FAKE_MONOTONIC"] = "1", ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        });
        await node.Start();
        using var buyer = node.Client(_town.Key);
        foreach (var jump in jumps)
        {
            await File.WriteAllTextAsync(watch, jump);
            Assert.Equal(HttpStatusCode.Created, await Say(buyer, 10));
            await Task.Delay(1500); // The clock of due times looks, and finds nothing.
            Assert.Equal(HttpStatusCode.Created, await Say(buyer, 10));
        }
        Assert.Contains(jumps[^1] == "+1y" ? $"{DateTime.UtcNow.Year + 1}" : "", await ShownDate(node));
        node.Kill();
        await Verify(centre.Folder, centre.Connection, began);
        FaultReport.Note("clock jumped", jumps.Length,
            "nothing fell due, no fact before the one it follows, none outside the real time");
    }

    /// <summary>What the node's own clock shows, by the header that its server writes.</summary>
    private static async Task<string> ShownDate(NodeProcess node)
    {
        using var client = new HttpClient { BaseAddress = node.Address };
        await Task.Delay(1500); // The server writes it down once a second.
        using var answer = await client.GetAsync(new Uri("/health/live", UriKind.Relative));
        return answer.Headers.Date!.Value.ToString("O", null);
    }

    private async Task Found(string folder, string? connection = null)
    {
        using var database = new Database(folder, connection, TimeProvider.System);
        _town = await NodeTown.Found(database, 1);
    }

    private Uri Dispute(string what) => new($"/v1/disputes/{_town.Disputes[0]}{what}", UriKind.Relative);

    private async Task<HttpStatusCode> Say(HttpClient client, int length)
    {
        var key = $"said-{_said++}";
        using var request = new HttpRequestMessage(HttpMethod.Post, Dispute("/messages"))
        {
            Content = JsonContent.Create(new { text = key.PadRight(length, '.') }),
            Headers = { { DisputeCall.KeyHeader, key } },
        };
        using var answer = await client.SendAsync(request);
        if (answer.IsSuccessStatusCode) _acknowledged.Add(key);
        else Assert.True(answer.Headers.RetryAfter is not null, await answer.Content.ReadAsStringAsync());
        return answer.StatusCode;
    }

    /// <summary>What was acknowledged is there once, in order of time, and nothing else happened.</summary>
    private async Task Verify(string folder, string? connection = null, Instant? began = null)
    {
        using var database = new Database(folder, connection, TimeProvider.System);
        var keys = new PersonKeys(database);
        Assert.Empty((await new Verification(database, keys, new(database)).Run()).Faults);
        using var store = new DisputeStore(database, keys, new());
        var dispute = _town.Disputes[0];
        foreach (var key in _acknowledged)
            Assert.NotNull(await store.Answer(dispute.Order, _town.Asker, key));
        var facts = await store.History(dispute);
        Assert.All(facts, fact => Assert.NotEqual(ActorKind.Rule, fact.By.Kind));
        Assert.All(facts.Zip(facts.Skip(1)), pair => Assert.True(pair.First.At <= pair.Second.At));
        if (began is not { } from) return;
        Assert.Equal(_acknowledged.Count + 1, facts.Count);
        var now = Instant.FromDateTimeOffset(DateTimeOffset.UtcNow) + Duration.FromMinutes(1);
        Assert.All(facts, fact => Assert.InRange(fact.At, from - Duration.FromMinutes(1), now));
    }

    public void Dispose() => _centre.Dispose();

    /// <summary>A disk of a few megabytes, in memory; it can be made larger while it is in use.</summary>
    private sealed class SmallDisk : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public SmallDisk(string size) => Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", Path);

        public string Path => _folder.Path;

        public void Grow(string size) => Run("mount", "-o", $"remount,size={size}", Path);

        private static void Run(string program, params string[] arguments)
        {
            using var process = Process.Start(program, arguments);
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} failed; it needs root.");
        }

        public void Dispose()
        {
            Run("umount", "-l", Path);
            _folder.Dispose();
        }
    }
}
