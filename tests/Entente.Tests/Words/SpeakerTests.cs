using Entente.Domain;
using Entente.Domain.Policies;
using Entente.Server.Words;

namespace Entente.Tests.Words;

public class SpeakerTests
{
    private static readonly WordBook Book = WordBook.Load();
    private static readonly DateTimeZone Paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];
    private static readonly Instant Now = Instant.FromUtc(2026, 8, 30, 12, 30);
    private static readonly Instant Due = Instant.FromUtc(2026, 9, 1, 12, 30);

    private static Speaker French => Book.For("fr", Paris, Now);
    private static Speaker English => Book.For("en", Paris, Now);

    [Fact]
    public void An_instant_is_said_with_its_zone()
    {
        Assert.Equal("1er\u00A0septembre 2026 à 14\u00A0h\u00A030 (heure de Paris)", French.Of(Due));
        Assert.Equal("1\u00A0September 2026 at 14:30 (Paris time)", English.Of(Due));
        Assert.Equal("1\u00A0September 2026 at 9:30 (São Paulo time)",
            Book.For("en", DateTimeZoneProviders.Tzdb["America/Sao_Paulo"]).Of(Due));
    }

    [Fact]
    public void A_deadline_at_midnight_names_the_day_that_ends()
    {
        var midnight = new LocalDate(2026, 9, 2).AtStartOfDayInZone(Paris).ToInstant();
        Assert.Equal("1er\u00A0septembre 2026, fin de journée (heure de Paris)", French.Of(midnight, "deadline"));
        Assert.Equal("1\u00A0September 2026 at 14:30 (Paris time)", English.Of(Due, "deadline"));
        Assert.Equal("1\u00A0Sep\u00A02026, end of the day", English.Of(midnight, "short_deadline"));
        Assert.Equal("1er\u00A0sept.\u00A02026, 14\u00A0h\u00A030", French.Of(Due, "short_deadline"));
    }

    [Theory]
    [InlineData(48, "dans 2\u00A0jours", "in 2 days")]
    [InlineData(71.9, "dans 2\u00A0jours", "in 2 days")]
    [InlineData(47, "dans 47\u00A0heures", "in 47 hours")]
    [InlineData(1, "dans 60\u00A0minutes", "in 60 minutes")]
    [InlineData(0, "dans moins d’une minute", "in less than a minute")]
    [InlineData(-3, "il y a 3\u00A0heures", "3 hours ago")]
    [InlineData(-1440, "il y a 60\u00A0jours", "60 days ago")]
    public void How_far_away_a_time_is_is_rounded_down(double hours, string french, string english)
    {
        var instant = Now + Duration.FromHours(hours);
        Assert.Equal((french, english), (French.Of(instant, "relative"), English.Of(instant, "relative")));
    }

    [Theory]
    [InlineData(123450, "EUR", "1\u202F234,50\u00A0€", "€1,234.50")]
    [InlineData(-5, "EUR", "−0,05\u00A0€", "−€0.05")]
    [InlineData(1234567, "JPY", "1\u202F234\u202F567\u00A0¥", "¥1,234,567")]
    [InlineData(1250, "KWD", "1,250\u00A0KWD", "KWD\u00A01.250")]
    [InlineData(9990, "BRL", "99,90\u00A0R$", "R$99.90")]
    [InlineData(long.MinValue, "JPY", "−9\u202F223\u202F372\u202F036\u202F854\u202F775\u202F808\u00A0¥",
        "−¥9,223,372,036,854,775,808")]
    public void An_amount_has_its_currencys_digits(long minor, string currency, string french, string english)
    {
        var money = new Money(minor, currency);
        Assert.Equal((french, english), (French.Of(money), English.Of(money)));
    }

    [Fact]
    public void Other_values_speak_the_language_too()
    {
        Assert.Equal("2\u00A0jours ouvrés", French.Of(new Span(2, SpanUnit.BusinessDays)));
        Assert.Equal("1 day", English.Of(new Span(1, SpanUnit.DaysEnd)));
        Assert.Equal("a, b et c", French.Of(new[] { "a", "b", "c" }));
        Assert.Equal("a and b", English.Of(new ValueList<string>[] { ["a", "b"] }[0]));
        Assert.Equal("1er\u00A0sept.\u00A02026", French.Of(new LocalDate(2026, 9, 1), "short"));
        Assert.Equal("heure d’Amsterdam", French.Of("Europe/Amsterdam", "zone"));
        Assert.Equal("Buenos Aires time", English.Of("America/Argentina/Buenos_Aires", "zone"));
        Assert.Equal("10\u00A0Mo", French.Of(new FileSize(10_000_000)));
        Assert.Equal("1er\u00A0sept.\u00A02026, 14\u00A0h\u00A030", French.Of(Due, "short"));
    }

    [Fact]
    public void An_unknown_key_throws_here_and_shows_itself_in_production()
    {
        var gaps = new List<string>();
        Assert.Throws<KeyNotFoundException>(() => English.Say("no.such.key"));
        Assert.Equal("no.such.key", WordBook.Load(gaps.Add).For("en", Paris).Say("no.such.key"));
        Assert.Equal(["en: no.such.key"], gaps);
    }

    [Fact]
    public void A_reader_of_an_unknown_language_gets_English() => Assert.Equal("en", Book.For("tlh", Paris).Language);

    [Theory]
    [InlineData("« oui » : l'acheteur, vraiment ?", "«\u00A0oui\u00A0»\u00A0: l’acheteur, vraiment\u202F?")]
    [InlineData("déjà ; non ! 10 %", "déjà\u202F; non\u202F! 10\u00A0%")]
    [InlineData("https://exemple.fr", "https://exemple.fr")]
    public void French_typography_is_set_in_one_place(string typed, string set) =>
        Assert.Equal(set, Typography.For("fr")(typed));
}
