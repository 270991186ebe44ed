using System.Diagnostics;

namespace Entente.Bench;

/// <summary>What the disk gives in this very minute; a neighbour's writing can cost a factor of fourteen.</summary>
public static class Disk
{
    private const int Bytes = 8192;

    public static double SyncsPerSecond(string folder)
    {
        using var file = new FileStream(
            Path.Combine(folder, "sync"), FileMode.Create, FileAccess.Write, FileShare.None, 0);
        var block = new byte[Bytes];
        var (count, watch) = (0, Stopwatch.StartNew());
        for (; watch.Elapsed < TimeSpan.FromMilliseconds(500); count++)
        {
            file.Write(block);
            file.Flush(flushToDisk: true);
        }
        return count / watch.Elapsed.TotalSeconds;
    }
}
