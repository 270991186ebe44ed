namespace Entente.Tests.Browser;

[Trait("Category", "slow")]
public sealed class GalleryTests(GalleryServer gallery, BrowserUnderTest browser)
    : IClassFixture<GalleryServer>, IClassFixture<BrowserUnderTest>
{
    [Theory]
    [InlineData("wide", 360, false)]
    [InlineData("wide", 360, true)]
    [InlineData("wide", 1440, false)]
    [InlineData("wide", 1440, true)]
    [InlineData("desk", 1440, false)]
    [InlineData("wrong", 360, false)]
    [InlineData("wrong", 1440, true)]
    [InlineData("wide", 320, false)]
    public async Task Every_component_fits_and_bars_nobody(string state, int width, bool dark)
    {
        var page = await browser.Open(gallery.Address, width: width, dark: dark);
        await page.GotoAsync(state == "wrong" ? "/_gallery?wrong=true" : $"/_gallery?shape={state}");
        await BrowserUnderTest.Picture(page, $"gallery-{state}-{width}{(dark ? "-dark" : "")}");
        Assert.Empty(await BrowserUnderTest.Overhangs(page));
        Assert.Empty(await BrowserUnderTest.Barriers(page));
    }

    [Fact]
    public async Task What_bars_somebody_or_sticks_out_is_noticed()
    {
        var page = await browser.Open(gallery.Address, width: 360);
        await page.GotoAsync("/_gallery?shape=wide");
        await page.EvaluateAsync("""
            () => {
              document.body.append(document.createElement('input'));
              document.body.appendChild(document.createElement('aside')).style.cssText = 'width: 900px; height: 9px';
            }
            """);
        Assert.Contains(await BrowserUnderTest.Barriers(page),
            barrier => barrier.StartsWith("label: ", StringComparison.Ordinal));
        Assert.Contains(await BrowserUnderTest.Overhangs(page),
            what => what.StartsWith("ASIDE", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("rtl", 1440, "document.documentElement.dir = 'rtl'")]
    [InlineData("rtl", 360, "document.documentElement.dir = 'rtl'")]
    [InlineData("large", 1280, "document.documentElement.style.fontSize = '200%'")]
    [InlineData("large", 400, "document.documentElement.style.fontSize = '200%'")]
    public async Task It_fits_read_from_the_right_and_in_large_letters(string name, int width, string change)
    {
        var page = await browser.Open(gallery.Address, width: width);
        await page.GotoAsync("/_gallery?shape=wide");
        await page.EvaluateAsync(change);
        await BrowserUnderTest.Picture(page, $"gallery-{name}-{width}");
        Assert.Empty(await BrowserUnderTest.Overhangs(page));
    }

    [Fact]
    public async Task Forced_colours_and_print_leave_everything_readable()
    {
        var page = await browser.Open(gallery.Address, width: 1024);
        await page.GotoAsync("/_gallery?shape=wide");
        await page.EmulateMediaAsync(new() { ForcedColors = Microsoft.Playwright.ForcedColors.Active });
        await BrowserUnderTest.Picture(page, "gallery-forced-colours");
        Assert.Empty(await BrowserUnderTest.Barriers(page));
        await page.EmulateMediaAsync(new()
            { ForcedColors = Microsoft.Playwright.ForcedColors.None, Media = Microsoft.Playwright.Media.Print });
        await BrowserUnderTest.Picture(page, "gallery-print");
        await Microsoft.Playwright.Assertions.Expect(page.Locator("button:visible")).ToHaveCountAsync(0);
    }
}
