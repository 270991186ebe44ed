using Deque.AxeCore.Playwright;
using Entente.Domain;
using Entente.Server.Web;
using Entente.Tests.Server;
using Microsoft.Playwright;

namespace Entente.Tests.Browser;

/// <summary>Debian's Chromium, started once; pages in it are a phone, a desk, or a browser without script.</summary>
public sealed class BrowserUnderTest : IAsyncLifetime
{
    private static readonly string[] Quiet =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    /// <summary>In milliseconds; a page is slow where the whole suite shares two cores.</summary>
    private const int Patience = 90_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private IBrowser Browser => _browser ?? throw new InvalidOperationException("The browser has not been started.");

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = Quiet });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <param name="address">What relative addresses begin with.</param>
    public async Task<IPage> Open(
        string address, string language = "fr", int width = 1440, bool dark = false, bool script = true)
    {
        var context = await Browser.NewContextAsync(new()
        {
            BaseURL = address,
            Locale = language,
            ViewportSize = new() { Width = width, Height = width < 600 ? 740 : 900 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = script,
        });
        context.SetDefaultTimeout(Patience);
        return await context.NewPageAsync();
    }

    /// <summary>A page of somebody who has signed in.</summary>
    public async Task<IPage> OpenAs(
        ServerUnderTest server, PersonId person, string language = "fr", int width = 1440, bool dark = false,
        bool script = true)
    {
        var page = await Open(server.Address.ToString(), language, width, dark, script);
        await page.Context.AddCookiesAsync(
        [
            new() { Name = "entente", Value = await server.CookieOf(person), Url = server.Address.ToString() },
            new() { Name = Visit.LanguageCookie, Value = language, Url = server.Address.ToString() },
        ]);
        return page;
    }

    /// <summary>A picture of the whole page in artifacts/, to be looked at.</summary>
    public static Task Picture(IPage page, string name) =>
        page.ScreenshotAsync(new() { FullPage = true, Path = Path.Combine(Artifacts, $"{name}.png") });

    /// <summary>
    /// A picture of a page on which nothing sticks out; where its browser lets axe run, nobody is barred either.
    /// </summary>
    public static async Task Look(IPage page, string name, bool script)
    {
        await Picture(page, name);
        Assert.Empty(await Overhangs(page));
        if (script) Assert.Empty(await Barriers(page));
    }

    /// <summary>What axe finds serious or critical; empty when all is well.</summary>
    public static async Task<IReadOnlyList<string>> Barriers(IPage page)
    {
        var found = await page.RunAxe();
        return [.. from violation in found.Violations
                   where violation.Impact is "serious" or "critical"
                   from node in violation.Nodes
                   select $"{violation.Id}: {node.Target} {node.Html}"];
    }

    /// <summary>What sticks out of the page sideways; empty when all fits.</summary>
    public static Task<string[]> Overhangs(IPage page) => page.EvaluateAsync<string[]>("""
        () => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return [];
          return [...document.body.querySelectorAll('*')]
            .map(element => [element, element.getBoundingClientRect()])
            .filter(([, box]) => box.right > width + 1 || box.left < -1)
            .map(([element]) => `${element.tagName}.${element.className}: ${element.textContent.trim().slice(0, 40)}`);
        }
        """);

    internal static string Artifacts
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Entente.slnx")))
                folder = folder.Parent;
            return Directory.CreateDirectory(Path.Combine(folder?.FullName ?? ".", "artifacts")).FullName;
        }
    }
}
