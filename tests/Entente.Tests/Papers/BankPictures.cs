using System.Diagnostics;
using System.Text;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Server.Papers.Bank;
using Entente.Tests.Evidence;
using Entente.Tests.Server;
using Entente.Tests.Web;

namespace Entente.Tests.Papers;

/// <summary>
/// What goes to a bank, fetched as a seller fetches it: sixty files in three scripts, drawn by a program that is not
/// ours to be looked at, and inside every scheme's limits.
/// </summary>
[Trait("Category", "slow")]
public sealed class BankPictures
{
    private static readonly string[] Titles =
        ["La tasse à l’arrivée, anse cassée", "破损的杯子，包装盒被压扁", "الكوب المكسور عند الاستلام"];

    [Fact]
    public async Task Sixty_files_in_three_scripts_go_to_every_scheme_inside_its_limits()
    {
        await using var fair = await Fair.Open(french: true, rules: TestPolicy.Text.Replace(
            "files_per_party_max: 10", "files_per_party_max: 90", StringComparison.Ordinal));
        var dispute = await Story(fair);
        var seller = await fair.Seller();
        var letter = await seller.GetByteArrayAsync(Forms.Local($"/disputes/{dispute}/documents/bank-letter.pdf"));
        Assert.Contains("R-4711", PdfPressTests.Read("pdftotext", letter, "-raw"), StringComparison.Ordinal);
        await Draw("letter", letter);
        foreach (var scheme in Scheme.All)
        {
            var pack = await seller.GetByteArrayAsync(
                Forms.Local($"/disputes/{dispute}/documents/pack-{scheme.Id}.pdf"));
            var pages = int.Parse(PdfPressTests.Read("pdfinfo", pack).Split("Pages:")[1].Split('\n')[0]);
            Assert.InRange(pages, 2, scheme.Pages);
            Assert.InRange(pack.Length, 20_000, scheme.Bytes);
            var text = PdfPressTests.Read("pdftotext", pack, "-raw");
            if (scheme.Characters is { } most)
                Assert.InRange(text.Count(letter => !char.IsWhiteSpace(letter)), 1, most);
            Assert.Contains("破损的杯子", text, StringComparison.Ordinal);
            Assert.Contains("المكسور", text.Normalize(NormalizationForm.FormKC), StringComparison.Ordinal);
            Assert.All(
                PdfPressTests.Read("pdffonts", pack).Split('\n')[2..].Where(line => line.Length > 0),
                line => Assert.Matches(@"\s(yes)\s+(yes|no)\s+(yes)\s", line));
            if (scheme.Id is "mastercard" or "stripe") await Draw($"pack-{scheme.Id}", pack);
        }
    }

    /// <summary>A dispute in three scripts with sixty pictures, all looked at, and a chargeback that runs.</summary>
    private static async Task<DisputeId> Story(Fair fair)
    {
        await fair.Server.Get<People>().PartyOf(fair.Cast.Marketplace, Role.Seller, "S1", "景德镇陶瓷工坊 ورشة الخزف");
        var dispute = await fair.Dispute(everything: true);
        await fair.Say(dispute, Role.Buyer, Tale.Chinese, "zh");
        await fair.Say(dispute, Role.Seller, Tale.Arabic, "ar");
        await fair.Say(dispute, Role.Buyer, Tale.BuyersSecret, "fr", Audience.BuyerAndPlatform);
        for (var no = 0; no < 60; no++)
            await fair.Show(dispute, no % 2 == 0 ? Role.Buyer : Role.Seller,
                Titles[no % 3], Files.Jpeg(640, 480, seed: no + 1));
        foreach (var exhibit in (await fair.Standing(dispute)).Exhibits)
            await Files.Looked(fair.Server, dispute, exhibit.Id);
        await fair.Ask(dispute, Role.Operator, new RecordChargeback(
            "cb-1", ChargebackPhase.Opened, 2900, false, null, null, fair.Text("R-4711", Role.Operator), null));
        await fair.Ask(dispute, Role.Seller, new AcceptOffer(1));
        return dispute;
    }

    /// <summary>Its pages in artifacts/, to be looked at.</summary>
    private static async Task Draw(string name, byte[] pdf)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts")).FullName;
        var file = Path.Combine(folder, $"bank-{name}.pdf");
        await File.WriteAllBytesAsync(file, pdf);
        using var drawing = Process.Start(
            "pdftoppm", ["-png", "-r", "60", file, Path.Combine(folder, $"bank-{name}")]);
        await drawing.WaitForExitAsync();
        Assert.Equal(0, drawing.ExitCode);
    }
}
