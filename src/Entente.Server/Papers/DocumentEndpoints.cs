using Entente.Domain.Audiences;
using Entente.Server.Api;
using Entente.Server.Bundles;
using Entente.Server.Desk;
using Entente.Server.Papers.Bank;
using Entente.Server.Papers.Kit;
using Entente.Server.Web;
using Entente.Server.Web.Cases;
using Entente.Server.Web.Safety;
using Microsoft.Net.Http.Headers;

namespace Entente.Server.Papers;

/// <summary>The documents of a dispute: listed, and read as PDF or as a page to print.</summary>
public static class DocumentEndpoints
{
    /// <summary>Below a dispute's page, for parties and for the desk.</summary>
    public static void MapDocuments(this IEndpointRouteBuilder readers)
    {
        readers.MapGet("/disputes/{id}/documents/{document}", Show).RequireRateLimiting(Limits.Documents);
        readers.MapBundle();
    }

    public static void MapDocumentsApi(this IEndpointRouteBuilder dispute)
    {
        dispute.MapGet("/documents", List)
            .IsReading<DocumentsResource>(
                "List the documents", "The statement, each decision, and the receipt of closing.");
        dispute.MapGet("/documents/{document}", Get)
            .RequireRateLimiting(Limits.Documents)
            .Needs(Scope.DisputesRead)
            .Says("Read a document", "As .pdf or .html, in the language asked for, from what the caller may read.")
            .Produces(StatusCodes.Status200OK, contentType: PdfPress.MediaType)
            .Refuses();
        dispute.MapBundleApi();
    }

    private static async Task<IResult> Show(
        HttpContext context, CaseFiles cases, string id, string document)
    {
        var caller = context.Caller();
        var file = await cases.Open(caller, id, context.RequestAborted);
        return file?.Address == AddressOf(context, id)
            ? await Answer(context, file, document) ?? TypedResults.NotFound()
            : TypedResults.NotFound();
    }

    private static Task<IResult> List(DisputeCall call) => call.Read((view, _) => TypedResults.Json(
        new DocumentsResource([.. Files(view).Select(file =>
            new DocumentResource(Documents.Asked(file)!.Value.Name, $"/v1/disputes/{view.Id}/documents/{file}"))]),
        ApiJson.Options));

    private static IEnumerable<string> Files(DisputeView view) =>
    [
        .. Documents.Of(view).Append(BankPapers.Letter)
            .SelectMany(name => new[] { name + Documents.Pdf, name + Documents.Html }),
        .. BankPapers.Packs.Select(name => name + Documents.Pdf),
    ];

    private static async Task<IResult> Get(DisputeCall call, CaseFiles cases, string dispute, string document) =>
        await cases.Open(call.Caller, dispute, call.Http.RequestAborted) is { } file
            ? await Answer(call.Http, file, document) ?? Problems.NotFound(call.Http)
            : Problems.NotFound(call.Http);

    private static async Task<IResult?> Answer(HttpContext context, CaseFile file, string document)
    {
        if (Documents.Asked(document) is not var (name, isPdf)) return null;
        var (rooms, stop) = (context.RequestServices, context.RequestAborted);
        var links = await rooms.GetRequiredService<ChainHeads>().Of(file.View, stop);
        var dossier = new Dossier(file, context.Caller().MarketplaceName, links, context.Speaker());
        var bytes = Documents.Write(dossier, name) is { } paper
            ? isPdf ? rooms.GetRequiredService<PdfPress>().Press(paper).Bytes : HtmlPress.Press(paper)
            : await rooms.GetRequiredService<BankPapers>().Write(dossier, name, isPdf, stop);
        if (bytes is null) return null;
        if (isPdf)
            return TypedResults.Bytes(bytes, PdfPress.MediaType, $"{file.View.Reference}-{name}{Documents.Pdf}");
        context.Response.Headers[HeaderNames.ContentSecurityPolicy] = HtmlPress.Policy;
        return TypedResults.Bytes(bytes, HtmlPress.MediaType);
    }

    /// <summary>A reader has a dispute at one address: parties at theirs, the platform's people on the desk.</summary>
    internal static string AddressOf(HttpContext context, string id) =>
        (context.Request.Path.StartsWithSegments("/desk", StringComparison.Ordinal) ? "/desk" : "") + $"/disputes/{id}";
}

/// <summary>What can be had about a dispute.</summary>
public sealed record DocumentsResource(IReadOnlyList<DocumentResource> Documents);

/// <summary>One document in one shape.</summary>
public sealed record DocumentResource(string Document, string Href);
