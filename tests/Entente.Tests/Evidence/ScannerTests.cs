using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Evidence;
using Entente.Tests.Server;
using Entente.Tests.Web;

namespace Entente.Tests.Evidence;

/// <summary>What the scanner finds never reaches the other side; a scanner that is down has not said "clean".</summary>
public sealed class ScannerTests
{
    [Fact]
    public async Task What_the_scanner_finds_is_closed_away_and_the_story_says_so()
    {
        using var scanner = await new ClamAvUnderTest().Start();
        await using var fair = await Open(evidence => evidence with { ClamAv = scanner.Address });
        var (dispute, buyer, seller) = (await fair.Dispute(), await fair.Buyer(), await fair.Seller());
        (string, byte[])[] infected =
        [
            ("note.txt", [.. ClamAvUnderTest.Eicar, .. "\n"u8]),
            ("mail.eml", Files.Mail("facture.pdf", "application/octet-stream", ClamAvUnderTest.Eicar)),
        ];
        foreach (var (name, bytes) in infected)
        {
            var exhibit = await LookTests.Upload(fair, dispute, buyer, name, bytes);
            await Soon.Until(async () => (await fair.Standing(dispute)).Exhibits.Single(each =>
                each.Id == exhibit).Quarantined);
            Assert.Equal("file_quarantined", await CodeOf(fair, "person:s1", dispute, exhibit));
            foreach (var path in new[] { "", "/original", "/files/copy.txt", "/files/text.txt",
                "/files/part1-copy.txt" })
                foreach (var who in new[] { seller, buyer })
                    Assert.NotEqual(HttpStatusCode.OK,
                        (await who.Fetch($"/disputes/{dispute}/evidence/{exhibit}{path}")).StatusCode);
            var told = await buyer.Read($"/disputes/{dispute}/evidence/{exhibit}/view");
            Assert.Contains("data-handing=\"quarantined\"", told, StringComparison.Ordinal);
            Assert.DoesNotContain("EICAR", await seller.Read($"/disputes/{dispute}/evidence/{exhibit}/view"),
                StringComparison.Ordinal);
        }
        using var zip = await LookTests.Post(buyer, $"/disputes/{dispute}", "a.zip", [.. "PK\x03\x04"u8,
            .. ClamAvUnderTest.Eicar]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, zip.StatusCode);
        foreach (var who in new[] { buyer, seller })
            Assert.Contains("something dangerous", await who.Read($"/disputes/{dispute}?story=all"),
                StringComparison.Ordinal);
        var clean = await LookTests.Upload(fair, dispute, buyer, "clean.txt", "Rien de grave."u8.ToArray());
        Assert.Equal("Rien de grave.",
            await seller.GetStringAsync(Forms.Local($"/disputes/{dispute}/evidence/{clean}")));
    }

    [Fact]
    public async Task A_scanner_that_is_down_reads_as_waiting_and_the_dispute_goes_on()
    {
        using var scanner = new ClamAvUnderTest();
        await using var fair = await Open(evidence => evidence with { ClamAv = scanner.Address });
        var (dispute, buyer) = (await fair.Dispute(), await fair.Buyer());
        using var sent = await LookTests.Post(buyer, $"/disputes/{dispute}", "note.txt",
            "Il manque un bol."u8.ToArray());
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        var exhibit = (await fair.Standing(dispute)).Exhibits[0].Id;
        await Soon.Until(async () => (await State(fair, dispute, exhibit)).State == LookState.Made);
        Assert.Equal(ScanState.Waiting, (await State(fair, dispute, exhibit)).Scan);
        Assert.Equal("file_being_checked", await CodeOf(fair, "person:s1", dispute, exhibit));
        await fair.Ask(dispute, Role.Seller, new PostMessage(Audience.All, fair.Text("J'attends.", Role.Seller)));
        await scanner.Start();
        await Soon.Until(async () => (await State(fair, dispute, exhibit)).Scan == ScanState.Clean);
        Assert.Equal("Il manque un bol.",
            await (await fair.Seller()).GetStringAsync(Forms.Local($"/disputes/{dispute}/evidence/{exhibit}")));
        scanner.Stop();
    }

    [Fact]
    public async Task Without_a_scanner_a_file_reads_as_not_scanned()
    {
        await using var fair = await Open(evidence => evidence);
        var (dispute, buyer) = (await fair.Dispute(), await fair.Buyer());
        var exhibit = await LookTests.Upload(fair, dispute, buyer, "note.txt", "Un mot."u8.ToArray());
        Assert.Equal(ScanState.NotScanned, (await State(fair, dispute, exhibit)).Scan);
    }

