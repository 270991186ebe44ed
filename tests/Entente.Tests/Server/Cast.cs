using Entente.Domain;
using Entente.Server.Desk;

namespace Entente.Tests.Server;

/// <summary>Who is needed to try every wrong door: two buyers, two sellers,
/// staff, and another marketplace with the same.</summary>
public sealed record Cast(
    MarketplaceId Marketplace, PartyId Buyer1Party, PartyId Buyer2Party, PartyId Seller1Party, PartyId Seller2Party,
    PersonId Buyer1, PersonId Buyer2, PersonId Seller1, PersonId Seller2, PersonId Examiner1, PersonId Examiner2,
    PersonId Operator)
{
    public static readonly MarketplaceId Here = new("here");
    public static readonly MarketplaceId Elsewhere = new("elsewhere");

    /// <summary>External ids of the parties, for keys: buyer:B1, seller:S2.</summary>
    public static async Task<Cast> Of(ServerUnderTest server, MarketplaceId marketplace)
    {
        await server.Get<Marketplaces>().Add(new(marketplace, $"Market {marketplace}", "en", "Europe/Paris"));
        var people = server.Get<People>();
        async Task<PartyId> Party(Role kind, string externalId) =>
            await people.PartyOf(marketplace, kind, externalId, $"Party {externalId}");
        async Task<PersonId> Person(string login, Role role, PartyId? party = null)
        {
            var person = await people.AddPerson(marketplace, login, $"Person {login}", "en", $"{login}@example.com");
            await people.Join(marketplace, person, role, party);
            return person;
        }
        var (b1, b2) = (await Party(Role.Buyer, "B1"), await Party(Role.Buyer, "B2"));
        var (s1, s2) = (await Party(Role.Seller, "S1"), await Party(Role.Seller, "S2"));
        return new(marketplace, b1, b2, s1, s2,
            await Person("b1", Role.Buyer, b1), await Person("b2", Role.Buyer, b2),
            await Person("s1", Role.Seller, s1), await Person("s2", Role.Seller, s2),
            await Person("m1", Role.Examiner), await Person("m2", Role.Examiner), await Person("p1", Role.Operator));
    }
}
