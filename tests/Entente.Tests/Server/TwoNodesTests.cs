using Dapper;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Server.Storage;
using Entente.Tests.Desk;
using Entente.Tests.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Entente.Tests.Server;

/// <summary>Two nodes on one PostgreSQL are one centre: for a browser, for an open page, and for the clock.</summary>
public sealed class TwoNodesTests : IAsyncLifetime
{
    private readonly string _connection = PostgresUnderTest.Shared.NewDatabase();
    private readonly TemporaryFolder _keys = new();
    private ServerUnderTest _one = null!;
    private ServerUnderTest _other = null!;
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Both start at once, on a database with nothing in it.</summary>
    public async ValueTask InitializeAsync()
    {
        var keyFile = Path.Combine(_keys.Path, CentreKey.FileName);
        var nodes = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => ServerUnderTest.Start(_clock,
            change: settings => settings with { Connection = _connection, KeyFile = keyFile }, on: On.Sqlite))));
        (_one, _other) = (nodes[0], nodes[1]);
        await _one.Get<Marketplaces>().Add(new(OpenDesk.Here, "Here", "en", "Europe/Paris"), Stop);
        await _one.Get<PolicyShelf>().Publish(OpenDesk.Here, TestPolicy.Bytes, "operator", Stop);
    }

    [Fact]
    public async Task Who_signed_in_at_one_is_known_at_the_other_and_what_is_written_there_is_heard_here()
    {
        var dispute = await Opened("T-1");
        var buyer = (await _one.Get<People>().FindParty(OpenDesk.Here, Role.Buyer, "buyer-1", Stop))!.Id;
        var person = await _one.Get<People>().AddPerson(OpenDesk.Here, "ana", "Ana", "en", "ana@here.example");
        await _one.Get<People>().Join(OpenDesk.Here, person, Role.Buyer, buyer);
        using var browser = new HttpClient { BaseAddress = _other.Address };
        browser.DefaultRequestHeaders.Add("Cookie", $"entente={await _one.CookieOf(person)}");
        var page = await browser.GetAsync(new Uri($"/disputes/{dispute}", UriKind.Relative), Stop);
        Assert.True(page.IsSuccessStatusCode, $"{(int)page.StatusCode}");

        using var stream = await browser.GetStreamAsync(new Uri($"/disputes/{dispute}/live", UriKind.Relative), Stop);
        using var lines = new StreamReader(stream);
        await Said(lines, "ready");
        var said = new PostMessage(Audience.All, OpenDesk.Text("Any news?"));
        var ask = OpenDesk.Asked(dispute, said, OpenDesk.Buyer);
        Assert.IsType<Reply.Done>(await _one.Get<DisputeDesk>().Ask(ask, Stop));
        await Said(lines, "changed");
        var path = new Uri($"/disputes/{dispute}", UriKind.Relative);
        Assert.Contains("Any news?", await browser.GetStringAsync(path, Stop));
    }

    [Fact]
    public async Task What_falls_due_passes_once_though_two_clocks_run()
    {
        var disputes = new List<DisputeId>();
        for (var number = 0; number < 20; number++) disputes.Add(await Opened($"D-{number}"));
        for (var day = 0; day < 400 && await Open() > 0; day++)
        {
            _clock.Advance(TimeSpan.FromDays(1));
            await Soon.Until(async () => await Due() == 0);
        }
        Assert.Equal(0, await Open());
        foreach (var dispute in disputes)
        {
            var facts = await _other.Get<DisputeStore>().History(dispute, Stop);
            var lapsed = facts.Where(fact => fact.By.Kind == ActorKind.Rule)
                .GroupBy(fact => (fact.Cause, fact.Event.GetType(), fact.Event.Audience)).ToList();
            Assert.NotEmpty(lapsed);
            Assert.All(lapsed, group => Assert.Single(group));
        }
    }

    private Task<long> Open() => Count("SELECT count(*) FROM dispute WHERE stage <> 'closed'");

    private Task<long> Due() =>
        Count($"SELECT count(*) FROM dispute WHERE next_due <= {Micros.Of(_one.Get<Database>().Now())}");

    private async Task<long> Count(string sql)
    {
        await using var connection = await _one.Get<Database>().Open(Stop);
        return await connection.ExecuteScalarAsync<long>(sql);
    }

    private async Task<DisputeId> Opened(string order)
    {
        var yesterday = Micros.Floor(Instant.FromDateTimeOffset(_clock.GetUtcNow().AddDays(-1)));
        var handed = OpenDesk.Handed(order) with { Dates = new(yesterday, Delivered: yesterday) };
        var id = (await _one.Get<OrderBook>().Import(OpenDesk.Here, [handed], Stop))[0].Id;
        var seller = (await _one.Get<OrderBook>().Find(id, Stop))!.Order.Lines[0].Seller;
        var claim = new OpenDispute(OpenDesk.Here, seller, [new(1, 1, Reason.Damaged)], OpenDesk.Text("It is broken."),
            [new(RemedyKind.FullRefund, [new(1, 1)], null)], ["en"]);
        var reply = await _one.Get<DisputeDesk>().Open(id, claim, OpenDesk.Buyer, "test", null, Stop);
        return Assert.IsType<Reply.Done>(reply).Dispute.Id;
    }

    private static async Task Said(StreamReader lines, string what)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (await lines.ReadLineAsync(patience.Token) is { } line)
            if (line.Contains(what, StringComparison.Ordinal)) return;
        Assert.Fail($"The stream ended without '{what}'.");
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
        PostgresUnderTest.Drop(_connection);
        _keys.Dispose();
    }
}
