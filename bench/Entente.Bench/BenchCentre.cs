using System.Diagnostics;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Server.Policies;
using Entente.Server.Storage;

namespace Entente.Bench;

/// <summary>A centre with one open dispute a caller, written to in three ways.</summary>
internal sealed class BenchCentre : IAsyncDisposable
{
    private const int RowsAhead = 400;
    private readonly Database _database;
    private readonly PersonKeys _keys;
    private readonly DisputeStore _store;
    private readonly DisputeStore _oneByOne;
    private readonly DisputeDesk _door;
    private readonly List<DisputeId> _disputes = [];
    private readonly Dictionary<DisputeId, Context> _contexts = [];
    private int _asked;

    private BenchCentre(Database database, OrderBook orders, PolicyShelf policies)
    {
        (_database, _keys) = (database, new(database));
        _store = new(database, _keys, new());
        _oneByOne = new(database, _keys, new(), togetherMax: 1);
        _door = new(_store, orders, policies, Antecedents.From(database, _store, policies));
    }

    /// <summary>How a command goes in.</summary>
    public enum Way { Store, OneByOne, Door }

    public static async Task<BenchCentre> Ready(Place place, int disputes)
    {
        var database = place.Open();
        var (orders, policies) = (new OrderBook(database, new(database)), new PolicyShelf(database));
        await policies.Publish(Scene.Marketplace, Presets.Bytes("demo"), "bench");
        var centre = new BenchCentre(database, orders, policies);
        for (var number = 0; number < disputes; number++)
        {
            var id = (await orders.Import(Scene.Marketplace, [Scene.Order(number)]))[0].Id;
            var order = (await orders.Find(id))!.Order;
            var reply = await centre._door.Open(id, Scene.Claim(order.Lines[0].Seller), Scene.Buyer, "bench");
            var dispute = ((Reply.Done)reply).Dispute;
            centre._disputes.Add(dispute.Id);
            centre._contexts[dispute.Id] = new(Scene.Now, Scene.Buyer, Scene.Policy, new(order, order.Captured, []));
        }
        return centre;
    }

    /// <summary>Commands a second with so many callers, each on its own dispute.</summary>
    public async Task<double> Through(Way way, int callers, TimeSpan length)
    {
        var (done, watch) = (0, Stopwatch.StartNew());
        await Task.WhenAll(_disputes.Take(callers).Select(id => Task.Run(async () =>
        {
            while (watch.Elapsed < length)
            {
                await (way == Way.Door ? ThroughDoor(id) : ThroughStore(way == Way.Store ? _store : _oneByOne, id));
                Interlocked.Increment(ref done);
            }
        })));
        return done / watch.Elapsed.TotalSeconds;
    }

    /// <summary>The same rows, made beforehand, by the same statements, on one connection of their own.</summary>
    public (double Rate, double Work) Bare(int together, TimeSpan length)
    {
        using var writer = _database.Dialect.Writer();
        var (done, spent, worked) = (0, TimeSpan.Zero, TimeSpan.Zero);
        while (spent < length)
        {
            var rows = RowsFor(together);
            var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            foreach (var batch in rows)
            {
                if (writer.Write(batch).Any(outcome => outcome != AppendOutcome.Done))
                    throw new InvalidOperationException("The rows do not fit.");
                done += batch.Count;
            }
            spent += watch.Elapsed;
            worked += Environment.CpuUsage.TotalTime - before;
        }
        return (done / spent.TotalSeconds, worked.TotalMicroseconds / done);
    }

    /// <summary>What one command costs in each of its parts, one after the other on one core.</summary>
    public void Parts()
    {
        var keys = new Dictionary<string, byte[]>
            { [Scene.Buyer.Principal] = _keys.Of(Scene.Buyer.Principal).AsTask().Result! };
        var stored = _store.Read(_disputes[0]).Result;
        var append = AppendTo(stored, Scene.Message());
        Part("read the dispute", () => _store.Read(_disputes[0]).Result);
        Part("judge, fold, notices", () => AppendTo(stored, Scene.Message()));
        Part("notices as rows", () => Recording.Outbox(stored.Dispute, append.After, [.. append.Facts]));
        Part("serialize, link, encrypt", () => AppendRows.Of(append, keys));
        Part("  the state to bytes", () => EventCodec.WriteState(append.After));
        Part("  the state from bytes", () => EventCodec.ReadState(EventCodec.WriteState(append.After)));
        Part("  the fact to bytes", () => EventCodec.Write(append.Facts[0]));
    }

    private static void Part(string name, Func<object> work)
    {
        var figures = new Figures(name);
        for (var turn = -1; turn < 3; turn++)
        {
            var rate = Figures.Rate(TimeSpan.FromMilliseconds(400), () => { work(); return 1; });
            if (turn >= 0) figures.Add(rate);
        }
        figures.Print();
    }

    private async Task ThroughStore(DisputeStore store, DisputeId id)
    {
        var append = AppendTo(await store.Read(id), Scene.Message());
        if (await store.Append(append) != AppendOutcome.Done)
            throw new InvalidOperationException("Somebody else wrote.");
    }

    private async Task ThroughDoor(DisputeId id)
    {
        var key = $"key-{Interlocked.Increment(ref _asked)}-{Environment.TickCount64}";
        if (await _door.Ask(new(id, Scene.Message(), _ => Scene.Buyer, "bench") { Key = key }) is not Reply.Done)
            throw new InvalidOperationException("The door said no.");
    }

    private Append AppendTo(StoredDispute stored, DisputeCommand command)
    {
        var context = _contexts[stored.Dispute.Id] with { Now = stored.Dispute.LastAt };
        var accepted = (Accepted)command.Judge(stored.Dispute, context);
        var (facts, after) = Recording.Of(stored.Dispute, accepted, context, new(Guid.NewGuid().ToString("n")));
        return new(stored, after, facts)
            { Texts = accepted.Texts, Outbox = Recording.Outbox(stored.Dispute, after, facts) };
    }

    private List<List<AppendRows>> RowsFor(int together)
    {
        var keys = new Dictionary<string, byte[]>
            { [Scene.Buyer.Principal] = _keys.Of(Scene.Buyer.Principal).AsTask().Result! };
        var standing = new Dictionary<DisputeId, StoredDispute>();
        var (batches, made) = (new List<List<AppendRows>>(), 0);
        while (made < RowsAhead)
        {
            var batch = new List<AppendRows>(together);
            for (; batch.Count < together; made++)
            {
                var id = _disputes[made % _disputes.Count];
                if (!standing.TryGetValue(id, out var stored)) stored = _store.Read(id).Result;
                var rows = AppendRows.Of(AppendTo(stored, Scene.Message()), keys);
                standing[id] = new(rows.Append.After, Links.From(rows.Links));
                batch.Add(rows);
            }
            batches.Add(batch);
        }
        return batches;
    }

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        _oneByOne.Dispose();
        _database.Dispose();
        return ValueTask.CompletedTask;
    }
}
