using System.Net;
using Entente.Server.Evidence;
using Minio;
using Minio.DataModel.Args;
using Minio.Exceptions;

namespace Entente.Server.Storage;

/// <summary>The shelf in a bucket of any S3-compatible store; what it lends is lent for less than a minute.</summary>
public sealed class S3Shelf : BlobShelf, IDisposable
{
    private const int LentSeconds = 50;
    private readonly IMinioClient _store;
    private readonly S3Settings _settings;
    private readonly string _folder;

    /// <param name="folder">Where what is fetched lies for as long as it is read.</param>
    public S3Shelf(S3Settings settings, string folder)
    {
        (_settings, _folder) = (settings, folder);
        _store = new MinioClient()
            .WithEndpoint(settings.Endpoint)
            .WithCredentials(settings.AccessKey, settings.SecretKey)
            .WithRegion(settings.Region)
            .WithSSL(settings.Tls)
            .Build();
    }

    public override Task Put(string key, string file, CancellationToken stop = default) => Asked(async () =>
    {
        await using var content = File.OpenRead(file);
        await _store.PutObjectAsync(new PutObjectArgs()
            .WithBucket(_settings.Bucket).WithObject(key).WithStreamData(content).WithObjectSize(content.Length)
            .WithContentType(MediaTypes.Unknown), stop);
        return true;
    });

    /// <summary>
    /// Whole on this machine's disk first: what is read is held against its digest before anybody gets it.
    /// </summary>
    public override Task<Stream?> Open(string key, CancellationToken stop = default) => Asked<Stream?>(async () =>
    {
        var copy = new FileStream(
            Path.Combine(Directory.CreateDirectory(_folder).FullName, Guid.NewGuid().ToString("n")), FileMode.CreateNew,
            FileAccess.ReadWrite, FileShare.None, 81_920, FileOptions.DeleteOnClose);
        try
        {
            await _store.GetObjectAsync(new GetObjectArgs().WithBucket(_settings.Bucket).WithObject(key)
                .WithCallbackStream((content, going) => content.CopyToAsync(copy, going)), stop);
            copy.Position = 0;
            return copy;
        }
        catch (ObjectNotFoundException)
        {
            await copy.DisposeAsync();
            return null;
        }
    });

    public override Task<bool> Has(string key, CancellationToken stop = default) => Asked(async () =>
    {
        try
        {
            await _store.StatObjectAsync(new StatObjectArgs().WithBucket(_settings.Bucket).WithObject(key), stop);
            return true;
        }
        catch (ObjectNotFoundException)
        {
            return false;
        }
    });

    public override Task Delete(string key, CancellationToken stop = default) => Asked(async () =>
    {
        await _store.RemoveObjectAsync(new RemoveObjectArgs().WithBucket(_settings.Bucket).WithObject(key), stop);
        return true;
    });

    public override Task DeleteAll(string prefix, CancellationToken stop = default) => Asked(async () =>
    {
        var found = _store.ListObjectsEnumAsync(
            new ListObjectsArgs().WithBucket(_settings.Bucket).WithPrefix(prefix).WithRecursive(true), stop);
        await foreach (var item in found) await Delete(item.Key, stop);
        return true;
    });

    public override Task<Uri?> Lend(string key, string name, string mediaType, CancellationToken stop = default) =>
        !_settings.Lends ? Task.FromResult<Uri?>(null) : Asked<Uri?>(async () => new(
            await _store.PresignedGetObjectAsync(new PresignedGetObjectArgs()
                .WithBucket(_settings.Bucket).WithObject(key).WithExpiry(LentSeconds)
                .WithHeaders(new Dictionary<string, string>
                {
                    ["response-content-disposition"] = $"attachment; filename*=UTF-8''{Uri.EscapeDataString(name)}",
                    ["response-content-type"] = MediaTypes.Unknown,
                }))));

    public void Dispose() => _store.Dispose();

    /// <summary>A store that is away is a disk that is away: uploads fail with a reason, looking waits.</summary>
    private static async Task<T> Asked<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception failure) when (failure is MinioException or HttpRequestException or WebException)
        {
            throw new EvidenceStoreAwayException(failure);
        }
    }
}

/// <summary>The store of evidence does not answer; nothing was kept, and it is asked again later.</summary>
public sealed class EvidenceStoreAwayException(Exception cause) : IOException("The evidence store does not answer.",
    cause);
