using Entente.Domain;
using Entente.Server.Desk;

namespace Entente.Tests.Desk;

public sealed class KeyRingTests
{
    [Fact]
    public async Task A_key_opens_only_whole_and_unchanged()
    {
        using var town = await Town.Founded();
        var text = await town.Keys.Make(Town.Here, "shop", [Scope.OrdersWrite, Scope.DisputesRead]);
        var key = await town.Keys.Find(text);
        Assert.Equal([Scope.OrdersWrite, Scope.DisputesRead], key!.Scopes);
        var other = await town.Keys.Make(Town.Here, "other", []);
        foreach (var wrong in new[]
            { text[..^1], text + "0", text.ToUpperInvariant(), "", "ent_x", Mix(text, other), text[4..] })
            Assert.Null(await town.Keys.Find(wrong));
    }

    [Fact]
    public async Task A_key_ends_when_it_expires_or_is_revoked()
    {
        using var town = await Town.Founded();
        var inAnHour = Instant.FromDateTimeOffset(town.Clock.GetUtcNow()) + Duration.FromHours(1);
        var brief = await town.Keys.Make(Town.Here, "brief", [Scope.Admin], inAnHour);
        var revoked = await town.Keys.Make(Town.Here, "revoked", [Scope.Admin]);
        var prefix = (await town.Keys.Find(revoked))!.Prefix;
        Assert.False(await town.Keys.Revoke(Town.Elsewhere, prefix));
        Assert.True(await town.Keys.Revoke(Town.Here, prefix));
        Assert.NotNull(await town.Keys.Find(brief));
        town.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(await town.Keys.Find(brief));
        Assert.Null(await town.Keys.Find(revoked));
    }

    [Fact]
    public async Task A_key_for_somebody_has_their_authority_and_never_another_marketplaces()
    {
        using var town = await Town.Founded();
        var buyer = await town.People.PartyOf(Town.Here, Role.Buyer, "B-1");
        await town.People.PartyOf(Town.Here, Role.Seller, "B-1");
        await town.People.PartyOf(Town.Elsewhere, Role.Buyer, "B-2");
        var person = await town.People.AddPerson(Town.Here, "ann", "Ann", "en", "ann@example.com");
        await town.People.Join(Town.Here, person, Role.Examiner);
        var key = (await town.Keys.Find(await town.Keys.Make(Town.Here, "shop", [Scope.DisputesWrite])))!;

        Assert.Equal(buyer, Assert.Single((await town.Callers.ByKey(key, "buyer:B-1"))!.PartiesAs(Role.Buyer)));
        Assert.True((await town.Callers.ByKey(key, person.Value))!.IsExaminer);
        Assert.Equal(person, (await town.Callers.ByKey(key, "person:ann"))!.Person);
        Assert.True((await town.Callers.ByKey(key))!.IsMarketplace);
        foreach (var nobody in new[] { "B-1", "buyer:B-2", "B-2", "seller:", "", "person:B-1" })
            Assert.Null(await town.Callers.ByKey(key, nobody));
    }

    [Fact]
    public void Admin_covers_everything_but_deciding()
    {
        var caller = new Caller(Town.Here, null, "key", "en", DateTimeZone.Utc, [], "abc", [Scope.Admin]);
        Assert.Equal([Scope.Decide], Enum.GetValues<Scope>().Where(scope => !caller.May(scope)));
    }

    [Fact]
    public void Scopes_are_read_as_they_are_spelled()
    {
        var all = Enum.GetValues<Scope>();
        Assert.Equal(all, Scopes.Parse(string.Join(", ", all.Select(scope => scope.Spell()))));
        Assert.Null(Scopes.Parse("orders:write, everything"));
    }

    private static string Mix(string one, string other) =>
        $"{one[..one.LastIndexOf('_')]}{other[other.LastIndexOf('_')..]}";
}
