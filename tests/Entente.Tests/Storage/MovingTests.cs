using Dapper;
using Entente.Domain.Disputes;
using Entente.Server;
using Entente.Server.Storage;
using Entente.Tests.Desk;
using static Entente.Tests.Desk.OpenDesk;

namespace Entente.Tests.Storage;

/// <summary>A centre goes to another database, or into a copy and back, and everything in it is as it was.</summary>
public sealed class MovingTests : IAsyncLifetime
{
    private OpenDesk _desk = null!;
    private readonly StringWriter _said = new();
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _desk = await OpenDesk.Ready(On.Sqlite);
        var id = await _desk.Opened();
        for (var word = 0; word < 20; word++) await _desk.Say(id, $"Ça ne marche pas, nº {word}.", Buyer);
        await _desk.Ask(id, new PostMessage(Domain.Audience.BuyerAndPlatform, Text("Entre nous.")), Buyer);
        await _desk.Orders.Import(Here, [Handed("A-2")]);
        CentreKey.Check(_desk.Centre.Database);
    }

    [Fact]
    public async Task A_centre_moves_to_PostgreSQL_and_every_chain_verifies()
    {
        var settings = Settings(_desk.Centre.Database.Folder) with
        {
            Connection = PostgresUnderTest.Shared.NewDatabase(),
        };
        Assert.Equal(0, await Moving.Run(settings, _said, Stop));
        using var there = Database.Of(settings, _desk.Centre.Time);
        using var store = new DisputeStore(there, new(there), new());
        var id = (await new DisputeQueries(there).OfDesk(Here, null, new())).Rows.Single().Id;
        Assert.Equal(await _desk.Centre.Store.History(id, Stop), await store.History(id, Stop));
        Assert.Equal((await _desk.Centre.Store.Read(id, Stop)).Dispute, (await store.Read(id, Stop)).Dispute);
        await using var connection = await there.Open(Stop);
        Assert.Equal(2, await connection.ExecuteScalarAsync<int>("SELECT count(*) FROM orders"));
        CentreKey.Check(there);
        Assert.Contains("22 facts", _said.ToString());
        Assert.Equal(2, await Moving.Run(settings, _said, Stop)); // A centre is there already.
    }

    [Fact]
    public async Task A_copy_made_while_it_is_written_to_verifies_and_is_restored_with_its_money_locked()
    {
        var copy = Path.Combine(_desk.Centre.Database.Folder, "copy.db");
        var writing = Task.Run(async () =>
        {
            var id = (await new DisputeQueries(_desk.Centre.Database).OfDesk(Here, null, new())).Rows.Single().Id;
            for (var word = 0; word < 30; word++) await _desk.Say(id, $"And {word}.", Buyer);
        }, Stop);
        Assert.Equal(0, await Backup.Make(Settings(_desk.Centre.Database.Folder), copy, _said, Stop));
        await writing;
        using var folder = new TemporaryFolder();
        File.Copy(_desk.Centre.Database.KeyFile, Path.Combine(folder.Path, CentreKey.FileName));
        Assert.Equal(0, await Backup.Restore(Settings(folder.Path), copy, _said, Stop));
        using var restored = Database.Of(Settings(folder.Path), _desk.Centre.Time);
        Assert.True(Backup.IsUnreconciled(restored));
        Assert.Empty((await new Verification(restored, new(restored), new(restored)).Run(Stop)).Faults);
        Assert.Equal(2, await Backup.Restore(Settings(folder.Path), copy, _said, Stop)); // Never over another one.
    }

    [Fact]
    public async Task A_copy_that_was_tampered_with_is_not_restored()
    {
        var copy = Path.Combine(_desk.Centre.Database.Folder, "copy.db");
        Assert.Equal(0, await Backup.Make(Settings(_desk.Centre.Database.Folder), copy, _said, Stop));
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={copy};Pooling=false"))
            await connection.ExecuteAsync("DELETE FROM event WHERE seq = 3");
        using var folder = new TemporaryFolder();
        Assert.Equal(1, await Backup.Restore(Settings(folder.Path), copy, _said, Stop));
        Assert.False(File.Exists(Path.Combine(folder.Path, Database.FileName)));
    }

    [Fact]
    public async Task A_node_with_another_key_does_not_start()
    {
        using var folder = new TemporaryFolder();
        var stranger = Path.Combine(folder.Path, "other.key");
        await File.WriteAllBytesAsync(stranger, new byte[32], Stop);
        var settings = Settings(_desk.Centre.Database.Folder) with { KeyFile = stranger };
        using var node = Database.Of(settings, _desk.Centre.Time);
        Assert.Throws<WrongKeyException>(() => CentreKey.Check(node));
    }

    private static Settings Settings(string folder) => new()
    {
        DataFolder = folder, Address = new("http://127.0.0.1"), BaseAddress = new("http://127.0.0.1"), MailFrom = "a@b",
    };

    public ValueTask DisposeAsync()
    {
        _desk.Dispose();
        return ValueTask.CompletedTask;
    }
}
