using System.Diagnostics;
using System.Globalization;
using Dapper;
using Entente.Server.Couriers;
using Entente.Server.Demo;
using Entente.Server.Desk;
using Entente.Server.Policies;
using Entente.Server.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Entente.Bench;

/// <summary>What fell due while nothing ran, passed in due order afterwards.</summary>
internal static class ClockBench
{
    private const int Callers = 64;
    private static readonly Duration Standstill = Duration.FromDays(8);

    public static async Task Run(Place place, int disputes)
    {
        await Open(place, disputes);
        using var database = place.Open();
        var (orders, policies) = (new OrderBook(database, new(database)), new PolicyShelf(database));
        using var store = new DisputeStore(database, new(database), new());
        var door = new DisputeDesk(store, orders, policies, Antecedents.From(database, store, policies));
        var (dues, late) = (new List<Instant>(disputes), 0);
        LapseOverdue lapse = async (dispute, stop) =>
        {
            var due = (await store.Read(dispute, stop)).Dispute.NextDue!.Value;
            lock (dues)
            {
                // A whole batch goes at once; nothing of a later one comes before it.
                if (dues.Count > 2 * Callers && due < dues[^(2 * Callers)]) late++;
                dues.Add(due);
            }
            return await door.Lapse(dispute, stop) is Reply.Done done
                ? done.Dispute.NextDue
                : throw new InvalidOperationException("It does not lapse.");
        };
        using var clock = new DeadlineClock(
            new(database), lapse, new(), TimeProvider.System, NullLogger<DeadlineClock>.Instance);
        var statements = place.Connection is { } connection ? new Statements(connection) : null;
        statements?.Begin();
        var watch = Stopwatch.StartNew();
        await clock.StartAsync(default);
        while (await Left(database)) await Task.Delay(100);
        var took = watch.Elapsed;
        await clock.StopAsync(default);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"\n{place.Name}: {disputes:N0} overdue disputes lapsed in {took.TotalSeconds:N1} s, "
            + $"{disputes / took.TotalSeconds:N0} a second (aim: 100,000 in 60 s), {late} out of due order"));
        statements?.Print(disputes);
    }

    /// <summary>Real disputes, opened by a clock of eight days ago.</summary>
    private static async Task Open(Place place, int disputes)
    {
        place.Open().Dispose();
        var past = new DemoTime { Now = Scene.Now - Standstill };
        using var database = new Database(place.Folder, place.Connection, past);
        var (orders, policies) = (new OrderBook(database, new(database)), new PolicyShelf(database));
        await policies.Publish(Scene.Marketplace, Presets.Bytes("demo"), "bench");
        using var store = new DisputeStore(database, new(database), new());
        var door = new DisputeDesk(store, orders, policies, Antecedents.From(database, store, policies));
        var seller = await new People(database).PartyOf(Scene.Marketplace, Domain.Role.Seller, "seller-1");
        await Parallel.ForEachAsync(
            Enumerable.Range(0, disputes).Chunk(500), new ParallelOptions { MaxDegreeOfParallelism = 2 },
            async (numbers, enough) =>
            {
                var reports = await orders.Import(
                    Scene.Marketplace, [.. numbers.Select(number => Scene.Order(number, past.Now))], enough);
                await Parallel.ForEachAsync(reports, new ParallelOptions { MaxDegreeOfParallelism = Callers / 2 },
                    async (report, stop) =>
                    {
                        var reply = await door.Open(report.Id, Scene.Claim(seller), Scene.Buyer, "bench", null, stop);
                        if (reply is not Reply.Done) throw new InvalidOperationException($"{reply}");
                    });
            });
    }

    private static async Task<bool> Left(Database database)
    {
        await using var connection = await database.Open();
        return await connection.ExecuteScalarAsync<long>(
            "SELECT count(*) FROM (SELECT 1 FROM dispute WHERE next_due <= @now LIMIT 1) due",
            new { now = database.Now() }) > 0;
    }
}
