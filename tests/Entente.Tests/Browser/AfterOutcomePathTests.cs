using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Tests.Web;
using Microsoft.Playwright;

namespace Entente.Tests.Browser;

/// <summary>S9, S11 and S16 by page, in a real browser: on a phone without script, on a desk with it.</summary>
[Trait("Category", "slow")]
public sealed class AfterOutcomePathTests(BrowserUnderTest browser) : IClassFixture<BrowserUnderTest>
{
    [Theory]
    [InlineData(360, "fr")]
    [InlineData(1440, "en")]
    public async Task S9_not_satisfied_another_examiner_looks_at_it_once_more(int width, string language)
    {
        await using var fair = await Fair.Open(french: true);
        var id = await Decided(fair);
        var buyer = await As(fair, fair.Cast.Buyer1, width, language);
        await buyer.GotoAsync($"/disputes/{id}");
        await Look(buyer, $"s9-decided-{width}-{language}");
        await buyer.Locator($"a[href='/disputes/{id}/appeal']").First.ClickAsync();
        await Send(buyer);
        Assert.Equal(1, await buyer.Locator(".error-summary, [role=alert]").CountAsync());
        await buyer.CheckAsync("input[name=findings][value='1']");
        await buyer.FillAsync("textarea[name=text]", "La photo montre aussi l’anse, que la décision n’a pas vue.");
        await Look(buyer, $"s9-appeal-{width}-{language}");
        await Send(buyer);
        Assert.Contains("done=appeal_filed", buyer.Url, StringComparison.Ordinal);
        await Look(buyer, $"s9-filed-{width}-{language}");
        Assert.Equal(Stage.Appeal, (await fair.Standing(id)).Stage);

        foreach (var term in (await fair.Standing(id)).Terms
            .Where(term => term.Kind is TermKind.Evidence or TermKind.Joining))
            await fair.Ask(id, term.Who, new WaiveTerm(term.Id));
        var other = await As(fair, fair.Cast.Examiner2, width, language);
        await other.GotoAsync($"/desk/disputes/{id}/taking");
        await Send(other);
        await other.GotoAsync($"/desk/disputes/{id}/decision");
        await other.FillAsync("textarea[name='findings[0].question.fr']", "L’anse est-elle cassée ?");
        await other.CheckAsync("input[name='findings[0].answer'][value=for_buyer]");
        await other.SelectOptionAsync("select[name='findings[0].clause']", new SelectOptionValue { Index = 1 });
        await other.CheckAsync("input[name=result][value=varied]");
        await other.CheckAsync("input[value=partial_refund]");
        await other.FillAsync("input[name='remedy[0].amount_partial_refund']", language == "fr" ? "15,00" : "15.00");
        await other.FillAsync("textarea[name='reasons.fr']", "La photo montre l’anse.");
        await Look(other, $"s9-composer-{width}-{language}");
        await other.Locator("main button[type=submit]").Last.ClickAsync();
        await Look(other, $"s9-reviewed-{width}-{language}");
        var standing = await fair.Standing(id);
        Assert.Equal((1500, 2), (standing.Promised, standing.Outcomes[0].ReplacedBy));
        await buyer.GotoAsync($"/disputes/{id}");
        await Look(buyer, $"s9-varied-{width}-{language}");
    }

    [Theory]
    [InlineData(360, "en")]
    [InlineData(1440, "fr")]
    public async Task S11_a_closed_dispute_is_reopened_on_a_reviewed_request(int width, string language)
    {
        await using var fair = await Fair.Open(french: true);
        var id = await fair.Dispute();
        await fair.Ask(id, Role.Buyer, new CloseDispute(ClosingReason.NoLongerPursued, true, null, false, null));
        var buyer = await As(fair, fair.Cast.Buyer1, width, language);
        await buyer.GotoAsync($"/disputes/{id}");
        await Look(buyer, $"s11-closed-{width}-{language}");
        await buyer.Locator($"a[href='/disputes/{id}/reopening']").First.ClickAsync();
        await buyer.CheckAsync("input[name=ground][value=order_not_completed]");
        await buyer.FillAsync("textarea[name=text]", "La tasse de remplacement n’est jamais arrivée.");
        await Look(buyer, $"s11-request-{width}-{language}");
        await Send(buyer);
        Assert.Contains("/evidence/new", buyer.Url, StringComparison.Ordinal);
        await Look(buyer, $"s11-evidence-{width}-{language}");
        var examiner = await As(fair, fair.Cast.Examiner1, width, language);
        await examiner.GotoAsync($"/desk/disputes/{id}/taking");
        await Send(examiner);
        await examiner.GotoAsync($"/desk/disputes/{id}/reopening");
        await examiner.CheckAsync("input[name=answer][value=yes]");
        await examiner.FillAsync("textarea[name=text]", "La commande n’est pas terminée.");
        await Look(examiner, $"s11-answer-{width}-{language}");
        await Send(examiner);
        Assert.Equal(Stage.Review, (await fair.Standing(id)).Stage);
        await buyer.GotoAsync($"/disputes/{id}");
        await Look(buyer, $"s11-reopened-{width}-{language}");
    }

