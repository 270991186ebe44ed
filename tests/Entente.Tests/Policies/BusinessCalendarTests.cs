using CsCheck;
using Entente.Domain.Policies;
using NodaTime.Text;

namespace Entente.Tests.Policies;

public class BusinessCalendarTests
{
    private static readonly string[] HardZones =
    [
        "Europe/Paris", "Africa/Cairo", "America/Santiago", "Asia/Beirut", "Australia/Lord_Howe", "America/Havana",
        "America/Sao_Paulo", "Pacific/Apia", "America/St_Johns", "Asia/Kathmandu", "Pacific/Kiritimati",
    ];

    [Theory]
    // An hour is an hour and a day is 24 of them, whatever the clocks do.
    [InlineData("Europe/Paris", "2027-03-27T12:00:00Z", 24, SpanUnit.Hours, "2027-03-28T12:00:00Z")]
    [InlineData("Europe/Paris", "2027-03-27T01:30:00Z", 1, SpanUnit.Days, "2027-03-28T01:30:00Z")]
    // The end of a day is the first instant of the next.
    [InlineData("Europe/Paris", "2026-11-23T09:00:00Z", 3, SpanUnit.DaysEnd, "2026-11-26T23:00:00Z")]
    [InlineData("Europe/Paris", "2026-11-23T23:30:00Z", 1, SpanUnit.DaysEnd, "2026-11-25T23:00:00Z")]
    [InlineData("Europe/Paris", "2026-11-23T09:00:00Z", 0, SpanUnit.DaysEnd, "2026-11-23T23:00:00Z")]
    // Paris: the day of the spring forward has 23 hours, the day of the autumn back has 25.
    [InlineData("Europe/Paris", "2027-03-27T12:00:00Z", 1, SpanUnit.DaysEnd, "2027-03-28T22:00:00Z")]
    [InlineData("Europe/Paris", "2027-10-30T12:00:00Z", 1, SpanUnit.DaysEnd, "2027-10-31T23:00:00Z")]
    // Cairo and Beirut and Santiago: midnight does not exist on the day the clocks go forward.
    [InlineData("Africa/Cairo", "2027-04-28T12:00:00Z", 1, SpanUnit.DaysEnd, "2027-04-29T22:00:00Z")]
    [InlineData("Asia/Beirut", "2027-03-26T12:00:00Z", 1, SpanUnit.DaysEnd, "2027-03-27T22:00:00Z")]
    [InlineData("America/Santiago", "2027-09-03T12:00:00Z", 1, SpanUnit.DaysEnd, "2027-09-05T04:00:00Z")]
    // Havana: midnight comes twice; the day before ends with the second.
    [InlineData("America/Havana", "2025-11-01T12:00:00Z", 0, SpanUnit.DaysEnd, "2025-11-02T05:00:00Z")]
    // Lord Howe moves by half an hour.
    [InlineData("Australia/Lord_Howe", "2026-10-03T12:00:00Z", 1, SpanUnit.DaysEnd, "2026-10-04T13:00:00Z")]
    // Apia never had 30 December 2011: the 29th ended where the 31st began.
    [InlineData("Pacific/Apia", "2011-12-29T12:00:00Z", 0, SpanUnit.DaysEnd, "2011-12-30T10:00:00Z")]
    // Leap day and month ends count as any day.
    [InlineData("Europe/Paris", "2028-02-28T12:00:00Z", 1, SpanUnit.DaysEnd, "2028-02-29T23:00:00Z")]
    [InlineData("Europe/Paris", "2028-02-29T12:00:00Z", 366, SpanUnit.DaysEnd, "2029-03-01T23:00:00Z")]
    [InlineData("Europe/Paris", "2027-01-31T12:00:00Z", 28, SpanUnit.DaysEnd, "2027-02-28T23:00:00Z")]
    public void A_span_ends_when_people_of_the_zone_expect_it(
        string zone, string start, int count, SpanUnit unit, string due) =>
        Assert.Equal(At(due), In(zone).Due(At(start), new Span(count, unit)));

