using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Couriers;
using Entente.Tests.Web;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;

namespace Entente.Tests.Browser;

/// <summary>
/// What the article says of closing: who is told, the account's updates, a refund that came already, what stays pending
/// when nobody closes, and a name that nothing happens to.
/// </summary>
[Trait("Category", "slow")]
public sealed class ClosingAndAfterTests(BrowserUnderTest browser) : IClassFixture<BrowserUnderTest>
{
    [Theory]
    [InlineData("fr", 360)]
    [InlineData("en", 1440)]
    public async Task A_refund_that_came_is_confirmed_by_closing_and_changes_nothing_in_the_standing(
        string language, int width)
    {
        await using var fair = await Fair.Open(french: true);
        var id = await Refunded(fair);
        var buyer = await browser.OpenAs(fair.Server, fair.Cast.Buyer1, language, width, script: false);
        await buyer.GotoAsync("/reputation");
        var before = await buyer.Locator("[data-part=buyer-standing]").InnerTextAsync();
        await buyer.GotoAsync($"/disputes/{id}/closure?reason=refund_received");
        Assert.Equal(1, await buyer.Locator("[aria-labelledby=standing] p").CountAsync());
        await BrowserUnderTest.Picture(buyer, $"closing-refunded-{language}-{width}");
        await buyer.CheckAsync("input[name=received][value=yes]");
        await buyer.Locator("button[name=confirmed]").ClickAsync();
        var standing = await fair.Standing(id);
        Assert.Equal((Stage.Closed, ClosingReason.RefundReceived), (standing.Stage, standing.Closing?.Reason));
        Assert.Equal(ObligationState.Confirmed, standing.Obligations[0].State);
        await buyer.GotoAsync("/reputation");
        Assert.Equal(before, await buyer.Locator("[data-part=buyer-standing]").InnerTextAsync());
    }

    [Fact]
    public async Task A_refund_that_did_not_come_keeps_the_dispute_open()
    {
        await using var fair = await Fair.Open(french: true);
        var id = await Refunded(fair);
        var buyer = await browser.OpenAs(fair.Server, fair.Cast.Buyer1, "fr", 360, script: false);
        await buyer.GotoAsync($"/disputes/{id}/closure?reason=refund_received");
        await buyer.CheckAsync("input[name=received][value=no]");
        await buyer.Locator("button[name=confirmed]").ClickAsync();
        Assert.Equal(ObligationState.Contested, (await fair.Standing(id)).Obligations[0].State);
    }

    [Fact]
    public async Task What_is_not_closed_stays_pending_and_the_page_says_what_for()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse("2026-11-02T09:00:00Z", null));
        await using var fair = await Fair.Open(clock, french: true);
        var id = await Refunded(fair);
        await fair.Ask(id, Role.Buyer, new ConfirmPerformance(1));
        var buyer = await browser.OpenAs(fair.Server, fair.Cast.Buyer1, "fr", 360, script: false);
        await buyer.GotoAsync($"/disputes/{id}/answers#not_closing");
        var answer = await buyer.Locator("[data-question=not_closing]").InnerTextAsync();
        Assert.Contains("Il reste en attente", answer, StringComparison.Ordinal);
        Assert.Contains("les règles le closent le 1er mai 2027", answer.Replace('\u00a0', ' '),
            StringComparison.Ordinal);
        var seller = await browser.OpenAs(fair.Server, fair.Cast.Seller1, "fr", 360, script: false);
        await seller.GotoAsync($"/disputes/{id}");
        await seller.Locator("textarea[name=text]").FillAsync("Il vous reste à clôturer.");
        await seller.Locator("main form button[type=submit]").First.ClickAsync();
        Assert.Contains("message_posted", seller.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_act_shows_in_the_other_side_s_account_and_reaches_their_mailbox()
    {
        await using var fair = await Fair.Open(french: true);
        var id = await fair.Dispute();
        var buyer = await browser.OpenAs(fair.Server, fair.Cast.Buyer1, "fr", 360, script: false);
        var seller = await browser.OpenAs(fair.Server, fair.Cast.Seller1, "fr", 360, script: false);
        await buyer.GotoAsync($"/disputes/{id}");
        await buyer.Locator("textarea[name=text]").FillAsync("Voici ce que je constate.");
        await buyer.GetByRole(AriaRole.Button, new() { Name = "Envoyer" }).ClickAsync();
        await seller.GotoAsync("/disputes");
        await seller.GetByRole(AriaRole.Link, new() { Name = id.Reference }).ClickAsync();
        await Assertions.Expect(seller.GetByText("Voici ce que je constate.")).ToBeVisibleAsync();
        var shelf = fair.Server.Get<MailShelf>();
        await Soon.Until(async () => await Mails(shelf, fair) == 2);
        var staff = await browser.OpenAs(fair.Server, fair.Cast.Operator, "fr", 1440, script: false);
        await staff.GotoAsync("/admin/mails");
        await Assertions.Expect(staff.GetByText("L’acheteur vous a écrit").First).ToBeVisibleAsync();
    }

    /// <summary>Ten euros were agreed, and the seller says that they are paid.</summary>
    private static async Task<DisputeId> Refunded(Fair fair)
    {
        var id = await fair.Dispute();
        await fair.Ask(id, Role.Seller, new MakeOffer([new(RemedyKind.PartialRefund, [new(1, 1)], 1000)], null));
        await fair.Ask(id, Role.Buyer, new AcceptOffer(2));
        await fair.Ask(id, Role.Seller, new Perform(1, null, null));
        return id;
    }

    /// <summary>The opening and the message, to the seller's person.</summary>
    private static async Task<int> Mails(MailShelf shelf, Fair fair) =>
        (await shelf.Newest(fair.Cast.Marketplace, 50)).Count(mail => mail.Person == fair.Cast.Seller1);
}
