using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Bundles;
using Entente.Server.Couriers;
using Entente.Server.Storage;
using Entente.Tests.Papers;
using Entente.Tests.Server;
using Entente.Tests.Web;
using Microsoft.Extensions.Time.Testing;

namespace Entente.Tests.Bundles;

/// <summary>A dispute in one file, for each of its readers, read back by two programs that share no line.</summary>
public class BundleTests
{
    [Fact]
    public async Task Each_reader_takes_a_bundle_that_both_verifiers_find_whole()
    {
        await using var fair = await Unseen();
        var dispute = await Tale.Decided(fair);
        (string Who, string[] Chains, int Exhibits)[] readers =
        [
            ("buyer:B1", ["all", "buyer_and_platform"], 1),
            ("seller:S1", ["all", "seller_and_platform"], 2),
            ("person:m1", ["all", "buyer_and_platform", "seller_and_platform", "staff"], 0),
            ("", ["all"], 0),
        ];
        foreach (var (who, chains, exhibits) in readers)
        {
            var bytes = await Take(fair, dispute, who);
            var verdict = await BundleVerifier.Verify(new MemoryStream(bytes));
            Assert.True(verdict.IsWhole, $"{who}: {verdict.Fault} {verdict.Where}");
            Assert.Equal(chains, verdict.Manifest!.Chains.Select(chain => chain.Audience));
            Assert.Equal(exhibits, verdict.Manifest.Exhibits.Count(exhibit => exhibit.Path is not null));
            Assert.Equal(0, verdict.Erased);
            var (status, said) = Python(bytes, await Keys(fair));
            Assert.True(status == 0, said);
            Assert.Contains(verdict.Manifest.Chains[0].Head, said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_bundle_says_nothing_of_what_its_reader_may_not_see()
    {
        await using var fair = await Fair.Open(french: true);
        var dispute = await Tale.Decided(fair);
        var facts = (await fair.Server.Get<DisputeStore>().History(dispute))
            .ToLookup(fact => fact.Event.Audience is Audience.All or Audience.BuyerAndPlatform);
        // One command may bring about what all read and what some read; its random number stands in both.
        var others = facts[false]
            .SelectMany(fact => fact.Event.Personal.Select(text => text.Commitment).Append(fact.Cause.Value))
            .Except(facts[true].Select(fact => fact.Cause.Value))
            .Append(Tale.SellersSecret).Append(Tale.StaffSecret).Append("secret.png").Append("seller_and_platform")
            .ToList();
        Assert.True(others.Count > 8);
        var text = Encoding.UTF8.GetString(await Take(fair, dispute, "buyer:B1"));
        Assert.Contains(Tale.BuyersSecret, text, StringComparison.Ordinal);
        Assert.All(others, word => Assert.DoesNotContain(word, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Any_tool_opens_it_and_the_page_and_the_API_give_the_same()
    {
        await using var fair = await Unseen();
        var dispute = await Tale.Decided(fair);
        var bytes = await (await fair.Buyer()).GetByteArrayAsync(Forms.Local($"/disputes/{dispute}/bundle"));
        using var zip = new ZipArchive(new MemoryStream(bytes));
        var names = zip.Entries.Select(entry => entry.FullName).ToList();
        string[] expected =
        [
            "manifest.json", "manifest.sig", "VERIFY.txt", "statement.pdf", "statement.html", "decision-1.pdf",
            "decision-1.html", "decisions/all-11.json", "decisions/all-11.sig", "chains/all.facts", "chains/all.links",
            "chains/buyer_and_platform.facts", "chains/buyer_and_platform.links", "texts.json", "exhibits/1.png",
        ];
        Assert.Equal(expected, names);
        using (var exhibit = zip.GetEntry("exhibits/1.png")!.Open())
        {
            using var content = new MemoryStream();
            await exhibit.CopyToAsync(content);
            Assert.Equal(Tale.Picture(1), content.ToArray());
        }
        var same = await Take(fair, dispute, "buyer:B1");
        using var other = new ZipArchive(new MemoryStream(same));
        Assert.Equal(names, other.Entries.Select(entry => entry.FullName));
    }

    [Fact]
    public async Task A_withdrawn_exhibit_keeps_its_fact_and_loses_its_file_for_the_other_side()
    {
        await using var fair = await Fair.Open(french: true);
        var dispute = await fair.Dispute();
        await fair.Show(dispute, Role.Buyer, "tasse.png", Tale.Picture(1));
        var exhibit = (await fair.Standing(dispute)).Exhibits[0];
        await fair.Ask(dispute, Role.Buyer, new WithdrawEvidence(exhibit.Id));
        var verdict = await BundleVerifier.Verify(new MemoryStream(await Take(fair, dispute, "seller:S1")));
        Assert.True(verdict.IsWhole, $"{verdict.Fault} {verdict.Where}");
        Assert.Null(verdict.Manifest!.Exhibits[0].Path);
    }

    [Fact]
    public async Task The_mail_of_a_decision_carries_the_link_that_its_fact_has_in_the_bundle()
    {
        await using var fair = await Fair.Open(french: true);
        var dispute = await Tale.Decided(fair);
        using var bundle = new ZipArchive(new MemoryStream(await Take(fair, dispute, "buyer:B1")));
        using var links = new StreamReader(bundle.GetEntry("chains/all.links")!.Open());
        var last = (await links.ReadToEndAsync()).Trim().Split('\n')[^1];
        var shelf = fair.Server.Get<MailShelf>();
        await Soon.Until(async () => (await shelf.Newest(fair.Cast.Marketplace, 50))
            .Where(mail => mail.Body.Contains(last, StringComparison.Ordinal)).Select(mail => mail.Person).ToHashSet()
            .SetEquals([fair.Cast.Buyer1, fair.Cast.Seller1]));
    }

    [Fact]
    public async Task Keys_are_published_turn_over_and_stay_known()
    {
        await using var fair = await Fair.Open();
        var dispute = await fair.Dispute();
        var before = await Take(fair, dispute, "buyer:B1");
        var fresh = await fair.Server.Get<SigningKeys>().Rotate();
        var after = await Take(fair, dispute, "buyer:B1");
        var (old, now) = ((await Verify(before)).Manifest!.Key.Kid, (await Verify(after)).Manifest!.Key.Kid);
        Assert.Equal(fresh.Kid, now);
        Assert.NotEqual(old, now);
        var keys = await Keys(fair);
        Assert.Contains(old, keys, StringComparison.Ordinal);
        Assert.Contains("retired_at", keys, StringComparison.Ordinal);
        Assert.Equal(0, Python(before, keys).Status);
        var (status, said) = Python(before, keys.Replace(old, now, StringComparison.Ordinal));
        Assert.Equal(1, status);
        Assert.Contains("none of the centre's", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bundle_that_would_be_too_large_is_refused_before_a_byte_is_sent()
    {
        await using var fair = await Fair.Open(
            change: settings => settings with { Limits = settings.Limits with { BundleBytesMax = 1_000 } });
        var dispute = await fair.Dispute();
        var key = await fair.Server.WithKey(fair.Cast.Marketplace, "buyer:B1");
        using var answer = await key.GetAsync(Forms.Local($"/v1/disputes/{dispute}/bundle"));
        Assert.Equal(413, (int)answer.StatusCode);
        Assert.Contains("bundle_too_large", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var page = await (await fair.Buyer()).Fetch($"/disputes/{dispute}/bundle");
        Assert.Equal(413, (int)page.StatusCode);
    }

    [Fact]
    public async Task Worlds_that_differ_in_hidden_things_alone_give_equal_bundles()
    {
        var (plain, full) = (await Masked(withSecrets: false), await Masked(withSecrets: true));
        Assert.Equal(plain.Keys, full.Keys);
        Assert.All(plain.Keys, path => Assert.Equal(plain[path], full[path]));
    }

    /// <summary>Where nobody looks at files: what others sent is handed on as a copy made anew, and none is.</summary>
    private static Task<Fair> Unseen() => Fair.Open(french: true, change: settings =>
        settings with { Evidence = settings.Evidence with { WorkersAtOnce = 0 } });

    internal static async Task<byte[]> Take(Fair fair, DisputeId dispute, string who)
    {
        var key = who.Length == 0
            ? await fair.Server.WithKey(fair.Cast.Marketplace)
            : await fair.Server.WithKey(fair.Cast.Marketplace, who);
        return await key.GetByteArrayAsync(Forms.Local($"/v1/disputes/{dispute}/bundle"));
    }

    private static async Task<BundleVerdict> Verify(byte[] bytes) =>
        await BundleVerifier.Verify(new MemoryStream(bytes));

    private static async Task<string> Keys(Fair fair)
    {
        using var stranger = fair.Server.Anonymous();
        return await stranger.GetStringAsync(Forms.Local(KeysEndpoint.Path));
    }

    internal static (int Status, string Said) Python(byte[] bundle, string keys)
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        var (file, known) = (Path.Combine(folder, "bundle.zip"), Path.Combine(folder, "keys.json"));
        File.WriteAllBytes(file, bundle);
        File.WriteAllText(known, keys);
        var script = Path.Combine(Repository.Root, "verify", "verify.py");
        var start = new ProcessStartInfo("python3", [script, file, "--keys", known])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        Directory.Delete(folder, recursive: true);
        return (process.ExitCode, said);
    }

    /// <summary>The buyer's bundle by file, without what is new each time: ids, salts and their digests.</summary>
    private static async Task<SortedDictionary<string, string>> Masked(bool withSecrets)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero));
        await using var fair = await Fair.Open(clock, french: true);
        var dispute = await Tale.Decided(fair, withSecrets);
        using var zip = new ZipArchive(new MemoryStream(await Take(fair, dispute, "buyer:B1")));
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in zip.Entries)
        {
            using var stream = entry.Open();
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes);
            var text = entry.FullName.EndsWith(".pdf", StringComparison.Ordinal)
                ? PdfPressTests.Read("pdftotext", bytes.ToArray(), "-raw")
                : Encoding.UTF8.GetString(bytes.ToArray());
            files[entry.FullName] = Mask.Apply(text, dispute);
        }
        return files;
    }
}
