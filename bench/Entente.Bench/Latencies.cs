using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Entente.Bench;

/// <summary>How long each of many things took.</summary>
internal sealed class Latencies
{
    private readonly ConcurrentBag<double> _milliseconds = [];

    public int Count => _milliseconds.Count;

    public double Quantile(double part)
    {
        var sorted = _milliseconds.Order().ToList();
        return sorted.Count == 0 ? double.NaN : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * part))];
    }

    public async Task Measure(Func<Task> work)
    {
        var from = Stopwatch.GetTimestamp();
        await work();
        _milliseconds.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"p50 {Quantile(0.5):N1} ms, p99 {Quantile(0.99):N1} ms, max {Quantile(1):N1} ms of {Count:N0}");

    /// <summary>So many callers one after the other, as fast as they go; things a second.</summary>
    public static async Task<(double Rate, Latencies Took)> AtFullLoad(
        int callers, TimeSpan length, Func<int, Task> work)
    {
        var (took, watch) = (new Latencies(), Stopwatch.StartNew());
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            while (watch.Elapsed < length) await took.Measure(() => work(caller));
        })));
        return (took.Count / watch.Elapsed.TotalSeconds, took);
    }

    /// <summary>
    /// At a steady rate whatever the answers take: who waits in line is counted from when they should have gone.
    /// </summary>
    public static async Task<Latencies> AtRate(double perSecond, int callers, TimeSpan length, Func<int, Task> work)
    {
        var (took, watch) = (new Latencies(), Stopwatch.StartNew());
        var pause = TimeSpan.FromSeconds(callers / perSecond);
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (var due = pause * caller / callers; due < length; due += pause)
            {
                if (due - watch.Elapsed is { Ticks: > 0 } early) await Task.Delay(early);
                await work(caller);
                took._milliseconds.Add((watch.Elapsed - due).TotalMilliseconds);
            }
        })));
        return took;
    }
}
