using Entente.Server;
using Entente.Server.Desk;
using Entente.Server.Payments;
using Entente.Server.Storage;
using Entente.Tests.Faults;
using Entente.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Entente.Tests.Payments;

/// <summary>F33: a copy older than the last refund is restored; the provider has kept its own books.</summary>
public class RestoredCentreTests
{
    [Fact]
    public async Task An_old_copy_sends_no_money_until_it_is_reconciled_and_then_none_a_second_time()
    {
        using var house = new MoneyHouse(on: On.Sqlite);
        await house.PublishRules();
        var id = await house.Agreed();
        using var folder = new TemporaryFolder();
        var (copy, said) = (Path.Combine(folder.Path, "old.db"), new StringWriter());
        Assert.Equal(0, await Backup.Make(Of(house.Centre.Database.Folder), copy, said, default));
        await house.Quiet();
        Assert.Equal((1, 1200), (house.Provider.Calls, house.Ledger.GaveBack("pi_M-1_1")));

        using var home = new TemporaryFolder();
        File.Copy(house.Centre.Database.KeyFile, Path.Combine(home.Path, CentreKey.FileName));
        Assert.Equal(0, await Backup.Restore(Of(home.Path), copy, said, default));
        using var database = new Database(home.Path, house.Time);
        using var store = new DisputeStore(database, new(database), house.Centre.Feed);
        using var courier = Courier(house, database, store);
        for (var round = 0; round < 5; round++)
        {
            Assert.Equal(0, await courier.Round());
            house.Time.Advance(TimeSpan.FromHours(6));
        }
        File.Delete(Path.Combine(home.Path, Backup.RestoredFile));
        while (await courier.Round() > 0) house.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal((1, 1200), (house.Provider.Calls, house.Ledger.GaveBack("pi_M-1_1")));
        Assert.Equal(
            Domain.Disputes.ObligationState.Performed,
            Assert.Single((await store.Read(id)).Dispute.Obligations).State);
        FaultReport.Note("copy older than a refund restored", 1,
            "no call while the money was locked; then the refund was found at the provider and not made again");
    }

    private static RefundCourier Courier(MoneyHouse house, Database database, DisputeStore store)
    {
        var policies = new PolicyShelf(database);
        var orders = new OrderBook(database, new(database), new ProviderAccess([house.Provider]));
        var desk = new DisputeDesk(store, orders, policies, Antecedents.From(database, store, policies));
        var door = new MoneyDoor(database, store, orders, desk, policies);
        var cashier = new Cashier(database);
        var errands = new RefundErrands(
            cashier, [house.Provider], door.Tell, house.Time, NullLogger<RefundErrands>.Instance);
        return new(cashier, errands, house.Centre.Feed, house.Time, NullLogger<RefundCourier>.Instance);
    }

    private static Settings Of(string folder) => new()
    {
        DataFolder = folder, Address = new("http://127.0.0.1"), BaseAddress = new("http://127.0.0.1"), MailFrom = "a@b",
    };
}
