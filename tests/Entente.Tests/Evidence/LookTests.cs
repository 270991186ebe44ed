using System.Diagnostics;
using Entente.Domain;
using Entente.Tests.Server;
using Entente.Tests.Web;
using ImageMagick;

namespace Entente.Tests.Evidence;

/// <summary>What the other side gets of a file: all that can be seen, and nothing that it hides.</summary>
public sealed class LookTests
{
    [Theory]
    [InlineData("photo.jpg", MagickFormat.Jpeg)]
    [InlineData("photo.png", MagickFormat.Png)]
    [InlineData("photo.webp", MagickFormat.WebP)]
    [InlineData("photo.avif", MagickFormat.Avif)]
    public async Task A_photo_is_handed_on_upright_and_without_what_it_hides(string name, MagickFormat format)
    {
        await using var fair = await Fair.Open(rules: Rules);
        var (dispute, buyer, seller) = (await fair.Dispute(), await fair.Buyer(), await fair.Seller());
        var exhibit = await Upload(fair, dispute, buyer, name, Files.Photo(format: format));
        var page = await seller.Read($"/disputes/{dispute}/evidence/{exhibit}/view");
        Assert.Contains($"/disputes/{dispute}/evidence/{exhibit}/files/page-1.jpg", page, StringComparison.Ordinal);
        using var sent = await seller.Fetch($"/disputes/{dispute}/evidence/{exhibit}");
        Assert.Equal("attachment", sent.Content.Headers.ContentDisposition!.DispositionType);
        var copy = await sent.Content.ReadAsByteArrayAsync();
        using var image = new MagickImage(copy);
        Assert.Equal((480u, 640u), (image.Width, image.Height));
        Assert.Empty(HiddenIn(copy));
        Assert.NotEmpty(HiddenIn(Files.Photo(format: format)));
        foreach (var file in new[] { "thumb.jpg", "page-1.jpg" })
            Assert.Empty(HiddenIn(await seller.GetByteArrayAsync(
                Forms.Local($"/disputes/{dispute}/evidence/{exhibit}/files/{file}"))));
        Assert.DoesNotContain(Files.Serial, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_as_it_was_sent_is_its_uploaders_and_an_examiners_by_a_recorded_act()
    {
        await using var fair = await Fair.Open(rules: Rules);
        var (dispute, buyer, seller) = (await fair.Dispute(), await fair.Buyer(), await fair.Seller());
        var photo = Files.Photo();
        var exhibit = await Upload(fair, dispute, buyer, "photo.jpg", photo);
        Assert.Equal(photo,
            await buyer.GetByteArrayAsync(Forms.Local($"/disputes/{dispute}/evidence/{exhibit}/original")));
        Assert.Equal(System.Net.HttpStatusCode.NotFound,
            (await seller.Fetch($"/disputes/{dispute}/evidence/{exhibit}/original")).StatusCode);
        var examiner = await fair.Server.SignedIn(fair.Cast.Examiner1);
        var desk = $"/desk/disputes/{dispute}/evidence/{exhibit}";
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await examiner.Fetch($"{desk}/original")).StatusCode);
        var before = await examiner.Read($"{desk}/view");
        Assert.Contains(Files.Serial, before, StringComparison.Ordinal);
        Assert.Contains("48.85667, 2.35194", before, StringComparison.Ordinal);
        using var recorded = await examiner.Fill($"{desk}/view", $"{desk}/original-access");
        Assert.Equal(System.Net.HttpStatusCode.SeeOther, recorded.StatusCode);
        Assert.Equal(photo, await examiner.GetByteArrayAsync(Forms.Local($"{desk}/original")));
        Assert.Contains("as it was sent", await examiner.Read($"/desk/disputes/{dispute}"), StringComparison.Ordinal);
        Assert.DoesNotContain("as it was sent", await seller.Read($"/disputes/{dispute}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_email_is_text_with_what_hangs_on_it_as_exhibits_in_the_exhibit()
    {
        await using var fair = await Fair.Open(rules: Rules);
        var (dispute, buyer, seller) = (await fair.Dispute(), await fair.Buyer(), await fair.Seller());
        var inner = Files.Mail("photo.jpg", "image/jpeg", Files.Photo());
        var exhibit = await Upload(fair, dispute, buyer, "mail.eml", Files.Mail("transféré.eml", "message/rfc822",
            inner));
        var view = $"/disputes/{dispute}/evidence/{exhibit}/view";
        var page = await seller.Read(view);
        Assert.Contains("Votre commande numéro 7", page, StringComparison.Ordinal);
        Assert.Contains("le colis &lt;http://ailleurs.example/&gt; arrive.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("alert(1)", page, StringComparison.Ordinal);
        Assert.DoesNotContain("pixel.gif", page, StringComparison.Ordinal);
        var within = await seller.Read($"{view}?part=1");
        Assert.Contains("photo.jpg", within, StringComparison.Ordinal);
        var photo = await seller.Read($"{view}?part=1.1");
        Assert.Contains("files/part1-part1-page-1.jpg", photo, StringComparison.Ordinal);
        Assert.Empty(HiddenIn(await seller.GetByteArrayAsync(
            Forms.Local($"/disputes/{dispute}/evidence/{exhibit}/files/part1-part1-copy.jpg"))));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await seller.Fetch($"{view}?part=9")).StatusCode);
    }

    [Fact]
    public async Task The_same_picture_in_another_dispute_is_found_for_the_platform_alone()
    {
        await using var fair = await Fair.Open(rules: Rules);
        var (first, second) = (await fair.Dispute(), await fair.Dispute(await fair.Purchase("2026-2")));
        var buyer = await fair.Buyer();
        await Upload(fair, first, buyer, "a.jpg", Files.Jpeg(900, 700, seed: 5));
        using var image = new MagickImage(Files.Jpeg(900, 700, seed: 5)) { Quality = 40 };
        image.Resize(450, 350);
        var exhibit = await Upload(fair, second, buyer, "b.png", image.ToByteArray(MagickFormat.Png));
        var examiner = await fair.Server.SignedIn(fair.Cast.Examiner1);
        Assert.Contains(first.Reference, await examiner.Read($"/desk/disputes/{second}/evidence/{exhibit}/view"),
            StringComparison.Ordinal);
        Assert.DoesNotContain(first.Reference, await buyer.Read($"/disputes/{second}/evidence/{exhibit}/view"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_exhibits_are_looked_at_side_by_side_and_the_list_counts_what_its_reader_may_know()
    {
        await using var fair = await Fair.Open(rules: Rules);
        var (dispute, buyer, seller) = (await fair.Dispute(), await fair.Buyer(), await fair.Seller());
        var a = await Upload(fair, dispute, buyer, "a.jpg", Files.Jpeg(seed: 1));
        var b = await Upload(fair, dispute, buyer, "b.jpg", Files.Jpeg(seed: 2));
        await Upload(fair, dispute, buyer, "c.jpg", Files.Jpeg(seed: 3), isSealed: true);
        var page = await seller.Read($"/disputes/{dispute}/evidence/{a}/view?beside={b}");
        Assert.Contains($"{a}/files/page-1.jpg", page, StringComparison.Ordinal);
        Assert.Contains($"{b}/files/page-1.jpg", page, StringComparison.Ordinal);
        foreach (var (who, address, count) in new[]
        {
            (seller, $"/disputes/{dispute}/evidence", 2), (buyer, $"/disputes/{dispute}/evidence", 3),
            (seller, $"/disputes/{dispute}", 2), (buyer, $"/disputes/{dispute}", 3),
        })
        {
            var list = await who.Read(address);
            Assert.Contains($"data-manifest=\"{count}\"", list, StringComparison.Ordinal);
            Assert.Equal(count, list.Split("data-exhibit=").Length - 1);
        }
    }

    internal static string Rules => TestPolicy.Text
        .Replace("file_size_max: 1 MB", "file_size_max: 20 MB", StringComparison.Ordinal)
        .Replace("files_per_party_max: 10", "files_per_party_max: 400", StringComparison.Ordinal)
        .Replace("types: [", "types: [image/webp, image/avif, image/heic, image/gif, text/csv, video/mp4, "
            + "application/vnd.openxmlformats-officedocument, application/vnd.oasis.opendocument, ",
                StringComparison.Ordinal);

    /// <summary>What an independent reader finds that should not go to others.</summary>
    internal static IReadOnlyList<string> HiddenIn(byte[] file)
    {
        var path = Path.GetTempFileName();
        File.WriteAllBytes(path, file);
        try
        {
            return HiddenIn(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The same for a file or everything in a folder.</summary>
    internal static IReadOnlyList<string> HiddenIn(string path)
    {
        using var reader = Process.Start(new ProcessStartInfo("exiftool",
            ["-r", "-a", "-G1", "-s", "-ee", "-U", path]) { RedirectStandardOutput = true,
                RedirectStandardError = true })!;
        reader.ErrorDataReceived += (_, _) => { };
        reader.BeginErrorReadLine();
        var said = reader.StandardOutput.ReadToEnd();
        reader.WaitForExit();
        var (found, file) = (new List<string>(), path);
        foreach (var line in said.Split('\n'))
        {
            if (line.StartsWith("======== ", StringComparison.Ordinal)) file = line;
            else if (Telling.Any(name =>
                line.Contains(name, StringComparison.OrdinalIgnoreCase))) found.Add($"{file}: {line}");
        }
        return found;
    }

    private static readonly string[] Telling =
    [
        "GPS", "Serial", "Owner", "Author", "Artist", "Creator", "Make ", "Model ", "Thumbnail", "Comment", "XMP",
        "IPTC",
        "Copyright", "DateTimeOriginal", "Software", "LastModifiedBy", "Company", "[IFD0]", "[ExifIFD]", "[MakerNotes]",
    ];

    internal static async Task<ExhibitId> Upload(
        Fair fair, DisputeId dispute, HttpClient who, string name, byte[] bytes, bool isSealed = false)
    {
        var known = (await fair.Standing(dispute)).Exhibits.Select(exhibit => exhibit.Id).ToHashSet();
        using var answer = await Post(who, $"/disputes/{dispute}", name, bytes, isSealed);
        Assert.True(answer.StatusCode == System.Net.HttpStatusCode.SeeOther,
            $"{name}: {answer.StatusCode} {await answer.Text()}");
        var exhibit = (await fair.Standing(dispute)).Exhibits.Single(exhibit => !known.Contains(exhibit.Id)).Id;
        await Files.Looked(fair.Server, dispute, exhibit);
        return exhibit;
    }

    internal static async Task<HttpResponseMessage> Post(
        HttpClient who, string address, string name, byte[] bytes, bool isSealed = false)
    {
        var hidden = await who.Hidden($"{address}/evidence/new", $"{address}/evidence");
        using var form = new MultipartFormDataContent();
        foreach (var (field, value) in hidden) form.Add(new StringContent(value), field);
        foreach (var (field, value) in new[]
        {
            ("kind", "other"), ("title", ""), ("sealed", isSealed ? "yes" : "no"), ("sealed_because", isSealed
                ? "Privé" : ""),
        })
            form.Add(new StringContent(value), field);
        form.Add(new ByteArrayContent(bytes), "file", name);
        return await who.PostAsync(Forms.Local($"{address}/evidence"), form);
    }
}
