using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Entente.Tests.Evidence;

/// <summary>Debian's ClamAV daemon with one signature of our own, on a port of this machine; no network.</summary>
public sealed class ClamAvUnderTest : IDisposable
{
    /// <summary>The harmless text that every scanner takes for a virus, put together only when it is needed.</summary>
    public static readonly byte[] Eicar = Encoding.ASCII.GetBytes(
        @"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!" + "$H+H*");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("entente-clamav-");
    private Process? _daemon;

    public int Port { get; } = FreePort();
    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    public async Task<ClamAvUnderTest> Start()
    {
        var signatures = _folder.CreateSubdirectory("signatures").FullName;
        File.WriteAllText(Path.Combine(signatures, "own.ndb"), $"Entente.Eicar:0:*:{Convert.ToHexString(Eicar)}\n");
        var config = Path.Combine(_folder.FullName, "clamd.conf");
        File.WriteAllText(config, $"""
            Foreground yes
            TCPSocket {Port}
            TCPAddr 127.0.0.1
            DatabaseDirectory {signatures}
            TemporaryDirectory {_folder.FullName}
            StreamMaxLength 5M

            """);
        _daemon = Process.Start(new ProcessStartInfo("clamd", ["--config-file", config])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        _daemon.OutputDataReceived += (_, _) => { };
        _daemon.ErrorDataReceived += (_, _) => { };
        _daemon.BeginOutputReadLine();
        _daemon.BeginErrorReadLine();
        for (var turn = 0; turn < 300; turn++)
        {
            if (_daemon.HasExited) throw new InvalidOperationException("clamd did not start.");
            try
            {
                using var socket = new TcpClient();
                await socket.ConnectAsync(IPAddress.Loopback, Port);
                return this;
            }
            catch (SocketException)
            {
                await Task.Delay(100);
            }
        }
        throw new TimeoutException("clamd does not answer.");
    }

    public void Stop()
    {
        if (_daemon is not { HasExited: false } daemon) return;
        daemon.Kill();
        daemon.WaitForExit();
    }

    public void Dispose()
    {
        Stop();
        _daemon?.Dispose();
        _folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
