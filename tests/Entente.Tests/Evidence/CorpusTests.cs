using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Entente.Domain;
using Entente.Server.Evidence;
using Entente.Tests.Browser;
using Entente.Tests.Server;
using Entente.Tests.Web;
using Microsoft.Playwright;

namespace Entente.Tests.Evidence;

/// <summary>
/// Real and nasty files, each added by a buyer and opened by the seller in a browser: taken or refused with a sentence,
/// nothing runs, nothing is fetched from elsewhere, and an independent reader finds nothing hidden in what is handed
/// on.
/// </summary>
[Trait("Category", "slow")]
public sealed partial class CorpusTests(BrowserUnderTest browser) : IClassFixture<BrowserUnderTest>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Every_real_file_is_taken_or_refused_with_a_sentence_and_hides_nothing_from_what_is_handed_on()
    {
        var folder = SharedData.Folder("evidence");
        await using var fair = await Fair.Open(rules: LookTests.Rules);
        var dispute = await fair.Dispute();
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) is not ("LICENSE" or "README" or "README.md"))
            .Order(StringComparer.Ordinal).ToList();
        Assert.True(files.Count > 250, $"Only {files.Count} files are there.");
        var taken = await Send(fair, dispute, files.Select(file => (Path.GetFileName(file), File.ReadAllBytes(file))));
        Assert.InRange(taken.Count, 200, files.Count);
        await OpenEach(fair, dispute, taken);
        Assert.Empty(await Hidden(fair, dispute, taken));
    }

    [Fact]
    public async Task Every_hazard_meets_what_is_written_of_it()
    {
        var made = await MakeHazards();
        using var scanner = await new ClamAvUnderTest().Start();
        await using var fair = await Fair.Open(rules: LookTests.Rules, change: settings =>
            settings with { Evidence = settings.Evidence with { ClamAv = scanner.Address } });
        var dispute = await fair.Dispute();
        var memory = Environment.WorkingSet;
        var files = made.EnumerateFiles().Where(file => file.Name != "filenames.json").OrderBy(file => file.Name,
            StringComparer.Ordinal);
        var taken = await Send(fair, dispute, files.Select(file => (file.Name, File.ReadAllBytes(file.FullName))));
        Assert.InRange(Environment.WorkingSet - memory, long.MinValue, 400_000_000);
        var names = taken.Select(file => file.Name).ToList();
        foreach (var refused in new[]
        {
            "eicar.zip", "bomb-30000x30000.png", "zero.png", "ihdr-4gx4g.png", "gzip-bomb-1GiB.gz",
            "zip-bomb-512MiB.zip",
            "zipslip.zip", "svg-xss.svg", "svg-billion-laughs.svg", "xxe.svg", "photo.jpg",
        })
            Assert.DoesNotContain(refused, names);
        foreach (var kept in new[]
        {
            "eicar.com.txt", "eicar.eml", "bomb-60000x1.png", "pdf-flate-bomb.pdf", "pdf-js.pdf", "gifar.gif",
            "jpeg-then-html.jpg",
            "eml-nested-1000.eml", "eml-rfc822-200.eml", "eml-10000-parts.eml", "eml-header-injection.eml",
            "eml-remote-image.html.eml", "csv-formula.csv",
        })
            Assert.Contains(kept, names);
        Assert.False(File.Exists("/tmp/pwned.txt"));
        await OpenEach(fair, dispute, taken);
        Assert.Empty(await Hidden(fair, dispute, taken));
        await AsWritten(fair, dispute, taken);
        made.Delete(recursive: true);
    }

    private static async Task<DirectoryInfo> MakeHazards()
    {
        var script = Path.Combine(SharedData.Folder("hazards"), "make_hazards.py");
        var made = Directory.CreateTempSubdirectory("entente-hazards-");
        using (var maker = Process.Start(new ProcessStartInfo("python3", [script,
            made.FullName]) { RedirectStandardOutput = true })!)
        {
            await maker.StandardOutput.ReadToEndAsync();
            await maker.WaitForExitAsync();
            Assert.Equal(0, maker.ExitCode);
        }
        return made;
    }

    private static async Task AsWritten(Fair fair, DisputeId dispute, List<Taken> taken)
    {
        foreach (var dangerous in taken.Where(file => file.Name.StartsWith("eicar", StringComparison.Ordinal)))
            Assert.Equal(ScanState.Quarantined, (await fair.Server.Get<EvidenceStates>().Of(dispute,
                dangerous.Exhibit))!.Scan);
        var many = (await fair.Server.Get<EvidenceStates>().Of(dispute, taken.Single(file =>
            file.Name == "eml-10000-parts.eml").Exhibit))!.Look!;
        Assert.Equal((10_000, true), (many.PartCount, many.Parts.Count <= 40));
        Assert.Contains(TraitKind.Script, (await fair.Server.Get<EvidenceStates>().Of(
            dispute, taken.Single(file => file.Name == "pdf-js.pdf").Exhibit))!.Look!.Traits.Select(trait =>
                trait.Kind));
    }

    [Fact]
    public async Task Whatever_a_file_is_called_it_is_shown_and_saved_under_a_harmless_name()
    {
        var naughty = JsonSerializer.Deserialize<string[]>(File.ReadAllText(Path.Combine(SharedData.Folder("hazards"),
            "blns.json")))!;
        string[] names =
        [
            .. naughty, "../../etc/passwd", "..\\..\\web.config", "facture\u202efdp.exe",
            new string('a', 5_000) + ".pdf",
            "CON.pdf",
            "nul", "x%00.pdf", "facture \"2026\"; filename=x.html", "\u2028line.pdf", ".htaccess",
            "facture.pdf\r\nSet-Cookie: a=b",
            "<img src=x onerror=alert(1)>.png", "领收书.pdf", "", "..",
        ];
        await using var fair = await Fair.Open(rules: LookTests.Rules.Replace(
            "files_per_party_max: 400", "files_per_party_max: 900", StringComparison.Ordinal));
        var (dispute, key) = (await fair.Dispute(), await fair.Server.WithKey(fair.Cast.Marketplace, "person:b1"));
        foreach (var name in names)
        {
            var called = Uri.EscapeDataString(Whole(name));
            using var request = new HttpRequestMessage(HttpMethod.Post, Forms.Local(
                $"/v1/disputes/{dispute}/evidence?kind=other&title=x&file_name={called}"))
            {
                Content = new ByteArrayContent("Un mot."u8.ToArray()),
            };
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
            using var answer = await key.SendAsync(request);
            Assert.True(answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.UnsupportedMediaType
                or HttpStatusCode.UnprocessableEntity, $"{name}: {answer.StatusCode}");
            if (answer.StatusCode != HttpStatusCode.Created) continue;
            await IsHarmless(key, answer.Headers.Location!);
        }
        var seller = await fair.Seller();
        Assert.DoesNotContain("<img src=x", await seller.Read($"/disputes/{dispute}/evidence"),
            StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFiles(fair.Server.Settings.DataFolder, "*",
            SearchOption.AllDirectories),
            path => path.Contains("passwd", StringComparison.Ordinal) || path.Contains("htaccess",
                StringComparison.Ordinal));
    }

    private static async Task IsHarmless(HttpClient key, Uri address)
    {
        using var file = await key.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        var saved = file.Content.Headers.ContentDisposition!.FileNameStar ?? "";
        Assert.Matches(@"\.(txt|csv|eml)$", saved);
        Assert.DoesNotContain(saved, letter => char.IsControl(letter)
            || letter is '/' or '\\' or '\u202e' or '\u2028');
        Assert.InRange(saved.Length, 5, 204);
    }

    /// <summary>Half of a letter cannot travel in an address; the rest of a name can.</summary>
    private static string Whole(string name) => string.Concat(name.EnumerateRunes());

    private sealed record Taken(string Name, ExhibitId Exhibit);

    private static async Task<List<Taken>> Send(Fair fair, DisputeId dispute, IEnumerable<(string Name,
        byte[] Bytes)> files)
    {
        var (buyer, taken) = (await fair.Buyer(), new List<Taken>());
        var hidden = await buyer.Hidden($"/disputes/{dispute}/evidence/new", $"/disputes/{dispute}/evidence");
        foreach (var (name, bytes) in files)
        {
            var watch = Stopwatch.StartNew();
            using var form = new MultipartFormDataContent();
            foreach (var (field, value) in hidden)
                form.Add(new StringContent(field == "command_key" ? Guid.NewGuid().ToString("n") : value), field);
            foreach (var (field, value) in new[] { ("kind", "other"), ("title", ""), ("sealed", "no") })
                form.Add(new StringContent(value), field);
            form.Add(new ByteArrayContent(bytes), "file", name);
            using var answer = await buyer.PostAsync(Forms.Local($"/disputes/{dispute}/evidence"), form);
            Assert.InRange(watch.Elapsed, TimeSpan.Zero, Patience);
            if (answer.StatusCode == HttpStatusCode.SeeOther)
            {
                taken.Add(new(name, (await fair.Standing(dispute)).Exhibits[^1].Id));
                continue;
            }
            Assert.True(answer.StatusCode == HttpStatusCode.UnprocessableEntity, $"{name}: {answer.StatusCode}");
            Assert.Matches(Sentence(), await answer.Text());
        }
        Assert.Equal(taken.Count, (await fair.Standing(dispute)).Exhibits.Count);
        foreach (var file in taken) await Files.Looked(fair.Server, dispute, file.Exhibit);
        return taken;
    }

    private async Task OpenEach(Fair fair, DisputeId dispute, List<Taken> taken)
    {
        var (page, elsewhere, alarms) = (await browser.OpenAs(fair.Server, fair.Cast.Seller1), new List<string>(),
            new List<string>());
        await page.Context.RouteAsync("**/*", async route =>
        {
            if (new Uri(route.Request.Url).Authority == fair.Server.Address.Authority)
            {
                await route.ContinueAsync();
                return;
            }
            elsewhere.Add(route.Request.Url);
            await route.AbortAsync();
        });
        page.Dialog += async (_, dialog) =>
        {
            alarms.Add(dialog.Message);
            await dialog.DismissAsync();
        };
        page.Console += (_, said) =>
        {
            if (said.Text.Contains("Content Security Policy", StringComparison.Ordinal)) alarms.Add(said.Text);
        };
        foreach (var file in taken)
        {
            var answer = await page.GotoAsync($"/disputes/{dispute}/evidence/{file.Exhibit}/view",
                new() { WaitUntil = WaitUntilState.Load, Timeout = (float)Patience.TotalMilliseconds });
            Assert.True(answer!.Status == 200, $"{file.Name}: {answer.Status}");
            Assert.DoesNotContain("XSS", await page.TitleAsync(), StringComparison.Ordinal);
            var broken = await page.EvaluateAsync<int>(
                "() => [...document.images].filter(image => image.complete && image.naturalWidth === 0).length");
            Assert.True(broken == 0, $"{file.Name}: a picture does not show.");
        }
        await page.Context.CloseAsync();
        Assert.Empty(elsewhere);
        Assert.Empty(alarms);
    }

    /// <summary>Everything the seller can get, read by exiftool.</summary>
    private static async Task<IReadOnlyList<string>> Hidden(Fair fair, DisputeId dispute, List<Taken> taken)
    {
        var (seller, folder) = (await fair.Seller(), Directory.CreateTempSubdirectory("entente-handed-"));
        foreach (var file in taken)
        {
            var state = await fair.Server.Get<EvidenceStates>().Of(dispute, file.Exhibit);
            foreach (var name in state?.Look?.Files ?? [])
            {
                using var made = await seller.Fetch($"/disputes/{dispute}/evidence/{file.Exhibit}/files/{name}");
                if (made.StatusCode != HttpStatusCode.OK) continue;
                await File.WriteAllBytesAsync(
                    Path.Combine(folder.FullName, $"{file.Exhibit}-{name}"), await made.Content.ReadAsByteArrayAsync());
            }
        }
        var found = LookTests.HiddenIn(folder.FullName);
        folder.Delete(recursive: true);
        return found;
    }

    [GeneratedRegex(
        "is empty|is an archive|is too large|is of a kind|is a web page|old Office|is not what its name|claims a size")]
    private static partial Regex Sentence();
}
