using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Tests.Web;
using Microsoft.Playwright;

namespace Entente.Tests.Browser;

/// <summary>Every page of buyer and seller, looked at on a phone and on a desk: it fits, and it bars nobody.</summary>
[Trait("Category", "slow")]
public sealed class PartyPictures(BrowserUnderTest browser) : IClassFixture<BrowserUnderTest>
{
    private static readonly string[] Pages =
    [
        "", "/offers/new", "/offers/new?by=each", "/offers/1/acceptance", "/offers/1/refusal", "/complaint", "/closure",
        "/closure?reason=solved_directly", "/evidence/new",
    ];

    [Theory]
    [InlineData(360, "fr")]
    [InlineData(1440, "fr")]
    [InlineData(360, "en")]
    [InlineData(1440, "en")]
    public async Task A_dispute_in_negotiation(int width, string language)
    {
        await using var fair = await Fair.Open(french: true);
        var dispute = await fair.Dispute(everything: true);
        await fair.Ask(dispute, Role.Seller,
            new PostMessage(Audience.All, fair.Text("Bonjour, pouvez-vous nous envoyer une photo ?", Role.Seller)));
        await fair.Ask(dispute, Role.Seller, new MakeOffer(
            [new(RemedyKind.PartialRefund, [new(1, 2)], 1200)], fair.Text("Un geste de notre part.", Role.Seller)));
        await fair.Ask(dispute, Role.Buyer, new PostMessage(
            Audience.BuyerAndPlatform, fair.Text("Le vendeur m'a déjà appelée deux fois.", Role.Buyer)));
        foreach (var role in new[] { Role.Buyer, Role.Seller })
        {
            var page = await As(fair, role, width, language);
            foreach (var path in Pages)
            {
                if (role == Role.Seller && path.Contains("closure", StringComparison.Ordinal)) continue;
                await Look(page, $"/disputes/{dispute}{path}",
                    $"{role}-negotiation{path.Replace('/', '-').Replace('?', '-')}-{width}-{language}");
            }
            await page.Context.CloseAsync();
        }
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1440)]
    public async Task The_questions_of_an_opening(int width)
    {
        await using var fair = await Fair.Open(french: true);
        var page = await As(fair, Role.Buyer, width, "fr");
        await Look(page, "/disputes/new", $"opening-1-orders-{width}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Tasse" }).ClickAsync();
        await Look(page, null, $"opening-2-items-{width}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continuer" }).ClickAsync();
        await Look(page, null, $"opening-2-items-wrong-{width}");
        await page.GetByLabel("Tasse").CheckAsync();
        await page.GetByLabel("Combien").FillAsync("2");
        await page.GetByLabel("Théière").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Continuer" }).ClickAsync();
        await Look(page, null, $"opening-3-reasons-{width}");
        await page.GetByRole(AriaRole.Button, new() { Name = "n’ont pas toutes" }).First.ClickAsync();
        await Look(page, null, $"opening-3-reasons-split-{width}");
        await page.Locator("input[name='item[0].reason'][value=damaged]").CheckAsync();
        await page.Locator("input[name='item[1].reason'][value=incomplete]").CheckAsync();
        await page.Locator("input[name='item[2].reason'][value=wrong_item]").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Continuer" }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox).FillAsync("Le colis est arrivé ouvert.\nUne tasse est cassée.");
        await Look(page, null, $"opening-4-story-{width}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continuer" }).ClickAsync();
        await Look(page, null, $"opening-5-remedy-{width}");
        await page.Locator("input[value=partial_refund]").CheckAsync();
        await page.Locator("input[name='remedy[0].amount_partial_refund']").FillAsync("999");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continuer" }).ClickAsync();
        await Look(page, null, $"opening-5-remedy-wrong-{width}");
        await page.Locator("input[name='remedy[0].amount_partial_refund']").FillAsync("12,50");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continuer" }).ClickAsync();
        await Look(page, null, $"opening-6-check-{width}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ouvrir le litige" }).ClickAsync();
        await Look(page, null, $"opening-7-opened-{width}");
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(360, "fr", true)]
    [InlineData(1440, "en", false)]
    public async Task Two_hundred_messages_and_sixty_exhibits(int width, string language, bool dark)
    {
        await using var fair = await Fair.Open(
            rules: TestPolicy.Text.Replace(
                "files_per_party_max: 10", "files_per_party_max: 90", StringComparison.Ordinal));
        await fair.Server.Get<People>().PartyOf(fair.Cast.Marketplace, Role.Seller, "S1",
            "Établissements Charpentier-Delacroix & Fils, maroquinerie et bagagerie fine depuis 1898 SARL");
        var dispute = await fair.Dispute(
            await fair.Purchase(
                "2026-9", "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftstasse"));
        for (var no = 1; no <= 200; no++)
            await fair.Ask(dispute, no % 3 == 0 ? Role.Seller : Role.Buyer, new PostMessage(
                no % 50 == 0 ? Audience.SellerAndPlatform : Audience.All,
                fair.Text($"Message {no}\nhttps://exemple.fr/suivi/{new string('7', 90)}", Role.Seller)) is var said
                && no % 50 == 0 && no % 3 != 0
                    ? said with { To = Audience.BuyerAndPlatform } : said);
        for (var no = 1; no <= 60; no++)
            await fair.Ask(dispute, no % 2 == 0 ? Role.Seller : Role.Buyer, new AddEvidence(
                new($"{no:x32}"), (ExhibitKind)(no % 7), fair.Text($"Photo {no} du colis à l’arrivée", Role.Buyer),
                fair.Text($"IMG_2026_11_23_{no}_{new string('a', 60)}.jpg", Role.Buyer), fair.Text($"{no}", Role.Buyer),
                "image/jpeg", 1_240_000 + no, null));
        var page = await browser.OpenAs(fair.Server, fair.Cast.Buyer1, language, width, dark);
        await Look(page, $"/disputes/{dispute}", $"many-{width}-{language}");
        // One of them the seller wrote to the platform alone.
        await page.GotoAsync($"/disputes/{dispute}?story=all");
        Assert.Empty(await BrowserUnderTest.Overhangs(page));
        Assert.Equal(260, await page.Locator(".timeline > li").CountAsync());
        await page.Context.CloseAsync();
    }

    private Task<IPage> As(Fair fair, Role role, int width, string language) => browser.OpenAs(
        fair.Server, role == Role.Buyer ? fair.Cast.Buyer1 : fair.Cast.Seller1, language, width);

    private static async Task Look(IPage page, string? address, string name)
    {
        if (address is not null) await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        await BrowserUnderTest.Picture(page, name);
        Assert.Empty(await BrowserUnderTest.Overhangs(page));
        Assert.Empty(await BrowserUnderTest.Barriers(page));
    }
}
