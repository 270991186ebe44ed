using Entente.Domain;
using Entente.Server.Desk;
using Entente.Server.Storage;
using Entente.Tests.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Entente.Tests.Desk;

/// <summary>People on a database of their own: two marketplaces, and who is needed to try every wrong door.</summary>
public sealed class Town : IDisposable
{
    public static readonly MarketplaceId Here = new("here");
    public static readonly MarketplaceId Elsewhere = new("elsewhere");
    private readonly Database _database;

    private Town(Database database)
    {
        _database = database;
        People = new(database);
        Marketplaces = new(database);
        Callers = new(database, People, Marketplaces);
        Keys = new(database);
        Audit = new(database);
    }

    public FakeTimeProvider Clock { get; private init; } = null!;
    private TestDatabase Place { get; init; } = null!;
    public People People { get; }
    public Marketplaces Marketplaces { get; }
    public Callers Callers { get; }
    public KeyRing Keys { get; }
    public AuditTrail Audit { get; }

    public static async Task<Town> Founded()
    {
        var place = new TestDatabase();
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero));
        var database = place.Open(clock);
        Migrations.Run(database);
        var town = new Town(database) { Clock = clock, Place = place };
        await town.Marketplaces.Add(new(Here, "Here", "en", "Europe/Paris"));
        await town.Marketplaces.Add(new(Elsewhere, "Elsewhere", "fr", "Asia/Tokyo"));
        return town;
    }

    public void Dispose()
    {
        _database.Dispose();
        Place.Dispose();
    }
}
