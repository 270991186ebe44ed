namespace Entente.Bench;

/// <summary>Durable commands and pages over HTTP with everything on, against the same server doing nothing.</summary>
internal static class HttpBench
{
    private const int Clients = 32;
    private const int Disputes = 1_500;
    private const int Turns = 3;
    private const int Entries = 30;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(3);

    public static async Task Run(Place place)
    {
        await using var server = await BenchServer.Start(place, Disputes);
        var cookie = await server.SignIn();
        await Commands(server, place);
        await Pages(server, place, cookie);
    }

    private static async Task Commands(BenchServer server, Place place)
    {
        var (nothing, command) = (new Figures("an empty command"), new Figures($"a message, {Clients} clients"));
        await Latencies.AtFullLoad(Clients, TimeSpan.FromSeconds(8), _ => server.Write());
        await Latencies.AtFullLoad(Clients, TimeSpan.FromSeconds(2), _ => server.WriteNothing());
        Latencies full = null!;
        for (var turn = 0; turn < Turns; turn++)
        {
            nothing.Add(() => Latencies.AtFullLoad(Clients, Length, _ => server.WriteNothing()).Result.Rate, Length);
            command.Add(
                () =>
                {
                    (var rate, full) = Latencies.AtFullLoad(Clients, Length, _ => server.Write()).Result;
                    return rate;
                }, Length);
        }
        if (place.Connection is { } connection) await Profile(server, new(connection));
        var half = await Latencies.AtRate(command.Median / 2, Clients, Length, _ => server.Write());
        Figures.PrintHead($"{place.Name}: durable commands over HTTP (key, rules, view, idempotency, outbox)");
        nothing.Print();
        command.Print();
        Figures.PrintRatio(command, nothing, $"20 %, and {(place.Connection is null ? "2,000" : "3,000")}/s");
        Console.WriteLine($"  at full load: {full}   (aim: p99 50 ms)");
        var spread = half.Quantile(0.99) / half.Quantile(0.5);
        Console.WriteLine($"  at half load: {half}   (aim: p99 at most 3 x p50: {spread:N1})");
    }

    /// <summary>A turn of messages alone: an empty command asks the database too.</summary>
    private static async Task Profile(BenchServer server, Statements statements)
    {
        statements.Begin();
        var (_, took) = await Latencies.AtFullLoad(Clients, Length, _ => server.Write());
        statements.Print(took.Count);
    }

    private static async Task Pages(BenchServer server, Place place, HttpClient person)
    {
        var dispute = server.Told;
        var (empty, page) = (new Figures("an empty page"), new Figures($"a dispute's page with {Entries} entries"));
        await Latencies.AtFullLoad(8, TimeSpan.FromSeconds(4), _ => Get(person, $"/disputes/{dispute}"));
        await Latencies.AtFullLoad(8, TimeSpan.FromSeconds(2), _ => Get(person, "/empty"));
        for (var turn = 0; turn < Turns; turn++)
        {
            empty.Add(() => Latencies.AtFullLoad(8, Length, _ => Get(person, "/empty")).Result.Rate, Length);
            page.Add(
                () => Latencies.AtFullLoad(8, Length, _ => Get(person, $"/disputes/{dispute}")).Result.Rate, Length);
        }
        var steady = await Latencies.AtRate(100, 8, Length, _ => Get(person, $"/disputes/{dispute}"));
        Figures.PrintHead($"{place.Name}: pages, signed in");
        empty.Print();
        page.Print();
        Figures.PrintRatio(page, empty, "25 %");
        Console.WriteLine($"  at 100 a second: {steady}   (aim: p99 15 ms)");
    }

    private static async Task Get(HttpClient person, string path)
    {
        using var answer = await person.GetAsync(new Uri(path, UriKind.Relative));
        if ((int)answer.StatusCode != 200) throw new InvalidOperationException($"{path}: {(int)answer.StatusCode}");
        await answer.Content.ReadAsByteArrayAsync();
    }
}
