using Entente.Domain.Disputes;
using Entente.Server.Web.Party.Questions;
using Entente.Tests.Web;

namespace Entente.Tests.Browser;

/// <summary>The article's nine questions, asked by a French buyer on a small screen, from inside a dispute.</summary>
[Trait("Category", "slow")]
public sealed class NineQuestionsTests(BrowserUnderTest browser) : IClassFixture<BrowserUnderTest>
{
    [Theory]
    [InlineData("fr", 360)]
    [InlineData("en", 1440)]
    public async Task Each_question_is_one_step_away_and_answers_with_this_dispute_s_facts(string language, int width)
    {
        await using var fair = await Fair.Open(french: true);
        var id = await fair.Dispute();
        await fair.Ask(id, Domain.Role.Seller, new MakeOffer([new(RemedyKind.PartialRefund, [new(1, 1)], 1000)], null));
        await fair.Ask(id, Domain.Role.Buyer, new AcceptOffer(2));
        await fair.Ask(id, Domain.Role.Seller, new Perform(1, null, null));
        var page = await browser.OpenAs(fair.Server, fair.Cast.Buyer1, language, width, script: false);
        await page.GotoAsync($"/disputes/{id}");
        await page.Locator($"a[href='/disputes/{id}/answers']").ClickAsync();
        Assert.EndsWith("/answers", page.Url, StringComparison.Ordinal);
        foreach (var anchor in Question.Anchors)
        {
            await page.Locator($"nav a[href='#{anchor}']").ClickAsync();
            Assert.EndsWith($"#{anchor}", page.Url, StringComparison.Ordinal);
            var answer = page.Locator($"[data-question={anchor}]");
            Assert.True(await answer.Locator("p").CountAsync() >= 2, anchor);
        }
        Assert.Empty(await BrowserUnderTest.Overhangs(page));
        await BrowserUnderTest.Picture(page, $"answers-{language}-{width}");
        await page.Locator("[data-question=refunded] a.button").First.ClickAsync();
        Assert.Contains($"/disputes/{id}/", page.Url, StringComparison.Ordinal);
        await page.GotoAsync("/reputation");
        await BrowserUnderTest.Picture(page, $"standing-{language}-{width}");
        Assert.Empty(await BrowserUnderTest.Overhangs(page));
    }
}
