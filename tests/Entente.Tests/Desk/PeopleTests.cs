using Entente.Domain;

namespace Entente.Tests.Desk;

public sealed class PeopleTests
{
    [Fact]
    public async Task A_party_asked_for_twice_is_one_party_and_takes_the_newer_name()
    {
        using var town = await Town.Founded();
        var first = await town.People.PartyOf(Town.Here, Role.Seller, "S-1");
        var second = await town.People.PartyOf(Town.Here, Role.Seller, "S-1", "Cups & Co", "fr");
        var third = await town.People.PartyOf(Town.Here, Role.Seller, "S-1");
        Assert.Equal((first, first), (second, third));
        var party = await town.People.FindParty(Town.Here, first);
        Assert.Equal(("Cups & Co", "fr"), (party!.Name, party.Language));
    }

    [Fact]
    public async Task One_external_id_is_another_party_as_buyer_and_in_another_marketplace()
    {
        using var town = await Town.Founded();
        PartyId[] parties =
        [
            await town.People.PartyOf(Town.Here, Role.Seller, "1"),
            await town.People.PartyOf(Town.Here, Role.Buyer, "1"),
            await town.People.PartyOf(Town.Elsewhere, Role.Seller, "1"),
        ];
        Assert.Equal(3, parties.Distinct().Count());
        Assert.Null(await town.People.FindParty(Town.Elsewhere, parties[0]));
    }

    [Fact]
    public async Task What_somebody_may_do_is_read_at_each_request()
    {
        using var town = await Town.Founded();
        var person = await town.People.AddPerson(Town.Here, "Ann@Example", "Ann", "en", "ann@example.com");
        Assert.Empty((await town.Callers.Person(Town.Here, person))!.Memberships);
        await town.People.Join(Town.Here, person, Role.Examiner);
        Assert.True((await town.Callers.Person(Town.Here, person))!.IsExaminer);
        await town.People.Leave(Town.Here, person, Role.Examiner);
        Assert.False((await town.Callers.Person(Town.Here, person))!.IsExaminer);
        await town.People.Disable(Town.Here, person);
        Assert.Null(await town.Callers.Person(Town.Here, person));
    }

    [Fact]
    public async Task A_login_is_one_person_however_it_is_typed()
    {
        using var town = await Town.Founded();
        var person = await town.People.AddPerson(Town.Here, "Ann@Example", "Ann", "en", "ann@example.com");
        Assert.Equal(
            person, await town.People.AddPerson(Town.Here, " ann@example ", "Other", "fr", "other@example.com"));
        Assert.NotEqual(
            person, await town.People.AddPerson(Town.Elsewhere, "ann@example", "Ann", "en", "ann@example.com"));
    }

    [Fact]
    public async Task Nobody_acts_from_another_marketplace()
    {
        using var town = await Town.Founded();
        var person = await town.People.AddPerson(Town.Here, "ann", "Ann", "en", "ann@example.com");
        Assert.Null(await town.Callers.Person(Town.Elsewhere, person));
    }

    [Fact]
    public async Task Names_are_given_for_parties_and_persons_of_this_marketplace_alone()
    {
        using var town = await Town.Founded();
        var person = await town.People.AddPerson(Town.Here, "ann", "Ann", "en", "ann@example.com");
        var party = await town.People.PartyOf(Town.Here, Role.Buyer, "B-1", "Bea");
        string[] ids = [person.Value, party.Value, "nobody"];
        var names = await town.People.NamesOf(Town.Here, ids);
        Assert.Equal(("Ann", "Bea", 2), (names[person.Value], names[party.Value], names.Count));
        Assert.Empty(await town.People.NamesOf(Town.Elsewhere, ids));
    }
}
