namespace Entente.Server.Storage;

/// <summary>Instants as they are stored: whole microseconds since the epoch.</summary>
public static class Micros
{
    private const int TicksEach = 10;

    public static Instant Floor(Instant instant) => From(Of(instant, exact: false));

    public static Instant From(long micros) => Instant.FromUnixTimeTicks(checked(micros * TicksEach));

    /// <summary>Refuses what the store could not give back: a finer instant
    /// has to be floored where it comes in.</summary>
    public static long Of(Instant instant) => Of(instant, exact: true);

    private static long Of(Instant instant, bool exact)
    {
        var micros = Math.DivRem(instant.ToUnixTimeTicks(), TicksEach, out var rest);
        if (rest < 0) micros--;
        if (exact && From(micros) != instant)
            throw new ArgumentOutOfRangeException(nameof(instant), instant, "Finer than a microsecond.");
        return micros;
    }
}
