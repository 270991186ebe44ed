using Entente.Server.Desk;
using Entente.Server.Storage;

namespace Entente.Server.Demo;

/// <summary>
/// The rooms that the demo's past passes through: the same door, order book
/// and locker as ever, on a clock of their own.
/// </summary>
internal sealed class DemoCentre : IDisposable
{
    private readonly DisputeStore _store;

    public DemoCentre(Settings settings, Instant start)
    {
        Time = new() { Now = start };
        Database = Database.Of(settings, Time);
        _store = new(Database, new(Database), new());
        People = new(Database);
        Marketplaces = new(Database);
        Callers = new(Database, People, Marketplaces);
        Keys = new(Database);
        Policies = new(Database);
        Orders = new(Database, People);
        Locker = new(Database);
        Desk = new(_store, Orders, Policies, Antecedents.From(Database, _store, Policies));
    }

    public DemoTime Time { get; }
    public Database Database { get; }
    public People People { get; }
    public Marketplaces Marketplaces { get; }
    public Callers Callers { get; }
    public KeyRing Keys { get; }
    public PolicyShelf Policies { get; }
    public OrderBook Orders { get; }
    public EvidenceLocker Locker { get; }
    public DisputeDesk Desk { get; }

    public void Dispose()
    {
        _store.Dispose();
        Database.Dispose();
    }
}
