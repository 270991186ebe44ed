using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Bundles;
using Entente.Server.Privacy;
using Entente.Server.Search;
using Entente.Server.Storage;
using Entente.Tests.Bundles;
using Entente.Tests.Papers;
using Entente.Tests.Server;
using Entente.Tests.Web;
using Microsoft.Extensions.Time.Testing;

namespace Entente.Tests.Privacy;

/// <summary>I3: a copy of one's own data, erasure once everything is final, and holds that stand in its way.</summary>
public class ErasureTests
{
    private const string Buyer = "/v1/parties/buyer/B1";
    private static readonly string[] OfTheBuyer = ["acheteuse", "amelie"];

    [Fact]
    public async Task Erasure_waits_for_finality_and_for_holds_and_leaves_the_chains_whole()
    {
        var clock = Clock();
        await using var fair = await Fair.Open(clock, french: true);
        var market = await fair.Server.WithKey(fair.Cast.Marketplace);
        var dispute = await Closed(fair, close: false);
        Assert.Equal(["open"], await Obstacles(market));
        await fair.Ask(dispute, Role.Buyer, new CloseDispute(ClosingReason.NoLongerPursued, true, null, false, null));
        Assert.Equal(["not_final"], await Obstacles(market));
        using (var early = await Post(market, $"{Buyer}/erasure", "{}"))
        {
            Assert.Equal(409, (int)early.StatusCode);
            Assert.Contains("erasure_blocked", await early.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        clock.Advance(TimeSpan.FromDays(500));
        var locker = fair.Server.Get<EvidenceLocker>();
        var file = (await locker.Find(dispute, (await fair.Standing(dispute)).Exhibits[0].Id))!;
        await (await locker.Open(file)).DisposeAsync();
        var hold = await Hold(market, dispute);
        Assert.Equal(["held"], await Obstacles(market));
        using (var lifted = await Post(market, $"/v1/holds/{hold}/lifting", """{"reason":"The court has decided."}"""))
            Assert.Equal(200, (int)lifted.StatusCode);
        foreach (var word in OfTheBuyer) Assert.True(await Finds(fair, word), word);
        using (var erased = await Post(market, $"{Buyer}/erasure", "{}")) Assert.Equal(200, (int)erased.StatusCode);
        foreach (var word in OfTheBuyer) Assert.False(await Finds(fair, word), word);
        await Assert.ThrowsAsync<DamagedFileException>(() => locker.Open(file));
        Assert.Null(await locker.Find(dispute, file.Exhibit));
        var bundle = await BundleTests.Take(fair, dispute, "seller:S1");
        var verdict = await BundleVerifier.Verify(new MemoryStream(bundle));
        Assert.True(verdict.IsWhole, $"{verdict.Fault} {verdict.Where}");
        Assert.True(verdict.Erased >= 4, $"{verdict.Erased} erased");
        Assert.Null(verdict.Manifest!.Exhibits[0].Path);
        var text = Encoding.UTF8.GetString(bundle);
        Assert.DoesNotContain("Amélie Rousseau", text, StringComparison.Ordinal);
        Assert.Contains("Bonjour du vendeur", text, StringComparison.Ordinal);
        Assert.True(await Finds(fair, "vendeur"));
        Assert.Contains("72", text, StringComparison.Ordinal);
        Assert.Empty((await Verify(fair)).Faults);
        using var again = await Post(market, $"{Buyer}/erasure", "{}");
        Assert.Equal(200, (int)again.StatusCode);
    }

    private static async Task<bool> Finds(Fair fair, string word)
    {
        await fair.Server.Get<SearchIndex>().CatchUp();
        var examiner = await fair.Server.WithKey(fair.Cast.Marketplace, "person:m1");
        var page = JsonNode.Parse(await examiner.GetStringAsync(Forms.Local($"/v1/disputes?q={word}")))!;
        return page["disputes"]!.AsArray().Count > 0;
    }

    [Fact]
    public async Task A_copy_holds_ones_own_words_and_files_and_nobody_elses()
    {
        await using var fair = await Fair.Open(french: true);
        var dispute = await Closed(fair, close: false);
        var market = await fair.Server.WithKey(fair.Cast.Marketplace);
        using var zip = new ZipArchive(
            new MemoryStream(await market.GetByteArrayAsync(Forms.Local($"{Buyer}/export"))));
        using var reader = new StreamReader(zip.GetEntry("data.json")!.Open());
        var data = await reader.ReadToEndAsync();
        Assert.Contains("Amélie Rousseau", data, StringComparison.Ordinal);
        Assert.Contains("Bonjour de l’acheteuse", data, StringComparison.Ordinal);
        Assert.DoesNotContain("Bonjour du vendeur", data, StringComparison.Ordinal);
        Assert.DoesNotContain("Poterie du Marais", data, StringComparison.Ordinal);
        Assert.Single(zip.Entries, entry => entry.FullName.StartsWith("files/", StringComparison.Ordinal));
        Assert.Contains(dispute.ToString(), data, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(365, "none")]
    [InlineData(null, "400 days")]
    [InlineData(100_000, "400 days")]
    public async Task Old_disputes_are_emptied_by_age_unless_they_are_held(int? setting, string rule)
    {
        var clock = Clock();
        await using var fair = await Fair.Open(
            clock, french: true, change: settings => settings with { RetentionDays = setting },
            rules: TestPolicy.Text.Replace("erase_after: none", $"erase_after: {rule}", StringComparison.Ordinal));
        var (old, held) = (await Closed(fair), await Closed(fair, await fair.Purchase("2026-8")));
        var holds = fair.Server.Get<Holds>();
        await holds.Set(fair.Cast.Marketplace, held, "A claim in court", "operator", "127.0.0.1");
        var retention = fair.Server.Get<Retention>();
        Assert.Equal(0, await retention.Round());
        var store = fair.Server.Get<DisputeStore>();
        Assert.False((await store.Whole(old)).Texts.Show(await StoryOf(fair, old)).IsErased);
        clock.Advance(TimeSpan.FromDays(300));
        Assert.Equal(0, await retention.Round());
        clock.Advance(TimeSpan.FromDays(200));
        await retention.Round(); // The centre's own round, woken by the clock, may have been the quicker one.
        Assert.Equal(0, await retention.Round());
        Assert.False((await store.Texts(held)).Show(await StoryOf(fair, held)).IsErased);
        Assert.True((await store.Texts(old)).Show(await StoryOf(fair, old)).IsErased);
        // What the node remembered of it is gone too.
        Assert.True((await store.Whole(old)).Texts.Show(await StoryOf(fair, old)).IsErased);
    }

    [Fact]
    public async Task The_operators_page_says_what_stands_in_the_way_and_keeps_holds()
    {
        await using var fair = await Fair.Open();
        var dispute = await fair.Dispute();
        var desk = await fair.Server.SignedIn(fair.Cast.Operator);
        Assert.Contains(dispute.Reference, await desk.Read("/admin/privacy?kind=buyer&id=B1"),
            StringComparison.Ordinal);
        using (var wrong = await desk.Send("/admin/privacy/holds", "/admin/privacy", ("dispute", "x"), ("reason", "")))
            Assert.Equal(422, (int)wrong.StatusCode);
        (string, string)[] asked = [("dispute", dispute.ToString()), ("reason", "A claim in court")];
        using (var held = await desk.Send("/admin/privacy/holds", "/admin/privacy", asked))
            Assert.True((int)held.StatusCode is 200 or 303);
        Assert.Contains("A claim in court", await desk.Read("/admin/privacy"), StringComparison.Ordinal);
        Assert.Single(await fair.Server.Get<Holds>().On(dispute));
    }

    private static Task<Verified> Verify(Fair fair) => new Verification(
        fair.Server.Get<Database>(), fair.Server.Get<PersonKeys>(), fair.Server.Get<EvidenceLocker>()).Run();

    private static FakeTimeProvider Clock() => new(new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero));

    private static async Task<DisputeId> Closed(Fair fair, Order? order = null, bool close = true)
    {
        var dispute = await fair.Dispute(order);
        await fair.Say(dispute, Role.Buyer, "Bonjour de l’acheteuse");
        await fair.Say(dispute, Role.Seller, "Bonjour du vendeur");
        await fair.Show(dispute, Role.Buyer, "tasse.png", Tale.Picture(1));
        if (close)
            await fair.Ask(dispute, Role.Buyer,
                new CloseDispute(ClosingReason.NoLongerPursued, true, null, false, null));
        return dispute;
    }

    private static async Task<PersonalRef> StoryOf(Fair fair, DisputeId dispute) =>
        (await fair.Standing(dispute)).Opening.Story;

    private static async Task<IReadOnlyList<string>> Obstacles(HttpClient market)
    {
        var read = JsonNode.Parse(await market.GetStringAsync(Forms.Local($"{Buyer}/erasure")))!;
        return [.. read["obstacles"]!.AsArray().Select(found => found!["kind"]!.GetValue<string>())];
    }

    private static async Task<string> Hold(HttpClient market, DisputeId dispute)
    {
        var body = $$"""{"dispute":"{{dispute}}","reason":"A claim in court"}""";
        using var set = await Post(market, "/v1/holds", body);
        Assert.Equal(201, (int)set.StatusCode);
        return JsonNode.Parse(await set.Content.ReadAsStringAsync())!["id"]!.GetValue<string>();
    }

    private static Task<HttpResponseMessage> Post(HttpClient client, string path, string json) =>
        client.PostAsync(Forms.Local(path), new StringContent(json, Encoding.UTF8, "application/json"));
}
