using Entente.Tests.Storage;

namespace Entente.Bench;

/// <summary>Two nodes on one PostgreSQL against one, asked by as many clients in all.</summary>
internal static class NodesBench
{
    private const int Clients = 32;
    private const int Disputes = 1_500;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(4);

    public static async Task Run(PostgresUnderTest postgres)
    {
        using var place = new Place("PostgreSQL", postgres);
        await using var first = await BenchServer.Start(place, Disputes);
        await using var second = await first.Another(place);
        var one = new Figures($"one node, {Clients} clients");
        var two = new Figures($"two nodes, {Clients} clients in all");
        foreach (var server in new[] { first, second })
            await Latencies.AtFullLoad(Clients / 2, TimeSpan.FromSeconds(4), _ => server.Write());
        for (var turn = 0; turn < 3; turn++)
        {
            one.Add(() => Latencies.AtFullLoad(Clients, Length, _ => first.Write()).Result.Rate, Length);
            two.Add(() => Latencies.AtFullLoad(Clients, Length, Either).Result.Rate, Length);
        }
        Task Either(int caller) => (caller % 2 == 0 ? first : second).Write();
        Figures.PrintHead("PostgreSQL: messages over HTTP by one node and by two");
        one.Print();
        two.Print();
        Figures.PrintRatio(two, one, "no loss");
    }
}
