using System.Diagnostics;
using System.Globalization;
using System.Text;
using Dapper;
using Entente.Domain;
using Entente.Domain.Disputes;
using System.Security.Cryptography;
using Entente.Server.Desk;
using Entente.Server.Policies;
using Entente.Server.Storage;

namespace Entente.Bench;

/// <summary>A dispute with very many exhibits: its pages, its bundle; and a chain of very many facts.</summary>
internal static class DossierBench
{
    private const int Many = 10_000;
    private const int Bundled = 500;
    private const int FileBytes = 400_000;
    private const int Facts = 100_000;
    private const int Turns = 60;
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(8);

    private static readonly Actor Buyer = new(ActorKind.Person, Role.Buyer, "person-buyer");

    public static async Task Run(Place place)
    {
        Console.WriteLine("\na dispute with very many exhibits or facts");
        ChainOf(Facts);
        var rules = Encoding.UTF8.GetString(Presets.Bytes("demo"))
            .Replace("files_per_party_max: 40", "files_per_party_max: 20000", StringComparison.Ordinal);
        await using var server = await BenchServer.Start(place, 3, Encoding.UTF8.GetBytes(rules));
        var buyer = await server.SignIn();
        // Fonts and code are there once; what is measured is what a bundle adds.
        await Get(buyer, $"/disputes/{server.Told}/bundle");
        await Bundle(server, buyer, Parsed(server.Disputes[0]));
        await Pages(server, buyer, Parsed(server.Disputes[1]));
    }

    private static DisputeId Parsed(string id) => DisputeId.TryParse(id, out var dispute)
        ? dispute : throw new ArgumentException("No dispute.", nameof(id));

    private static void ChainOf(int count)
    {
        var id = DisputeId.Of(OrderId.Of(Scene.Marketplace, "chain"), new byte[10]);
        var (rows, links) = (new List<StoredEvent>(count), Links.None);
        for (var n = 1; n <= count; n++)
        {
            var said = new MessagePosted(Audience.All, new("person-buyer", "en", new string('0', 64)));
            var bytes = EventCodec.Write(new(
                n, n, Scene.Now, Scene.Buyer, new($"c{n}"), Scene.Policy.Stamp, said));
            var link = Chain.Link(id, Audience.All, n, links.Of(Audience.All), bytes);
            links = links.With(Audience.All, link);
            rows.Add(new() { Seq = n, Audience = "all", N = n, Kind = "message_posted", Bytes = bytes, Link = link });
        }
        for (var turn = 0; turn < 3; turn++)
        {
            var (watch, worked) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            ChainReader.Facts(id, rows, links, new StaffMask(null));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  a chain of {count:N0} facts verified in {watch.ElapsedMilliseconds} ms (aim: 1,000), "
                + $"{(Environment.CpuUsage.TotalTime - worked).TotalMilliseconds:N0} ms of a processor"));
        }
    }

    private static async Task Bundle(BenchServer server, HttpClient buyer, DisputeId dispute)
    {
        var rules = (await server.Get<PolicyShelf>().Current(Scene.Marketplace))!.Evidence;
        for (var no = 0; no < Bundled; no++)
        {
            var bytes = Encoding.ASCII.GetBytes($"{no} ".PadRight(FileBytes, 'a'));
            var kept = await server.Get<EvidenceLocker>().Keep(new(dispute, new MemoryStream(bytes)), rules);
            await Ask(server, dispute, Exhibit(kept.Exhibit, kept.Digest, kept.Bytes));
        }
        for (var turn = 0; turn < 3; turn++)
        {
            GC.Collect();
            var (before, most, length, watch) = (Environment.WorkingSet, 0L, 0L, Stopwatch.StartNew());
            using var answer = await buyer.GetAsync(
                new Uri($"/disputes/{dispute}/bundle", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
            answer.EnsureSuccessStatusCode();
            await using var stream = await answer.Content.ReadAsStreamAsync();
            var buffer = new byte[81_920];
            while (await stream.ReadAsync(buffer) is > 0 and var read)
            {
                length += read;
                most = Math.Max(most, Environment.WorkingSet);
            }
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  a bundle of {Bundled} exhibits, {length / 1e6:N0} MB, in {watch.Elapsed.TotalSeconds:N1} s: "
                + $"resident +{(most - before) / 1e6:N0} MB (aim: 64)"));
        }
    }

    private static async Task Pages(BenchServer server, HttpClient buyer, DisputeId dispute)
    {
        var watch = Stopwatch.StartNew();
        for (var no = 0; no < Many; no++)
            await Ask(server, dispute, Exhibit(new($"exhibit-{no}"), new('0', 64), 1));
        Console.WriteLine($"  {Many:N0} exhibits added in {watch.Elapsed.TotalSeconds:N0} s");
        await Settled(server); // Whoever is told of them, and the index of words, are still at work.
        foreach (var path in new[]
        {
            $"/disputes/{dispute}", $"/disputes/{dispute}/evidence", $"/disputes/{dispute}/evidence?page=150",
            $"/disputes/{dispute}/evidence/exhibit-5000/view",
        })
        {
            var took = new Latencies();
            for (var warming = Stopwatch.StartNew(); warming.Elapsed < Warm;) await Get(buyer, path);
            for (var turn = 0; turn < Turns; turn++) await took.Measure(() => Get(buyer, path));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {path.Replace(dispute.ToString(), "…", StringComparison.Ordinal)} of {Many:N0} exhibits: "
                + $"p95 {took.Quantile(0.95):N0} ms (aim: 200); {took}"));
        }
    }

    private static async Task Settled(BenchServer server)
    {
        await using var connection = await server.Get<Database>().Open();
        while (await connection.ExecuteScalarAsync<long>(
            "SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM search_due)") > 0)
            await Task.Delay(100);
    }

    private static async Task Get(HttpClient person, string path)
    {
        using var answer = await person.GetAsync(new Uri(path, UriKind.Relative));
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
    }

    private static async Task Ask(BenchServer server, DisputeId dispute, AddEvidence command)
    {
        var reply = await server.Get<DisputeDesk>().Ask(new(dispute, command, _ => Buyer, Buyer.Principal));
        if (reply is not Reply.Done) throw new InvalidOperationException(reply.ToString());
    }

    private static AddEvidence Exhibit(ExhibitId id, string digest, long bytes) => new(
        id, ExhibitKind.Other, Text("A letter"), Text("letter.txt"), Text(digest), "text/plain", bytes, null);

    private static PersonalText Text(string words) =>
        new("person-buyer", "en", words, RandomNumberGenerator.GetBytes(16));
}
