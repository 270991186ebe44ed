using Deque.AxeCore.Commons;
using Entente.Domain;
using Entente.Server.Web;
using Entente.Tests.Server;
using Microsoft.Playwright;

namespace Entente.Tests.Browser;

/// <summary>
/// Debian's Chromium without its window, started once; pages in it are a phone, a desk, or a browser without script.
/// </summary>
public sealed class BrowserUnderTest : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium-headless-shell";

    private static readonly string[] Quiet =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    /// <summary>In milliseconds; a page is slow where the whole suite shares two cores.</summary>
    private const int Patience = 90_000;

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private IBrowser Browser => _browser ?? throw new InvalidOperationException("The browser has not been started.");

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = Quiet });
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

    /// <summary>
    /// A picture of the whole page in artifacts/, for somebody who wants to look (ENTENTE_PICTURES=1): hundreds of them
    /// take longer than everything that is checked.
    /// </summary>
    public static Task Picture(IPage page, string name) => Wanted
        ? page.ScreenshotAsync(new() { FullPage = true, Path = Path.Combine(Artifacts, $"{name}.png") })
        : Task.CompletedTask;

    private static bool Wanted { get; } = Environment.GetEnvironmentVariable("ENTENTE_PICTURES") == "1";

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
        // Straight into the page: the library's own way opens another page for each run, which takes a second.
        if (await page.EvaluateAsync<bool>("() => !window.axe")) await page.EvaluateAsync(Axe);
        return await page.EvaluateAsync<string[]>("""
            async () => {
              const found = await axe.run(document, { resultTypes: ['violations'] });
              return found.violations
                .filter(violation => ['serious', 'critical'].includes(violation.impact))
                .flatMap(violation => violation.nodes.map(node => `${violation.id}: ${node.target} ${node.html}`));
            }
            """);
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
