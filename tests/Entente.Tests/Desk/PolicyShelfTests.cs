using System.Text;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Server.Policies;
using Entente.Server.Storage;
using Entente.Tests.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Entente.Tests.Desk;

public sealed class PolicyShelfTests : IDisposable
{
    private static readonly MarketplaceId Market = new("market");
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly Database _database;
    private readonly PolicyShelf _shelf;

    public PolicyShelfTests()
    {
        _database = new(_folder.Path, _time);
        Migrations.Run(_database);
        _shelf = new(_database);
    }

    [Fact]
    public async Task What_is_published_is_in_force_and_kept_to_the_byte()
    {
        Assert.Null(await _shelf.Current(Market));
        var published = await _shelf.Publish(Market, TestPolicy.Bytes, "key-1");
        Assert.Equal(TestPolicy.Standard, published.Policy);
        Assert.Equal(TestPolicy.Standard, await _shelf.Current(Market));
        Assert.Equal(TestPolicy.Bytes, await _shelf.Bytes(TestPolicy.Pin.Digest));
        Assert.Null(await _shelf.Current(new("other")));
    }

    [Fact]
    public async Task A_dispute_finds_its_version_after_newer_ones_and_after_a_restart()
    {
        await _shelf.Publish(Market, TestPolicy.Bytes, "key-1");
        var second = await _shelf.Publish(Market, Changed("within: 3 days", "within: 4 days"), "key-1");
        Assert.Equal(2, second.Policy!.Version);

        foreach (var shelf in (PolicyShelf[])[_shelf, new(_database)])
        {
            Assert.Equal(TestPolicy.Standard, await shelf.Find(TestPolicy.Pin));
            Assert.Equal(second.Policy, await shelf.Current(Market));
        }
    }

    [Fact]
    public async Task The_same_document_published_twice_is_one_version()
    {
        await _shelf.Publish(Market, TestPolicy.Bytes, "key-1");
        var again = await _shelf.Publish(Market, TestPolicy.Bytes, "key-2");
        Assert.Equal(1, again.Policy!.Version);
        Assert.Single(await _shelf.Versions(Market));
    }

    [Fact]
    public async Task Going_back_to_an_earlier_document_is_a_version_of_its_own()
    {
        await _shelf.Publish(Market, TestPolicy.Bytes, "key-1");
        _time.Advance(TimeSpan.FromDays(1));
        await _shelf.Publish(Market, Changed("within: 3 days", "within: 4 days"), "key-1");
        _time.Advance(TimeSpan.FromDays(1));
        var back = await _shelf.Publish(Market, TestPolicy.Bytes, "key-1");
        Assert.Equal((3, TestPolicy.Pin.Digest), (back.Policy!.Version, back.Policy.Digest));
        Assert.Equal([3, 2, 1], (await _shelf.Versions(Market)).Select(version => version.Version));
    }

    [Fact]
    public async Task Marketplaces_count_their_own_versions()
    {
        await _shelf.Publish(Market, TestPolicy.Bytes, "key-1");
        await _shelf.Publish(Market, Changed("within: 3 days", "within: 4 days"), "key-1");
        var other = await _shelf.Publish(new("other"), TestPolicy.Bytes, "key-2");
        Assert.Equal(1, other.Policy!.Version);
        Assert.Equal(2, (await _shelf.Current(Market))!.Version);
    }

    [Fact]
    public async Task A_document_that_is_not_complete_changes_nothing_and_is_told_each_missing_key()
    {
        await _shelf.Publish(Market, TestPolicy.Bytes, "key-1");
        var refused = await _shelf.Publish(Market, Presets.Bytes("alibaba-ta"), "key-1");
        Assert.Null(refused.Policy);
        Assert.Contains(refused.Document.Problems, problem => problem.Key == "review.evidence");
        Assert.Equal(TestPolicy.Standard, await _shelf.Current(Market));
        Assert.Single(await _shelf.Versions(Market));
    }

    [Fact]
    public async Task Many_who_publish_at_once_get_versions_one_after_the_other()
    {
        var published = await Task.WhenAll(Enumerable.Range(1, 8).Select(days =>
            _shelf.Publish(Market, Changed("breach_window: 60 days", $"breach_window: {days} days"), "key-1")));
        Assert.Equal(Enumerable.Range(1, 8), published.Select(one => one.Policy!.Version).Order());
    }

    [Fact]
    public async Task A_version_that_was_never_published_is_not_made_up() =>
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await _shelf.Find(new PolicyPin("test", 1, "00")));

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    private static byte[] Changed(string from, string to) => Encoding.UTF8.GetBytes(TestPolicy.Text.Replace(from, to));
}
