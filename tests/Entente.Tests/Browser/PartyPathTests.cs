using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Tests.Web;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;

namespace Entente.Tests.Browser;

/// <summary>
/// The way the article tells: « Gestion des litiges », the dispute, a message, an offer, « Déposer une plainte »,
/// exhibits, the decision, « Clôturer le litige », as both sides walk it in French.
/// </summary>
[Trait("Category", "slow")]
public sealed class PartyPathTests(BrowserUnderTest browser) : IClassFixture<BrowserUnderTest>
{
    [Theory]
    [InlineData(360, false)]
    [InlineData(1440, true)]
    public async Task From_the_first_message_to_the_closing(int width, bool script)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var fair = await Fair.Open(clock, french: true);
        var dispute = await fair.Dispute();
        var buyer = await browser.OpenAs(fair.Server, fair.Cast.Buyer1, "fr", width, script: script);
        var seller = await browser.OpenAs(fair.Server, fair.Cast.Seller1, "fr", width, script: script);

        // The seller answers from the list.
        await seller.GotoAsync("/disputes");
        await Look(seller, $"path-01-seller-list-{width}", script);
        await seller.GetByRole(AriaRole.Link, new() { Name = dispute.Reference }).ClickAsync();
        await seller.GetByLabel("Votre message").FillAsync("Bonjour, nous sommes désolés.\nUne photo nous aiderait.");
        await Press(seller, "Envoyer");
        await Follow(seller, "Faire une proposition");
        await seller.GetByLabel("Remboursement partiel").CheckAsync();
        await seller.GetByLabel("Montant que l’acheteur reçoit").First.FillAsync("5");
        await Look(seller, $"path-02-seller-offer-{width}", script);
        await Press(seller, "Envoyer la proposition");
        await Look(seller, $"path-03-seller-dispute-{width}", script);

        // The buyer declines, waits, and asks the platform to step in.
        await buyer.GotoAsync("/disputes");
        await Look(buyer, $"path-04-buyer-list-{width}", script);
        await buyer.GetByRole(AriaRole.Link, new() { Name = dispute.Reference }).ClickAsync();
        await Follow(buyer, "Refuser la proposition 2");
        await buyer.GetByLabel("Pourquoi vous refusez").FillAsync("La tasse vaut bien plus.");
        await Press(buyer, "Refuser la proposition");
        clock.Advance((await fair.Standing(dispute)).ComplaintPossibleFrom.ToDateTimeOffset() - clock.GetUtcNow()
            + TimeSpan.FromMinutes(1));
        await ComeBack(fair, buyer, fair.Cast.Buyer1);
        await ComeBack(fair, seller, fair.Cast.Seller1);
        await Follow(buyer, "Déposer une plainte");
        await Look(buyer, $"path-05-buyer-complaint-{width}", script);
        await buyer.GetByLabel("Ce que la plateforme devrait savoir")
            .FillAsync("Le vendeur ne propose que cinq euros.");
        await Press(buyer, "Déposer la plainte");
        await Look(buyer, $"path-06-buyer-review-{width}", script);
        await Follow(buyer, "Ajouter des pièces");
        await buyer.GetByLabel("Titre").FillAsync("La tasse à l’arrivée");
        await buyer.Locator("input[type=file]")
            .SetInputFilesAsync([File("tasse.png", 1), File("carton-ouvert.png", 2)]);
        await Look(buyer, $"path-07-buyer-evidence-{width}", script);
        await Press(buyer, "Ajouter");
        await Assertions.Expect(buyer.GetByText("Pièces (2)").First).ToBeVisibleAsync();
        await Follow(buyer, "Je n’ai rien à ajouter");
        await Look(buyer, $"path-08-buyer-waives-{width}", script);
        await Press(buyer, "Oui, je renonce au reste");
        await seller.ReloadAsync();
        await Follow(seller, "Je n’ai rien à ajouter");
        await Press(seller, "Oui, je renonce au reste");

