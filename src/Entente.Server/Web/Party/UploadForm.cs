using Entente.Domain.Policies;
using Entente.Server.Storage;
using Entente.Server.Web.Safety;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Entente.Server.Web.Party;

/// <summary>A file of a form: it streams in, or was sent in pieces before.</summary>
/// <param name="Sent">The upload it was sent by.</param>
public sealed record UploadedFile(string Name, string? Declared, Stream Content, string? Sent = null);

/// <summary>
/// A form with files, read part by part: the token first, before anything else is believed; then what was filled in;
/// the files last, straight to where they are kept.
/// </summary>
public sealed class UploadForm
{
    /// <summary>Stands where a file would, once for each that a script has sent in pieces.</summary>
    public const string SentField = "upload";
    private const int PartsMax = 60;
    private const int FieldLengthMax = 16_384;
    private const int BoundaryLengthMax = 200;

    /// <summary>What a form may be larger than its files.</summary>
    private const int FormBytesMax = 512 * 1024;
    private const int FilesAtOnceMax = 20;
    private readonly HttpContext _context;
    private readonly MultipartReader _reader;
    private readonly Dictionary<string, StringValues> _fields = [];
    private int _parts;

    private UploadForm(HttpContext context, string boundary) =>
        (_context, _reader) = (context, new MultipartReader(boundary, context.Request.Body));

    /// <summary>What was filled in, as far as it has been read.</summary>
    public IFormCollection Fields => new FormCollection(new(_fields));

    /// <summary>Null where the request is no such form.</summary>
    public static UploadForm? Of(HttpContext context) =>
        MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            && type.MediaType == "multipart/form-data"
        && HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 and <= BoundaryLengthMax } boundary
            ? new(context, boundary)
            : null;

    /// <summary>Whether the first part is the reader's own token.</summary>
    public async Task<bool> HasToken() =>
        await Next(_context.RequestAborted) is { } first && NameOf(first) == FormGate.FieldName
        && await _context.HasFormToken(await Value(first, _context.RequestAborted));

    /// <summary>Room for the files that the rules allow, in this request alone.</summary>
    public void Limit(EvidenceRules rules)
    {
        if (_context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = FilesAtOnceMax * rules.FileBytesMax + FormBytesMax;
    }

    /// <summary>The next file that was chosen; null at the end.</summary>
    public async Task<UploadedFile?> NextFile(CancellationToken stop)
    {
        while (await Next(stop) is { } part)
        {
            var disposition = part.GetContentDispositionHeader();
            var name = NameOf(part);
            if (disposition?.IsFileDisposition() != true)
            {
                if (name == SentField) return new("", null, Stream.Null, await Value(part, stop));
                _fields[name] = await Value(part, stop);
                continue;
            }
            var file = disposition.FileNameStar.Value ?? HeaderUtilities.RemoveQuotes(disposition.FileName).Value ?? "";
            if (file.Length > 0) return new(FileNames.Shown(file), part.ContentType, part.Body);
        }
        return null;
    }

    private async Task<MultipartSection?> Next(CancellationToken stop)
    {
        try
        {
            return _parts++ < PartsMax ? await _reader.ReadNextSectionAsync(stop) : null;
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new BadHttpRequestException(
                "The form cannot be told into parts.", StatusCodes.Status400BadRequest, failure);
        }
    }

    private static string NameOf(MultipartSection part) =>
        HeaderUtilities.RemoveQuotes(part.GetContentDispositionHeader()?.Name ?? default).Value ?? "";

    private static async Task<string> Value(MultipartSection part, CancellationToken stop)
    {
        using var reader = new StreamReader(part.Body, leaveOpen: true);
        var letters = new char[FieldLengthMax];
        return new(letters, 0, await reader.ReadBlockAsync(letters, stop));
    }
}
