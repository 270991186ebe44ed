using System.Net;
using System.Text;
using Entente.Tests.Server;

namespace Entente.Tests.Web;

/// <summary>Files by form: the token first, each file judged as it streams, nothing typed lost.</summary>
public sealed class EvidenceFormTests
{
    private static readonly byte[] Picture = Evidence.Files.Png();

    [Fact]
    public async Task Several_files_become_exhibits_that_the_other_side_can_only_save()
    {
        await using var fair = await Fair.Open();
        var dispute = await fair.Dispute();
        var (address, buyer) = ($"/disputes/{dispute}", await fair.Buyer());
        using var added = await Send(buyer, address, [("kind", "photo"), ("title", "La tasse"), ("sealed", "no")],
            ("a.png", Picture), ("b.png", Evidence.Files.Png(seed: 2)));
        Assert.Equal(HttpStatusCode.SeeOther, added.StatusCode);
        var exhibits = (await fair.Standing(dispute)).Exhibits;
        Assert.Equal([1, 2], exhibits.Select(exhibit => exhibit.No));
        await Evidence.Files.Looked(fair.Server, dispute, exhibits[0].Id);
        using var file = await (await fair.Seller()).Fetch($"{address}/evidence/{exhibits[0].Id}");
        Assert.NotEqual(Picture, await file.Content.ReadAsByteArrayAsync());
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Contains("sandbox", Assert.Single(file.Headers.GetValues("Content-Security-Policy")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_whose_first_part_is_not_the_readers_token_adds_nothing()
    {
        await using var fair = await Fair.Open();
        var dispute = await fair.Dispute();
        var buyer = await fair.Buyer();
        using var form = new MultipartFormDataContent
            { { new StringContent("photo"), "kind" }, { new ByteArrayContent(Picture), "file", "a.png" } };
        using var answer = await buyer.PostAsync(Forms.Local($"/disputes/{dispute}/evidence"), form);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty((await fair.Standing(dispute)).Exhibits);
    }

    [Fact]
    public async Task A_refused_file_leaves_what_was_typed()
    {
        await using var fair = await Fair.Open();
        var dispute = await fair.Dispute();
        var (address, buyer) = ($"/disputes/{dispute}", await fair.Buyer());
        (string, string)[] typed = [("kind", "invoice"), ("title", "Ma facture"), ("sealed", "no")];
        foreach (var (name, bytes) in new[]
            { ("x.svg", Encoding.UTF8.GetBytes("<svg onload='x()'/>")), ("empty.png", []) })
        {
            using var refused = await Send(buyer, address, typed, (name, bytes));
            var text = await refused.Text();
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains("Ma facture", text, StringComparison.Ordinal);
            Assert.Contains(name, text, StringComparison.Ordinal);
        }
        using var none = await Send(buyer, address, typed);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, none.StatusCode);
        using var sealedWithoutReason = await Send(
            buyer, address, [("kind", "photo"), ("sealed", "yes"), ("sealed_because", " ")], ("a.png", Picture));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, sealedWithoutReason.StatusCode);
        Assert.Empty((await fair.Standing(dispute)).Exhibits);
    }

    [Fact]
    public async Task A_sealed_exhibit_does_not_exist_for_the_other_side()
    {
        await using var fair = await Fair.Open();
        var dispute = await fair.Dispute();
        var (address, buyer) = ($"/disputes/{dispute}", await fair.Buyer());
        using var added = await Send(buyer, address,
            [("kind", "photo"), ("title", "Ordonnance"), ("sealed", "yes"), ("sealed_because", "Médical")],
            ("a.png", Picture));
        Assert.Equal(HttpStatusCode.SeeOther, added.StatusCode);
        var exhibit = Assert.Single((await fair.Standing(dispute)).Exhibits);
        var seller = await fair.Seller();
        Assert.DoesNotContain("Ordonnance", await seller.Read(address), StringComparison.Ordinal);
        using var file = await seller.Fetch($"{address}/evidence/{exhibit.Id}");
        Assert.Equal(HttpStatusCode.NotFound, file.StatusCode);
        using var withdrawn = await buyer.Fill(
            $"{address}/evidence/{exhibit.Id}/withdrawal", $"{address}/evidence/{exhibit.Id}/withdrawal");
        Assert.Equal(HttpStatusCode.SeeOther, withdrawn.StatusCode);
    }

    private static async Task<HttpResponseMessage> Send(
        HttpClient client, string address, (string Name, string Value)[] fields,
        params (string Name, byte[] Bytes)[] files)
    {
        var hidden = await client.Hidden($"{address}/evidence/new", $"{address}/evidence");
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in hidden.Select(field => (field.Key, field.Value)).Concat(fields))
            form.Add(new StringContent(value), name);
        foreach (var (name, bytes) in files) form.Add(new ByteArrayContent(bytes), "file", name);
        return await client.PostAsync(Forms.Local($"{address}/evidence"), form);
    }
}
