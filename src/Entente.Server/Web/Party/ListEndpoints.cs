using Entente.Domain;
using Entente.Server.Desk;
using Entente.Server.Storage;
using Entente.Server.Web.Cases;

namespace Entente.Server.Web.Party;

/// <summary>« Gestion des litiges »: a party's disputes, by what is due first.</summary>
public static class ListEndpoints
{
    private const int RowsMax = 40;

    public static void MapList(this IEndpointRouteBuilder party) => party.MapGet("/disputes", List);

    private static async Task<IResult> List(HttpContext context, DisputeQueries disputes, People people)
    {
        var (caller, address, stop) = (
            context.Caller(), ListAddress.From(context.Request.Query), context.RequestAborted);
        var side = caller.PartiesAs(Role.Seller).Any() ? Role.Seller : Role.Buyer;
        var parties = caller.PartiesAs(side).ToList();
        // A reference typed whole leads straight to its dispute.
        var page = await disputes.OfParty(
            caller.Marketplace, side, parties, address.Filter(caller.SightAs(side)), address.After, RowsMax, stop);
        if (address is { Part: ListPart.All, After: null } && page.Rows is [var only])
            return Page.Done(CaseFile.AddressOf(only.Id));
        var counts = await disputes.CountsOfParty(caller.Marketplace, side, parties, stop);
        var names = await people.NamesOf(
            caller.Marketplace, page.Rows.SelectMany(row => new[] { row.Buyer.Value, row.Seller.Value }), stop);
        return Page.Show<DisputesPage>(
            ("Me", side), ("Address", address), ("Counts", counts), ("Rows", page.Rows), ("Names", names),
            ("Next", page.Next));
    }
}
