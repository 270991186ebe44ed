using NodaTime.Text;

namespace Entente.Server.Demo;

/// <summary>A moment of the demo's past, as seen from its first start.</summary>
internal delegate Instant When(Instant now);

/// <summary>Ways of saying when something happened.</summary>
internal static class Moment
{
    public static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Europe/Paris"];

    /// <summary>So many days ago at that time of the day in Paris.</summary>
    public static When Day(int ago, string time) => now =>
    {
        var date = now.InZone(Zone).Date.PlusDays(-ago);
        return date.At(LocalTimePattern.GeneralIso.Parse($"{time}:00").Value).InZoneLeniently(Zone).ToInstant();
    };

    /// <summary>Today.</summary>
    public static When Minutes(int ago) => now => now - Duration.FromMinutes(ago);
}
