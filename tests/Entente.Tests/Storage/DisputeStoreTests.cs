using Dapper;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Storage;

namespace Entente.Tests.Storage;

/// <summary>What every store of disputes has to hold; each database's tests inherit it.</summary>
public abstract partial class DisputeStoreContract(On on) : IDisposable
{
    protected StoredCentre Centre { get; } = new(on);
    private DisputeStore Store => Centre.Store;

    [Fact]
    public async Task What_was_appended_is_read_back_equal()
    {
        var given = Talk();
        Assert.Equal(AppendOutcome.Done, await Centre.Keep(given));
        Assert.Equal(given.Dispute, (await Store.Read(Given.Id)).Dispute);
        Assert.Equal(given.Facts, await Store.History(Given.Id));
        Assert.Equal("Sorry.", (await Store.Texts(Given.Id)).Show(((MessagePosted)given.Facts[1].Event).Text).Value);
    }

    [Fact]
    public async Task A_dispute_nobody_opened_has_no_facts()
    {
        Assert.False((await Store.Read(Given.Id)).Dispute.Exists);
        Assert.Empty(await Store.History(Given.Id));
    }

    [Fact]
    public async Task An_append_to_an_older_version_changes_nothing()
    {
        await Centre.Keep(Given.Opened());
        var before = await Store.Read(Given.Id);
        await Centre.Keep(Given.Opened().Says(Role.Seller, "First."));
        var second = StoredCentre.AppendOf(before, Given.Opened().Says(Role.Buyer, "Second."));
        Assert.Equal(AppendOutcome.VersionConflict, await Store.Append(second));
        Assert.Equal(2, (await Store.History(Given.Id)).Count);
    }

    [Fact]
    public async Task Of_many_writers_at_one_version_exactly_one_writes()
    {
        await Centre.Keep(Given.Opened());
        var before = await Store.Read(Given.Id);
        var outcomes = await Task.WhenAll(Enumerable.Range(1, 32).Select(number => Task.Run(() =>
            Store.Append(StoredCentre.AppendOf(before, Given.Opened().Says(Role.Buyer, $"Writer {number}."))))));
        Assert.Single(outcomes, AppendOutcome.Done);
        Assert.Equal(31, outcomes.Count(outcome => outcome == AppendOutcome.VersionConflict));
        Assert.Equal(2, (await Store.History(Given.Id)).Count);
    }

    [Fact]
    public async Task One_append_that_cannot_be_written_does_not_fail_its_neighbours()
    {
        var appends = Enumerable.Range(1, 20).Select(number => Elsewhere(number)).ToList();
        appends[7] = appends[7] with { Facts = [appends[7].Facts[0], appends[7].Facts[0]] };
        List<Task<AppendOutcome>> tasks;
        using (Store.Hold()) tasks = [.. appends.Select(append => Store.Append(append))];
        await Task.WhenAll(tasks.Select(task => task.ContinueWith(_ => { }, TaskScheduler.Default)));
        Assert.Equal([7], Enumerable.Range(0, 20).Where(index => tasks[index].IsFaulted));
        Assert.All(tasks.Where(task => !task.IsFaulted), task => Assert.Equal(AppendOutcome.Done, task.Result));
        Assert.False((await Store.Read(appends[7].After.Id)).Dispute.Exists);
    }

    [Fact]
    public async Task A_key_that_has_an_answer_is_taken()
    {
        var answer = new RecordedAnswer("person-1", "key-1", "print", Given.Id, 1, 1);
        await Centre.Keep(Given.Opened(), append => append with { Answer = answer });
        var again = await Centre.Keep(
            Given.Opened().Says(Role.Buyer, "Again."), append => append with { Answer = answer });
        Assert.Equal(AppendOutcome.KeyTaken, again);
        Assert.Equal(answer, await Store.Answer(Given.OrderId, "person-1", "key-1"));
        Assert.Null(await Store.Answer(Given.OrderId, "person-2", "key-1"));
    }

    [Fact]
    public async Task Units_are_held_at_the_version_they_were_counted_at()
    {
        await Head(version: 4);
        var opening = new HeadChange(4, [new(1, 1)], 0);
        Assert.Equal(AppendOutcome.Done, await Centre.Keep(Given.Opened(), append => append with { Head = opening }));
        Assert.Equal((5, 1), await HeadAndHeld());
        var late = Elsewhere(1) with { Head = opening };
        Assert.Equal(AppendOutcome.HeadConflict, await Store.Append(late));
        var free = Given.Opened().Says(Role.Buyer, "Never mind.");
        await Centre.Keep(free, append => append with { Head = new(null, [], 0) });
        Assert.Equal((6, 0), await HeadAndHeld());
    }

    [Fact]
    public async Task What_a_fact_sets_in_motion_is_committed_with_it()
    {
        var row = new OutboxRow("notice", "{}", Given.Start);
        await Centre.Keep(Given.Opened(), append => append with { Outbox = [row, row] });
        await using var connection = await Centre.Database.Open();
        Assert.Equal([$"{Given.Id.Suffix}.command-1.1", $"{Given.Id.Suffix}.command-1.2"],
            await connection.QueryAsync<string>("SELECT id FROM outbox ORDER BY id"));
    }

