using Entente.Server.Desk;
using Entente.Server.Policies;
using Entente.Tests.Server;

namespace Entente.Tests.Browser;

/// <summary>The pages that need nobody to have signed in, on a phone and on a desk.</summary>
[Trait("Category", "slow")]
public sealed class OpenPagesTests(BrowserUnderTest browser) : IClassFixture<BrowserUnderTest>
{
    [Fact]
    public async Task Rules_sign_in_and_errors_fit_and_bar_nobody()
    {
        await using var server = await ServerUnderTest.Start();
        await server.Get<Marketplaces>().Add(new(Cast.Here, "Place du Marché", "fr", "Europe/Paris"));
        await server.Get<PolicyShelf>().Publish(Cast.Here, Presets.Bytes("demo"), "operator");
        var refused = new List<string>();
        foreach (var (language, width, dark) in new[]
            { ("fr", 360, false), ("fr", 1440, true), ("en", 1440, false), ("en", 360, true) })
            foreach (var (name, address) in new[]
                { ("rules", "/rules"), ("sign-in", "/sign-in"), ("not-found", "/nowhere") })
            {
                var page = await browser.Open(server.Address.ToString(), language, width, dark);
                page.Console += (_, message) =>
                {
                    if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
                        refused.Add(message.Text);
                };
                await page.GotoAsync(address);
                await BrowserUnderTest.Picture(page, $"{name}-{language}-{width}");
                Assert.Empty(await BrowserUnderTest.Overhangs(page));
                Assert.Empty(await BrowserUnderTest.Barriers(page));
            }
        Assert.Empty(refused);
    }
}
