using System.Globalization;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Tests.Papers;
using Entente.Tests.Web;
using Microsoft.Playwright;

namespace Entente.Tests.Browser;

/// <summary>What the two sides and the examiner do beside offers, by page: on a phone without script, on a desk with
/// it.</summary>
[Trait("Category", "slow")]
public sealed class ExchangePathTests(BrowserUnderTest browser) : IClassFixture<BrowserUnderTest>
{
    [Theory]
    [InlineData(360, "fr")]
    [InlineData(1440, "en")]
    public async Task An_exhibit_is_contested_and_the_examiner_answers(int width, string language)
    {
        await using var fair = await Fair.Open(french: true);
        var id = await fair.Dispute();
        await fair.Show(id, Role.Buyer, "tasse.png", Tale.Picture(1));
        var exhibit = (await fair.Standing(id)).Exhibits[0].Id;
        var (seller, buyer) = (await As(fair, fair.Cast.Seller1, width, language),
            await As(fair, fair.Cast.Buyer1, width, language));
        await seller.GotoAsync($"/disputes/{id}");
        await seller.Locator($"a[href='/disputes/{id}/evidence/{exhibit}/contest']").First.ClickAsync();
        await Send(seller);
        Assert.Equal(1, await seller.Locator(".error-summary").CountAsync());
        await seller.CheckAsync("input[name=ground][value=not_this_order]");
        await seller.FillAsync("textarea[name=text]", "Ce n’est pas notre tasse : la nôtre est bleue.");
        await Look(seller, $"contest-form-{width}-{language}");
        await Send(seller);
        Assert.Contains("done=contest_evidence", seller.Url, StringComparison.Ordinal);
        await Look(seller, $"contest-done-{width}-{language}");
        await buyer.GotoAsync($"/disputes/{id}");
        await Assertions.Expect(buyer.Locator("[data-part=exhibits]").GetByText("la nôtre est bleue"))
            .ToBeVisibleAsync();

        await Review(fair, id);
        var examiner = await As(fair, fair.Cast.Examiner1, width, language);
        await examiner.GotoAsync($"/desk/disputes/{id}");
        await examiner.Locator($"a[href='/desk/disputes/{id}/contests/1/answer']").First.ClickAsync();
        await examiner.CheckAsync("input[name=answer][value=rejected]");
        await examiner.FillAsync("textarea[name='reasons.fr']", "L’étiquette de la commande est visible sur la photo.");
        await Look(examiner, $"contest-answer-{width}-{language}");
        await Send(examiner);
        Assert.Contains("done=answer_contest", examiner.Url, StringComparison.Ordinal);
        Assert.Equal(ContestAnswer.Rejected, (await fair.Standing(id)).Contests[0].Answer);
        await seller.GotoAsync($"/disputes/{id}");
        await Assertions.Expect(seller.Locator("[data-part=exhibits]").GetByText("L’étiquette de la commande"))
            .ToBeVisibleAsync();
        await Look(seller, $"contest-answered-{width}-{language}");
    }

