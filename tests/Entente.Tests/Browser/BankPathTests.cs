using System.Globalization;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Tests.Web;
using Microsoft.Playwright;

namespace Entente.Tests.Browser;

/// <summary>S17 by page, in a real browser: a chargeback runs at the bank beside the dispute.</summary>
[Trait("Category", "slow")]
public sealed class BankPathTests(BrowserUnderTest browser) : IClassFixture<BrowserUnderTest>
{
    private static readonly DateTime Due = DateTime.UtcNow.Date.AddDays(20);

    [Theory]
    [InlineData(360, "fr", Role.Buyer)]
    [InlineData(1440, "en", Role.Operator)]
    public async Task S17_the_dispute_goes_on_beside_the_bank_is_closed_once_solved_and_the_bank_is_told(
        int width, string language, Role learns)
    {
        await using var fair = await Fair.Open(french: true);
        var walk = new Walk(fair, await fair.Dispute(), width, language, new Dictionary<Role, IPage>
        {
            [Role.Buyer] = await As(fair, fair.Cast.Buyer1, width, language),
            [Role.Seller] = await As(fair, fair.Cast.Seller1, width, language),
            [Role.Examiner] = await As(fair, fair.Cast.Examiner1, width, language),
            [Role.Operator] = await As(fair, fair.Cast.Operator, width, language),
        });
        await walk.Record(learns);
        await walk.EverybodyReads(learns);
        await walk.GoOn();
        await walk.Decide();
        await walk.Close();
        await walk.Inform();
    }

    private Task<IPage> As(Fair fair, PersonId person, int width, string language) =>
        browser.OpenAs(fair.Server, person, language, width, script: width > 600);

