using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Entente.Server.Nodes;

/// <summary>What a node counts and times, under the name Entente; read by any collector of .NET's own.</summary>
public static class Telemetry
{
    public const string Name = "Entente";
    private const double MicrosASecond = 1e6;
    private static readonly ActivitySource Spans = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<int> Batches = Meter.CreateHistogram<int>(
        "entente.commit.batch", "{append}", "Appends that shared a transaction");
    private static readonly Histogram<double> Commits = Meter.CreateHistogram<double>(
        "entente.commit.duration", "s", "Time a batch took until it was durable");
    private static readonly UpDownCounter<int> Waiting = Meter.CreateUpDownCounter<int>(
        "entente.commit.waiting", "{append}", "Appends that wait to be written");
    private static readonly Histogram<double> Lateness = Meter.CreateHistogram<double>(
        "entente.due.lateness", "s", "How long after its due instant a term was passed");
    private static readonly Counter<int> Answers = Meter.CreateCounter<int>(
        "entente.answers", "{command}", "Commands by move, outcome and, where refused, code");

    static Telemetry()
    {
        Meter.CreateObservableGauge("entente.queue.length", Lengths, "{row}", "What waits in the database");
        Meter.CreateObservableGauge("entente.queue.age", Ages, "s", "How long the first of a queue has waited");
    }

    /// <summary>What waits in the database, as it was last counted; null while nobody counts.</summary>
    internal static Queues? Queues { get; set; }

    public static void Committed(int appends, TimeSpan took)
    {
        Batches.Record(appends);
        Commits.Record(took.TotalSeconds);
    }

    public static void Waits(int change) => Waiting.Add(change);

    public static void Passed(Duration late) => Lateness.Record(late.TotalSeconds);

    /// <summary>A span of our own work; null while nobody collects.</summary>
    public static Activity? Span(string what, string kind) => Spans.StartActivity(what)?.SetTag("entente.kind", kind);

    /// <summary>What became of a command.</summary>
    /// <param name="code">Of the refusal; null where it was none.</param>
    public static void Answered(string move, string outcome, string? code)
    {
        Answers.Add(1, new("move", move), new("outcome", outcome), new("code", code));
        Activity.Current?.SetTag("entente.outcome", outcome).SetTag("entente.code", code);
    }

    private static Measurement<long>[] Lengths() => Queues is not { } queues ? [] :
    [
        Of(queues.Outbox, "outbox"), Of(queues.Parked, "outbox_parked"), Of(queues.Due, "due"),
        Of(queues.Search, "search"), Of(queues.Files, "files"), Of(queues.Refunds, "refunds"),
    ];

    private static Measurement<double>[] Ages() => Queues is not { } queues ? [] :
    [
        Of(Since(queues.OutboxSince, queues.Now), "outbox"), Of(Since(queues.DueSince, queues.Now), "due"),
    ];

    private static double Since(long? then, long now) => then is { } at ? Math.Max(0, now - at) / MicrosASecond : 0;

    private static Measurement<T> Of<T>(T value, string queue) where T : struct => new(value, [new("queue", queue)]);
}