    [Theory]
    [InlineData(360, "fr")]
    [InlineData(1440, "fr")]
    public async Task S16_what_was_not_honoured_is_reported_and_the_platform_takes_measures(int width, string language)
    {
        await using var fair = await Fair.Open(french: true);
        var id = await fair.Dispute();
        await fair.Ask(id, Role.Seller, new AcceptOffer(1));
        await fair.Ask(id, Role.Seller, new Perform(1, null, null));
        await fair.Ask(id, Role.Buyer, new CloseDispute(ClosingReason.RefundReceived, true, true, false, null));
        var buyer = await As(fair, fair.Cast.Buyer1, width, language);
        await buyer.GotoAsync($"/disputes/{id}");
        await buyer.Locator($"a[href='/disputes/{id}/breaches/new']").First.ClickAsync();
        await buyer.CheckAsync("input[name=obligation][value='1']");
        await buyer.FillAsync("textarea[name=text]", "Le remboursement a été repris le lendemain.");
        await Look(buyer, $"s16-report-{width}-{language}");
        await Send(buyer);
        var seller = await As(fair, fair.Cast.Seller1, width, language);
        await seller.GotoAsync($"/disputes/{id}");
        await seller.Locator($"a[href='/disputes/{id}/breaches/1/answer']").First.ClickAsync();
        await seller.FillAsync("textarea[name=text]", "C’est une erreur de notre banque.");
        await Look(seller, $"s16-answer-{width}-{language}");
        await Send(seller);
        var examiner = await As(fair, fair.Cast.Examiner1, width, language);
        await examiner.GotoAsync($"/desk/disputes/{id}/taking");
        await Send(examiner);
        await examiner.GotoAsync($"/desk/disputes/{id}/breaches/1/measures");
        await examiner.CheckAsync("input[name=answer][value=yes]");
        await examiner.CheckAsync("input[name=measures][value=warn]");
        await examiner.FillAsync("textarea[name=text]", "Le remboursement doit être refait.");
        await Look(examiner, $"s16-measures-{width}-{language}");
        await Send(examiner);
        Assert.Contains("done=take_measures", examiner.Url, StringComparison.Ordinal);
        await seller.GotoAsync($"/disputes/{id}");
        await Look(seller, $"s16-measured-{width}-{language}");
        await seller.Locator($"a[href='/disputes/{id}/measures/1/appeal']").First.ClickAsync();
        await seller.FillAsync("textarea[name=text]", "L’avertissement est injuste.");
        await Send(seller);
        Assert.Equal(SanctionState.Appealed, (await fair.Standing(id)).Sanctions[0].State);
    }

    /// <summary>Ten of 16.50 were granted, and both may have it reviewed.</summary>
    private static async Task<DisputeId> Decided(Fair fair)
    {
        var id = await fair.Dispute();
        await fair.Ask(id, Role.Seller, new DeclineOffer(1, null));
        await fair.Ask(id, Role.Buyer, new FileComplaint(null));
        await fair.Ask(id, Role.Examiner, new Assign(fair.Cast.Examiner1, IsParty: false));
        foreach (var term in (await fair.Standing(id)).Terms.Where(term => term.Kind == TermKind.Evidence))
            await fair.Ask(id, term.Who, new WaiveTerm(term.Id));
        await fair.Ask(id, Role.Examiner, new DecideDispute(
            [new FindingDraft([fair.Text("La tasse est-elle arrivée cassée ?", Role.Examiner)], FindingAnswer.InPart,
                "as-described", [])], [],
            [new(RemedyKind.PartialRefund, [new(1, 1)], 1000)],
            [fair.Text("Les éclats sont anciens ; la fêlure est récente.", Role.Examiner)]));
        return id;
    }

    private Task<IPage> As(Fair fair, PersonId person, int width, string language) =>
        browser.OpenAs(fair.Server, person, language, width, script: width > 600);

    private static Task Send(IPage page) => page.Locator("main form button[type=submit]").First.ClickAsync();

    private static async Task Look(IPage page, string name)
    {
        await BrowserUnderTest.Picture(page, name);
        Assert.Empty(await BrowserUnderTest.Overhangs(page));
        if (page.ViewportSize!.Width > 600) Assert.Empty(await BrowserUnderTest.Barriers(page));
    }
}
