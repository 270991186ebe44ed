using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Couriers;
using Entente.Tests.Web;
using Microsoft.Extensions.Time.Testing;

namespace Entente.Tests.Couriers;

/// <summary>Reminders before a due time: by the rules, once each, and not after the act.</summary>
public sealed class DueRemindersTests
{
    private static readonly string Rules =
        TestPolicy.Text.Replace("before: []", "before: [24 hours, 1 hours]", StringComparison.Ordinal);

    [Fact]
    public async Task Whoever_has_to_act_is_reminded_once_for_each_length_the_rules_name()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse("2026-11-02T09:00:00Z", null));
        await using var fair = await Fair.Open(clock, rules: Rules);
        await Look(fair);
        await fair.Dispute();
        await Pass(fair, clock, TimeSpan.FromDays(2) - TimeSpan.FromMinutes(2));
        Assert.Empty(await Reminders(fair));
        await Pass(fair, clock, TimeSpan.FromMinutes(3));
        await Soon.Until(async () => (await Reminders(fair)).Count == 1);
        await Pass(fair, clock, TimeSpan.FromHours(23));
        await Soon.Until(async () => (await Reminders(fair)).Count == 2);
        Assert.All(await Reminders(fair), mail => Assert.Equal(fair.Cast.Seller1, mail.Person));
    }

    [Fact]
    public async Task Both_sides_are_reminded_of_what_ends_for_both_at_once()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse("2026-11-02T09:00:00Z", null));
        await using var fair = await Fair.Open(clock, rules: Rules);
        await Look(fair);
        var id = await fair.Dispute();
        await fair.Ask(id, Role.Seller, new DeclineOffer(1, null));
        await fair.Ask(id, Role.Buyer, new FileComplaint(null));
        var ends = (await fair.Standing(id)).Terms.Where(term => term.Kind == TermKind.Evidence).ToList();
        Assert.Equal([Role.Buyer, Role.Seller], ends.Select(term => term.Who).Order());
        await Pass(fair, clock, ends[0].Due.ToDateTimeOffset() - clock.GetUtcNow() - TimeSpan.FromHours(24)
            + TimeSpan.FromMinutes(1));
        await Soon.Until(async () => (await Reminders(fair)).Count >= 2);
        Assert.Equal(
            new[] { fair.Cast.Buyer1, fair.Cast.Seller1 }.ToHashSet(),
            (await Reminders(fair)).Select(mail => mail.Person).ToHashSet());
    }

    [Fact]
    public async Task Nobody_is_reminded_of_what_they_have_done()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse("2026-11-02T09:00:00Z", null));
        await using var fair = await Fair.Open(clock, rules: Rules);
        await Look(fair);
        var id = await fair.Dispute();
        await fair.Ask(id, Role.Seller, new PostMessage(Audience.All, fair.Text("Désolé.", Role.Seller)));
        await Pass(fair, clock, TimeSpan.FromDays(2) + TimeSpan.FromMinutes(1));
        Assert.Empty(await Reminders(fair));
    }

    /// <summary>Their own part is done, and nobody else may learn of it.</summary>
    [Fact]
    public async Task A_confidential_amount_that_is_handed_in_is_not_asked_for_again()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse("2026-11-02T09:00:00Z", null));
        await using var fair = await Fair.Open(clock, rules: Rules);
        await Look(fair);
        var id = await fair.Dispute();
        await fair.Ask(id, Role.Seller, new PostMessage(Audience.All, fair.Text("Essayons.", Role.Seller)));
        await fair.Ask(id, Role.Seller, new OpenBidRound());
        await fair.Ask(id, Role.Buyer, new PlaceBlindBid(1, fair.Text("810", Role.Buyer) with { Language = "und" }));
        var head = (await fair.Standing(id)).Head!;
        Assert.Equal((TermKind.BidRound, Role.Buyer), (head.Kind, head.Who));
        await Pass(fair, clock, TimeSpan.FromDays(2) + TimeSpan.FromMinutes(1));
        await Soon.Until(async () => (await Reminders(fair)).Count > 0);
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.Equal(fair.Cast.Seller1, Assert.Single(await Reminders(fair)).Person);
    }

    private static async Task Pass(Fair fair, FakeTimeProvider clock, TimeSpan time)
    {
        await fair.Server.Settled(); // A mail on its way would be given up, for it seems to take that long.
        clock.Advance(time);
        for (var again = 0; again < 3; again++) await Look(fair);
    }

    /// <summary>The centre looks by itself too; whoever looks first sends.</summary>
    private static async Task Look(Fair fair)
    {
        await fair.Server.Get<DueReminders>().Look();
        fair.Server.Get<Outbox>().Wake();
    }

    private static async Task<List<SentMail>> Reminders(Fair fair) =>
        [.. (await fair.Server.Get<MailShelf>().Newest(fair.Cast.Marketplace, 50))
            .Where(mail => mail.Subject.StartsWith("Reminder", StringComparison.Ordinal)
                || mail.Subject.StartsWith("Rappel", StringComparison.Ordinal))];
}
