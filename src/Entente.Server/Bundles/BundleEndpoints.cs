using Entente.Server.Api;
using Entente.Server.Desk;
using Entente.Server.Papers;
using Entente.Server.Web;
using Entente.Server.Web.Cases;
using Entente.Server.Web.Safety;

namespace Entente.Server.Bundles;

/// <summary>The bundle of a dispute: one file, made for its reader while it is sent.</summary>
public static class BundleEndpoints
{
    public static void MapBundle(this IEndpointRouteBuilder readers) =>
        readers.MapGet("/disputes/{id}/bundle", Show).RequireRateLimiting(Limits.Exports);

    public static void MapBundleApi(this IEndpointRouteBuilder dispute) => dispute.MapGet("/bundle", Get)
        .RequireRateLimiting(Limits.Exports)
        .Needs(Scope.DisputesRead)
        .Says("Take the bundle", "A ZIP that proves itself offline: facts, texts, exhibits and documents, as far as "
            + "the caller may read them, signed. docs/bundle-format.md says how to verify it.")
        .Produces(StatusCodes.Status200OK, contentType: Bundle.MediaType)
        .Refuses();

    private static async Task<IResult> Show(
        HttpContext context, CaseFiles cases, ChainHeads heads, Bundler bundler, string id)
    {
        var file = await cases.Open(context.Caller(), id, context.RequestAborted);
        return file?.Address == DocumentEndpoints.AddressOf(context, id)
            ? await Answer(context, file, heads, bundler)
            : TypedResults.NotFound();
    }

    private static async Task<IResult> Get(
        DisputeCall call, CaseFiles cases, ChainHeads heads, Bundler bundler, string dispute) =>
        await cases.Open(call.Caller, dispute, call.Http.RequestAborted) is { } file
            ? await Answer(call.Http, file, heads, bundler)
            : Problems.NotFound(call.Http);

    private static async Task<IResult> Answer(HttpContext context, CaseFile file, ChainHeads heads, Bundler bundler)
    {
        var (caller, stop) = (context.Caller(), context.RequestAborted);
        var dossier = new Dossier(file, caller.MarketplaceName, await heads.Of(file.View, stop), context.Speaker());
        var bundle = await bundler.Of(dossier, VerifyText(context, dossier), stop);
        if (bundle.IsTooLarge(context.RequestServices.GetRequiredService<Settings>().Limits.BundleBytesMax))
        {
            await Edge.Explain(context, ProblemCode.BundleTooLarge);
            return TypedResults.Empty;
        }
        // Who takes a copy away stands in the trail, though nothing of the dispute changes.
        await context.RequestServices.GetRequiredService<AuditJournal>().Note(
            caller.Marketplace, context.RemoteAddress(), caller.Principal, "bundle", file.View.Id.ToString());
        context.Response.ContentLength = bundle.Bytes;
        return TypedResults.Stream(
            output => bundle.WriteTo(output, stop), Bundle.MediaType, $"entente-{file.View.Reference}.zip");
    }

    private static string VerifyText(HttpContext context, Dossier dossier)
    {
        var centre = context.RequestServices.GetRequiredService<Settings>().BaseAddress;
        return dossier.Say("bundle.verify_text",
            ("reference", dossier.View.Reference), ("house", dossier.House), ("reader", dossier.View.Viewer.Role),
            ("page", new Uri(centre, VerifyEndpoints.Path).AbsoluteUri),
            ("keys", new Uri(centre, KeysEndpoint.Path).AbsoluteUri));
    }
}
