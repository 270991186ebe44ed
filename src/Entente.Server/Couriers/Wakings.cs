using Entente.Server.Storage;

namespace Entente.Server.Couriers;

/// <summary>Waiting for a change or for an instant, whichever comes first.</summary>
internal static class Wakings
{
    /// <summary>No timer runs longer than this; whoever wakes without cause looks and sleeps again.</summary>
    private static readonly Duration LongestSleep = Duration.FromHours(12);

    public static async Task Changed(
        this ChangeFeed.Subscription changes, Instant? until, Instant now, TimeProvider time, CancellationToken stop)
    {
        var left = until is { } at ? at - now : LongestSleep;
        if (left <= Duration.Zero) return;
        using var timer = new CancellationTokenSource(Rounded(left < LongestSleep ? left : LongestSleep), time);
        // The clock may have moved between the look at it and the timer that counts from now.
        if (until <= Instant.FromDateTimeOffset(time.GetUtcNow())) return;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stop);
        try
        {
            await changes.Changed(either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Time to look.
        }
    }

    /// <summary>Timers count whole milliseconds; a timer that rings early would ring many times.</summary>
    private static TimeSpan Rounded(Duration left) => TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
}
