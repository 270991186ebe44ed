using System.Net;

namespace Entente.Tests.Faults;

/// <summary>Bytes that come a little at a time.</summary>
internal sealed class Trickle(ReadOnlyMemory<byte> bytes) : HttpContent
{
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        for (var at = 0; at < bytes.Length; at += 10_000)
        {
            await stream.WriteAsync(bytes.Slice(at, Math.Min(10_000, bytes.Length - at)));
            await stream.FlushAsync();
            await Task.Delay(50);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = bytes.Length;
        return true;
    }
}
