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

        var walk = new Walk(fair, dispute, clock, buyer, seller, width, script);
        await walk.Talk();
        await walk.Complain();
        await walk.Close();
        await buyer.Context.CloseAsync();
        await seller.Context.CloseAsync();
    }

    /// <summary>Both sides' browsers, and where their pictures go.</summary>
    private sealed record Walk(
        Fair Fair, DisputeId Dispute, FakeTimeProvider Clock, IPage Buyer, IPage Seller, int Width, bool Script)
    {
        /// <summary>The seller answers from the list, and offers.</summary>
        public async Task Talk()
        {
            await Seller.GotoAsync("/disputes");
            await Look(Seller, "path-01-seller-list");
            await Seller.GetByRole(AriaRole.Link, new() { Name = Dispute.Reference }).ClickAsync();
            await Seller.GetByLabel("Votre message")
                .FillAsync("Bonjour, nous sommes désolés.\nUne photo nous aiderait.");
            await Press(Seller, "Envoyer");
            await Follow(Seller, "Faire une proposition");
            await Seller.GetByLabel("Remboursement partiel").CheckAsync();
            await Seller.GetByLabel("Montant que l’acheteur reçoit").First.FillAsync("5");
            await Look(Seller, "path-02-seller-offer");
            await Press(Seller, "Envoyer la proposition");
            await Look(Seller, "path-03-seller-dispute");
        }

        /// <summary>The buyer declines, waits, and asks the platform to step in.</summary>
        public async Task Complain()
        {
            await Buyer.GotoAsync("/disputes");
            await Look(Buyer, "path-04-buyer-list");
            await Buyer.GetByRole(AriaRole.Link, new() { Name = Dispute.Reference }).ClickAsync();
            await Follow(Buyer, "Refuser la proposition 2");
            await Buyer.GetByLabel("Pourquoi vous refusez").FillAsync("La tasse vaut bien plus.");
            await Press(Buyer, "Refuser la proposition");
            Clock.Advance((await Fair.Standing(Dispute)).ComplaintPossibleFrom.ToDateTimeOffset() - Clock.GetUtcNow()
                + TimeSpan.FromMinutes(1));
            await ComeBack(Fair, Buyer, Fair.Cast.Buyer1);
            await ComeBack(Fair, Seller, Fair.Cast.Seller1);
            await Follow(Buyer, "Déposer une plainte");
            await Look(Buyer, "path-05-buyer-complaint");
            await Buyer.GetByLabel("Ce que la plateforme devrait savoir")
                .FillAsync("Le vendeur ne propose que cinq euros.");
            await Press(Buyer, "Déposer la plainte");
            await Look(Buyer, "path-06-buyer-review");
            await Follow(Buyer, "Ajouter des pièces");
            await Buyer.GetByLabel("Titre").FillAsync("La tasse à l’arrivée");
            await Buyer.Locator("input[type=file]")
                .SetInputFilesAsync([File("tasse.png", 1), File("carton-ouvert.png", 2)]);
            await Look(Buyer, "path-07-buyer-evidence");
            await Press(Buyer, "Ajouter");
            await Assertions.Expect(Buyer.GetByText("Pièces (2)").First).ToBeVisibleAsync();
            await Follow(Buyer, "Je n’ai rien à ajouter");
            await Look(Buyer, "path-08-buyer-waives");
            await Press(Buyer, "Oui, je renonce au reste");
            await Again(Seller);
            await Follow(Seller, "Je n’ai rien à ajouter");
            await Press(Seller, "Oui, je renonce au reste");
        }

        /// <summary>The examiner decides; the seller refunds; the buyer confirms and closes.</summary>
        public async Task Close()
        {
            await Decide(Fair, Dispute);
            await Again(Buyer);
            await Look(Buyer, "path-09-buyer-decided");
            await Waive(Seller);
            await Again(Seller);
            await Look(Seller, "path-10-seller-owes");
            await Follow(Seller, "J’ai remboursé");
            await Seller.GetByLabel("Référence du paiement").FillAsync("VIR-2026-77");
            await Look(Seller, "path-11-seller-performs");
            await Press(Seller, "Dire que c’est fait");
            await Again(Buyer);
            await Look(Buyer, "path-12-buyer-confirms");
            await Follow(Buyer, "Clôturer le litige");
            await Buyer.GetByLabel("J’ai reçu le remboursement").CheckAsync();
            await Look(Buyer, "path-13-buyer-closure");
            await Press(Buyer, "Continuer");
            await Buyer.GetByLabel("Oui").CheckAsync();
            await Look(Buyer, "path-14-buyer-closure-confirm");
            await Press(Buyer, "Clôturer le litige");
            await Look(Buyer, "path-15-buyer-closed");
            Assert.Equal(Stage.Closed, (await Fair.Standing(Dispute)).Stage);
            await Buyer.GotoAsync("/disputes?show=closed");
            await Look(Buyer, "path-16-buyer-closed-list");
        }

        private Task Look(IPage page, string name) => PartyPathTests.Look(page, $"{name}-{Width}", Script);
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
        await Again(page);
    }

    /// <summary>Not by a reload: Chromium refuses one while it still changes from the page before.</summary>
    private static Task Again(IPage page) => page.GotoAsync(page.Url.Split('#')[0]);

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
        await Again(page);
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
        Buffer = [.. Evidence.Files.Png(), tail],
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
