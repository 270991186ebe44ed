using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Entente.Bench;

/// <summary>What the figures were measured on; without it no figure means anything.</summary>
internal static class Machine
{
    private const double TicksASecond = 100;

    public static void Print()
    {
        var load = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "?";
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1L << 30);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC, {Environment.ProcessorCount} cores, {memory} GiB, "
            + $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, load before {load}"));
        Console.WriteLine(
            "The client that asks runs on the same cores. Rates are min, median, max of turns in one run.");
    }

    /// <summary>What a process holds in memory, in MB.</summary>
    public static double Resident(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status")
            .First(line => line.StartsWith("VmRSS", StringComparison.Ordinal));
        var kilobytes = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        return double.Parse(kilobytes, CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>The processor time that all PostgreSQL processes of the machine have taken.</summary>
    public static TimeSpan DatabaseTime()
    {
        var ticks = 0L;
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(name => char.IsDigit(name[^1])))
            try
            {
                // pid (comm) state … with user and system time in ticks as the 14th and 15th.
                var line = File.ReadAllText(Path.Combine(process, "stat"));
                if (!line.Contains("(postgres)", StringComparison.Ordinal)) continue;
                var rest = line[(line.LastIndexOf(')') + 2)..].Split(' ');
                ticks += long.Parse(rest[11], CultureInfo.InvariantCulture)
                    + long.Parse(rest[12], CultureInfo.InvariantCulture);
            }
            catch (IOException)
            {
                // It has just ended.
            }
        return TimeSpan.FromSeconds(ticks / TicksASecond);
    }

    /// <summary>How long the cores were busy, of how long, since the machine started; in the kernel's ticks.</summary>
    public static (long Busy, long All) BusyOfAll()
    {
        var ticks = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Take(8).Select(tick => long.Parse(tick, CultureInfo.InvariantCulture)).ToArray();
        var idle = ticks[3] + ticks[4]; // Idle, and waiting for a disk.
        return (ticks.Sum() - idle, ticks.Sum());
    }

    public static TimeSpan Time(Action work)
    {
        var watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed;
    }
}
