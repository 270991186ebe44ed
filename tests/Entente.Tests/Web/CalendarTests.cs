using System.Net;
using System.Text.RegularExpressions;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Tests.Server;
using Ical.Net;
using Microsoft.Extensions.Time.Testing;

namespace Entente.Tests.Web;

/// <summary>What is due in one's own calendar, under an address that only its owner knows.</summary>
public sealed partial class CalendarTests
{
    [Fact]
    public async Task The_feed_holds_what_waits_for_its_owner_and_nothing_of_the_content()
    {
        await using var fair = await Fair.Open(french: true);
        var id = await fair.Dispute();
        using var seller = await fair.Seller();
        using var stranger = fair.Server.Anonymous();
        var text = await stranger.Read(await Address(seller));
        var due = Calendar.Load(text)!.Events.Single();
        Assert.Equal($"À faire : première réponse (litige {id.Reference})", due.Summary!.Replace('\u00a0', ' '));
        Assert.Equal((await fair.Standing(id)).Head!.Due.ToUnixTimeSeconds(),
            Instant.FromDateTimeUtc(due.Start!.AsUtc).ToUnixTimeSeconds());
        Assert.EndsWith($"/disputes/{id}", due.Url!.ToString(), StringComparison.Ordinal);
        // Addresses and references are numbers at random, and may hold any.
        var said = (due.Summary + due.Description).Replace(due.Url.ToString(), "", StringComparison.Ordinal)
            .Replace(id.Reference, "", StringComparison.Ordinal);
        foreach (var content in (string[])["morceaux", "Tasse", "2026-000123", "Amélie", "14"])
            Assert.DoesNotContain(content, said, StringComparison.Ordinal);
        using var buyer = await fair.Buyer();
        Assert.Empty(Calendar.Load(await stranger.Read(await Address(buyer)))!.Events);
    }

    [Fact]
    public async Task What_was_done_is_gone_and_an_address_can_be_taken_back()
    {
        await using var fair = await Fair.Open();
        var id = await fair.Dispute();
        using var seller = await fair.Seller();
        using var stranger = fair.Server.Anonymous();
        var address = await Address(seller);
        await fair.Ask(id, Role.Seller, new PostMessage(Audience.All, fair.Text("Désolé.", Role.Seller)));
        Assert.Empty(Calendar.Load(await stranger.Read(address))!.Events);
        var newer = await Address(seller);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Fetch(address)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await stranger.Fetch(newer)).StatusCode);
        await seller.Send("/calendar/revocation", "/calendar");
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Fetch(newer)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Fetch("/calendar/x.ics")).StatusCode);
    }

    [Fact]
    public async Task An_outage_that_an_operator_records_gives_time_back()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse("2026-11-02T09:00:00Z", null));
        await using var fair = await Fair.Open(clock);
        var id = await fair.Dispute();
        var due = (await fair.Standing(id)).Head!.Due;
        clock.Advance(TimeSpan.FromHours(5));
        using var staff = await fair.Server.SignedIn(fair.Cast.Operator);
        var wrong = await staff.Send("/admin/outages", "/admin/outages", ("from", "soon"), ("until", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        var zone = DateTimeZoneProviders.Tzdb["Europe/Paris"];
        string Typed(string instant) => NodaTime.Text.InstantPattern.General.Parse(instant).Value.InZone(zone)
            .LocalDateTime.ToString("uuuu-MM-dd'T'HH:mm", null);
        for (var twice = 0; twice < 2; twice++)
            await staff.Send("/admin/outages", "/admin/outages",
                ("from", Typed("2026-11-02T10:00:00Z")), ("until", Typed("2026-11-02T13:00:00Z")));
        Assert.Equal(due + Duration.FromHours(3), (await fair.Standing(id)).Head!.Due);
        using var buyer = await fair.Buyer();
        var page = WebUtility.HtmlDecode(await buyer.Read($"/disputes/{id}?lang=en"));
        Assert.Contains("Our service was out of order", page, StringComparison.Ordinal);
        Assert.Contains("Notice before an outcome by silence", page, StringComparison.Ordinal);
    }

    private static async Task<string> Address(HttpClient reader)
    {
        var answer = await reader.Send("/calendar", "/calendar");
        var page = await answer.Content.ReadAsStringAsync();
        return Feed().Match(page).Value;
    }

    [GeneratedRegex("/calendar/[0-9a-f]{48}\\.ics")]
    private static partial Regex Feed();
}
