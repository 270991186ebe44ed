using System.Diagnostics;
using System.Globalization;
using Entente.Domain;
using Entente.Server.Storage;

namespace Entente.Bench;

/// <summary>
/// Lists over a million disputes against ten thousand, by cursor to page 500, and a node started on top of it.
/// </summary>
internal static class ListBench
{
    private const int Few = 10_000;
    private const int Many = 1_000_000;
    private const int PageSize = 50;

    public static async Task Run(Place few, Place many)
    {
        using var small = few.Open();
        using var big = many.Open();
        await BigCentre.Fill(small, Few, overdue: false);
        var filled = Machine.Time(() => BigCentre.Fill(big, Many, overdue: false).Wait());
        Figures.PrintHead($"{many.Name}: lists ({Many:N0} disputes put there in {filled.TotalSeconds:N0} s)");
        var (first, firstSmall) = (new Figures("first page of 1,000,000"), new Figures("first page of 10,000"));
        var (late, sellers) = (new Figures("page 500 of 1,000,000"), new Figures("a seller's first page, 1,000,000"));
        var cursor = await Cursor(new(big), 499);
        for (var turn = -1; turn < 3; turn++)
            foreach (var (figures, database, after, isSeller) in new[]
                {
                    (first, big, null, false), (firstSmall, small, null, false), (late, big, cursor, false),
                    (sellers, big, null, true),
                })
            {
                var rate = await Rate(new(database), after, isSeller);
                if (turn >= 0) figures.Add(rate);
            }
        foreach (var figures in new[] { first, firstSmall, late, sellers }) figures.Print();
        Figures.PrintRatio(firstSmall, first, "at most 130 %");
        Figures.PrintRatio(first, late, "page 500 as fast as page 1");
        await Node(many);
    }

    private static async Task<string?> Cursor(DisputeQueries queries, int pages)
    {
        string? after = null;
        for (var page = 0; page < pages; page++)
            after = (await queries.OfDesk(Scene.Marketplace, null, new(), after, PageSize)).Next;
        return after;
    }

    private static async Task<double> Rate(DisputeQueries queries, string? after, bool isSeller)
    {
        var (done, watch) = (0, Stopwatch.StartNew());
        for (; watch.Elapsed < TimeSpan.FromSeconds(1); done++)
            _ = isSeller
                ? await queries.OfParty(Scene.Marketplace, Role.Seller, [BigCentre.Seller], new(), after, PageSize)
                : await queries.OfDesk(Scene.Marketplace, null, new(), after, PageSize);
        return done / watch.Elapsed.TotalSeconds;
    }

    /// <summary>
    /// A process of its own on that database: until it answers, and what it holds after a hundred pages of lists.
    /// </summary>
    private static async Task Node(Place place)
    {
        var address = new Uri($"http://127.0.0.1:{BenchServer.FreePort()}");
        var watch = Stopwatch.StartNew();
        using var node = Process.Start(new ProcessStartInfo("dotnet",
            [Path.Combine(AppContext.BaseDirectory, "entente.dll"), "serve", "--data", place.Folder, "--address",
                address.ToString(), "--no-demo"])
        {
            Environment = { ["ENTENTE_DATABASE"] = place.Connection ?? "" },
            RedirectStandardOutput = true,
        })!;
        node.BeginOutputReadLine();
        using var client = new HttpClient { BaseAddress = address };
        while (!await Answers(client)) await Task.Delay(10);
        var started = watch.Elapsed;
        for (var page = 0; page < 200; page++) await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
        await Task.Delay(2000);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  a node on it: first answer after {started.TotalSeconds:N1} s (aim: 2.5), "
            + $"{Machine.Resident(node.Id):N0} MB resident (aim: 250)"));
        node.Kill();
        await node.WaitForExitAsync();
    }

    private static async Task<bool> Answers(HttpClient client)
    {
        try
        {
            return (await client.GetAsync(new Uri("/health/ready", UriKind.Relative))).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // Not up yet.
        }
    }
}
