namespace Entente.Server.Storage;

/// <summary>
/// Where bytes lie under a key, whole or not at all. A key is made of our own ids and digests alone; nothing that
/// somebody typed ever stands in one.
/// </summary>
public abstract class BlobShelf
{
    /// <summary>Lays a whole file under a key; the file is moved or copied, and durable when this returns.</summary>
    public abstract Task Put(string key, string file, CancellationToken stop = default);

    /// <summary>The bytes under a key; null where there are none.</summary>
    public abstract Task<Stream?> Open(string key, CancellationToken stop = default);

    public abstract Task<bool> Has(string key, CancellationToken stop = default);

    public abstract Task Delete(string key, CancellationToken stop = default);

    /// <summary>Everything whose key begins so.</summary>
    public abstract Task DeleteAll(string prefix, CancellationToken stop = default);

    /// <summary>
    /// An address at the store itself from which a file can be fetched for less than a minute; null for none.
    /// </summary>
    /// <param name="name">Under which it is saved.</param>
    public virtual Task<Uri?> Lend(string key, string name, string mediaType, CancellationToken stop = default) =>
        Task.FromResult<Uri?>(null);
}

/// <summary>The shelf in the data folder: each blob a file, its name as durable as its bytes.</summary>
public sealed class DiskShelf(string root) : BlobShelf
{
    private const int BufferBytes = 81_920;

    public override Task Put(string key, string file, CancellationToken stop = default)
    {
        var path = PathOf(key);
        var folder = Directory.CreateDirectory(Path.GetDirectoryName(path)!).FullName;
        File.Move(file, path, overwrite: true);
        Durable.Folder(folder);
        return Task.CompletedTask;
    }

    public override Task<Stream?> Open(string key, CancellationToken stop = default)
    {
        var path = PathOf(key);
        return Task.FromResult<Stream?>(File.Exists(path)
            ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes,
                FileOptions.SequentialScan)
            : null);
    }

    public override Task<bool> Has(string key, CancellationToken stop = default) =>
        Task.FromResult(File.Exists(PathOf(key)));

    public override Task Delete(string key, CancellationToken stop = default)
    {
        if (File.Exists(PathOf(key))) File.Delete(PathOf(key));
        return Task.CompletedTask;
    }

    public override Task DeleteAll(string prefix, CancellationToken stop = default)
    {
        if (Directory.Exists(PathOf(prefix))) Directory.Delete(PathOf(prefix), recursive: true);
        return Task.CompletedTask;
    }

    internal string PathOf(string key) => Path.Combine([root, .. key.TrimEnd('/').Split('/')]);
}
