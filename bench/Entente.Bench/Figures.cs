using System.Diagnostics;
using System.Globalization;

namespace Entente.Bench;

/// <summary>Rates of one thing, measured several times.</summary>
public sealed class Figures(string name)
{
    private readonly List<double> _rates = [];
    private readonly List<double> _work = [];
    private readonly List<double> _database = [];
    private readonly List<double> _busy = [];

    public string Name => name;

    public double Median => _rates.Order().ElementAt(_rates.Count / 2);

    public void Add(double rate) => _rates.Add(rate);

    /// <param name="work">Microseconds of processor each.</param>
    public void Add(double rate, double work)
    {
        _rates.Add(rate);
        _work.Add(work);
    }

    /// <summary>A rate and the processor's time it took, which a busy neighbour changes little.</summary>
    public void Add(Func<double> measure, TimeSpan length)
    {
        var (before, database, (busy, all)) =
            (Environment.CpuUsage.TotalTime, Machine.DatabaseTime(), Machine.BusyOfAll());
        var rate = measure();
        var count = rate * length.TotalSeconds;
        Add(rate, (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / count);
        _database.Add((Machine.DatabaseTime() - database).TotalMicroseconds / count);
        var (busyNow, allNow) = Machine.BusyOfAll();
        _busy.Add((double)(busyNow - busy) / Math.Max(1, allNow - all));
    }

    /// <summary>
    /// What limits it shows beside the rate: processor time of this program (server and client) and of PostgreSQL for
    /// each, and how busy both cores were. Idle cores wait for the disk, or for a turn.
    /// </summary>
    public void Print() => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{name,-52} {_rates.Min(),10:N0} {Median,10:N0} {_rates.Max(),10:N0} /s")
        + (_work.Count == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture, $" {Middle(_work),8:N0} µs of processor each"))
        + (_database.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture,
            $" and {Middle(_database):N0} in PostgreSQL, cores {Middle(_busy):P0} busy")));

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);

    public static void PrintHead(string title) =>
        Console.WriteLine($"\n{title,-52} {"min",10} {"median",10} {"max",10}");

    public static void PrintRatio(Figures one, Figures other, string? aim = null) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {one.Name} ÷ {other.Name} = {one.Median / other.Median:P0}{(aim is null ? "" : $"   (aim: {aim})")}"));

    /// <summary>How often something is done in a second, over about as long as asked.</summary>
    public static double Rate(TimeSpan length, Func<int> work)
    {
        var (done, watch) = (0L, Stopwatch.StartNew());
        while (watch.Elapsed < length) done += work();
        return done / watch.Elapsed.TotalSeconds;
    }
}
