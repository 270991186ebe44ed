using System.Buffers;
using System.Security.Cryptography;

namespace Entente.Server.Storage;

/// <summary>What a file is known by: SHA-256 over all of it, in hexadecimal.</summary>
internal static class Digests
{
    /// <summary>Large enough that hashing and not asking takes the time; the framework asks for 4 kB at once.</summary>
    public const int BufferBytes = 262_144;

    public static async Task<string> Of(Stream content, CancellationToken stop = default)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (await content.ReadAsync(buffer, stop) is > 0 and var read) hash.AppendData(buffer, 0, read);
            return Of(hash);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static string Of(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset());
}
