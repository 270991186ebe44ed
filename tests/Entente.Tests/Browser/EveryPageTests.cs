using System.Text.RegularExpressions;
using Entente.Tests.Server;
using Microsoft.Playwright;

namespace Entente.Tests.Browser;

/// <summary>Every page of the demo that its people can walk to: nothing sticks out on a phone, and every control is
/// reached by keyboard and shows that it is.</summary>
[Trait("Category", "slow")]
public sealed partial class EveryPageTests(BrowserUnderTest browser, EveryPageTests.DemoServer demo)
    : IClassFixture<BrowserUnderTest>, IClassFixture<EveryPageTests.DemoServer>
{
    /// <summary>Disputes are all looked at, each is in another state; of anything else, the first.</summary>
    private const string Dispute = "/disputes/{id}", Case = "/desk/disputes/{id}";

    private const string Controls = """
        (() => {
          const seen = new Set();
          return [...document.querySelectorAll(
              'main a[href], main button, main input:not([type=hidden]), main select, main textarea, main summary')]
            .filter(control => !control.disabled && control.tabIndex >= 0 && control.checkVisibility())
            .filter(control => control.type !== 'radio' || !seen.has(control.name) && seen.add(control.name));
        })()
        """;

    [Theory]
    [InlineData("Camille Laurent", 12)]
    [InlineData("Claire Moreau", 14)]
    [InlineData("Sofia Marchetti", 20)]
    public async Task A_phone_shows_all_of_it_and_a_keyboard_reaches_all_of_it(string who, int atLeast)
    {
        var page = await SignedIn(who);
        var faults = new List<string>();
        var pages = await Walk(page, async address =>
        {
            faults.AddRange((await BrowserUnderTest.Overhangs(page)).Select(what => $"{address} overhang: {what}"));
            faults.AddRange((await OutOfReach(page)).Select(what => $"{address} by keyboard: {what}"));
        });
        await page.Context.CloseAsync();
        Assert.Empty(faults);
        Assert.True(pages >= atLeast, $"{who} walked to {pages} pages only.");
    }

    private async Task<IPage> SignedIn(string who)
    {
        var page = await browser.Open(demo.Server.Address.ToString(), "fr", 360);
        await page.GotoAsync("/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = who, Exact = true }).ClickAsync();
        return page;
    }

    /// <summary>Follows every link from page to page; returns how many pages were looked at.</summary>
    private static async Task<int> Walk(IPage page, Func<string, Task> look)
    {
        var (waiting, known) = (new Queue<string>([new Uri(page.Url).PathAndQuery]), new HashSet<string>());
        var looked = 0;
        while (waiting.TryDequeue(out var address))
        {
            var shape = ShapeOf(address);
            if (!known.Add(shape is Dispute or Case ? address.Split('?')[0] : shape)) continue;
            var answer = await page.GotoAsync(address);
            Assert.True(answer?.Status is 200, $"{address} answered {answer?.Status}.");
            await look(address);
            looked++;
            foreach (var link in await page.EvaluateAsync<string[]>(
                "[...document.querySelectorAll('a[href^=\"/\"]:not([download])')].map(a => a.getAttribute('href'))"))
                if (IsPage(link)) waiting.Enqueue(link.Split('#')[0]);
        }
        return looked;
    }

    /// <summary>Files, papers and feeds are no pages.</summary>
    private static bool IsPage(string link) =>
        !FileLike().IsMatch(link) && !link.StartsWith("/v1", StringComparison.Ordinal);

    private static string ShapeOf(string address) =>
        Number().Replace(Reference().Replace(address.Split('?', '#')[0], "/{id}"), "/{n}");

    /// <summary>The controls that Tab does not come to, or where nothing shows that it has.</summary>
    private static async Task<string[]> OutOfReach(IPage page)
    {
        var count = await page.EvaluateAsync<int>($$"""
            () => {
              window.reached = new Map();
              document.addEventListener('focusin', ({ target }) => {
                const look = getComputedStyle(target);
                window.reached.set(target, look.outlineStyle !== 'none' || look.boxShadow !== 'none');
              });
              if ({{Controls}}.length === 0) return 0;
              // A date is several stops.
              return document.querySelectorAll('a[href], button, input, select, textarea, summary').length
                + 8 * document.querySelectorAll('[type=date], [type=datetime-local], [type=time]').length;
            }
            """);
        for (var presses = 0; presses < count; presses++) await page.Keyboard.PressAsync("Tab");
        return await page.EvaluateAsync<string[]>($$"""
            () => {
              const groups = new Map([...window.reached]
                .filter(([one]) => one.type === 'radio').map(([one, shows]) => [one.name, shows]));
              const shows = control =>
                control.type === 'radio' ? groups.get(control.name) : window.reached.get(control);
              return {{Controls}}
                .filter(control => !shows(control))
                .map(control => `${shows(control) === false ? 'unseen' : 'never'}: ${control.outerHTML}`.slice(0, 150));
            }
            """);
    }

    [GeneratedRegex("/[0-9a-z]{16,}(?=/|$)")]
    private static partial Regex Reference();

    [GeneratedRegex("/[0-9]+(?=/|$)")]
    private static partial Regex Number();

    [GeneratedRegex(
        @"\.(pdf|zip|ics|json|css|js|svg|csv|eml)$|/(files?|original|preview|bundle|letter|pack|live)(/|\?|$)"
            + "|/evidence/[0-9a-f]{32}$")]
    private static partial Regex FileLike();

    /// <summary>The demo, once for all of them.</summary>
    public sealed class DemoServer : IAsyncLifetime
    {
        private ServerUnderTest? _server;

        internal ServerUnderTest Server => _server ?? throw new InvalidOperationException("The demo is not there yet.");

        public async ValueTask InitializeAsync() => _server = await ServerUnderTest.Start(demo: true);

        public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
