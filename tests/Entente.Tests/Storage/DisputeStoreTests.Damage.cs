using Dapper;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Search;
using Entente.Server.Storage;

namespace Entente.Tests.Storage;

/// <summary>What the store says of rows that are not as it wrote them.</summary>
public abstract partial class DisputeStoreContract
{
    [Theory]
    [InlineData("UPDATE event SET bytes = CAST(replace(CAST(bytes AS TEXT), 'seller', 'sellor') AS BLOB) WHERE seq = 2",
        "fact 2")]
    [InlineData("UPDATE event SET link = zeroblob(32) WHERE seq = 2", "fact 2")]
    [InlineData("UPDATE event SET audience = 'staff' WHERE seq = 2", "fact 2")]
    [InlineData(
        "UPDATE event SET seq = CASE seq WHEN 2 THEN 3 ELSE 2 END + 10 WHERE seq IN (2, 3); UPDATE event SET seq = seq "
            + "- 10 WHERE seq > 10", "fact 2")]
    [InlineData("DELETE FROM event WHERE seq = 2", "fact 2")]
    [InlineData("DELETE FROM event WHERE seq = 3", "chain of all")]
    [InlineData(
        "UPDATE event SET kind = 'of_tomorrow', bytes = CAST(replace(CAST(bytes AS TEXT), 'message_posted', "
            + "'of_tomorrow') AS BLOB) WHERE seq = 2", "fact 2")]
    public async Task Damage_is_seen_and_touches_nothing_else(string damage, string seen)
    {
        await Centre.Keep(Talk());
        await Store.Append(Elsewhere(1));
        await Centre.Database.Write(transaction => transaction.Connection!.ExecuteAsync(
            Centre.Own(damage).Replace("WHERE", $"WHERE suffix = '{Given.Id.Suffix}' AND"), null, transaction));
        var damaged = await Assert.ThrowsAsync<DamagedDisputeException>(() => Store.History(Given.Id));
        Assert.Contains(seen, damaged.Why);
        Assert.Single(await Store.History(Elsewhere(1).After.Id));
    }

    [Fact]
    public async Task A_fact_of_a_newer_version_makes_its_dispute_read_only_and_says_why()
    {
        await Centre.Keep(Talk());
        var fact = (await Store.History(Given.Id))[^1];
        var bytes = System.Text.Encoding.UTF8.GetBytes(
            System.Text.Encoding.UTF8.GetString(EventCodec.Write(fact)).Replace("message_posted", "of_tomorrow"));
        await using var connection = await Centre.Database.Open();
        var previous = await connection.QuerySingleAsync<byte[]>("SELECT link FROM event WHERE seq = 2");
        var link = Chain.Link(Given.Id, Audience.All, 3, previous, bytes);
        await Centre.Database.Write(transaction => transaction.Connection!.ExecuteAsync(
            "UPDATE event SET kind = 'of_tomorrow', bytes = @bytes, link = @link WHERE seq = 3", new { bytes, link },
            transaction));
        var damaged = await Assert.ThrowsAsync<DamagedDisputeException>(() => Store.History(Given.Id));
        Assert.Equal("fact 3 cannot be read", damaged.Why);
        Assert.Contains("newer version", damaged.Message);
        // Somebody who asks here is told to ask again soon, and the words of the fact wait for a node that knows it.
        Assert.Equal(StorageTrouble.Away, StorageTroubles.Of(damaged));
        await new SearchIndex(Centre.Database, Centre.Keys).CatchUp();
        Assert.Equal([3], await connection.QueryAsync<int>("SELECT seq FROM search_due"));
    }

    [Fact]
    public async Task A_dispute_with_more_facts_than_it_counts_is_not_written_to()
    {
        await Centre.Keep(Given.Opened());
        await Centre.Database.Write(transaction => transaction.Connection!.ExecuteAsync(
            "INSERT INTO event SELECT order_id, suffix, 2, audience, 2, at, 'of_tomorrow', bytes, link FROM event",
            null, transaction));
        await Assert.ThrowsAsync<DamagedDisputeException>(() => Store.Read(Given.Id));
    }

    [Fact]
    public async Task A_state_of_another_shape_is_folded_anew()
    {
        await Centre.Keep(LongTalk(20));
        await Centre.Database.Write(transaction => transaction.Connection!.ExecuteAsync(
            Centre.Own("UPDATE snapshot SET shape = 0, state = zeroblob(32)"), null, transaction));
        using var afresh = new DisputeStore(Centre.Database, Centre.Keys, Centre.Feed);
        Assert.Equal(LongTalk(20).Dispute, (await afresh.Read(Given.Id)).Dispute);
    }

    [Fact]
    public async Task What_came_after_the_kept_state_is_folded_onto_it()
    {
        await Centre.Keep(LongTalk(20));
        await Centre.Keep(LongTalk(23));
        using var afresh = new DisputeStore(Centre.Database, Centre.Keys, Centre.Feed);
        Assert.Equal(LongTalk(23).Dispute, (await afresh.Read(Given.Id)).Dispute);
        await using var connection = await Centre.Database.Open();
        Assert.Equal(21, await connection.QuerySingleAsync<int>("SELECT version FROM snapshot"));
    }

    [Fact]
    public async Task A_whole_dispute_is_the_same_the_second_time_and_with_what_came_meanwhile()
    {
        await Centre.Keep(Talk());
        Assert.Equal(Talk().Facts, (await Store.Whole(Given.Id)).Facts);
        Assert.Equal(Talk().Dispute, (await Store.Whole(Given.Id)).Dispute);
        await Centre.Keep(Talk().Says(Role.Buyer, "Still there?"));
        var whole = await Store.Whole(Given.Id);
        Assert.Equal(4, whole.Facts.Count);
        Assert.Equal("Still there?", whole.Texts.Show(((MessagePosted)whole.Facts[3].Event).Text).Value);
        await Centre.Keys.Destroy(((MessagePosted)whole.Facts[3].Event).Text.Owner);
        whole = await Store.Whole(Given.Id);
        Assert.True(whole.Texts.Show(((MessagePosted)whole.Facts[3].Event).Text).IsErased);
    }

    private static Given LongTalk(int words) =>
        Enumerable.Range(1, words).Aggregate(Given.Opened(), (given, word) => given.Says(Role.Buyer, $"Word {word}."));
}
