using NodaTime.TimeZones;

namespace Entente.Domain.Policies;

/// <summary>When days begin and end, and which of them are worked, in one named time zone.</summary>
public sealed record BusinessCalendar(string Zone, ValueList<IsoDayOfWeek> Weekend, ValueList<LocalDate> Holidays)
{
    // A day begins at midnight; where clocks jump over it, at the first instant that exists. Where midnight comes
    // twice, a day begins with the first and the day before ends with the second: nobody loses time to the clocks.
    private static readonly ZoneLocalMappingResolver First =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    private static readonly ZoneLocalMappingResolver Last =
        Resolvers.CreateMappingResolver(Resolvers.ReturnLater, Resolvers.ReturnStartOfIntervalAfter);

    /// <summary>The instant at which a span that starts now is over.</summary>
    public Instant Due(Instant start, Span span) => span.Unit switch
    {
        SpanUnit.Hours => start + Duration.FromHours(span.Count),
        SpanUnit.Days => start + Duration.FromDays(span.Count),
        SpanUnit.DaysEnd => EndOf(DayOf(start).PlusDays(span.Count)),
        SpanUnit.BusinessDays => EndOf(BusinessDayAfter(DayOf(start), span.Count)),
    };

    public bool IsWorked(LocalDate day) => !Weekend.Contains(day.DayOfWeek) && !Holidays.Contains(day);

    private DateTimeZone Clock => DateTimeZoneProviders.Tzdb[Zone];

    /// <summary>The latest day that has begun: where clocks fall back over midnight, it stays begun.</summary>
    private LocalDate DayOf(Instant instant)
    {
        var day = instant.InZone(Clock).Date;
        return Clock.ResolveLocal(day.PlusDays(1).AtMidnight(), First).ToInstant() <= instant ? day.PlusDays(1) : day;
    }

    private Instant EndOf(LocalDate day) => Clock.ResolveLocal(day.PlusDays(1).AtMidnight(), Last).ToInstant();

    private LocalDate BusinessDayAfter(LocalDate day, int count)
    {
        if (Weekend.Distinct().Count() == 7)
            throw new InvalidOperationException("A calendar without a working day never ends.");
        for (; count > 0; count--)
            do day = day.PlusDays(1); while (!IsWorked(day));
        return day;
    }
}
