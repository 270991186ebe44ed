namespace Entente.Domain.Policies;

/// <summary>When days begin and end, and which of them are worked, in one named time zone.</summary>
public sealed record BusinessCalendar(string Zone, ValueList<IsoDayOfWeek> Weekend, ValueList<LocalDate> Holidays)
{
    /// <summary>The instant at which a span that starts now is over.</summary>
    public Instant Due(Instant start, Span span) => throw new NotImplementedException();
}
