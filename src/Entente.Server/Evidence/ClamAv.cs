using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Entente.Server.Evidence;

/// <summary>What a scanner answered; one that did not answer is down, and down is never clean.</summary>
public enum ScanAnswer { Clean, Found, TooLarge, Down }

/// <summary>Asks ClamAV's daemon about a stream of bytes, over its own protocol (INSTREAM).</summary>
/// <param name="address">host:port, or the path of a socket of this machine.</param>
public sealed class ClamAv(string address)
{
    private const int ChunkBytes = 65_536;
    private const int ReplyBytesMax = 4_096;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <returns>The answer, and the name of what was found.</returns>
    public async Task<(ScanAnswer Answer, string? Threat)> Scan(Stream content, CancellationToken stop = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            using var socket = await Connect(patience.Token);
            await using var stream = new NetworkStream(socket);
            await Send(stream, content, patience.Token);
            return Read(await Reply(stream, patience.Token));
        }
        catch (Exception failure) when (failure is SocketException or IOException
            || failure is OperationCanceledException && !stop.IsCancellationRequested)
        {
            return (ScanAnswer.Down, null);
        }
    }

    private async Task<Socket> Connect(CancellationToken stop)
    {
        var isPath = address.StartsWith('/');
        var socket = new Socket(isPath ? AddressFamily.Unix : AddressFamily.InterNetwork, SocketType.Stream,
            isPath ? ProtocolType.Unspecified : ProtocolType.Tcp);
        try
        {
            if (isPath) await socket.ConnectAsync(new UnixDomainSocketEndPoint(address), stop);
            else if (address.Split(':') is [var host, var port]) await socket.ConnectAsync(host, int.Parse(port,
                null), stop);
            else throw new InvalidOperationException($"'{address}' is no host:port and no path of a socket.");
            return socket;
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task Send(NetworkStream to, Stream content, CancellationToken stop)
    {
        try
        {
            await to.WriteAsync("zINSTREAM\0"u8.ToArray(), stop);
            var chunk = new byte[4 + ChunkBytes];
            while (await content.ReadAsync(chunk.AsMemory(4), stop) is > 0 and var read)
            {
                BinaryPrimitives.WriteInt32BigEndian(chunk, read);
                await to.WriteAsync(chunk.AsMemory(0, 4 + read), stop);
            }
            await to.WriteAsync(new byte[4], stop);
        }
        catch (IOException)
        {
            // A scanner that has seen enough closes its ear; what it has to say is read all the same.
        }
    }

    private static async Task<string> Reply(NetworkStream from, CancellationToken stop)
    {
        var (reply, length) = (new byte[ReplyBytesMax], 0);
        while (length < reply.Length && await from.ReadAsync(reply.AsMemory(length), stop) is > 0 and var read)
        {
            length += read;
            if (reply[length - 1] == 0) break;
        }
        return Encoding.UTF8.GetString(reply, 0, length).TrimEnd('\0', '\n');
    }

    private static (ScanAnswer, string?) Read(string reply) =>
        reply == "stream: OK" ? (ScanAnswer.Clean, null)
        : reply.EndsWith(" FOUND", StringComparison.Ordinal) ? (ScanAnswer.Found,
            (string?)Worker.Traits.Plain(reply[8..^6]))
        : reply.Contains("size limit exceeded", StringComparison.Ordinal) ? (ScanAnswer.TooLarge, null)
        : (ScanAnswer.Down, null);
}
