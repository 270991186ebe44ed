using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Server.Web.Cases;
using Entente.Server.Web.Safety;

namespace Entente.Server.Web.Party;

/// <summary>A seller's claim against the buyer of an order: the order is chosen, the claim written on one
/// page.</summary>
public static class SellerClaims
{
    private const int OrdersMax = 200;

    public static void MapSellerClaims(this IEndpointRouteBuilder seller)
    {
        seller.MapGet("/claims/new", Orders);
        seller.MapGet("/claims/new/{order}", Show);
        seller.MapPost("/claims/new/{order}", Open).RequireRateLimiting(Limits.Opening);
    }

    private static async Task<IResult> Orders(HttpContext context, OrderBook book, People people)
    {
        var (caller, stop) = (context.Caller(), context.RequestAborted);
        var found = new List<Order>();
        foreach (var party in caller.PartiesAs(Role.Seller))
            found.AddRange((await book.OfSeller(party, OrdersMax, stop)).Select(stored => stored.Order));
        var names = await people.NamesOf(caller.Marketplace, found.Select(order => order.Buyer.Value), stop);
        return Page.Show<SellerOrdersPage>(("Sales", found
            .Select(order => new Sale(order.Id, order.ExternalId, names.GetValueOrDefault(order.Buyer.Value, ""),
                order.Dates.Placed))
            .ToList()));
    }

    private static async Task<IResult> Show(HttpContext context, OrderBook book, People people, string order) =>
        await Find(context, book, people, order) is { } found
            ? Page.Show<SellerClaimPage>(("Sale", found))
            : TypedResults.NotFound();

    private static async Task<IResult> Open(
        HttpContext context, OrderBook book, People people, DisputeDesk desk, string order)
    {
        if (await Find(context, book, people, order) is not { } found) return TypedResults.NotFound();
        var (typed, stop) = (await context.Typed(), context.RequestAborted);
        var claim = ClaimTyped.Read(typed, found.Lines, found.Order.Currency);
        if (claim.Wrong.Count > 0) return Page.Refused<SellerClaimPage>(("Sale", found),
            ("State", typed.Wrong(claim.Wrong)));
        var command = new OpenDispute(typed.Caller.Marketplace, found.Seller, claim.Items, typed.NeededText("story"),
            claim.Sought, found.Languages);
        var by = typed.Caller.ActorAs(Role.Seller, found.Seller);
        return await desk.Open(found.Order.Id, command, by, typed.Caller.Principal, typed.Key, stop) switch
        {
            Reply.Done done => Page.Done(CaseFile.AddressOf(done.Dispute.Id), "claim_opened"),
            Reply.Refused refused => Page.Refused<SellerClaimPage>(
                ("Sale", found), ("State", typed.Refused(claim.Placed(refused.Refusal)))),
            _ => TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable),
        };
    }

    /// <summary>Null where this seller sold nothing on that order.</summary>
    private static async Task<SoldOrder?> Find(HttpContext context, OrderBook book, People people, string order)
    {
        var (caller, stop) = (context.Caller(), context.RequestAborted);
        if (await book.Find(new(order), stop) is not { } stored
            || stored.Marketplace != caller.Marketplace) return null;
        var mine = caller.PartiesAs(Role.Seller).Where(party => stored.Order.LinesOf(party).Any()).ToList();
        if (mine.Count == 0) return null;
        var buyer = await people.FindParty(caller.Marketplace, stored.Order.Buyer, stop);
        var seller = await people.FindParty(caller.Marketplace, mine[0], stop);
        ValueList<string> languages =
            [.. new[] { buyer?.Language ?? caller.Language, seller?.Language ?? caller.Language }
            .Distinct().Order(StringComparer.Ordinal)];
        return new(stored.Order, mine[0], [.. stored.Order.LinesOf(mine[0])], buyer?.Name ?? "", languages);
    }
}

/// <summary>An order in a seller's list.</summary>
public sealed record Sale(OrderId Id, string ExternalId, string Buyer, Instant Placed);

/// <summary>What one seller sold on an order, and to whom.</summary>
public sealed record SoldOrder(
    Order Order, PartyId Seller, IReadOnlyList<OrderLine> Lines, string Buyer, ValueList<string> Languages);
