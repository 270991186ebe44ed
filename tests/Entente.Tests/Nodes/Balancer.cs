using System.Diagnostics;
using Entente.Tests.Faults;
using Entente.Tests.Storage;

namespace Entente.Tests.Nodes;

/// <summary>Debian's nginx before two nodes, with the configuration of docs/nginx.conf on other ports.</summary>
internal sealed class Balancer : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Process _nginx;

    public Balancer(int port, int one, int other)
    {
        Address = new($"http://127.0.0.1:{port}");
        var site = File.ReadAllText(Path.Combine(Repository.Root, "docs/nginx.conf"))
            .Replace("127.0.0.1:5080", $"127.0.0.1:{port}").Replace("127.0.0.1:5081", $"127.0.0.1:{one}")
            .Replace("127.0.0.1:5082", $"127.0.0.1:{other}")
            .Replace("/var/log/nginx/entente.log", Path.Combine(_folder.Path, "access.log"));
        File.WriteAllText(Path.Combine(_folder.Path, "site.conf"), site);
        var main = Path.Combine(_folder.Path, "nginx.conf");
        var temporary = string.Concat(new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }
            .Select(what => $"{what}_temp_path {_folder.Path}/{what}; "));
        File.WriteAllText(main,
            $"daemon off; worker_processes 1; pid {_folder.Path}/pid; error_log {_folder.Path}/error.log; "
            + $"events {{}} http {{ {temporary} include site.conf; }}");
        _nginx = Process.Start("/usr/sbin/nginx", ["-p", _folder.Path, "-c", main, "-e", $"{_folder.Path}/error.log"]);
    }

    public Uri Address { get; }

    /// <summary>What it wrote down about requests.</summary>
    public string Log => File.ReadAllText(Path.Combine(_folder.Path, "access.log"));

    public static int FreePort() => NodeProcess.FreePort();

    public void Dispose()
    {
        using (var quit = Process.Start("kill", ["-QUIT", $"{_nginx.Id}"])) quit.WaitForExit();
        if (!_nginx.WaitForExit(TimeSpan.FromSeconds(5))) _nginx.Kill(entireProcessTree: true);
        _nginx.Dispose();
        _folder.Dispose();
    }
}
