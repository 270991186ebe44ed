using System.Diagnostics;
using System.Globalization;
using Entente.Server.Evidence.Worker;

namespace Entente.Server.Evidence;

/// <summary>What stands before a worker's command on this machine, as far as its tools are there.</summary>
internal static class Confinement
{
    private const long FileBytesMax = 200_000_000;

    /// <summary>Without new rights and without a network, where the system lets us; tried once.</summary>
    public static IReadOnlyList<string> Find()
    {
        string[][] ways =
        [
            ["unshare", "--net", "setpriv", "--no-new-privs"],
            ["unshare", "--user", "--map-root-user", "--net", "setpriv", "--no-new-privs"],
            ["setpriv", "--no-new-privs"],
        ];
        return ways.FirstOrDefault(Works) ?? [];
    }

    /// <summary>Memory it may write to, processor time, the size of a file; no dump when it dies.</summary>
    public static IReadOnlyList<string> Limits(EvidenceSettings settings) => Works(["prlimit", "--core=0"])
        ?
        [
            "prlimit",
            string.Create(CultureInfo.InvariantCulture, $"--data={settings.WorkerMemoryBytes}"),
            string.Create(CultureInfo.InvariantCulture, $"--cpu={(int)settings.WorkerPatience.TotalSeconds + 5}"),
            string.Create(CultureInfo.InvariantCulture, $"--fsize={FileBytesMax}"),
            "--core=0",
        ]
        : [];

    /// <summary>This program once more, by its own starter or by the one that started us.</summary>
    public static IReadOnlyList<string> Program()
    {
        var assembly = typeof(LookWorker).Assembly.Location;
        return assembly.Length == 0 ? [Environment.ProcessPath!] : ["dotnet", "exec", assembly];
    }

    private static readonly Dictionary<string, bool> Tried = [];

    private static bool Works(string[] way)
    {
        var key = string.Join(' ', way);
        lock (Tried)
        {
            if (!Tried.TryGetValue(key, out var works)) Tried[key] = works = Try(way);
            return works;
        }
    }

    private static bool Try(string[] way)
    {
        if (!OperatingSystem.IsLinux()) return false;
        try
        {
            var start = new ProcessStartInfo(way[0], [.. way[1..], "true"])
            {
                RedirectStandardError = true, RedirectStandardOutput = true,
            };
            using var trial = Process.Start(start);
            return trial is not null && trial.WaitForExit(TimeSpan.FromSeconds(5)) && trial.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
