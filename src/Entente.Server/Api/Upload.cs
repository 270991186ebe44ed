using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Evidence;
using Entente.Server.Storage;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Entente.Server.Api;

/// <summary>A file on its way in with what is said about it; nothing of it is kept in memory.</summary>
internal sealed record Upload(
    ExhibitKind Kind, string? Title, string? Language, string? SealedBecause, string FileName, string? Declared,
        Stream File)
{
    /// <summary>What the sender says the file's SHA-256 is.</summary>
    public string? Digest { get; init; }

    /// <summary>Where the file has been sent in pieces before; null where it comes now.</summary>
    public string? Sent { get; init; }

    public IncomingFile Incoming => new(FileName, Declared, File, Digest);

    private const string FilePart = "file";
    private const int PartsMax = 20;
    private const int FieldLengthMax = 10_000;
    private const int BoundaryLengthMax = 200;

    /// <summary>What a form may be larger than its file.</summary>
    private const int FormBytesMax = 256 * 1024;
    private static readonly string[] Fields = ["kind", "title", "language", "sealed_because", "file_name", "sha256",
        "upload"];

    /// <summary>Reads up to the file; or says what is wrong with what stands before it.</summary>
    public static async Task<(Upload? Upload, (ProblemCode Code, string Field)? Fault)> Read(
        HttpContext http, long fileBytesMax, CancellationToken stop)
    {
        var request = http.Request;
        if (request.ContentLength > fileBytesMax + FormBytesMax) return (null, (ProblemCode.FileTooBig, FilePart));
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = fileBytesMax + FormBytesMax;
        return MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType == "multipart/form-data"
            ? await Form(request.Body, HeaderUtilities.RemoveQuotes(type.Boundary).Value ?? "", stop)
            : Made(
                request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()), null,
                    request.ContentType, request.Body);
    }

    private static async Task<(Upload?, (ProblemCode, string)?)> Form(
        Stream body, string boundary, CancellationToken stop)
    {
        if (boundary.Length is 0 or > BoundaryLengthMax)
            return (null, (ProblemCode.FormBroken, HeaderNames.ContentType));
        var (reader, fields) = (new MultipartReader(boundary, body), new Dictionary<string, string>());
        try
        {
            for (var part = 0; part < PartsMax && await reader.ReadNextSectionAsync(stop) is { } section; part++)
            {
                if (section.GetContentDispositionHeader() is not { } disposition) continue;
                var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
                if (name == FilePart)
                    return Made(fields, NameOf(disposition), section.ContentType, new IncomingBody(section.Body));
                if (!fields.TryAdd(name, await Value(section.Body, stop)))
                    return (null, (ProblemCode.DuplicateMember, name));
            }
            if (fields.ContainsKey("upload")) return Made(fields, null, null, Stream.Null);
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException and not BadHttpRequestException)
        {
            // Parts that cannot be told apart, or that end too early.
            return (null, (ProblemCode.FormBroken, HeaderNames.ContentType));
        }
        return (null, (ProblemCode.MissingMember, FilePart));
    }

    private static string? NameOf(ContentDispositionHeaderValue part) =>
        part.FileNameStar.Value ?? HeaderUtilities.RemoveQuotes(part.FileName).Value;

    private static (Upload?, (ProblemCode, string)?) Made(
        Dictionary<string, string> fields, string? fileName, string? declared, Stream file)
    {
        if (fields.Keys.FirstOrDefault(name => !Fields.Contains(name)) is { } unknown)
            return (null, (ProblemCode.UnknownMember, unknown));
        if (!fields.TryGetValue("kind", out var code)) return (null, (ProblemCode.MissingMember, "kind"));
        if (!Codes.TryParse<ExhibitKind>(code, out var kind)) return (null, (ProblemCode.WrongType, "kind"));
        var name = FileNames.Shown(fileName ?? fields.GetValueOrDefault("file_name") ?? "");
        return (new(kind, fields.GetValueOrDefault("title"), fields.GetValueOrDefault("language"),
            fields.GetValueOrDefault("sealed_because"), name, declared, file)
        {
            Digest = fields.GetValueOrDefault("sha256")?.ToLowerInvariant(), Sent = fields.GetValueOrDefault("upload"),
        }, null);
    }

    private static async Task<string> Value(Stream part, CancellationToken stop)
    {
        using var reader = new StreamReader(part);
        var letters = new char[FieldLengthMax + 1];
        return new(letters, 0, await reader.ReadBlockAsync(letters, stop));
    }
}
