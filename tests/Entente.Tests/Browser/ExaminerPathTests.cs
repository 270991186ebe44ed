using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Tests.Web;
using Microsoft.Playwright;

namespace Entente.Tests.Browser;

/// <summary>Who examines, and who has to agree, by page: on a phone without script, on a desk with it.</summary>
[Trait("Category", "slow")]
public sealed class ExaminerPathTests(BrowserUnderTest browser) : IClassFixture<BrowserUnderTest>
{
    [Theory]
    [InlineData(360, "fr")]
    [InlineData(1440, "en")]
    public async Task An_examiner_withdraws_and_another_takes_the_case(int width, string language)
    {
        await using var fair = await Fair.Open(french: true);
        var id = await InReview(fair);
        var (first, second) = (await As(fair, fair.Cast.Examiner1, width, language),
            await As(fair, fair.Cast.Examiner2, width, language));
        await first.GotoAsync($"/desk/disputes/{id}");
        await first.Locator($"a[href='/desk/disputes/{id}/recusal']").First.ClickAsync();
        await Send(first);
        Assert.Equal(1, await first.Locator(".error-summary").CountAsync());
        await first.FillAsync("textarea[name=reason]", "Je connais le vendeur.");
        await Look(first, $"recusal-form-{width}-{language}");
        await Send(first);
        Assert.Contains("done=recuse", first.Url, StringComparison.Ordinal);
        await Look(first, $"recusal-done-{width}-{language}");
        Assert.Null((await fair.Standing(id)).Examiner);
        await second.GotoAsync($"/desk/disputes/{id}");
        await second.Locator($"a[href='/desk/disputes/{id}/taking']").First.ClickAsync();
        await Look(second, $"recusal-taking-{width}-{language}");
        await Send(second);
        Assert.Equal(fair.Cast.Examiner2, (await fair.Standing(id)).Examiner);
    }

    [Theory]
    [InlineData(360, "fr")]
    [InlineData(1440, "en")]
    public async Task A_side_doubts_the_examiner_and_a_supervisor_answers(int width, string language)
    {
        await using var fair = await Fair.Open(french: true);
        var id = await InReview(fair);
        var (buyer, supervisor) = (await As(fair, fair.Cast.Buyer1, width, language),
            await As(fair, fair.Cast.Operator, width, language));
        await buyer.GotoAsync($"/disputes/{id}");
        await buyer.Locator($"a[href='/disputes/{id}/challenge']").First.ClickAsync();
        await buyer.FillAsync("textarea[name=reason]", "L’examinatrice vend elle-même sur cette place de marché.");
        await Look(buyer, $"challenge-form-{width}-{language}");
        await Send(buyer);
        Assert.Contains("done=challenge_examiner", buyer.Url, StringComparison.Ordinal);
        await Look(buyer, $"challenge-asked-{width}-{language}");
        await supervisor.GotoAsync($"/desk/disputes/{id}");
        await Look(supervisor, $"challenge-desk-{width}-{language}");
        await supervisor.Locator($"a[href='/desk/disputes/{id}/challenge']").First.ClickAsync();
        await supervisor.CheckAsync("input[name=answer][value=yes]");
        await supervisor.FillAsync("textarea[name=text]", "C’est exact ; une autre personne reprend le dossier.");
        await Look(supervisor, $"challenge-answer-{width}-{language}");
        await Send(supervisor);
        Assert.Contains("done=rule_on_challenge", supervisor.Url, StringComparison.Ordinal);
        Assert.Null((await fair.Standing(id)).Examiner);
        await buyer.GotoAsync($"/disputes/{id}");
        await Assertions.Expect(buyer.Locator("[data-part=afterwards]").GetByText("une autre personne reprend"))
            .ToBeVisibleAsync();
        await Look(buyer, $"challenge-answered-{width}-{language}");
    }

