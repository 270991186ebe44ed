using System.Globalization;
using System.Text;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;
using Entente.Server.Evidence;
using Entente.Server.Storage;
using Entente.Server.Web;
using Microsoft.Net.Http.Headers;

namespace Entente.Server.Api;

/// <summary>
/// Files that are sent in pieces, by the open protocol tus 1.0 (creation, expiration, termination), for pages and
/// programs alike. What a broken connection brought stays, and its sender goes on behind it.
/// </summary>
public sealed class ResumableUploads(EvidenceUploads uploads, EvidenceIntake intake)
{
    public const string Version = "1.0.0";
    public const string PieceType = "application/offset+octet-stream";
    public const string LengthHeader = "Upload-Length";
    public const string OffsetHeader = "Upload-Offset";
    private const string VersionHeader = "Tus-Resumable";
    private const string MetadataHeader = "Upload-Metadata";
    private const int MetadataLengthMax = 8_192;

    /// <summary>Judges what is promised before anything is sent.</summary>
    public async Task<IResult> Begin(HttpContext http, DisputeView view, EvidenceRules rules)
    {
        if (!view.May(AddEvidence.Adds.Name)) return Problems.Of(http, new Refusal(
            AddEvidence.Adds.By.Contains(view.Viewer.Role)
                ? RefusalCode.StageDoesNotAllow : RefusalCode.RoleMayNot));
        if (Number(http, LengthHeader) is not { } bytes)
            return Problems.Of(http, ProblemCode.InvalidParameter, LengthHeader);
        if (Told(http.Request.Headers[MetadataHeader].ToString()) is not { } told)
            return Problems.Of(http, ProblemCode.InvalidParameter, MetadataHeader);
        if (EvidenceIntake.IsFull(view, rules)) return Problems.Of(http, Refusal.Of(
            RefusalCode.EvidenceLimitReached, "file", ("max", rules.FilesPerPartyMax)));
        var (caller, stop) = (http.Caller().Principal, http.RequestAborted);
        if (await intake.Objection(view, caller, bytes, rules, stop) is { } refusal)
            return Problems.Of(http, FileProblems.Of(refusal), "file");
        var name = FileNames.Shown(told.GetValueOrDefault("filename", ""));
        var upload = await uploads.Begin(
            view.Id, caller, name, told.GetValueOrDefault("filetype"), bytes, stop);
        http.Response.Headers.Location = $"{http.Request.Path}/{upload.Id}";
        return Stands(http, upload, StatusCodes.Status201Created);
    }

    /// <summary>How far it has come.</summary>
    public async Task<IResult> Head(HttpContext http, DisputeView view, string id) =>
        await Find(http, view, id) is { } upload
            ? Stands(http, upload, StatusCodes.Status200OK)
            : Problems.NotFound(http);

    /// <summary>Takes the next piece.</summary>
    public async Task<IResult> Append(HttpContext http, DisputeView view, string id)
    {
        if (await Find(http, view, id) is not { } upload) return Problems.NotFound(http);
        if (http.Request.ContentType != PieceType) return Problems.Of(http, ProblemCode.MediaTypeUnsupported);
        if (Number(http, OffsetHeader) is not { } offset)
            return Problems.Of(http, ProblemCode.InvalidParameter, OffsetHeader);
        if (http.Request.ContentLength > upload.Bytes - offset)
            return Problems.Of(http, ProblemCode.FileTooBig, LengthHeader);
        var received = await uploads.Append(
            upload, offset, new IncomingBody(http.Request.Body), http.RequestAborted);
        return received is { } at
            ? Stands(http, upload with { Received = at }, StatusCodes.Status204NoContent)
            : Problems.Of(http, ProblemCode.UploadOffsetDiffers, OffsetHeader);
    }

    public async Task<IResult> Drop(HttpContext http, DisputeView view, string id)
    {
        if (await Find(http, view, id) is not { } upload) return Problems.NotFound(http);
        await uploads.Forget(upload, http.RequestAborted);
        return TypedResults.NoContent();
    }

    /// <summary>One that has become an exhibit is sent no more.</summary>
    private async Task<EvidenceUpload?> Find(HttpContext http, DisputeView view, string id) =>
        await uploads.Find(view.Id, http.Caller().Principal, id, http.RequestAborted) is { Exhibit: null } upload
            ? upload
            : null;

    private static IResult Stands(HttpContext http, EvidenceUpload upload, int status)
    {
        var headers = http.Response.Headers;
        headers[VersionHeader] = Version;
        headers[OffsetHeader] = upload.Received.ToString(CultureInfo.InvariantCulture);
        headers[LengthHeader] = upload.Bytes.ToString(CultureInfo.InvariantCulture);
        headers["Upload-Expires"] = HeaderUtilities.FormatDate(EvidenceUploads.Expires(upload).ToDateTimeOffset());
        headers.CacheControl = "no-store";
        return TypedResults.StatusCode(status);
    }

    private static long? Number(HttpContext http, string header) => long.TryParse(
        http.Request.Headers[header], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Names with values in base64, by commas; null where they are none.</summary>
    private static Dictionary<string, string>? Told(string metadata)
    {
        if (metadata.Length > MetadataLengthMax) return null;
        var told = new Dictionary<string, string>();
        foreach (var pair in metadata.Split(
            ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = pair.Split(' ', 2) is [var first, var second] ? (first, second) : (pair, "");
            var bytes = new byte[value.Length];
            if (!Convert.TryFromBase64String(value, bytes, out var length)) return null;
            if (!told.TryAdd(name, Encoding.UTF8.GetString(bytes, 0, length))) return null;
        }
        return told;
    }
}
