using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Entente.Server.Evidence;

namespace Entente.Tests.Evidence;

/// <summary>
/// s3rver from npm with one bucket, on a port of this machine. It does not check signatures; what only a store that
/// does can refuse is not shown with it.
/// </summary>
public sealed class S3UnderTest : IDisposable
{
    private static readonly string Program = Path.Combine(
        Repository.Root, "tests", ".npm", "node_modules", "s3rver", "bin", "s3rver.js");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("entente-s3-");
    private readonly int _port = FreePort();
    private Process? _server;

    public S3Settings Settings => new(
        string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port}"), "evidence", "S3RVER", "S3RVER",
        Tls: false, Lends: true);

    public async Task<S3UnderTest> Start()
    {
        if (!File.Exists(Program))
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true",
                $"CI needs {Program}; ./test installs it.");
            Assert.Skip("s3rver is not installed; ./test does it.");
        }
        _server = Process.Start(new ProcessStartInfo("node",
        [
            Program, "--directory", _folder.CreateSubdirectory("store").FullName, "--address", "127.0.0.1",
            "--port", _port.ToString(CultureInfo.InvariantCulture), "--configure-bucket", "evidence",
        ]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _server.OutputDataReceived += (_, _) => { };
        _server.ErrorDataReceived += (_, _) => { };
        _server.BeginOutputReadLine();
        _server.BeginErrorReadLine();
        for (var turn = 0; turn < 300; turn++)
        {
            try
            {
                using var socket = new TcpClient();
                await socket.ConnectAsync(IPAddress.Loopback, _port);
                return this;
            }
            catch (SocketException)
            {
                await Task.Delay(100);
            }
        }
        throw new TimeoutException("s3rver does not answer.");
    }

    /// <summary>What it holds stays for the next start.</summary>
    public void Kill()
    {
        if (_server is not { HasExited: false } server) return;
        server.Kill();
        server.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _server?.Dispose();
        _folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
