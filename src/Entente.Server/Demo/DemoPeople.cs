using Entente.Domain;
using Entente.Server.Desk;

namespace Entente.Server.Demo;

/// <summary>Somebody of the demo: who they are, and for whom they act.</summary>
/// <param name="Party">The marketplace's own id of the party; null for the platform's people.</param>
/// <param name="PartyName">What the party is called.</param>
internal sealed record DemoPerson(
    string Login, string Name, string Language, Role Role, string? Party = null, string? PartyName = null)
{
    public string Email => $"{Login}@{(Party is null ? "place-des-halles" : "mail")}.example";
}

/// <summary>The people of the Place des Halles.</summary>
internal static class DemoPeople
{
    public static readonly DemoPerson Camille = new(
        "camille", "Camille Laurent", "fr", Role.Buyer, "B-1001", "Camille Laurent");
    public static readonly DemoPerson Emma = new("emma", "Emma Clarke", "en", Role.Buyer, "B-1002", "Emma Clarke");
    public static readonly DemoPerson Hugo = new("hugo", "Hugo Verdier", "fr", Role.Seller, "S-201", "Atelier Verdier");
    public static readonly DemoPerson Ines = new("ines", "Inès Benali", "fr", Role.Seller, "S-202", "Lumen & Fils");
    public static readonly DemoPerson Oliver = new(
        "oliver", "Oliver Grant", "en", Role.Seller, "S-203", "Harbour Audio");
    public static readonly DemoPerson Claire = new("claire", "Claire Moreau", "fr", Role.Examiner);
    public static readonly DemoPerson Daniel = new("daniel", "Daniel Reed", "en", Role.Examiner);
    public static readonly DemoPerson Sofia = new("sofia", "Sofia Marchetti", "fr", Role.Operator);

    private static readonly DemoPerson[] All = [Camille, Emma, Hugo, Ines, Oliver, Claire, Daniel, Sofia];

    /// <summary>Makes them all; who is there already stays as they are.</summary>
    public static async Task<IReadOnlyDictionary<DemoPerson, Caller>> Settle(
        DemoCentre centre, MarketplaceId marketplace, CancellationToken stop)
    {
        var callers = new Dictionary<DemoPerson, Caller>();
        foreach (var person in All)
        {
            var id = await centre.People.AddPerson(
                marketplace, person.Login, person.Name, person.Language, person.Email, demo: true);
            PartyId? party = person.Party is null
                ? null
                : await centre.People.PartyOf(
                    marketplace, person.Role, person.Party, person.PartyName, person.Language);
            await centre.People.Join(marketplace, id, person.Role, party);
            callers[person] = await centre.Callers.Person(marketplace, id, stop)
                ?? throw new InvalidOperationException($"{person.Name} was made and is not there.");
        }
        return callers;
    }
}