    [Theory]
    [InlineData(360, "fr")]
    [InlineData(1440, "en")]
    public async Task More_time_is_asked_for_and_agreed(int width, string language)
    {
        await using var fair = await Fair.Open(french: true);
        var id = await fair.Dispute();
        var term = (await fair.Standing(id)).TermOf(TermKind.Negotiation, Role.Buyer)!;
        var later = (term.Due + Duration.FromDays(2)).ToDateTimeUtc();
        var (seller, buyer) = (await As(fair, fair.Cast.Seller1, width, language),
            await As(fair, fair.Cast.Buyer1, width, language));
        await seller.GotoAsync($"/disputes/{id}");
        await seller.Locator("[data-part=exchange] summary").ClickAsync();
        await Look(seller, $"extension-more-{width}-{language}");
        await seller.Locator($"a[href='/disputes/{id}/terms/{term.Id}/extension']").First.ClickAsync();
        await seller.FillAsync("input[name=until]", later.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await seller.FillAsync("textarea[name=text]", "Le transporteur cherche encore le colis.");
        await Look(seller, $"extension-form-{width}-{language}");
        await Send(seller);
        Assert.Contains("done=propose_extension", seller.Url, StringComparison.Ordinal);
        await buyer.GotoAsync($"/disputes/{id}");
        await Look(buyer, $"extension-asked-{width}-{language}");
        await buyer.Locator($"a[href='/disputes/{id}/extensions/1/acceptance']").First.ClickAsync();
        await Look(buyer, $"extension-agree-{width}-{language}");
        await Send(buyer);
        Assert.Contains("done=agree_extension", buyer.Url, StringComparison.Ordinal);
        await Look(buyer, $"extension-agreed-{width}-{language}");
        var standing = await fair.Standing(id);
        Assert.True(standing.TermOf(TermKind.Negotiation, Role.Buyer)!.Due > term.Due);
        Assert.Null(standing.Extension);
    }

    [Theory]
    [InlineData(360, "fr")]
    [InlineData(1440, "en")]
    public async Task Both_sides_accept_what_the_examiner_proposes(int width, string language)
    {
        await using var fair = await Fair.Open(french: true);
        var id = await fair.Dispute();
        await Review(fair, id);
        var examiner = await As(fair, fair.Cast.Examiner1, width, language);
        await examiner.GotoAsync($"/desk/disputes/{id}");
        await examiner.Locator("[data-part=exchange] summary").ClickAsync();
        await examiner.Locator($"a[href='/desk/disputes/{id}/proposals']").ClickAsync();
        await examiner.CheckAsync("input[value=partial_refund]");
        await examiner.FillAsync(
            "input[name='remedy[0].amount_partial_refund']", language == "fr" ? "7,00" : "7.00");
        await examiner.FillAsync("textarea[name='reasons.fr']", "La moitié paraît juste : la tasse reste utilisable.");
        // Neither side's words: it is the platform that proposes.
        Assert.Equal(0, await examiner.GetByText(language == "fr" ? "vous gardez" : "you keep").CountAsync());
        await Look(examiner, $"proposal-form-{width}-{language}");
        await Send(examiner);
        Assert.Contains("done=propose_remedy", examiner.Url, StringComparison.Ordinal);
        await Look(examiner, $"proposal-made-{width}-{language}");
        foreach (var (person, called) in new[] { (fair.Cast.Buyer1, "buyer"), (fair.Cast.Seller1, "seller") })
        {
            var page = await As(fair, person, width, language);
            await page.GotoAsync($"/disputes/{id}");
            await Look(page, $"proposal-{called}-{width}-{language}");
            await page.Locator($"a[href='/disputes/{id}/offers/2/acceptance']").First.ClickAsync();
            await Look(page, $"proposal-{called}-accept-{width}-{language}");
            await Send(page);
            await Look(page, $"proposal-{called}-accepted-{width}-{language}");
            Assert.Equal(called == "buyer" ? Stage.Review : Stage.Fulfilment, (await fair.Standing(id)).Stage);
        }
        Assert.Equal(700, (await fair.Standing(id)).Obligations[0].Obligation.Amount);
    }

    private static async Task Review(Fair fair, DisputeId id)
    {
        await fair.Ask(id, Role.Seller, new DeclineOffer(1, null));
        await fair.Ask(id, Role.Buyer, new FileComplaint(null));
        await fair.Ask(id, Role.Examiner, new Assign(fair.Cast.Examiner1, IsParty: false));
    }

    private Task<IPage> As(Fair fair, PersonId person, int width, string language) =>
        browser.OpenAs(fair.Server, person, language, width, script: width > 600);

    private static Task Send(IPage page) => page.Locator("main form button[type=submit]").First.ClickAsync();

    private static Task Look(IPage page, string name) =>
        BrowserUnderTest.Look(page, name, script: page.ViewportSize!.Width > 600);
}
