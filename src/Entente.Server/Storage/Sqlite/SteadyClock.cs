namespace Entente.Server.Storage.Sqlite;

/// <summary>
/// The machine's clock as far as it is to be believed. It may be set a little; a jump is not time that has passed, so
/// nothing falls due by it. Until the centre starts anew, which is an operator's word for it, time goes on from where
/// it was.
/// </summary>
internal sealed class SteadyClock(TimeProvider time)
{
    private static readonly TimeSpan JumpMin = TimeSpan.FromMinutes(5);
    private volatile Reading _last = Reading.Of(time);

    public DateTimeOffset Now()
    {
        var (last, shown) = (_last, Reading.Of(time));
        var passed = last.At + time.GetElapsedTime(last.Stamp, shown.Stamp);
        if ((shown.At - passed).Duration() >= JumpMin) return passed;
        _last = shown;
        return shown.At;
    }

    private sealed record Reading(DateTimeOffset At, long Stamp)
    {
        public static Reading Of(TimeProvider time) => new(time.GetUtcNow(), time.GetTimestamp());
    }
}