    [Fact]
    public async Task Too_long_for_the_scanner_only_pictures_made_anew_are_handed_on()
    {
        using var scanner = await new ClamAvUnderTest().Start();
        await using var fair = await Open(evidence => evidence with { ClamAv = scanner.Address });
        var (dispute, buyer, seller) = (await fair.Dispute(), await fair.Buyer(), await fair.Seller());
        var exhibit = await LookTests.Upload(
            fair, dispute, buyer, "photo.png", [.. Files.Png(200, 100), .. new byte[6_000_000]]);
        Assert.Equal(ScanState.NotScanned, (await State(fair, dispute, exhibit)).Scan);
        Assert.Equal("file_being_checked", await CodeOf(fair, "person:s1", dispute, exhibit));
        Assert.Equal(HttpStatusCode.OK,
            (await seller.Fetch($"/disputes/{dispute}/evidence/{exhibit}/files/page-1.jpg")).StatusCode);
    }

    [Fact]
    public async Task What_cannot_be_made_anew_stays_with_its_uploader_and_the_platform()
    {
        await using var fair = await Open(evidence => evidence);
        var (dispute, buyer) = (await fair.Dispute(), await fair.Buyer());
        byte[] broken = [0xFF, 0xD8, 0xFF, 0xE0, .. "\0\x10JFIF and then no picture"u8];
        var exhibit = await LookTests.Upload(fair, dispute, buyer, "photo.jpg", broken);
        Assert.Equal("file_withheld", await CodeOf(fair, "person:s1", dispute, exhibit));
        Assert.Equal(broken, await buyer.GetByteArrayAsync(Forms.Local($"/disputes/{dispute}/evidence/{exhibit}")));
    }

    [Fact]
    public async Task A_worker_that_does_not_end_is_ended_and_the_dispute_goes_on()
    {
        await using var fair = await Open(evidence => evidence with { WorkerPatience = TimeSpan.FromMilliseconds(1) });
        var (dispute, buyer) = (await fair.Dispute(), await fair.Buyer());
        var exhibit = await LookTests.Upload(fair, dispute, buyer, "photo.jpg", Files.Photo());
        Assert.Equal(LookState.Failed, (await State(fair, dispute, exhibit)).State);
        Assert.Equal("file_withheld", await CodeOf(fair, "person:s1", dispute, exhibit));
        await fair.Ask(dispute, Role.Seller, new PostMessage(Audience.All, fair.Text("Je ne vois rien.", Role.Seller)));
    }

    [Fact]
    public async Task What_a_side_may_add_is_told_before_and_held_to()
    {
        await using var fair = await Open(evidence => evidence with { Quotas = new() { PartyBytesMax = 5_000 } });
        var (dispute, buyer) = (await fair.Dispute(), await fair.Buyer());
        Assert.Matches(@"data-quota>[^<]*\b5(\s|&#xA0;)?kB", await buyer.Read($"/disputes/{dispute}/evidence/new"));
        var big = Encoding.ASCII.GetBytes(new string('a', 5_001));
        using var refused = await LookTests.Post(buyer, $"/disputes/{dispute}", "big.txt", big);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var key = await fair.Server.WithKey(fair.Cast.Marketplace, "person:b1");
        using var request = new HttpRequestMessage(
            HttpMethod.Post, Forms.Local($"/v1/disputes/{dispute}/evidence?kind=other"))
        {
            Content = new ByteArrayContent(big),
        };
        request.Headers.Add("Idempotency-Key", "k");
        using var answer = await key.SendAsync(request);
        Assert.Equal((HttpStatusCode.Conflict, "quota_reached"),
            (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]!.GetValue<string>()));
        await LookTests.Upload(fair, dispute, buyer, "small.txt", Encoding.ASCII.GetBytes(new string('a', 4_000)));
        Assert.Matches(@"data-quota>[^<]*\b1(\s|&#xA0;)?kB", await buyer.Read($"/disputes/{dispute}/evidence/new"));
    }

    private static Task<Fair> Open(Func<EvidenceSettings, EvidenceSettings> change) => Fair.Open(
        rules: LookTests.Rules, change: settings => settings with { Evidence = change(settings.Evidence) });

    private static async Task<EvidenceState> State(Fair fair, DisputeId dispute, ExhibitId exhibit) =>
        (await fair.Server.Get<EvidenceStates>().Of(dispute, exhibit))!;

    private static async Task<string> CodeOf(Fair fair, string who, DisputeId dispute, ExhibitId exhibit)
    {
        var key = await fair.Server.WithKey(fair.Cast.Marketplace, who);
        using var answer = await key.GetAsync(Forms.Local($"/v1/disputes/{dispute}/evidence/{exhibit}"));
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]!.GetValue<string>();
    }
}
