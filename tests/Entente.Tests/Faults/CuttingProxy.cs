using System.Net;
using System.Net.Sockets;

namespace Entente.Tests.Faults;

/// <summary>
/// A wire between a node and PostgreSQL that can break at the worst moment: the server has been told to commit, and the
/// answer never arrives.
/// </summary>
internal sealed class CuttingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private int _cuts;

    public CuttingProxy(int target)
    {
        _target = target;
        _listener.Start();
        _ = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many commits were cut.</summary>
    public int Cut { get; private set; }

    /// <summary>Takes everything and passes nothing on: a black hole, which refuses nobody.</summary>
    public bool Swallows { get; set; }

    /// <summary>The next commit's answer is swallowed and the connection cut.</summary>
    public void CutNextCommit() => Interlocked.Exchange(ref _cuts, 1);

    private async Task Accept()
    {
        try
        {
            while (true) _ = Serve(await _listener.AcceptTcpClientAsync());
        }
        catch (SocketException)
        {
            // Closed.
        }
        catch (ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task Serve(TcpClient client)
    {
        using var server = new TcpClient { NoDelay = true };
        client.NoDelay = true;
        using (client)
        {
            await server.ConnectAsync(IPAddress.Loopback, _target);
            var (near, far) = (client.GetStream(), server.GetStream());
            var isCut = false;
            var there = Copy(near, far, async bytes =>
            {
                if (bytes.Span.IndexOf("COMMIT"u8) < 0 || Interlocked.Exchange(ref _cuts, 0) == 0) return;
                isCut = true;
                Cut++;
                await Task.CompletedTask;
            });
            var back = Copy(far, near, _ => isCut ? throw new IOException("Cut.") : Task.CompletedTask);
            await Task.WhenAny(there, back);
        }
    }

    /// <summary>What is seen before it is passed on; whoever throws cuts the wire.</summary>
    private async Task Copy(NetworkStream from, NetworkStream to, Func<ReadOnlyMemory<byte>, Task> seen)
    {
        var buffer = new byte[65_536];
        try
        {
            while (await from.ReadAsync(buffer) is > 0 and var read)
            {
                if (Swallows) continue;
                await seen(buffer.AsMemory(0, read));
                await to.WriteAsync(buffer.AsMemory(0, read));
            }
        }
        catch (IOException)
        {
            // The other end is gone, or it was cut.
        }
    }

    public void Dispose() => _listener.Stop();
}
