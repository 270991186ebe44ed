using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Tests.Web;
using Microsoft.Playwright;

namespace Entente.Tests.Browser;

/// <summary>Every page of the platform's people, looked at on a phone and on
/// a desk: it fits, and it bars nobody.</summary>
[Trait("Category", "slow")]
public sealed class StaffPictures(BrowserUnderTest browser) : IClassFixture<BrowserUnderTest>
{
    [Theory]
    [InlineData(360, "fr", false)]
    [InlineData(1440, "fr", true)]
    [InlineData(360, "en", false)]
    [InlineData(1440, "en", false)]
    public async Task The_desk_and_the_operators_pages(int width, string language, bool dark)
    {
        await using var fair = await Fair.Open(french: true);
        var (waiting, ready) = (await Review(fair, fair.Order), await Review(fair, await fair.Purchase("2026-000124")));
        await fair.Ask(ready, Role.Examiner, new Assign(fair.Cast.Examiner1, IsParty: false));
        foreach (var side in new[] { Role.Buyer, Role.Seller })
            await fair.Ask(ready, side, new WaiveTerm(
                (await fair.Standing(ready)).TermOf(TermKind.Evidence, side)!.Id));
        var name = $"{width}-{language}{(dark ? "-dark" : "")}";

        var examiner = await browser.OpenAs(fair.Server, fair.Cast.Examiner1, language, width, dark);
        foreach (var (path, called) in new[]
                 {
                     ("/desk", "queue"), ($"/desk/disputes/{ready}", "case"),
                     ($"/desk/disputes/{waiting}/taking", "taking"),
                     ($"/desk/disputes/{ready}/decision", "composer"),
                     ($"/desk/disputes/{ready}/closure", "closure"),
                 })
            await Look(examiner, path, $"desk-{called}-{name}");
        await examiner.GotoAsync($"/desk/disputes/{ready}/decision");
        await examiner.Locator("main .form > .buttons button").Last.ClickAsync();
        await Look(examiner, null, $"desk-composer-gaps-{name}");
        await examiner.Context.CloseAsync();

        var operating = await browser.OpenAs(fair.Server, fair.Cast.Operator, language, width, dark);
        foreach (var (path, called) in new[]
                 {
                     ("/desk?show=unassigned", "unassigned"), ("/admin", "health"), ("/admin/mails", "mails"),
                     ("/admin/people", "people"), ("/admin/keys", "keys"),
                 })
            await Look(operating, path, $"operator-{called}-{name}");
        await operating.GotoAsync("/admin/keys");
        await operating.Locator("main .form > .buttons button").Last.ClickAsync();
        await Look(operating, null, $"operator-keys-wrong-{name}");
        await operating.FillAsync("input[name=name]", "Boutique, production");
        await operating.CheckAsync("input[value='orders:write']");
        await operating.Locator("main .form > .buttons button").Last.ClickAsync();
        await Look(operating, null, $"operator-key-made-{name}");
        await operating.Context.CloseAsync();
    }

    [Fact]
    public async Task Disputes_are_ticked_and_given_by_keyboard_alone()
    {
        await using var fair = await Fair.Open(french: true);
        var (first, second) = (await Review(fair, fair.Order), await Review(fair, await fair.Purchase("2026-000124")));
        var page = await browser.OpenAs(fair.Server, fair.Cast.Operator);
        await page.GotoAsync("/desk?show=unassigned");
        await page.Locator("[data-rows] [tabindex='0']").FocusAsync();
        foreach (var key in new[] { "j", "x", "j", "x" }) await page.Keyboard.PressAsync(key);
        await page.Locator("select[name=examiner]").FocusAsync();
        await page.Keyboard.TypeAsync("Person m2");
        await page.Locator("main form:has(select[name=examiner]) button").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("ont été confiés").First).ToBeVisibleAsync(new() { Timeout = 20_000 });
        foreach (var dispute in new[] { first, second })
            Assert.Equal(fair.Cast.Examiner2, (await fair.Standing(dispute)).Examiner);
        await page.Context.CloseAsync();
    }

    private static async Task<DisputeId> Review(Fair fair, Order order)
    {
        var dispute = await fair.Dispute(order);
        await fair.Ask(dispute, Role.Seller, new DeclineOffer(
            1, fair.Text("La tasse a quitté l’atelier intacte.", Role.Seller)));
        await fair.Ask(dispute, Role.Buyer, new FileComplaint(
            fair.Text("Je demande à la plateforme de trancher.", Role.Buyer)));
        return dispute;
    }

    private static async Task Look(IPage page, string? path, string name)
    {
        if (path is not null) await page.GotoAsync(path);
        await BrowserUnderTest.Picture(page, name);
        Assert.Empty(await BrowserUnderTest.Overhangs(page));
        Assert.Empty(await BrowserUnderTest.Barriers(page));
    }
}
