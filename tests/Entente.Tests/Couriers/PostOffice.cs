using System.Text.Json;
using Dapper;
using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Server;
using Entente.Server.Couriers;
using Entente.Server.Desk;
using Entente.Server.Storage;
using Entente.Server.Words;
using Entente.Tests.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Entente.Tests.Couriers;

/// <summary>A store with one dispute, people to write to, and couriers that a test starts and stops.</summary>
public sealed class PostOffice : IAsyncDisposable
{
    private readonly List<BackgroundService> _running = [];

    private PostOffice(Settings settings)
    {
        Settings = settings;
        Parcels = new(Centre.Database);
        Leases = new(Centre.Database);
        People = new(Centre.Database);
        Shelf = new(Centre.Database);
    }

    public StoredCentre Centre { get; } = new();
    public Settings Settings { get; set; }
    public Parcels Parcels { get; }
    public DeadlineLeases Leases { get; }
    public People People { get; }
    public MailShelf Shelf { get; }
    public PersonId Buyer { get; private set; }
    public PersonId Seller { get; private set; }

    public static async Task<PostOffice> Opened(SmtpSettings? smtp = null, string name = "Élodie Marchand")
    {
        var address = new Uri("https://disputes.example");
        var office = new PostOffice(new()
            { DataFolder = "", Address = address, BaseAddress = address, MailFrom = "centre@disputes.example",
                Smtp = smtp });
        office.Settings = office.Settings with { DataFolder = office.Centre.Database.Folder };
        await new Marketplaces(office.Centre.Database)
            .Add(new(Given.Marketplace, "Place des Halles", "fr", "Europe/Paris"));
        office.Buyer = await office.Person("buyer", name, "fr", Role.Buyer, Given.Buyer);
        office.Seller = await office.Person("seller", "Oliver Grant", "en", Role.Seller, Given.Seller);
        await office.Centre.Keep(Given.Opened());
        return office;
    }

    /// <summary>Notices of a command of the dispute, waiting to go.</summary>
    public async Task<IReadOnlyList<Parcel>> Tell(Given before, Given after)
    {
        var notices = Notices.For(before.Dispute, after.Dispute, [.. after.Facts.Skip(before.Facts.Count)]);
        var parcels = notices.Select((notice, index) => new Parcel(
            Given.Id, $"cause-{after.Facts.Count}.{index + 1}", after.Facts.Count, NoticeCourier.Notices, "",
            JsonSerializer.Serialize(notice, StoredJson.Options), Centre.Database.Now(), 0)).ToList();
        await Put([.. parcels]);
        return parcels;
    }

    /// <summary>As a commit does: the parcels, and a word that something has changed.</summary>
    public async Task Put(params Parcel[] parcels)
    {
        await Parcels.Add(parcels);
        Centre.Feed.Publish(Given.Id);
    }

    public Parcel Parcel(string id, int seq = 1, string lane = "", string kind = "test") =>
        new(Given.Id, id, seq, kind, lane, "{}", Centre.Database.Now(), 0);

    public async Task<Outbox> Start(params Courier[] couriers)
    {
        var outbox = new Outbox(Parcels, couriers, Centre.Feed, Centre.Time, NullLogger<Outbox>.Instance);
        await outbox.StartAsync(TestContext.Current.CancellationToken);
        _running.Add(outbox);
        return outbox;
    }

    public Task<Outbox> StartMail() => Start(
        new NoticeCourier(Centre.Database, People, Parcels),
        new MailCourier(People, new Marketplaces(Centre.Database), new(WordBook.Load(), Settings, new(Centre.Database)),
            new(Settings), Shelf));

    public async Task<DeadlineClock> StartClock(LapseOverdue lapse)
    {
        var clock = new DeadlineClock(Leases, lapse, Centre.Feed, Centre.Time, NullLogger<DeadlineClock>.Instance);
        await clock.StartAsync(TestContext.Current.CancellationToken);
        _running.Add(clock);
        return clock;
    }

    /// <summary>Lets real time go by until it is so, and the clock meanwhile when asked to.</summary>
    public async Task Until(Func<Task<bool>> isSo, Duration? meanwhile = null)
    {
        if (await Soon.Is(isSo, () => Centre.Time.Advance(meanwhile?.ToTimeSpan() ?? TimeSpan.Zero))) return;
        await using var connection = await Centre.Database.Open();
        var errors = await connection.QueryAsync<string>(
            "SELECT kind || ': ' || COALESCE(last_error, 'waits') FROM outbox");
        Assert.Fail($"It did not come about. {string.Join("; ", errors)}");
    }

    public Task Until(Func<bool> isSo, Duration? meanwhile = null) => Until(() => Task.FromResult(isSo()), meanwhile);

    public async Task<int> Waiting() => (await Parcels.Waiting()).Count;

    /// <summary>How many tries of a parcel came to nothing.</summary>
    public async Task<int> Failures(string parcel)
    {
        await using var connection = await Centre.Database.Open();
        return await connection.ExecuteScalarAsync<int>(
            "SELECT attempts FROM outbox WHERE id = @parcel", new { parcel });
    }

    private async Task<PersonId> Person(string login, string name, string language, Role role, PartyId party)
    {
        var id = await People.AddPerson(Given.Marketplace, login, name, language, $"{login}@people.example");
        await People.Join(Given.Marketplace, id, role, party);
        return id;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _running)
        {
            await service.StopAsync(CancellationToken.None);
            service.Dispose();
        }
        Centre.Dispose();
    }
}

/// <summary>A courier that does what a test says.</summary>
public sealed class TestCourier(Func<Parcel, CancellationToken, Task> deliver) : Courier
{
    public override string Kind => "test";
    public override Task Deliver(Parcel parcel, CancellationToken stop) => deliver(parcel, stop);
}
