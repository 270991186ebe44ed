using Entente.Server.Api;
using Entente.Server.Bundles;
using Entente.Server.Desk;
using Entente.Server.Papers.Kit;
using Entente.Server.Web;
using Entente.Server.Web.Cases;
using Microsoft.Net.Http.Headers;

namespace Entente.Server.Papers;

/// <summary>The documents of a dispute: listed, and read as PDF or as a page to print.</summary>
public static class DocumentEndpoints
{
    /// <summary>Below a dispute's page, for parties and for the desk.</summary>
    public static void MapDocuments(this IEndpointRouteBuilder readers)
    {
        readers.MapGet("/disputes/{id}/documents/{document}", Show);
        readers.MapBundle();
    }

    public static void MapDocumentsApi(this IEndpointRouteBuilder dispute)
    {
        dispute.MapGet("/documents", List)
            .IsReading<DocumentsResource>(
                "List the documents", "The statement, each decision, and the receipt of closing.");
        dispute.MapGet("/documents/{document}", Get)
            .Needs(Scope.DisputesRead)
            .Says("Read a document", "As .pdf or .html, in the language asked for, from what the caller may read.")
            .Produces(StatusCodes.Status200OK, contentType: PdfPress.MediaType)
            .Refuses();
        dispute.MapBundleApi();
    }

    private static async Task<IResult> Show(
        HttpContext context, CaseFiles cases, ChainHeads heads, PdfPress press, string id, string document)
    {
        var caller = context.Caller();
        var file = await cases.Open(caller, id, context.RequestAborted);
        return file?.Address == AddressOf(context, id)
            ? await Answer(context, file, heads, press, document) ?? TypedResults.NotFound()
            : TypedResults.NotFound();
    }

    private static Task<IResult> List(DisputeCall call) => call.Read((view, _) => TypedResults.Json(
        new DocumentsResource([.. Documents.Of(view).SelectMany(name => new[] { Documents.Pdf, Documents.Html }
            .Select(ending => new DocumentResource(name, $"/v1/disputes/{view.Id}/documents/{name}{ending}")))]),
        ApiJson.Options));

    private static async Task<IResult> Get(
        DisputeCall call, CaseFiles cases, ChainHeads heads, PdfPress press, string dispute, string document) =>
        await cases.Open(call.Caller, dispute, call.Http.RequestAborted) is { } file
            ? await Answer(call.Http, file, heads, press, document) ?? Problems.NotFound(call.Http)
            : Problems.NotFound(call.Http);

    private static async Task<IResult?> Answer(
        HttpContext context, CaseFile file, ChainHeads heads, PdfPress press, string document)
    {
        if (Documents.Asked(document) is not var (name, isPdf)) return null;
        var links = await heads.Of(file.View, context.RequestAborted);
        var dossier = new Dossier(file, context.Caller().MarketplaceName, links, context.Speaker());
        if (Documents.Write(dossier, name) is not { } paper) return null;
        if (!isPdf)
        {
            context.Response.Headers[HeaderNames.ContentSecurityPolicy] = HtmlPress.Policy;
            return TypedResults.Bytes(HtmlPress.Press(paper), HtmlPress.MediaType);
        }
        var bytes = press.Press(paper).Bytes;
        return TypedResults.Bytes(bytes, PdfPress.MediaType, $"{file.View.Reference}-{name}{Documents.Pdf}");
    }

    /// <summary>A reader has a dispute at one address: parties at theirs, the platform's people on the desk.</summary>
    internal static string AddressOf(HttpContext context, string id) =>
        (context.Request.Path.StartsWithSegments("/desk", StringComparison.Ordinal) ? "/desk" : "") + $"/disputes/{id}";
}

/// <summary>What can be had about a dispute.</summary>
public sealed record DocumentsResource(IReadOnlyList<DocumentResource> Documents);

/// <summary>One document in one shape.</summary>
public sealed record DocumentResource(string Document, string Href);
