using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Entente.Server.Api;

/// <summary>Reads a body line by line as it comes, holding one line at a time however long the body is.</summary>
internal static class NdjsonLines
{
    public const string MediaType = "application/x-ndjson";

    /// <summary>A longer line is passed over and named.</summary>
    public const int LineBytesMax = 1 << 20;

    /// <summary>A line with its number from 1; null bytes for one that is too
    /// long. Empty lines are counted, not given.</summary>
    public static async IAsyncEnumerable<(int Line, byte[]? Bytes)> Read(
        PipeReader body, [EnumeratorCancellation] CancellationToken stop)
    {
        var (number, isTooLong) = (0, false);
        while (true)
        {
            var read = await body.ReadAsync(stop);
            var buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = buffer.Slice(0, end);
                buffer = buffer.Slice(buffer.GetPosition(1, end));
                number++;
                if (Take(line, isTooLong, number) is { } taken) yield return taken;
                isTooLong = false;
            }
            if (buffer.Length > LineBytesMax) (isTooLong, buffer) = (true, buffer.Slice(buffer.End));
            if (read.IsCompleted)
            {
                if (Take(buffer, isTooLong, number + 1) is { } last) yield return last;
                break;
            }
            body.AdvanceTo(buffer.Start, buffer.End);
        }
        await body.CompleteAsync();
    }

    private static (int, byte[]?)? Take(ReadOnlySequence<byte> line, bool isTooLong, int number)
    {
        if (isTooLong || line.Length > LineBytesMax) return (number, null);
        var bytes = line.ToArray();
        return bytes.AsSpan().Trim(" \r\t"u8).IsEmpty ? null : (number, bytes);
    }
}
