using System.Text;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Server.Policies;
using Entente.Tests.Web;

namespace Entente.Tests.Browser;

/// <summary>The rules, their versions and trials, the calendar and the
/// outages, as they look on a phone and a desk.</summary>
[Trait("Category", "slow")]
public sealed class PolicyPicturesTests(BrowserUnderTest browser) : IClassFixture<BrowserUnderTest>
{
    [Theory]
    [InlineData("fr", 360)]
    [InlineData("en", 1440)]
    public async Task Every_page_around_the_rules_fits_its_screen(string language, int width)
    {
        await using var fair = await Fair.Open(french: true, rules: Encoding.UTF8.GetString(Presets.Bytes("demo")));
        await fair.Server.Get<PolicyShelf>().Publish(fair.Cast.Marketplace, Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(Presets.Bytes("demo"))
                .Replace("within: 3 days", "within: 4 days", StringComparison.Ordinal)), "operator");
        var id = await fair.Dispute();
        await fair.Ask(id, Role.Buyer, new CloseDispute(ClosingReason.OpenedByMistake, true, null, false, null));
        var buyer = await browser.OpenAs(fair.Server, fair.Cast.Buyer1, language, width, script: false);
        foreach (var (path, name) in (ValueTuple<string, string>[])
            [("/rules", "rules"), ("/rules/demo/2/changes", "changes"), ("/rules/standing", "formula"),
             ("/calendar", "calendar")])
        {
            await buyer.GotoAsync(path);
            await Look(buyer, $"{name}-{language}-{width}");
        }
        await buyer.Locator("main button").First.ClickAsync();
        await Look(buyer, $"calendar-made-{language}-{width}");
        var staff = await browser.OpenAs(fair.Server, fair.Cast.Operator, language, width, script: false);
        await staff.GotoAsync("/admin/rules/simulation");
        var text = await staff.Locator("textarea").InputValueAsync();
        await staff.FillAsync("textarea",
            text.Replace("within: end of day 14", "within: 1 hours", StringComparison.Ordinal));
        await staff.Locator("main button").First.ClickAsync();
        Assert.Equal(1, await staff.Locator("[data-part=report] details").CountAsync());
        await Look(staff, $"simulation-{language}-{width}");
        await staff.GotoAsync("/admin/outages");
        await staff.Locator("main button").First.ClickAsync();
        await Look(staff, $"outages-{language}-{width}");
    }

    private static async Task Look(Microsoft.Playwright.IPage page, string name)
    {
        await BrowserUnderTest.Picture(page, name);
        Assert.Empty(await BrowserUnderTest.Overhangs(page));
    }
}
