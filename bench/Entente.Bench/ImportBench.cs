using System.Diagnostics;
using Entente.Server.Desk;

namespace Entente.Bench;

/// <summary>Orders handed in by thousands.</summary>
internal static class ImportBench
{
    private const int Orders = 10_000;

    public static async Task Run(Place place)
    {
        using var database = place.Open();
        var book = new OrderBook(database, new(database));
        var figures = new Figures($"orders imported, {Orders:N0} at once");
        for (var turn = -1; turn < 3; turn++)
        {
            var watch = Stopwatch.StartNew();
            await foreach (var report in book.ImportAll(Scene.Marketplace, Some(turn)))
                if (report.Outcome != ImportOutcome.Added) throw new InvalidOperationException("It was there already.");
            if (turn >= 0) figures.Add(Orders / watch.Elapsed.TotalSeconds);
        }
        Figures.PrintHead($"{place.Name}: bulk import (aim: 5,000 a second)");
        figures.Print();
    }

    private static async IAsyncEnumerable<OrderToImport> Some(int turn)
    {
        await Task.CompletedTask;
        for (var number = 0; number < Orders; number++)
            yield return Scene.Order(number) with
            {
                ExternalId = $"I-{turn}-{number}", Buyer = new($"buyer-{number % 997}"),
            };
    }
}
