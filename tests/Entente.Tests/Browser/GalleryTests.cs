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
}
