using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Reputation;
using Entente.Server.Desk;

namespace Entente.Server.Web.Party.Standing;

/// <summary>What a buyer or seller stands like, and why: their own page, for nobody else.</summary>
public static class StandingEndpoints
{
    public static void MapStanding(this IEndpointRouteBuilder party) => party.MapGet("/reputation", Show);

    private static async Task<IResult> Show(
        HttpContext context, Standings standings, People people, Restrictions restrictions, Antecedents antecedents)
    {
        var (caller, stop) = (context.Caller(), context.RequestAborted);
        var buyers = new List<BuyerStanding>();
        foreach (var party in caller.PartiesAs(Role.Buyer)) buyers.Add(await standings.OfBuyer(party, stop));
        var parties = caller.PartiesAs(Role.Seller).ToList();
        var names = await people.NamesOf(caller.Marketplace, [.. parties.Select(party => party.Value)], stop);
        var sellers = new List<(string, SellerStanding)>();
        foreach (var party in parties)
            sellers.Add((names.GetValueOrDefault(party.Value, ""), await standings.OfSeller(party, stop)));
        var kept = new List<Restriction>();
        foreach (var side in (Role[])[Role.Buyer, Role.Seller])
            foreach (var party in caller.PartiesAs(side))
                if (await restrictions.On(caller.Marketplace, side, party, antecedents.Now, stop) is { } restriction)
                    kept.Add(restriction);
        return Page.Show<StandingPage>(("Buyers", buyers), ("Sellers", sellers), ("Kept", kept));
    }
}
