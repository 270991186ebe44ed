using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Entente.Tests.Browser;

[Trait("Category", "slow")]
public sealed class LiveTests(BrowserUnderTest browser) : IClassFixture<BrowserUnderTest>, IAsyncLifetime
{
    private readonly LiveServer _server = new();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task An_open_page_shows_what_is_new_and_keeps_what_is_being_typed_elsewhere()
    {
        var page = await Open();
        await page.FillAsync("#f-outside", "half a sentence");
        _server.Grow();
        await Expect(page.Locator(".entry")).ToHaveCountAsync(2);
        await Expect(page.Locator("#f-outside")).ToHaveValueAsync("half a sentence");
        await Expect(page.Locator("#outer input[name=version]")).ToHaveValueAsync("v2");
        await Expect(page.Locator("#live-bar")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_part_that_is_being_filled_in_waits_until_it_is_asked_for()
    {
        var page = await Open();
        await page.FillAsync("#f-inside", "typed");
        _server.Grow();
        await Expect(page.Locator("#live-bar")).ToBeVisibleAsync();
        await Expect(page.Locator("#count")).ToHaveTextAsync("1");
        await Expect(page.Locator("#outer input[name=version]")).ToHaveValueAsync("v1");
        await page.ClickAsync("#live-bar a");
        await Expect(page.Locator("#count")).ToHaveTextAsync("2");
        await Expect(page.Locator("#f-inside")).ToHaveValueAsync("typed");
        await Expect(page.Locator("#inner input[name=version]")).ToHaveValueAsync("v2");
        await Expect(page.Locator("#live-bar")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task What_is_left_to_write_is_counted()
    {
        var page = await Open();
        await page.FillAsync("#f-inside", "1234567");
        await Expect(page.Locator("#f-inside-limit")).ToHaveTextAsync("Caractères restants\u00A0: 1");
        await page.FillAsync("#f-inside", "1234567890");
        await Expect(page.Locator("#f-inside-limit")).ToHaveTextAsync("Caractères de trop\u00A0: 2");
    }

    [Fact]
    public async Task Files_are_sent_with_and_without_script()
    {
        foreach (var script in new[] { true, false })
        {
            var page = await browser.Open(_server.Address, script: script);
            await page.GotoAsync("/live");
            await page.SetInputFilesAsync(
                "#f-files", new FilePayload { Name = "a.txt", MimeType = "text/plain", Buffer = [65] });
            await page.ClickAsync("#inner button");
            await Expect(page).ToHaveURLAsync(new Regex("/live\\?done=one$"));
        }
    }

    private async Task<IPage> Open()
    {
        var page = await browser.Open(_server.Address);
        await page.GotoAsync("/live");
        while (_server.Streams == 0) await Task.Delay(20);
        return page;
    }
}
