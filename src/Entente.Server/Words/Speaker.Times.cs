using System.Globalization;
using System.Text;

namespace Entente.Server.Words;

// Dates, times and lengths of time. What is left of a time is always
// rounded down: nobody is promised more than there is.
public sealed partial class Speaker
{
    private void Moment(StringBuilder to, Instant instant, string? style)
    {
        var local = instant.InZone(Zone).LocalDateTime;
        if (style is "relative") Relative(to, instant);
        else if (style is "day") Date(to, local.Date, null);
        else if (style is "time") Clock(to, local.TimeOfDay);
        else if (style is "short_deadline" && local.TimeOfDay == LocalTime.Midnight)
            Entry(to, "moment.short_day_end", ("date", Of(local.Date.PlusDays(-1), "short")));
        else if (style is "short" or "short_deadline")
            Entry(to, "moment.short", ("date", Of(local.Date, "short")), ("time", ClockOf(local.TimeOfDay)));
        else if (style is "deadline" && local.TimeOfDay == LocalTime.Midnight)
            Entry(to, "moment.day_end", ("date", Of(local.Date.PlusDays(-1))), ("zone", ZoneName(Zone.Id)));
        else if (style is null or "deadline")
            Entry(to, "moment.long", ("date", Of(local.Date)), ("time", ClockOf(local.TimeOfDay)),
                ("zone", ZoneName(Zone.Id)));
        else to.Append(Missing($"moment.{style}"));
    }

    private void Date(StringBuilder to, LocalDate date, string? style)
    {
        var month = date.Month.ToString(CultureInfo.InvariantCulture);
        var (pattern, name) = style is "short" ? ("date.short", "month_short.") : ("date.long", "month.");
        Entry(to, pattern,
            ("day", date.Day), ("month", Say(name + month)),
            ("year", date.Year.ToString(CultureInfo.InvariantCulture)));
    }

    private void Relative(StringBuilder to, Instant instant)
    {
        var now = Now ?? throw new InvalidOperationException(
            "A speaker without an instant cannot say how far away a time is.");
        if (instant >= now) Length(to, instant - now, "relative.in");
        else Length(to, now - instant, "relative.ago");
    }

    private void Length(StringBuilder to, Duration length, string kind)
    {
        if (length < Duration.FromMinutes(1)) Entry(to, $"{kind}_moments");
        else if (length < Duration.FromMinutes(90)) Entry(to, $"{kind}_minutes", ("n", (int)length.TotalMinutes));
        else if (length < Duration.FromHours(48)) Entry(to, $"{kind}_hours", ("n", (int)length.TotalHours));
        else Entry(to, $"{kind}_days", ("n", (int)length.TotalDays));
    }

    private string ClockOf(LocalTime time)
    {
        var text = new StringBuilder(8);
        Clock(text, time);
        return text.ToString();
    }

    private void Clock(StringBuilder to, LocalTime time) => Entry(to, "clock",
        ("hour", time.Hour.ToString(CultureInfo.InvariantCulture)),
        ("minute", time.Minute.ToString("00", CultureInfo.InvariantCulture)));

    private string ZoneName(string id)
    {
        if (Has($"zone.{id}")) return Say($"zone.{id}");
        var city = id[(id.LastIndexOf('/') + 1)..].Replace('_', ' ');
        return Say("zone.other", ("city", city));
    }
}
