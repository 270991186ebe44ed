using System.Diagnostics;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Tests.Evidence;
using Entente.Tests.Papers;
using Entente.Tests.Web;
using Microsoft.Playwright;

namespace Entente.Tests.Browser;

/// <summary>
/// Papers and evidence, looked at on a phone, on a desk and printed: everything fits, and nobody is barred.
/// </summary>
[Trait("Category", "slow")]
public sealed class PaperPictures(BrowserUnderTest browser) : IClassFixture<BrowserUnderTest>
{
    [Theory]
    [InlineData(360, "fr")]
    [InlineData(360, "en")]
    [InlineData(1440, "fr")]
    public async Task Papers_and_evidence(int width, string language)
    {
        await using var fair = await Fair.Open(french: language == "fr");
        var dispute = await Tale.Decided(fair);
        var exhibits = (await fair.Standing(dispute)).Exhibits;
        foreach (var exhibit in exhibits) await Files.Looked(fair.Server, dispute, exhibit.Id);
        var closed = await fair.Dispute(await fair.Purchase("2026-000777"));
        await fair.Ask(closed, Role.Buyer, new CloseDispute(
            ClosingReason.NoLongerPursued, true, null, false, fair.Text("Merci.", Role.Buyer)));
        var name = $"{width}-{language}";
        var buyer = await browser.OpenAs(fair.Server, fair.Cast.Buyer1, language, width);
        foreach (var (path, called) in new[]
        {
            ($"/disputes/{dispute}/documents/statement.html", "statement"),
            ($"/disputes/{dispute}/documents/decision-1.html", "decision"),
            ($"/disputes/{closed}/documents/closing.html", "receipt"),
            ($"/disputes/{dispute}/evidence", "exhibits"),
            ($"/disputes/{dispute}/evidence/{exhibits[0].Id}/view", "viewer"),
            ($"/disputes/{dispute}/evidence/{exhibits[0].Id}/view?beside={exhibits[1].Id}", "compare"),
            ("/verify", "verify"),
        })
            await Look(buyer, path, $"paper-{called}-{name}");
        await Drop(buyer, fair, dispute, $"paper-verified-{name}");
        foreach (var document in new[] { "statement", "decision-1" })
            await Print(buyer, $"/disputes/{dispute}/documents/{document}", $"paper-{document}-printed-{name}");
        await Print(buyer, $"/disputes/{closed}/documents/closing", $"paper-closing-printed-{name}");
        await buyer.Context.CloseAsync();
        var examiner = await browser.OpenAs(fair.Server, fair.Cast.Examiner1, language, width);
        await Look(examiner, $"/desk/disputes/{dispute}/evidence/{exhibits[0].Id}/view", $"paper-desk-viewer-{name}");
        await examiner.Context.CloseAsync();
        var operating = await browser.OpenAs(fair.Server, fair.Cast.Operator, language, width);
        await Look(operating, "/admin/privacy", $"paper-privacy-{name}");
        await operating.Context.CloseAsync();
    }

    private static async Task Look(IPage page, string path, string name)
    {
        var answer = await page.GotoAsync(path);
        Assert.Equal(200, answer!.Status);
        await BrowserUnderTest.Picture(page, name);
        Assert.Empty(await BrowserUnderTest.Overhangs(page));
        // A paper lets nothing run, axe neither.
        if (!path.Contains("/documents/", StringComparison.Ordinal))
            Assert.Empty(await BrowserUnderTest.Barriers(page));
    }

    private static async Task Drop(IPage page, Fair fair, DisputeId dispute, string name)
    {
        var bundle = await Bundles.BundleTests.Take(fair, dispute, "buyer:B1");
        await page.GotoAsync("/verify");
        await page.SetInputFilesAsync("input[type=file]", new FilePayload
        {
            Name = "dossier.zip", MimeType = "application/zip", Buffer = bundle,
        });
        await page.Locator(".form button").Last.ClickAsync();
        await page.Locator("section[role=status]").WaitForAsync();
        await BrowserUnderTest.Picture(page, name);
        Assert.Empty(await BrowserUnderTest.Overhangs(page));
    }

    /// <summary>The PDF's first page, and the page as the browser prints it.</summary>
    private static async Task Print(IPage page, string document, string name)
    {
        var pdf = await page.APIRequest.GetAsync($"{document}.pdf");
        await page.GotoAsync($"{document}.html");
        foreach (var (bytes, how) in new[]
        {
            (await pdf.BodyAsync(), "pdf"), (await page.PdfAsync(new() { Format = "A4" }), "browser"),
        })
        {
            var file = Path.GetTempFileName();
            await File.WriteAllBytesAsync(file, bytes);
            using var drawing = Process.Start("pdftoppm",
                ["-png", "-r", "60", "-f", "1", "-l", "2", file,
                    Path.Combine(BrowserUnderTest.Artifacts, $"{name}-{how}")]);
            await drawing.WaitForExitAsync();
            Assert.Equal(0, drawing.ExitCode);
            File.Delete(file);
        }
    }
}
