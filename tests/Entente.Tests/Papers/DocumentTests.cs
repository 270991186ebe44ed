using System.Text;
using System.Text.RegularExpressions;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Tests.Server;
using Entente.Tests.Web;

namespace Entente.Tests.Papers;

/// <summary>The documents of a dispute, as each of its readers gets them.</summary>
public class DocumentTests
{
    [Fact]
    public async Task A_statement_holds_all_its_reader_may_read_and_nothing_else()
    {
        await using var fair = await Fair.Open(french: true);
        var dispute = await Tale.Decided(fair);
        var buyer = await Read(await fair.Buyer(), $"/disputes/{dispute}/documents/statement");
        var seller = await Read(await fair.Seller(), $"/disputes/{dispute}/documents/statement");
        var desk = await fair.Server.SignedIn(fair.Cast.Examiner1);
        var examiner = await Read(desk, $"/desk/disputes/{dispute}/documents/statement");
        foreach (var (text, pdf) in new[] { buyer, seller, examiner })
            Assert.All(new[] { "Poterie du Marais", Tale.Chinese, "42", "« tasse.png »"[2..^2] }, word =>
            {
                Assert.Contains(word, text, StringComparison.Ordinal);
                Assert.Contains(word, pdf, StringComparison.Ordinal);
            });
        Holds(buyer, Tale.BuyersSecret[..20], true);
        Holds(buyer, Tale.SellersSecret[..20], false);
        Holds(buyer, "secret.png", false);
        Holds(seller, Tale.SellersSecret[..20], true);
        Holds(seller, Tale.BuyersSecret[..20], false);
        Holds(examiner, Tale.BuyersSecret[..20], true);
        Holds(examiner, Tale.StaffSecret[..20], true);
        Assert.DoesNotContain("Vous ", buyer.Pdf, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_names_question_clause_exhibits_and_reasons_and_a_closing_gives_a_receipt()
    {
        await using var fair = await Fair.Open(french: true);
        var dispute = await Tale.Decided(fair);
        var decision = await Read(await fair.Buyer(), $"/disputes/{dispute}/documents/decision-1");
        string[] words = ["La tasse est-elle", "montre la tasse en morceaux", "29,00", "SHA-256", "Pièce 2"];
        foreach (var word in words) Holds(decision, word, true);
        using (var none = await (await fair.Buyer()).Fetch($"/disputes/{dispute}/documents/closing.pdf"))
            Assert.Equal(System.Net.HttpStatusCode.NotFound, none.StatusCode);
        var plain = await fair.Dispute(await fair.Purchase("2026-7"));
        var thanks = fair.Text("Merci.", Role.Buyer);
        await fair.Ask(plain, Role.Buyer, new CloseDispute(ClosingReason.NoLongerPursued, true, null, false, thanks));
        var receipt = await Read(await fair.Buyer(), $"/disputes/{plain}/documents/closing");
        foreach (var word in new[] { "Récépissé de clôture", "Merci.", "rien changé" }) Holds(receipt, word, true);
    }

    [Fact]
    public async Task Documents_stand_on_the_page_and_in_the_API_and_run_nothing()
    {
        await using var fair = await Fair.Open();
        var dispute = await Tale.Decided(fair);
        var page = await (await fair.Seller()).GetStringAsync(Forms.Local($"/disputes/{dispute}"));
        Assert.Contains($"/disputes/{dispute}/documents/decision-1.pdf", page, StringComparison.Ordinal);
        var key = await fair.Server.WithKey(fair.Cast.Marketplace, "seller:S1");
        var list = await key.GetStringAsync(Forms.Local($"/v1/disputes/{dispute}/documents"));
        Assert.Contains($"/v1/disputes/{dispute}/documents/statement.html", list, StringComparison.Ordinal);
        using var html = await key.GetAsync(Forms.Local($"/v1/disputes/{dispute}/documents/statement.html"));
        Assert.Equal("text/html", html.Content.Headers.ContentType!.MediaType);
        Assert.Contains("sandbox", html.Headers.GetValues("Content-Security-Policy").Single());
        (string, int)[] asked = [("statement.pdf", 200), ("statement", 404), ("decision-2.pdf", 404), ("x.html", 404)];
        foreach (var (name, status) in asked)
        {
            using var answer = await key.GetAsync(Forms.Local($"/v1/disputes/{dispute}/documents/{name}"));
            Assert.Equal(status, (int)answer.StatusCode);
        }
    }

    private static void Holds((string Html, string Pdf) document, string word, bool holds)
    {
        Assert.Equal(holds, document.Html.Contains(word, StringComparison.Ordinal));
        Assert.Equal(holds, document.Pdf.Contains(word, StringComparison.Ordinal));
    }

    private static async Task<(string Html, string Pdf)> Read(HttpClient reader, string address)
    {
        var pdf = await reader.GetByteArrayAsync(Forms.Local($"{address}.pdf"));
        var html = await reader.GetByteArrayAsync(Forms.Local($"{address}.html"));
        Keep($"{address.Split('/')[1]}-{address.Split('/')[^1]}.pdf", pdf);
        Keep($"{address.Split('/')[1]}-{address.Split('/')[^1]}.html", html);
        var text = PdfPressTests.Read("pdftotext", pdf, "-raw");
        return (System.Net.WebUtility.HtmlDecode(Encoding.UTF8.GetString(html)), OneLine(text));
    }

    /// <summary>Lines end where paper does; Chinese has no spaces there.</summary>
    private static string OneLine(string text) =>
        Regex.Replace(text, @"(?<=[\u3000-\u9FFF\uFF00-\uFFEF])\n", "").Replace('\n', ' ');

    private static void Keep(string name, byte[] bytes) => File.WriteAllBytes(
        Path.Combine(Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts")).FullName, name), bytes);
}
