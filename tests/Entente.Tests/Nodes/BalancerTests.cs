using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Entente.Domain;
using Entente.Server;
using Entente.Server.Api;
using Entente.Server.Desk;
using Entente.Server.Storage;
using Entente.Server.Web.SignIn;
using Entente.Tests.Browser;
using Entente.Tests.Desk;
using Entente.Tests.Faults;
using Entente.Tests.Storage;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Entente.Tests.Nodes;

/// <summary>
/// Two node processes on one PostgreSQL behind nginx, and a browser that follows a dispute through the balancer: what
/// the other node writes it sees live, and a node that is killed it does not miss.
/// </summary>
[Trait("Category", "slow")]
public sealed class BalancerTests(BrowserUnderTest browser) : IClassFixture<BrowserUnderTest>, IDisposable
{
    private const int Kills = 2;
    private readonly PostgresUnderTest _postgres = new(isDurable: true);
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_browser_sees_live_what_the_other_node_writes_and_goes_on_when_its_node_is_killed()
    {
        var (connection, port) = (_postgres.NewMigrated(), Balancer.FreePort());
        var (town, password) = await Found(connection);
        Dictionary<string, string> environment = new()
        {
            ["ENTENTE_BASE_ADDRESS"] = $"http://127.0.0.1:{port}", ["ENTENTE_TRUSTED_PROXIES"] = "127.0.0.1",
            ["ENTENTE_TRUSTED_HOSTS"] = "127.0.0.1",
        };
        using var one = new NodeProcess(_folder.Path, connection, environment);
        using var other = new NodeProcess(_folder.Path, connection, environment);
        await Task.WhenAll(one.Start(), other.Start());
        using var balancer = new Balancer(port, one.Port, other.Port);
        var page = await SignedIn(balancer, password, town.Disputes[0]);
        for (var kill = 0; kill < Kills; kill++)
        {
            await SeenLive(page, one, town, $"Parole {kill} par le premier nœud.");
            await SeenLive(page, other, town, $"Parole {kill} par le second nœud.");
            var (dead, alive) = kill == 0 ? (one, other) : (other, one);
            dead.Kill();
            var watch = Stopwatch.StartNew();
            await SeenLive(page, alive, town, $"Après l’arrêt {kill}.");
            await Says(page, $"Réponse {kill} de l’acheteuse.");
            FaultReport.Note("node killed behind nginx", 1,
                $"the browser saw the other node's message and answered after {watch.Elapsed.TotalSeconds:N1} s");
            await dead.Start();
        }
        Assert.DoesNotContain('?', balancer.Log);
        FaultReport.Note("message written at either of two nodes", 3 * Kills, "seen live through the balancer");
    }

    private async Task<(NodeTown Town, string Password)> Found(string connection)
    {
        using var database = new Database(_folder.Path, connection, TimeProvider.System);
        var town = await NodeTown.Found(database, 1);
        var people = new People(database);
        var buyer = (await people.FindParty(OpenDesk.Here, Role.Buyer, "buyer-1"))!.Id;
        var person = await people.AddPerson(OpenDesk.Here, "ana", "Ana", "fr", "ana@here.example");
        await people.Join(OpenDesk.Here, person, Role.Buyer, buyer);
        var settings = new Settings
        {
            DataFolder = _folder.Path, Address = new("http://a"), BaseAddress = new("http://a"), MailFrom = "a@b",
        };
        return (town, (await Passwords.Of(database, settings).Renew(OpenDesk.Here, person))!);
    }

    private async Task<IPage> SignedIn(Balancer balancer, string password, DisputeId dispute)
    {
        var page = await browser.Open(balancer.Address.ToString());
        await page.GotoAsync($"/disputes/{dispute}");
        await page.FillAsync("[name=login]", "ana");
        await page.FillAsync("[name=password]", password);
        await page.ClickAsync("#password button");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"/disputes/{dispute}$"));
        return page;
    }

    private static async Task SeenLive(IPage page, NodeProcess node, NodeTown town, string words)
    {
        using var seller = node.Client(town.Key, "seller:seller-1");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/disputes/{town.Disputes[0]}/messages")
        {
            Content = JsonContent.Create(new { text = words }),
            Headers = { { DisputeCall.KeyHeader, Guid.NewGuid().ToString() } },
        };
        using var answer = await seller.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        await Expect(page.GetByText(words)).ToBeVisibleAsync(new() { Timeout = 20_000 });
    }

    /// <summary>By the page's form, through the balancer.</summary>
    private static async Task Says(IPage page, string words)
    {
        await page.FillAsync("textarea[name=text]", words);
        await page.ClickAsync("form:has(textarea[name=text]) button");
        await Expect(page.GetByText(words)).ToBeVisibleAsync(new() { Timeout = 20_000 });
    }

    public void Dispose()
    {
        _postgres.Dispose();
        _folder.Dispose();
    }
}
