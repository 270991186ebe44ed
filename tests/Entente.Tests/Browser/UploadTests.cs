using System.Text.RegularExpressions;
using Entente.Tests.Evidence;
using Entente.Tests.Web;
using Microsoft.Playwright;

namespace Entente.Tests.Browser;

/// <summary>Several files, each with a bar of its own; a broken connection goes on where it stopped.</summary>
public sealed class UploadTests(BrowserUnderTest browser) : IClassFixture<BrowserUnderTest>
{
    private const int PieceBytes = 8 << 20;

    [Theory]
    [InlineData("fr", 360)]
    [InlineData("en", 1440)]
    public async Task Files_are_sent_in_pieces_and_go_on_after_the_connection_broke(string language, int width)
    {
        await using var fair = await Fair.Open(french: language == "fr", rules: LookTests.Rules);
        var dispute = await fair.Dispute();
        var page = await browser.OpenAs(fair.Server, fair.Cast.Buyer1, language, width);
        var offsets = new List<string>();
        var (isCut, isSeen) = (false, new TaskCompletionSource());
        await page.RouteAsync("**/uploads/*", async route =>
        {
            var offset = route.Request.Headers.GetValueOrDefault("upload-offset");
            if (offset is not null) offsets.Add(offset);
            if (offset == $"{PieceBytes}" && !isCut)
            {
                isCut = true;
                await route.AbortAsync();
                return;
            }
            if (isCut && route.Request.Method == "HEAD") await isSeen.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync($"/disputes/{dispute}/evidence/new");
        await Choose(page, ("long.txt", new byte[PieceBytes + 1_000]), ("tasse.jpg", Files.Jpeg()));
        await page.Locator(".form button").Last.ClickAsync();
        await page.WaitForFunctionAsync(
            "() => [...document.querySelectorAll('.uploads [role=status]')].every(state => state.textContent)");
        await BrowserUnderTest.Picture(page, $"upload-lost-{language}-{width}");
        Assert.Empty(await BrowserUnderTest.Overhangs(page));
        Assert.Empty(await BrowserUnderTest.Barriers(page));
        isSeen.SetResult();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("\\?done=evidence_added"));
        Assert.Equal(2, (await fair.Standing(dispute)).Exhibits.Count);
        Assert.Equal(["0", "0", $"{PieceBytes}", $"{PieceBytes}"], offsets.Order(StringComparer.Ordinal));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_arrived_before_the_page_was_closed_is_not_sent_again_and_a_refusal_is_read_beside_its_file()
    {
        await using var fair = await Fair.Open(rules: LookTests.Rules);
        var dispute = await fair.Dispute();
        var page = await browser.OpenAs(fair.Server, fair.Cast.Buyer1, "en");
        var pieces = new List<string>();
        await page.RouteAsync("**/uploads/*", async route =>
        {
            if (route.Request.Headers.TryGetValue("upload-offset", out var offset)) pieces.Add(offset);
            if (offset == $"{PieceBytes}" && pieces.Count == 2) await page.GotoAsync("about:blank");
            else await route.ContinueAsync();
        });
        var longText = ("long.txt", new byte[PieceBytes + 1_000]);
        await page.GotoAsync($"/disputes/{dispute}/evidence/new");
        await Choose(page, longText);
        await page.Locator(".form button").Last.ClickAsync();
        await page.WaitForURLAsync("about:blank");
        await page.GotoAsync($"/disputes/{dispute}/evidence/new");
        await Choose(page, longText, ("huge.txt", new byte[21_000_000]));
        await page.Locator(".form button").Last.ClickAsync();
        await page.Locator(".uploads .error").WaitForAsync();
        Assert.Contains("larger than the rules allow", await page.Locator(".uploads").InnerTextAsync(),
            StringComparison.Ordinal);
        await BrowserUnderTest.Picture(page, "upload-refused-en-1440");
        await page.Locator(".uploads [role=status]", new() { HasText = "Sent." }).WaitForAsync();
        Assert.Equal(["0", $"{PieceBytes}", $"{PieceBytes}"], pieces);
        Assert.Empty((await fair.Standing(dispute)).Exhibits);
        await Choose(page, longText);
        await page.Locator(".form button").Last.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("\\?done=evidence_added"));
        Assert.Single((await fair.Standing(dispute)).Exhibits);
        Assert.Equal(3, pieces.Count);
        await page.Context.CloseAsync();
    }

    private static async Task Choose(IPage page, params (string Name, byte[] Bytes)[] files)
    {
        foreach (var (_, bytes) in files.Where(file => file.Bytes[0] == 0)) Array.Fill(bytes, (byte)'a');
        var folder = Directory.CreateTempSubdirectory("entente-chosen-").FullName;
        foreach (var (name, bytes) in files)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, name), bytes);
            File.SetLastWriteTimeUtc(Path.Combine(folder, name), DateTime.UnixEpoch);
        }
        await page.Locator("input[type=file]").SetInputFilesAsync(
            files.Select(file => Path.Combine(folder, file.Name)));
    }
}
