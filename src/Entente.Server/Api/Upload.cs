using Entente.Domain;
using Entente.Domain.Disputes;
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
    private const string FilePart = "file";
    private const int PartsMax = 20;
    private const int FieldLengthMax = 10_000;
    private const int BoundaryLengthMax = 200;

    /// <summary>What a form may be larger than its file.</summary>
    private const int FormBytesMax = 256 * 1024;
    private static readonly string[] Fields = ["kind", "title", "language", "sealed_because", "file_name"];

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
                    return Made(fields, NameOf(disposition), section.ContentType, new Incoming(section.Body));
                if (!fields.TryAdd(name, await Value(section.Body, stop)))
                    return (null, (ProblemCode.DuplicateMember, name));
            }
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
            fields.GetValueOrDefault("sealed_because"), name, declared, file), null);
    }

    private static async Task<string> Value(Stream part, CancellationToken stop)
    {
        using var reader = new StreamReader(part);
        var letters = new char[FieldLengthMax + 1];
        return new(letters, 0, await reader.ReadBlockAsync(letters, stop));
    }

    /// <summary>A body that ends too early is its sender's fault, unlike a disk that fails.</summary>
    private sealed class Incoming(Stream part) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            try
            {
                return await part.ReadAsync(buffer, cancellationToken);
            }
            catch (IOException failure) when (failure is not BadHttpRequestException)
            {
                throw new BadHttpRequestException("The form ends too early.", StatusCodes.Status400BadRequest, failure);
            }
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override void Flush() => throw new NotSupportedException();
    }
}