        // The examiner decides; the seller refunds; the buyer confirms and closes.
        await Decide(fair, dispute);
        await buyer.ReloadAsync();
        await Look(buyer, $"path-09-buyer-decided-{width}", script);
        await Waive(seller);
        await seller.ReloadAsync();
        await Look(seller, $"path-10-seller-owes-{width}", script);
        await Follow(seller, "J’ai remboursé");
        await seller.GetByLabel("Référence du paiement").FillAsync("VIR-2026-77");
        await Look(seller, $"path-11-seller-performs-{width}", script);
        await Press(seller, "Dire que c’est fait");
        await buyer.ReloadAsync();
        await Look(buyer, $"path-12-buyer-confirms-{width}", script);
        await Follow(buyer, "Clôturer le litige");
        await buyer.GetByLabel("J’ai reçu le remboursement").CheckAsync();
        await Look(buyer, $"path-13-buyer-closure-{width}", script);
        await Press(buyer, "Continuer");
        await buyer.GetByLabel("Oui").CheckAsync();
        await Look(buyer, $"path-14-buyer-closure-confirm-{width}", script);
        await Press(buyer, "Clôturer le litige");
        await Look(buyer, $"path-15-buyer-closed-{width}", script);
        Assert.Equal(Stage.Closed, (await fair.Standing(dispute)).Stage);
        await buyer.GotoAsync("/disputes?show=closed");
        await Look(buyer, $"path-16-buyer-closed-list-{width}", script);
        await buyer.Context.CloseAsync();
        await seller.Context.CloseAsync();
    }

    [Fact]
    public async Task A_message_is_written_and_a_dispute_closed_by_keyboard_alone()
    {
        await using var fair = await Fair.Open(french: true);
        var dispute = await fair.Dispute();
        var page = await browser.OpenAs(fair.Server, fair.Cast.Buyer1);
        await page.GotoAsync($"/disputes/{dispute}");
        await TabTo(page, "f-text");
        await page.Keyboard.TypeAsync("Au clavier");
        await TabTo(page, null, "Envoyer");
        await Enter(page, "Votre message a été envoyé.");
        await TabTo(page, null, "Clôturer le litige");
        await Enter(page, "Pourquoi clôturez-vous le litige");
        await TabTo(page, "f-reason");
        await page.Keyboard.PressAsync("ArrowUp");
        await TabTo(page, null, "Continuer");
        await Enter(page, "Ce qui prend fin");
        await TabTo(page, null, "Clôturer le litige");
        await Enter(page, "Le litige est clos.");
        await page.Context.CloseAsync();
    }

    /// <summary>Days later one signs in anew.</summary>
    private static async Task ComeBack(Fair fair, IPage page, PersonId person)
    {
        var cookie = new Cookie
            { Name = "entente", Value = await fair.Server.CookieOf(person), Url = fair.Server.Address.ToString() };
        await page.Context.AddCookiesAsync([cookie]);
        await page.ReloadAsync();
    }

    private static async Task Enter(IPage page, string shows)
    {
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText(shows).First).ToBeVisibleAsync(new() { Timeout = 20_000 });
    }

    private static async Task TabTo(IPage page, string? id, string? text = null)
    {
        for (var presses = 0; presses < 120; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            var (at, says) = (await page.EvaluateAsync<string>("document.activeElement.id"),
                await page.EvaluateAsync<string>("document.activeElement.textContent.trim()"));
            if (id is not null ? at == id : says == text
                && await page.EvaluateAsync<bool>("document.activeElement.matches('button, .button')")) return;
        }
        Assert.Fail($"{id ?? text} cannot be reached by keyboard.");
    }

    private static async Task Waive(IPage page)
    {
        await page.ReloadAsync();
        await Follow(page, "Je ne contesterai pas la décision");
        await Press(page, "Oui, je renonce au reste");
    }

    private static async Task Decide(Fair fair, DisputeId dispute)
    {
        await fair.Ask(dispute, Role.Examiner, new Assign(fair.Cast.Examiner1, IsParty: false));
        ValueList<PersonalText> question = [fair.Text("La tasse est-elle arrivée cassée ?", Role.Examiner)];
        await fair.Ask(dispute, Role.Examiner, new DecideDispute(
            [new(question, FindingAnswer.ForBuyer, "as-described", [1])],
            [new(2, SetAsideWhy.Repeats)],
            [new(RemedyKind.FullRefund, [new(1, 1)], null)],
            [fair.Text(
                "La photo montre la tasse en morceaux dans un carton ouvert.\nLe vendeur n’a rien montré qui dise le "
                    + "contraire.", Role.Examiner)]));
    }

    private static FilePayload File(string name, byte tail) => new()
    {
        Name = name, MimeType = "image/png",
        Buffer = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. new byte[4000], tail],
    };

    private static Task Follow(IPage page, string name) =>
        page.GetByRole(AriaRole.Link, new() { Name = name }).First.ClickAsync();

    private static Task Press(IPage page, string name) =>
        page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();

    private static async Task Look(IPage page, string name, bool script)
    {
        await BrowserUnderTest.Picture(page, name);
        if (!script) return;
        Assert.Empty(await BrowserUnderTest.Overhangs(page));
        Assert.Empty(await BrowserUnderTest.Barriers(page));
    }
}