    [Theory]
    [InlineData("2026-12-23T09:00:00Z", 1, "2026-12-24T23:00:00Z")]
    [InlineData("2026-12-24T09:00:00Z", 1, "2026-12-28T23:00:00Z")]
    [InlineData("2026-12-24T09:00:00Z", 5, "2027-01-04T23:00:00Z")]
    [InlineData("2026-12-26T09:00:00Z", 1, "2026-12-28T23:00:00Z")]
    public void Business_days_pass_over_week_ends_and_holidays(string start, int count, string due)
    {
        var paris = In("Europe/Paris", new LocalDate(2026, 12, 25), new LocalDate(2027, 1, 1));
        Assert.Equal(At(due), paris.Due(At(start), new Span(count, SpanUnit.BusinessDays)));
    }

    [Fact]
    public void A_calendar_without_working_days_is_refused_rather_than_waited_for() =>
        Assert.Throws<InvalidOperationException>(() =>
            new BusinessCalendar("UTC", [.. Enum.GetValues<IsoDayOfWeek>().Skip(1)], [])
                .Due(At("2026-11-23T09:00:00Z"), new Span(1, SpanUnit.BusinessDays)));

    [Fact]
    public void Who_starts_later_is_never_due_earlier() =>
        Gen.Select(Calendars, Instants, Gen.Int[0, 90_000].Select(minutes => Duration.FromMinutes(minutes)), Spans)
            .Sample((calendar, start, later, span) => calendar.Due(start, span) <= calendar.Due(start + later, span));

    [Fact]
    public void A_longer_span_is_never_over_earlier() =>
        Gen.Select(Calendars, Instants, Units, Gen.Int[0, 400], Gen.Int[0, 40])
            .Sample((calendar, start, unit, count, more) =>
                calendar.Due(start, new(count, unit)) <= calendar.Due(start, new(count + more, unit)));

    [Fact]
    public void No_day_ends_before_its_last_minute_on_the_wall() =>
        Gen.Select(Calendars, Instants, Gen.Int[0, 400]).Sample((calendar, start, count) =>
        {
            var zone = DateTimeZoneProviders.Tzdb[calendar.Zone];
            var promised = start.InZone(zone).Date.PlusDays(count).At(new LocalTime(23, 59, 59));
            var due = calendar.Due(start, new(count, SpanUnit.DaysEnd));
            return zone.MapLocal(promised) is not { Count: > 0 } mapped || mapped.Last().ToInstant() < due;
        });

    [Fact]
    public void Business_days_give_at_least_as_many_calendar_days() =>
        Gen.Select(Calendars, Instants, Gen.Int[0, 60]).Sample((calendar, start, count) =>
            calendar.Due(start, new(count, SpanUnit.DaysEnd))
                <= calendar.Due(start, new(count, SpanUnit.BusinessDays)));

    private static Gen<Instant> Instants { get; } =
        Gen.Long[At("2011-12-01T00:00:00Z").ToUnixTimeSeconds(), At("2032-01-01T00:00:00Z").ToUnixTimeSeconds()]
            .Select(Instant.FromUnixTimeSeconds);

    private static Gen<SpanUnit> Units { get; } = Gen.Enum<SpanUnit>();

    private static Gen<Span> Spans { get; } =
        Gen.Select(Gen.Int[0, 400], Units, (count, unit) => new Span(count, unit));

    private static Gen<BusinessCalendar> Calendars { get; } = Gen.Select(
        Gen.Int[0, HardZones.Length - 1].Select(at => HardZones[at]),
        Gen.Int[0, 3000].Select(day => new LocalDate(2024, 1, 1).PlusDays(day)).Array[0, 20],
        (zone, holidays) => In(zone, holidays));

    private static BusinessCalendar In(string zone, params LocalDate[] holidays) =>
        new(zone, [IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday], [.. holidays]);

    private static Instant At(string text) => InstantPattern.General.Parse(text).Value;
}