    [Fact]
    public async Task What_somebody_wrote_is_gone_with_their_key_and_the_chain_still_verifies()
    {
        var given = Talk();
        await Centre.Keep(given);
        var text = ((MessagePosted)given.Facts[1].Event).Text;
        await Centre.Keys.Destroy(text.Owner);
        Assert.True((await Store.Texts(Given.Id)).Show(text).IsErased);
        Assert.False((await Store.Texts(Given.Id)).Show(((DisputeOpened)given.Facts[0].Event).Story).IsErased);
        Assert.Equal(given.Facts, await Store.History(Given.Id));
        var afresh = new PersonKeys(Centre.Database);
        Assert.Null(await afresh.Of(text.Owner));
    }

    [Fact]
    public async Task No_text_lies_in_the_database_in_clear()
    {
        await Centre.Keep(Given.Opened().Says(Role.Seller, "Unmistakable-words"));
        var bytes = Directory.GetFiles(FilesOfDatabase()).SelectMany(file => File.ReadAllBytes(file)).ToArray();
        Assert.True(bytes.AsSpan().IndexOf("Unmistakable-words"u8) < 0);
        Assert.True(bytes.AsSpan().IndexOf("message_posted"u8) > 0);
    }

    [Fact]
    public async Task What_another_node_wrote_is_read_and_not_what_this_one_remembers()
    {
        await Centre.Keep(Given.Opened());
        using var elsewhere = new DisputeStore(Centre.Database, Centre.Keys, new());
        var said = Given.Opened().Says(Role.Seller, "Sorry.");
        Assert.Equal(AppendOutcome.Done,
            await elsewhere.Append(StoredCentre.AppendOf(await elsewhere.Read(Given.Id), said)));
        Assert.Equal(said.Dispute, (await Store.Read(Given.Id)).Dispute);
    }

    [Fact]
    public async Task Who_listens_hears_of_a_change_after_its_commit()
    {
        using var near = Centre.Feed.Listen(Given.Id);
        using var any = Centre.Feed.Listen();
        using var far = Centre.Feed.Listen(Elsewhere(1).After.Id);
        await Centre.Keep(Given.Opened());
        Assert.True(await near.Changed());
        Assert.True(await any.Changed());
        Assert.False(far.Changed().AsTask().IsCompleted);
    }

    [Fact]
    public async Task More_than_can_wait_are_asked_to_come_back()
    {
        await Centre.Keep(Given.Opened());
        var before = await Store.Read(Given.Id);
        var append = StoredCentre.AppendOf(before, Given.Opened().Says(Role.Buyer, "Me."));
        await Centre.Keys.Of(append.Texts[0].Owner);
        List<Task<AppendOutcome>> tasks;
        using (Store.Hold())
            tasks = [.. Enumerable.Range(0, CommitLane.WaitingMax + 300).Select(number =>
                Store.Append(append with { Facts = [append.Facts[0] with { Cause = new($"cause-{number}") }] }))];
        var outcomes = await Task.WhenAll(tasks);
        Assert.Contains(AppendOutcome.Overloaded, outcomes);
        Assert.Single(outcomes, AppendOutcome.Done);
    }

    [Fact]
    public void Time_never_goes_back_inside_a_dispute()
    {
        var dispute = Given.Opened().Later(Duration.FromDays(1)).Says(Role.Buyer, "Tomorrow.").Dispute;
        Assert.Equal(dispute.LastAt, Store.Now(dispute));
        Centre.Time.Advance(TimeSpan.FromDays(9));
        Assert.Equal(Given.Start + Duration.FromDays(9), Store.Now(dispute));
    }

    private string FilesOfDatabase() => Centre.Connection is { } connection
        ? PostgresUnderTest.Shared.FilesOf(connection)
        : Centre.Database.Folder;

    private static Given Talk() => Given.Opened().Having(Given.Text("One cup is broken.")).Says(Role.Seller, "Sorry.")
        .Says(Role.Buyer, "Well?");

    /// <summary>The opening of a dispute of another order, or another of the same.</summary>
    private static Append Elsewhere(int number)
    {
        var id = DisputeId.Of(Given.OrderId, [9, 9, 9, 9, 9, 9, 9, 9, 9, (byte)number]);
        var given = Given.Opened();
        return new(new(Dispute.Nothing(id), Links.None), given.Dispute with { Id = id }, given.Facts);
    }

    private Task Head(int version) => Centre.Database.Write(transaction => transaction.Connection!.ExecuteAsync(
        "INSERT INTO order_head (order_id, version, captured) VALUES (@order, @version, 100)",
        new { order = Given.OrderId, version }, transaction));

    private async Task<(int, int)> HeadAndHeld()
    {
        await using var connection = await Centre.Database.Open();
        return await connection.QuerySingleAsync<(int, int)>(
            "SELECT version, (SELECT coalesce(sum(units), 0) FROM held_units) FROM order_head");
    }

    public void Dispose()
    {
        Centre.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>The embedded store.</summary>
public sealed class SqliteDisputeStoreTests() : DisputeStoreContract(On.Sqlite);

/// <summary>The store that several nodes share.</summary>
public sealed class PostgresDisputeStoreTests() : DisputeStoreContract(On.Postgres);
