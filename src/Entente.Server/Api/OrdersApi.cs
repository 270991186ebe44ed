using Entente.Domain;
using Entente.Server.Desk;
using Entente.Server.Web;
using Microsoft.AspNetCore.Mvc;

namespace Entente.Server.Api;

/// <summary>/v1/orders: what was bought, as the marketplace hands it in.</summary>
public static class OrdersApi
{
    public static void MapOrders(this IEndpointRouteBuilder api)
    {
        api.MapPost("/orders", Post).IsImport<OrderReport>(
            "Hand in an order", "New or changed; the same again adds nothing. What is odd is taken and flagged.")
            .Produces<OrderReport>(StatusCodes.Status201Created);
        api.MapPut("/orders/{external_id}", Put).IsImport<OrderReport>("Hand in an order under its address")
            .Produces<OrderReport>(StatusCodes.Status201Created);
        api.MapPost("/orders/bulk", Bulk).IsImport<BulkReport>(
            "Hand in many orders",
            "One order as JSON on each line. A line that makes no sense is refused by name, the others are done; "
                + "sending "
            + "all of it again changes nothing.")
            .Accepts<string>(NdjsonLines.MediaType)
            .WithMetadata(new DisableRequestSizeLimitAttribute());
        api.MapGet("/orders/{external_id}", Get).IsReading<OrderResource>(
            "Read an order", "A seller reads only what it sold.");
    }

    private static RouteHandlerBuilder IsImport<T>(
        this RouteHandlerBuilder call, string summary, string? description = null) => call
        .Needs(Scope.OrdersWrite)
        .ForTheMarketplace()
        .Says(summary, description)
        .Produces<T>()
        .Refuses();

    private static Task<IResult> Post(HttpContext http, OrderBody body, OrderBook book, OrderNews news) =>
        Take(http, body, book, news);

    private static Task<IResult> Put(
        HttpContext http, [FromRoute(Name = "external_id")] string externalId, OrderBody body, OrderBook book,
        OrderNews news) =>
        body.ExternalId == Bounds.FromAddress(externalId)
            ? Take(http, body, book, news)
            : Task.FromResult(Problems.Of(http, ProblemCode.AddressDiffers, "external_id"));

    private static async Task<IResult> Take(HttpContext http, OrderBody body, OrderBook book, OrderNews news)
    {
        if (body.Fault() is { } fault) return Problems.Of(http, fault.Code, fault.Field);
        var taken = await book.Import(http.Caller().Marketplace, [body.ToImport()], http.RequestAborted);
        await news.Spread(taken, http.Caller().Principal, http.RequestAborted);
        var report = OrderReport.Of(null, taken[0]);
        if (report.Result != ImportResult.Created) return TypedResults.Json(report, ApiJson.Options);
        http.Response.Headers.Location = $"/v1/orders/{Uri.EscapeDataString(body.ExternalId)}";
        return TypedResults.Json(report, ApiJson.Options, null, StatusCodes.Status201Created);
    }

    private static async Task<IResult> Bulk(HttpContext http, OrderBook book, OrderNews news) => TypedResults.Json(
        await new BulkImport(
            book, http.Caller().Marketplace, http.Speaker(),
            taken => news.Spread(taken, http.Caller().Principal, http.RequestAborted))
            .Run(http.Request.BodyReader, http.RequestAborted),
        ApiJson.Options);

    private static async Task<IResult> Get(
        HttpContext http, [FromRoute(Name = "external_id")] string externalId, OrderBook book, Payouts payouts,
        People people)
    {
        var (caller, stop) = (http.Caller(), http.RequestAborted);
        var id = OrderId.Of(caller.Marketplace, Bounds.FromAddress(externalId));
        if (await book.Find(id, stop) is not { } found || OrderSight.Of(found, caller) is not { } seen)
            return Problems.NotFound(http);
        var held = OrderSight.Of(await payouts.HeldOf(id, stop), caller);
        return TypedResults.Json(await OrderResource.Of(seen, held, people, stop), ApiJson.Options);
    }
}

/// <summary>What became of one order.</summary>
public enum ImportResult { Created, Updated, Unchanged, Refused }

/// <summary>The report on one order that was handed in.</summary>
/// <param name="Line">Its line, in a bulk import.</param>
/// <param name="Oddities">What is odd about it; it was taken all the same.</param>
/// <param name="Problem">Why it was refused.</param>
public sealed record OrderReport(
    int? Line, string? ExternalId, ImportResult Result, IReadOnlyList<OrderOddity> Oddities, Problem? Problem)
{
    internal static OrderReport Of(int? line, ImportedOrder taken) =>
        new(line, taken.ExternalId, ResultOf(taken.Outcome), taken.Oddities, null);

    private static ImportResult ResultOf(ImportOutcome outcome) => outcome switch
    {
        ImportOutcome.Added => ImportResult.Created,
        ImportOutcome.Changed => ImportResult.Updated,
        ImportOutcome.Unchanged => ImportResult.Unchanged,
    };
}

/// <summary>The report on a bulk import: counts, and every line in order.</summary>
public sealed record BulkReport(
    int Created, int Updated, int Unchanged, int Refused, int Odd, IReadOnlyList<OrderReport> Lines);
