using System.Security.Cryptography;
using Entente.Domain.Audiences;
using Entente.Server.Evidence;
using Entente.Server.Storage;

namespace Entente.Server.Bundles;

/// <summary>A file that goes into a bundle.</summary>
/// <param name="Open">Opens it anew each time.</param>
public sealed record BundleFile(
    string Path, long Bytes, string Sha256, uint Crc, Func<CancellationToken, Task<Stream>> Open)
{
    public static BundleFile Of(string path, byte[] bytes) => new(
        path, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)), Crc32.Of(bytes),
        _ => Task.FromResult<Stream>(new MemoryStream(bytes, writable: false)));

    /// <summary>Reads it once for its digest and check sum.</summary>
    public static async Task<BundleFile> Of(
        string path, Func<CancellationToken, Task<Stream>> open, CancellationToken stop)
    {
        await using var stream = await open(stop);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (sum, bytes, buffer) = (new Crc32(), 0L, new byte[81_920]);
        while (await stream.ReadAsync(buffer, stop) is > 0 and var read)
        {
            hash.AppendData(buffer, 0, read);
            sum.Add(buffer.AsSpan(0, read));
            bytes += read;
        }
        return new(path, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()), sum.Value, open);
    }
}

/// <summary>
/// Finds the files of exhibits that a reader may have now: their own as they sent it, of others the copy that was made
/// anew, with nothing hidden in it.
/// </summary>
public sealed class ExhibitFiles(Handouts handouts, EvidenceLocker locker)
{
    /// <summary>Null where there is no file of it for this reader.</summary>
    public async Task<(BundleFile File, bool IsOriginal)?> Of(
        DisputeView view, ExhibitView exhibit, CancellationToken stop = default)
    {
        if (await handouts.Of(view, exhibit.Id, stop) is not { File: { } file } handout) return null;
        var path = $"exhibits/{exhibit.Number.ToLowerInvariant()}";
        if (handout.MayHaveOriginal)
            return (await BundleFile.Of(
                path + EndingOf(file.MediaType), cancel => locker.Open(file, cancel), stop), true);
        return handout.Handing is Handing.Open or Handing.PicturesOnly
            && handout.Look is { Copy: { } copy, CopyType: { } type } && await Has(handout, copy, stop)
            ? (await BundleFile.Of(path + EndingOf(type), cancel => Copy(handout, copy, cancel), stop), false)
            : null;
    }

    private async Task<bool> Has(Handout handout, string copy, CancellationToken stop)
    {
        if (await handouts.Open(handout, copy, stop) is not { } stream) return false;
        await stream.DisposeAsync();
        return true;
    }

    private async Task<Stream> Copy(Handout handout, string copy, CancellationToken stop) =>
        await handouts.Open(handout, copy, stop) ?? throw new InvalidDataException($"{copy} went while it was sent.");

    /// <summary>By what was found in the file; the name it was given says nothing here.</summary>
    internal static string EndingOf(string mediaType) => mediaType switch
    {
        "image/jpeg" => ".jpg",
        "image/png" => ".png",
        "image/webp" => ".webp",
        "image/gif" => ".gif",
        "image/heic" or "image/heif" => ".heic",
        "image/avif" => ".avif",
        "application/pdf" => ".pdf",
        "message/rfc822" => ".eml",
        "text/plain" => ".txt",
        "text/csv" => ".csv",
        _ => ".bin",
    };
}
