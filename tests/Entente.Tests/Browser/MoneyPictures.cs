using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Payments;
using Entente.Server.Desk;
using Entente.Server.Payments;
using Entente.Tests.Payments;
using Entente.Tests.Server;
using Entente.Tests.Web;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;

namespace Entente.Tests.Browser;

/// <summary>The operator's money when a provider misbehaves: looked at, and settled by two persons.</summary>
[Trait("Category", "slow")]
public sealed class MoneyPictures(BrowserUnderTest browser) : IClassFixture<BrowserUnderTest>
{
    [Theory]
    [InlineData(360, "fr")]
    [InlineData(1440, "en")]
    public async Task What_nobody_knows_what_failed_and_what_is_stuck_waits_for_a_person(int width, string language)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var stripe = await FakeStripe.Started(new(clock));
        await using var fair = await Open(clock, stripe);
        var unknown = await Agreed(fair, stripe, "2026-UNKNOWN", 1650, WireMischief.CutBefore);
        var failed = await Agreed(fair, stripe, "2026-FAILED", 0, WireMischief.None);
        var stuck = await Agreed(fair, stripe, "2026-STUCK", 1650, WireMischief.TooMany);
        await Settled(fair, clock, unknown, failed);
        var lists = fair.Server.Get<MoneyLists>();
        var shown = await lists.Unsettled(fair.Cast.Marketplace);
        Assert.Equal<HashSet<DisputeId>>(
            [unknown, failed, stuck], [.. shown.Select(refund => refund.Dispute)]);
        var key = shown.Single(refund => refund.Dispute == unknown).Key;

        var page = await As(fair, fair.Cast.Operator, width, language);
        await page.GotoAsync("/admin/money");
        await Look(page, $"money-{width}-{language}");
        await page.Locator($"a[href='/admin/money/refunds/{key}']").First.ClickAsync();
        await Look(page, $"money-refund-{width}-{language}");
        await page.CheckAsync("input[name=says][value=not_paid]");
        await page.FillAsync("textarea[name=reason]", "Les pages du prestataire n’en montrent aucun.");
        await page.Locator("main form").Last.Locator("button").ClickAsync();
        Assert.Contains("done=money_stated", page.Url, StringComparison.Ordinal);
        await Look(page, $"money-stated-{width}-{language}");

        var other = await As(fair, await Second(fair), width, language);
        await other.GotoAsync("/admin/money");
        await Look(other, $"money-to-approve-{width}-{language}");
        await other.Locator("form[action='/admin/money/statements/approval'] button").ClickAsync();
        Assert.Contains("done=money_approved", other.Url, StringComparison.Ordinal);
        Assert.Equal(RefundState.Failed, (await lists.Refund(fair.Cast.Marketplace, key))!.Line.State);
        await Look(other, $"money-approved-{width}-{language}");
    }

    private static Task<Fair> Open(FakeTimeProvider clock, FakeStripe stripe) => Fair.Open(clock, french: true,
        rules: TestPolicy.Text.Replace(
            "refund_through: outside", "refund_through: provider", StringComparison.Ordinal),
        change: settings => settings with
        {
            Stripe = [new(Cast.Here, "sk_test_1", ["whsec_here"], stripe.Address)],
        });

    /// <summary>A cup of 14.50 and 2.00 freight that is to be refunded through the provider.</summary>
    private static async Task<DisputeId> Agreed(
        Fair fair, FakeStripe stripe, string name, long captured, WireMischief mischief)
    {
        stripe.Ledger.Captured($"ch_{name}", captured);
        var now = Instant.FromDateTimeOffset(fair.Server.Get<TimeProvider>().GetUtcNow());
        var report = await fair.Server.Get<OrderBook>().Import(fair.Cast.Marketplace,
        [
            new(name, new("B1", "Amélie Rousseau"), "EUR", OrderStatus.Delivered,
                new(now - Duration.FromDays(9), now - Duration.FromDays(9), now - Duration.FromDays(6),
                    now - Duration.FromDays(2)),
                [new(1, new("S1", "Poterie du Marais"), "Tasse", "CUP", 1, 1450, 200)],
                [new("pay-1", "card", 1650, StripeProvider.ProviderName, $"ch_{name}")]),
        ]);
        var id = await fair.Dispute((await fair.Server.Get<OrderBook>().Find(report[0].Id))!.Order);
        // The courier starts with the acceptance, so the provider is told before.
        var others = stripe.Mischief;
        stripe.Mischief = key =>
            key.Contains(id.Order.Value, StringComparison.Ordinal) ? mischief : others(key);
        await fair.Ask(id, Role.Seller, new AcceptOffer(1));
        return id;
    }

    /// <summary>Hours pass until only a person can go on with both.</summary>
    private static async Task Settled(Fair fair, FakeTimeProvider clock, params DisputeId[] disputes)
    {
        for (var hour = 0; hour < 90; hour++)
        {
            var tasks = await fair.Server.Get<MoneyLists>().Tasks(fair.Cast.Marketplace);
            if (disputes.All(dispute => tasks.Any(task => task.Order == dispute.Order))) return;
            // The centre's own courier is at work beside this one; both get the time they need.
            for (var turn = 0; turn < 4; turn++)
            {
                await fair.Server.Get<RefundCourier>().Round();
                await Task.Delay(25);
            }
            clock.Advance(TimeSpan.FromHours(1));
        }
        Assert.Fail("No person was ever asked.");
    }

    private static async Task<PersonId> Second(Fair fair)
    {
        var people = fair.Server.Get<People>();
        var person = await people.AddPerson(
            fair.Cast.Marketplace, "p2", "Person p2", "fr", "p2@example.com");
        await people.Join(fair.Cast.Marketplace, person, Role.Operator, null);
        return person;
    }

    private Task<IPage> As(Fair fair, PersonId person, int width, string language) =>
        browser.OpenAs(fair.Server, person, language, width, script: width > 600);

    private static Task Look(IPage page, string name) =>
        BrowserUnderTest.Look(page, name, script: page.ViewportSize!.Width > 600);
}
