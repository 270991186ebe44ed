using System.Diagnostics.Metrics;

namespace Entente.Server.Nodes;

/// <summary>What a node counts, under the name Entente; read by any collector of .NET's metrics.</summary>
public static class Telemetry
{
    public const string Name = "Entente";
    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<int> Batches = Meter.CreateHistogram<int>(
        "entente.commit.batch", "{append}", "Appends that shared a transaction");
    private static readonly Histogram<double> Commits = Meter.CreateHistogram<double>(
        "entente.commit.duration", "s", "Time a batch took until it was durable");
    private static readonly UpDownCounter<int> Waiting = Meter.CreateUpDownCounter<int>(
        "entente.commit.waiting", "{append}", "Appends that wait to be written");
    private static readonly Histogram<double> Lateness = Meter.CreateHistogram<double>(
        "entente.due.lateness", "s", "How long after its due instant a term was passed");

    public static void Committed(int appends, TimeSpan took)
    {
        Batches.Record(appends);
        Commits.Record(took.TotalSeconds);
    }

    public static void Waits(int change) => Waiting.Add(change);

    public static void Passed(Duration late) => Lateness.Record(late.TotalSeconds);
}