    /// <summary>The browsers of everybody concerned, and where their pictures go.</summary>
    private sealed record Walk(
        Fair Fair, DisputeId Dispute, int Width, string Language, Dictionary<Role, IPage> Pages)
    {
        public async Task Record(Role learns)
        {
            var (page, at) = (Pages[learns], Address(learns));
            await page.GotoAsync(at);
            await page.Locator($"a[href='{at}/chargebacks/new']").First.ClickAsync();
            await page.FillAsync("input[name=amount]", "plenty");
            await Send(page);
            Assert.Equal(1, await page.Locator(".error-summary").CountAsync());
            await page.FillAsync("input[name=amount]", Language == "fr" ? "16,50" : "16.50");
            await page.FillAsync("input[name=reference]", "R-2026-4711");
            await page.FillAsync("input[name=due]", Due.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            await Look(page, "record");
            await Send(page);
            Assert.Contains("done=chargeback_recorded", page.Url, StringComparison.Ordinal);
            Assert.Equal(learns, Assert.Single((await Fair.Standing(Dispute)).Chargebacks).Source);
        }

        /// <summary>The banner says until when the bank waits, to every role.</summary>
        public async Task EverybodyReads(Role learns)
        {
            foreach (var (role, page) in Pages)
            {
                await page.GotoAsync(Address(role));
                var banner = await page.Locator("[data-part=bank]").InnerTextAsync();
                Assert.Contains("R-2026-4711", banner, StringComparison.Ordinal);
                Assert.Contains(
                    $"{Due.Day}", await page.Locator("[data-part=bank] strong").InnerTextAsync(),
                    StringComparison.Ordinal);
                // Nobody but the buyer has it called their own bank.
                Assert.Equal(role == Role.Buyer && learns == Role.Buyer, await page.GetByText(
                    Language == "fr" ? "indiquez que votre banque" : "say that your bank").CountAsync() == 1);
                await Look(page, $"banner-{Codes.Of(role)}");
            }
            await Pages[Role.Buyer].GotoAsync($"{Address(Role.Buyer)}/answers#bank");
            var answer = await Pages[Role.Buyer].Locator("[data-question=bank]").InnerTextAsync();
            Assert.Contains("R-2026-4711", answer, StringComparison.Ordinal);
            Assert.Contains(Language == "fr" ? "16,50" : "16.50", answer, StringComparison.Ordinal);
            await Look(Pages[Role.Buyer], "answers");
        }

        /// <summary>They agree here; what the bank holds waits for the bank.</summary>
        public async Task GoOn()
        {
            var (seller, at) = (Pages[Role.Seller], Address(Role.Seller));
            await seller.Locator($"a[href='{at}/offers/1/acceptance']").First.ClickAsync();
            await Look(seller, "accept");
            await Send(seller);
            Assert.Contains("done=accept_offer", seller.Url, StringComparison.Ordinal);
            Assert.Equal(0, await seller.Locator("[data-part=panel] a[href*='/performance']").CountAsync());
            Assert.True(Assert.Single((await Fair.Standing(Dispute)).Obligations).IsFrozen);
            Assert.Contains(Language == "fr" ? "rien n’est à payer" : "nothing is to be paid",
                await seller.Locator("[data-part=duties]").InnerTextAsync(), StringComparison.Ordinal);
            await Look(seller, "frozen");
        }

        public async Task Decide()
        {
            var (market, at) = (Pages[Role.Operator], Address(Role.Operator));
            await market.GotoAsync(at);
            await market.Locator($"a[href^='{at}/chargebacks/new?about=']").ClickAsync();
            await market.CheckAsync("input[name=phase][value=for_buyer]");
            await market.CheckAsync("input[name=final][value=yes]");
            await Look(market, "decided-form");
            await Send(market);
            Assert.Contains("done=chargeback_recorded", market.Url, StringComparison.Ordinal);
            Assert.Equal(ObligationState.Discharged, (await Fair.Standing(Dispute)).Obligations[0].State);
            await Look(market, "decided");
        }

        public async Task Close()
        {
            var (buyer, at) = (Pages[Role.Buyer], Address(Role.Buyer));
            await buyer.GotoAsync(at);
            await Look(buyer, "solved");
            // What is to be done now stands out.
            Assert.Equal("button", (await buyer.Locator($"[data-part=panel] a[href='{at}/closure']")
                .GetAttributeAsync("class"))!.Trim());
            await buyer.Locator($"a[href='{at}/closure']").First.ClickAsync();
            await buyer.CheckAsync("input[name=reason][value=resolved_by_bank]");
            await buyer.Locator("button[name=step]").ClickAsync();
            // What the bank has paid is not given up.
            Assert.Equal(0, await buyer.Locator("input[name=accepts_less]").CountAsync());
            await Look(buyer, "closing");
            await buyer.Locator("button[name=confirmed]").ClickAsync();
            await Look(buyer, "closed");
            var standing = await Fair.Standing(Dispute);
            Assert.Equal((Stage.Closed, ClosingReason.ResolvedByBank), (standing.Stage, standing.Closing?.Reason));
        }

        /// <summary>The letter is taken, and that it was sent is noted and read by the other side.</summary>
        public async Task Inform()
        {
            var (buyer, at) = (Pages[Role.Buyer], Address(Role.Buyer));
            var letter = await buyer.APIRequest.GetAsync($"{at}/documents/bank-letter.pdf");
            Assert.Contains("R-2026-4711",
                Papers.PdfPressTests.Read("pdftotext", await letter.BodyAsync(), "-raw"), StringComparison.Ordinal);
            await buyer.Locator($"[data-part=bank] a[href='{at}/bank-notices/new']").ClickAsync();
            await Look(buyer, "inform");
            await Send(buyer);
            Assert.Contains("done=bank_informed", buyer.Url, StringComparison.Ordinal);
            await Look(buyer, "informed");
            Assert.NotNull((await Fair.Standing(Dispute)).BankInformedAt);
            await Pages[Role.Seller].GotoAsync(Address(Role.Seller));
            Assert.Contains(Language == "fr" ? "La banque a été informée" : "The bank was told",
                await Pages[Role.Seller].Locator("[data-part=bank]").InnerTextAsync(), StringComparison.Ordinal);
        }

        private string Address(Role role) => $"{(role.IsStaff() ? "/desk" : "")}/disputes/{Dispute}";

        private Task Look(IPage page, string name) =>
            BrowserUnderTest.Look(page, $"s17-{name}-{Width}-{Language}", script: Width > 600);

        private static Task Send(IPage page) => page.Locator("main form button[type=submit]").First.ClickAsync();
    }
}
