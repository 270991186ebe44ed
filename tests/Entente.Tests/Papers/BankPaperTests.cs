using Entente.Domain;
using Entente.Server.Desk;
using Entente.Server.Papers;
using Entente.Server.Papers.Bank;
using Entente.Server.Web.Cases;
using Entente.Server.Words;
using Entente.Tests.Server;
using Entente.Tests.Web;

namespace Entente.Tests.Papers;

/// <summary>What goes to a bank: inside the schemes' limits, in three scripts, and nothing private.</summary>
public class BankPaperTests
{
    [Fact]
    public async Task A_letter_says_how_the_dispute_stands_and_nothing_private()
    {
        await using var fair = await Fair.Open(french: true);
        var dispute = await Tale.Decided(fair);
        foreach (var (client, who) in new[] { (await fair.Buyer(), "buyer"), (await fair.Seller(), "seller") })
        {
            var pdf = await client.GetByteArrayAsync(Forms.Local($"/disputes/{dispute}/documents/bank-letter.pdf"));
            Keep($"bank-letter-{who}.pdf", pdf);
            var text = PdfPressTests.Read("pdftotext", pdf, "-raw");
            Assert.Contains("Madame, Monsieur", text, StringComparison.Ordinal);
            Assert.Contains("29,00", text, StringComparison.Ordinal);
            foreach (var secret in new[] { Tale.BuyersSecret, Tale.SellersSecret, Tale.StaffSecret })
                Assert.DoesNotContain(secret[..20], text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Sixty_exhibits_stay_inside_the_pages_and_bytes_of_every_scheme()
    {
        await using var fair = await Fair.Open(french: true);
        var dispute = await Tale.Examined(fair);
        for (var no = 0; no < 40; no++)
            await fair.Say(dispute, Role.Buyer, string.Concat(Enumerable.Repeat($"{Tale.Chinese} {Tale.Arabic} ", 6)));
        var open = await Open(fair, dispute);
        var pictures = Enumerable.Range(1, 60).Select(no => Noise(no)).Select((bytes, at) => new PackPicture(
            $"{at + 1} : photo", "und", 1200, 900, _ => Task.FromResult<byte[]?>(bytes))).ToList();
        foreach (var scheme in Scheme.All)
        {
            var pressed = await fair.Server.Get<PackPress>()
                .Press(new EvidencePack(open, scheme, pictures), scheme, pictures, default);
            Keep($"pack-{scheme.Id}.pdf", pressed.Bytes);
            var info = PdfPressTests.Read("pdfinfo", pressed.Bytes);
            Assert.Equal(pressed.Pages, int.Parse(info.Split("Pages:")[1].Split('\n')[0]));
            Assert.InRange(pressed.Pages, 2, scheme.Pages);
            Assert.InRange(pressed.Bytes.Length, 50_000, scheme.Bytes);
            var text = PdfPressTests.Read("pdftotext", pressed.Bytes, "-raw");
            foreach (var secret in new[] { Tale.BuyersSecret, Tale.SellersSecret, Tale.StaffSecret, "secret.png" })
                Assert.DoesNotContain(secret[..Math.Min(20, secret.Length)], text, StringComparison.Ordinal);
            Assert.Contains("42", text, StringComparison.Ordinal);
            var images = PdfPressTests.Read("pdfimages", pressed.Bytes, "-list").Split('\n')[2..^1];
            Assert.NotEmpty(images);
            Assert.All(images, line => Assert.True(
                int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[12]) <= scheme.Ppi, line));
        }
    }

    [Fact]
    public async Task Every_pack_is_a_document_of_the_dispute_for_both_sides()
    {
        await using var fair = await Fair.Open();
        var dispute = await fair.Dispute();
        foreach (var scheme in Scheme.All)
        {
            var pdf = await (await fair.Seller()).GetByteArrayAsync(
                Forms.Local($"/disputes/{dispute}/documents/pack-{scheme.Id}.pdf"));
            Assert.Contains(scheme.Name, PdfPressTests.Read("pdftotext", pdf), StringComparison.Ordinal);
        }
        using var none = await (await fair.Seller()).Fetch($"/disputes/{dispute}/documents/pack-none.pdf");
        Assert.Equal(404, (int)none.StatusCode);
    }

    private static async Task<Dossier> Open(Fair fair, DisputeId dispute)
    {
        var caller = (await fair.Server.Get<Callers>().Person(fair.Cast.Marketplace, fair.Cast.Seller1))!;
        var file = (await fair.Server.Get<CaseFiles>().Open(caller, dispute.ToString(), default))!;
        var speaker = fair.Server.Get<WordBook>().For("fr", DateTimeZone.Utc);
        return await fair.Server.Get<BankPapers>().Open(new(file, "Place des Halles", [], speaker), default);
    }

    [Fact]
    public void The_limits_are_those_of_their_sources()
    {
        Assert.Equal((19, 14_500_000, 300), (Of("mastercard").Pages, Of("mastercard").Bytes, Of("mastercard").Ppi));
        Assert.Equal((49, 4_500_000, 20_000), (Of("stripe").Pages, Of("stripe").Bytes, Of("stripe").Characters!.Value));
        Assert.All(Scheme.All, scheme => Assert.NotEmpty(scheme.Sources));

        static Scheme Of(string id) => Scheme.Find(id)!;
    }

    /// <summary>A photo that no compression makes small.</summary>
    private static byte[] Noise(int seed)
    {
        var chance = new Random(seed);
        using var bitmap = new SkiaSharp.SKBitmap(1200, 900);
        var pixels = bitmap.GetPixelSpan();
        chance.NextBytes(pixels);
        for (var at = 3; at < pixels.Length; at += 4) pixels[at] = 255;
        using var jpeg = bitmap.Encode(SkiaSharp.SKEncodedImageFormat.Jpeg, 85);
        return jpeg.ToArray();
    }

    private static void Keep(string name, byte[] bytes) => File.WriteAllBytes(
        Path.Combine(Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts")).FullName, name), bytes);
}