    [Theory]
    [InlineData(360, "fr")]
    [InlineData(1440, "en")]
    public async Task A_decision_above_the_amount_waits_for_a_second_examiner(int width, string language)
    {
        await using var fair = await Fair.Open(french: true, rules: TestPolicy.Text.Replace(
            "above: {EUR: 500, BRL: 2000}", "above: {EUR: 5}", StringComparison.Ordinal));
        var id = await InReview(fair);
        var (author, second) = (await As(fair, fair.Cast.Examiner1, width, language),
            await As(fair, fair.Cast.Examiner2, width, language));
        await Compose(author, id, language);
        Assert.Contains("done=drafted", author.Url, StringComparison.Ordinal);
        await Look(author, $"approval-waits-{width}-{language}");
        var buyer = await As(fair, fair.Cast.Buyer1, width, language);
        await buyer.GotoAsync($"/disputes/{id}");
        Assert.Equal(0, await buyer.Locator("[data-part=outcome]").CountAsync());
        await Answer(second, id, "no", "Dites aussi pourquoi la fêlure ne compte pas.");
        Assert.Contains("done=return_decision", second.Url, StringComparison.Ordinal);
        await author.GotoAsync($"/desk/disputes/{id}");
        await Assertions.Expect(author.GetByText("Dites aussi pourquoi").First).ToBeVisibleAsync();
        await Look(author, $"approval-returned-{width}-{language}");
        await author.Locator($"a[href='/desk/disputes/{id}/decision']").First.ClickAsync();
        await Look(author, $"approval-again-{width}-{language}");
        await author.FillAsync("textarea[name='reasons.fr']", "La fêlure est récente ; les éclats ne comptent pas.");
        await author.Locator("main button[type=submit]").Last.ClickAsync();
        Assert.Contains("done=drafted", author.Url, StringComparison.Ordinal);
        await second.GotoAsync($"/desk/disputes/{id}/decision/approval");
        await Look(second, $"approval-form-{width}-{language}");
        await Answer(second, id, "yes", "");
        Assert.Contains("done=approve_decision", second.Url, StringComparison.Ordinal);
        Assert.Equal(Stage.Fulfilment, (await fair.Standing(id)).Stage);
        await buyer.GotoAsync($"/disputes/{id}");
        Assert.Equal(1, await buyer.Locator("[data-part=outcome]").CountAsync());
    }

    private static async Task Compose(IPage author, DisputeId id, string language)
    {
        await author.GotoAsync($"/desk/disputes/{id}");
        await author.Locator($"a[href='/desk/disputes/{id}/decision']").First.ClickAsync();
        await author.FillAsync("textarea[name='findings[0].question.fr']", "La tasse est-elle arrivée cassée ?");
        await author.CheckAsync("input[name='findings[0].answer'][value=in_part]");
        await author.SelectOptionAsync("select[name='findings[0].clause']", "as-described");
        await author.CheckAsync("input[value=partial_refund]");
        await author.FillAsync(
            "input[name='remedy[0].amount_partial_refund']", language == "fr" ? "10,00" : "10.00");
        await author.FillAsync("textarea[name='reasons.fr']", "Les éclats sont anciens ; la fêlure est récente.");
        await author.Locator("main button[type=submit]").Last.ClickAsync();
    }

    private static async Task Answer(IPage second, DisputeId id, string answer, string reason)
    {
        await second.GotoAsync($"/desk/disputes/{id}");
        await second.Locator($"a[href='/desk/disputes/{id}/decision/approval']").First.ClickAsync();
        await second.CheckAsync($"input[name=answer][value={answer}]");
        await second.FillAsync("textarea[name=reason]", reason);
        await Send(second);
    }

    private static async Task<DisputeId> InReview(Fair fair)
    {
        var id = await fair.Dispute();
        await fair.Ask(id, Role.Seller, new DeclineOffer(1, null));
        await fair.Ask(id, Role.Buyer, new FileComplaint(null));
        await fair.Ask(id, Role.Examiner, new Assign(fair.Cast.Examiner1, IsParty: false));
        foreach (var term in (await fair.Standing(id)).Terms.Where(term => term.Kind == TermKind.Evidence))
            await fair.Ask(id, term.Who, new WaiveTerm(term.Id));
        return id;
    }

    private Task<IPage> As(Fair fair, PersonId person, int width, string language) =>
        browser.OpenAs(fair.Server, person, language, width, script: width > 600);

    private static Task Send(IPage page) => page.Locator("main form button[type=submit]").First.ClickAsync();

    private static Task Look(IPage page, string name) =>
        BrowserUnderTest.Look(page, name, script: page.ViewportSize!.Width > 600);
}
