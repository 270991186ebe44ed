using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Entente.Server.Api;

namespace Entente.Tests.Faults;

/// <summary>A node as a process of its own, to be killed, frozen, or given a world in which things fail.</summary>
internal sealed class NodeProcess : IDisposable
{
    private readonly string _folder;
    private readonly Dictionary<string, string> _environment;
    private readonly string[] _under;
    private readonly StringWriter _said = new();
    private Process? _process;

    /// <param name="under">The program and arguments it is started by: strace, faketime.</param>
    public NodeProcess(
        string folder, string? connection = null, Dictionary<string, string>? environment = null,
        params string[] under)
    {
        (_folder, _under) = (folder, under);
        _environment = new(environment ?? [])
        {
            ["ENTENTE_LIMITS__KEYREQUESTSPERSECOND"] = "1000000",
            ["ENTENTE_LIMITS__MESSAGESPERMINUTE"] = "1000000",
        };
        if (connection is not null) _environment["ENTENTE_DATABASE"] = connection;
    }

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort()}");
    public int Port => Address.Port;

    /// <summary>What it wrote to its console.</summary>
    public string Said
    {
        get
        {
            lock (_said) return _said.ToString();
        }
    }

    public HttpClient Client(string key, string whom = "buyer:buyer-1", double seconds = 100)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = Address, Timeout = TimeSpan.FromSeconds(seconds),
        };
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        client.DefaultRequestHeaders.Add(KeyAuthentication.BehalfHeader, whom);
        return client;
    }

    public async Task Start()
    {
        string[] words =
        [
            .. _under, "dotnet", Path.Combine(AppContext.BaseDirectory, "entente.dll"), "serve", "--data", _folder,
            "--address", Address.ToString(), "--no-demo",
        ];
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in _environment) start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await UntilReady();
    }

    public async Task UntilReady()
    {
        using var client = new HttpClient { BaseAddress = Address };
        var patience = Stopwatch.StartNew(); // Beside other work a start takes its time.
        while (patience.Elapsed < TimeSpan.FromMinutes(2) && !_process!.HasExited)
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
        Assert.Fail($"The node does not start: {Said}");
    }

    /// <summary>Itself, or what it was started by and it.</summary>
    public void Signal(string signal)
    {
        foreach (var process in Family())
        {
            using var kill = Process.Start("kill", [signal, $"{process}"]);
            kill.WaitForExit();
        }
    }

    /// <summary>At once, as if the machine took it away.</summary>
    public void Kill()
    {
        if (_process is not { HasExited: false } running) return;
        Signal("-KILL");
        running.WaitForExit();
    }

    /// <summary>As an operator ends it.</summary>
    public async Task Stop()
    {
        Signal("-TERM");
        await _process!.WaitForExitAsync();
    }

    private IEnumerable<int> Family()
    {
        var parent = _process!.Id;
        if (_under.Length == 0) return [parent];
        var children = File.ReadAllText($"/proc/{parent}/task/{parent}/children");
        return children.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).DefaultIfEmpty(parent);
    }

    private void Hear(string? line)
    {
        lock (_said) _said.WriteLine(line);
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        Kill();
        _process?.Dispose();
    }
}
