using System.Diagnostics;
using Entente.Server.Api;

namespace Entente.Tests.Faults;

/// <summary>A node as a process of its own.</summary>
internal sealed class Node(string folder, string? connection = null)
{
    private readonly Uri _address = new($"http://127.0.0.1:{FreePort()}");
    private Process? _process;

    public HttpClient Client(string key)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = _address, Timeout = TimeSpan.FromSeconds(2.5),
        };
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        client.DefaultRequestHeaders.Add(KeyAuthentication.BehalfHeader, "buyer:buyer-1");
        return client;
    }

    public async Task Start()
    {
        var start = new ProcessStartInfo("dotnet",
            [Path.Combine(AppContext.BaseDirectory, "entente.dll"), "serve", "--data", folder, "--address",
                _address.ToString(), "--no-demo"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ENTENTE_LIMITS__KEYREQUESTSPERSECOND"] = "1000000",
                ["ENTENTE_LIMITS__MESSAGESPERMINUTE"] = "1000000",
            },
        };
        if (connection is not null) start.Environment["ENTENTE_DATABASE"] = connection;
        _process = Process.Start(start)!;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var client = new HttpClient { BaseAddress = _address };
        for (var patience = 0; patience < 1200; patience++)
        {
            try
            {
                if ((await client.GetAsync(new Uri("/health/ready", UriKind.Relative))).IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // Not up yet.
            }
            await Task.Delay(50);
        }
        Assert.Fail("The node does not start.");
    }

    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, $"{_process!.Id}"]);
        kill.WaitForExit();
    }

    public void Kill()
    {
        if (_process is not { HasExited: false } running) return;
        running.Kill();
        running.WaitForExit();
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
