using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Tests.Web;
using Microsoft.Playwright;

namespace Entente.Tests.Browser;

/// <summary>The article's path in a real browser, in French and without script: from «
/// Gestion des litiges » to « Clôturer le litige ».</summary>
[Trait("Category", "slow")]
public sealed class ArticlePathTests(BrowserUnderTest browser) : IClassFixture<BrowserUnderTest>
{
    private static readonly byte[] Picture = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [Theory]
    [InlineData(360)]
    [InlineData(1440)]
    public async Task A_dispute_goes_from_a_message_to_a_decision_and_is_closed(int width)
    {
        await using var fair = await Fair.Open(french: true);
        var id = await fair.Dispute();
        var buyer = await browser.OpenAs(fair.Server, fair.Cast.Buyer1, "fr", width, script: false);
        var seller = await browser.OpenAs(fair.Server, fair.Cast.Seller1, "fr", width, script: false);
        var examiner = await browser.OpenAs(fair.Server, fair.Cast.Examiner1, "fr", width, script: false);

        await Talk(buyer, seller, id);
        await buyer.GotoAsync($"/disputes/{id}");
        await buyer.GetByRole(AriaRole.Link, new() { Name = "Déposer une plainte" }).First.ClickAsync();
        await Look(buyer, $"article-complaint-{width}");
        await Body(buyer).Locator("button[type=submit]").First.ClickAsync();
        await Upload(buyer, $"/disputes/{id}", "Photo de la tasse");
        await Upload(seller, $"/disputes/{id}", "Photo de l’emballage");
        await Waive(buyer, fair, id, Role.Buyer);
        await Waive(seller, fair, id, Role.Seller);

        await Decide(examiner, id, width);
        Assert.Equal(Stage.Fulfilment, (await fair.Standing(id)).Stage);

        await Waive(buyer, fair, id, Role.Buyer);
        await Waive(seller, fair, id, Role.Seller);
        await seller.GotoAsync($"/disputes/{id}/obligations/1/performance");
        await Body(seller).Locator("button[type=submit]").First.ClickAsync();
        await Close(buyer, id, width);
        var standing = await fair.Standing(id);
        Assert.Equal((Stage.Closed, ClosingReason.DecisionAccepted), (standing.Stage, standing.Closing?.Reason));
        Assert.Equal(ObligationState.Confirmed, standing.Obligations[0].State);
    }

    private static async Task Talk(IPage buyer, IPage seller, DisputeId id)
    {
        await buyer.GotoAsync("/disputes");
        await buyer.Locator(".tabs a").Nth(1).ClickAsync();
        await buyer.GetByRole(AriaRole.Link, new() { Name = id.Reference }).ClickAsync();
        await buyer.Locator("textarea[name=text]").FillAsync("Bonjour, la tasse est en morceaux.");
        await Press(buyer, "Envoyer");

        await seller.GotoAsync($"/disputes/{id}/offers/1/refusal");
        await Body(seller).Locator("button[type=submit]").First.ClickAsync();
        await seller.GotoAsync($"/disputes/{id}/offers/new");
        await seller.CheckAsync("input[value=partial_refund]");
        await seller.FillAsync("input[name='remedy[0].amount_partial_refund']", "5,00");
        await Body(seller).Locator("button[type=submit]").First.ClickAsync();
    }

    private static async Task Decide(IPage examiner, DisputeId id, int width)
    {
        await examiner.GotoAsync("/desk");
        await Look(examiner, $"desk-queue-{width}");
        await examiner.GetByRole(AriaRole.Link, new() { Name = id.Reference }).ClickAsync();
        await examiner.GetByRole(AriaRole.Link, new() { Name = "Prendre ce dossier" }).ClickAsync();
        await Body(examiner).Locator("button[type=submit]").First.ClickAsync();
        await Look(examiner, $"desk-case-{width}");
        await examiner.GetByRole(AriaRole.Link, new() { Name = "Décider" }).First.ClickAsync();
        await Press(examiner, "Publier la décision");
        await Look(examiner, $"desk-composer-gaps-{width}");
        await examiner.FillAsync("textarea[name='findings[0].question.fr']", "La tasse est-elle arrivée cassée ?");
        await examiner.CheckAsync("input[name='findings[0].answer'][value=for_buyer]");
        await examiner.SelectOptionAsync("select[name='findings[0].clause']", new SelectOptionValue { Index = 1 });
        await examiner.CheckAsync("input[name='findings[0].relied_on'][value='1']");
        await examiner.SelectOptionAsync("select[name='set_aside[2]']", "not_relevant");
        await examiner.CheckAsync("input[value=partial_refund]");
        await examiner.FillAsync("input[name='remedy[0].amount_partial_refund']", "10,00");
        await examiner.FillAsync("textarea[name='reasons.fr']",
            "La photo montre des éclats ; l’emballage n’y change rien.");
        await Press(examiner, "Publier la décision");
        Assert.Contains("done=decided", examiner.Url, StringComparison.Ordinal);
        await Look(examiner, $"desk-decided-{width}");
    }

    private static async Task Close(IPage buyer, DisputeId id, int width)
    {
        await buyer.GotoAsync($"/disputes/{id}");
        await Look(buyer, $"article-decided-{width}");
        await buyer.GetByRole(AriaRole.Link, new() { Name = "Clôturer le litige" }).First.ClickAsync();
        await buyer.CheckAsync("input[name=reason][value=decision_accepted]");
        await Body(buyer).Locator("button[name=step]").ClickAsync();
        await buyer.CheckAsync("input[name=received][value=yes]");
        await Look(buyer, $"article-closure-{width}");
        await Body(buyer).Locator("button[name=confirmed]").ClickAsync();
        await Look(buyer, $"article-closed-{width}");
    }

    private static async Task Upload(IPage page, string dispute, string title)
    {
        await page.GotoAsync($"{dispute}/evidence/new");
        await page.FillAsync("input[name=title]", title);
        await page.SetInputFilesAsync(
            "input[type=file]", new FilePayload { Name = "photo.png", MimeType = "image/png", Buffer = Picture });
        await Body(page).Locator("button[type=submit]").First.ClickAsync();
        Assert.Contains("done=", page.Url, StringComparison.Ordinal);
    }

    private static async Task Waive(IPage page, Fair fair, DisputeId id, Role side)
    {
        var terms = (await fair.Standing(id)).Terms;
        if (terms.FirstOrDefault(term =>
            term.Who == side && term.Kind is TermKind.Evidence or TermKind.AppealWindow) is not { } term) return;
        await page.GotoAsync($"/disputes/{id}/terms/{term.Id}/waiver");
        await Body(page).Locator("button[type=submit]").First.ClickAsync();
        Assert.DoesNotContain((await fair.Standing(id)).Terms, running => running.Id == term.Id);
    }

    private static ILocator Body(IPage page) => page.Locator("main");

    private static Task Press(IPage page, string button) =>
        page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();

    private static async Task Look(IPage page, string name)
    {
        await BrowserUnderTest.Picture(page, name);
        Assert.Empty(await BrowserUnderTest.Overhangs(page));
    }
}
