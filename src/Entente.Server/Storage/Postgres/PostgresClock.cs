using System.Diagnostics;

namespace Entente.Server.Storage.Postgres;

/// <summary>
/// The database's clock as this node knows it: what it showed when it was last heard, and how long ago that was by a
/// clock that no operator can set. However wrong a node's own time is, it judges as the others do.
/// </summary>
internal sealed class PostgresClock
{
    private const long MicrosASecond = 1_000_000;
    private volatile Heard? _last;

    /// <summary>Whether it was heard at all.</summary>
    public bool IsHeard => _last is not null;

    /// <summary>It showed this a moment ago; so the instant is never ahead of the database's.</summary>
    public void Hear(long micros) => _last = new(micros, Stopwatch.GetTimestamp());

    public Instant Now()
    {
        var last = _last ?? throw new InvalidOperationException("The database's clock was never heard.");
        var passed = (long)((Int128)(Stopwatch.GetTimestamp() - last.Timestamp) * MicrosASecond / Stopwatch.Frequency);
        return Micros.From(last.Micros + passed);
    }

    private sealed record Heard(long Micros, long Timestamp);
}
