namespace Entente.Server.Bundles;

/// <summary>
/// A bundle that is ready to leave: what it weighs is known, and its files are read while it is sent.
/// </summary>
public sealed class Bundle(IReadOnlyList<BundleFile> files)
{
    public const string MediaType = "application/zip";
    private const int BufferBytes = 81_920;

    /// <summary>The whole archive's size.</summary>
    public long Bytes { get; } =
        files.Sum(file => file.Bytes + 2 * file.Path.Length + StoredZip.LocalHeaderBytes + 46) + 22;

    public bool IsTooLarge(long bytesMax) =>
        Bytes > Math.Min(bytesMax, StoredZip.BytesMax) || files.Count > StoredZip.FilesMax;

    public async Task WriteTo(Stream output, CancellationToken stop = default)
    {
        var (entries, offset) = (new List<StoredZip.Entry>(files.Count), 0L);
        foreach (var file in files)
        {
            entries.Add(new(file.Path, file.Crc, (uint)file.Bytes, (uint)offset));
            await output.WriteAsync(StoredZip.LocalHeader(file.Path, file.Crc, (uint)file.Bytes), stop);
            await Copy(file, output, stop);
            offset += StoredZip.LocalHeaderBytes + file.Path.Length + file.Bytes;
        }
        await output.WriteAsync(StoredZip.Directory(entries, (uint)offset), stop);
    }

    /// <summary>
    /// A file that has changed meanwhile breaks the sending off: nobody gets a bundle that does not verify.
    /// </summary>
    private static async Task Copy(BundleFile file, Stream output, CancellationToken stop)
    {
        await using var stream = await file.Open(stop);
        var (left, buffer) = (file.Bytes, new byte[BufferBytes]);
        while (left > 0)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), stop);
            if (read == 0) throw new InvalidDataException($"{file.Path} became shorter while it was sent.");
            await output.WriteAsync(buffer.AsMemory(0, read), stop);
            left -= read;
        }
    }
}
