using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Entente.Server.Web;

/// <summary>
/// The style sheet and the scripts, built into the program. An address holds the file's digest, so a browser keeps it
/// for good and fetches it anew the day it changes.
/// </summary>
public static class PageAssets
{
    private const string Root = "Assets/";
    private static readonly FrozenDictionary<string, Asset> Known = Load();

    /// <summary>The address of a file such as "entente.css".</summary>
    public static string Address(string name) => Known[name].Address;

    public static void MapAssets(this IEndpointRouteBuilder app)
    {
        foreach (var asset in Known.Values)
            app.MapGet(asset.Address, (HttpContext context) => Send(context, asset))
                .AllowAnonymous().ExcludeFromDescription().WithName($"asset {asset.Name}");
    }

    private static async Task Send(HttpContext context, Asset asset)
    {
        var (request, response) = (context.Request, context.Response);
        var tag = new EntityTagHeaderValue($"\"{asset.Digest}\"");
        response.GetTypedHeaders().ETag = tag;
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        var accepted = request.Headers.AcceptEncoding.ToString();
        var (coding, body) = accepted.Contains("br", StringComparison.Ordinal) ? ("br", asset.Brotli)
            : accepted.Contains("gzip", StringComparison.Ordinal) ? ("gzip", asset.Gzip)
            : (null, asset.Plain);
        if (coding is not null) response.Headers.ContentEncoding = coding;
        response.ContentType = asset.MediaType;
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static FrozenDictionary<string, Asset> Load()
    {
        var assembly = typeof(PageAssets).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Root, StringComparison.Ordinal))
            .Select(name => Asset.Read(name[Root.Length..], assembly.GetManifestResourceStream(name)!))
            .ToFrozenDictionary(asset => asset.Name);
    }

    private sealed class Asset(string name, byte[] plain)
    {
        private readonly Lazy<byte[]> _brotli = new(
            () => Pack(plain, to => new BrotliStream(to, CompressionLevel.SmallestSize)));
        private readonly Lazy<byte[]> _gzip = new(
            () => Pack(plain, to => new GZipStream(to, CompressionLevel.SmallestSize)));

        public string Name => name;
        public byte[] Plain => plain;
        public byte[] Brotli => _brotli.Value;
        public byte[] Gzip => _gzip.Value;
        public string Digest { get; } = Convert.ToHexStringLower(SHA256.HashData(plain).AsSpan(0, 8));
        public string Address => $"/assets/{Path.GetFileNameWithoutExtension(name)}.{Digest}{Path.GetExtension(name)}";

        public string MediaType => Path.GetExtension(name) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            var other => throw new InvalidDataException($"Nothing is known of files that end with '{other}'."),
        };

        public static Asset Read(string name, Stream stream)
        {
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return new(name, bytes.ToArray());
        }

        private static byte[] Pack(byte[] plain, Func<Stream, Stream> packer)
        {
            using var packed = new MemoryStream();
            using (var stream = packer(packed)) stream.Write(plain);
            return packed.ToArray();
        }
    }
}
