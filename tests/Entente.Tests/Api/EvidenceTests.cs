using System.Net.Http.Headers;
using System.Text;

namespace Entente.Tests.Api;

/// <summary>Files go in by form or as they are, come out as attachments, and are refused by name.</summary>
public class EvidenceTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    private static readonly byte[] Jpeg = Evidence.Files.Jpeg();

    [Fact]
    public async Task A_file_goes_in_by_form_and_comes_out_as_an_attachment_that_cannot_run()
    {
        var dispute = await house.Dispute();
        var added = await Send(house.Buyer, dispute,
            Form(Jpeg, "C:\\photos\\tasse cassée.jpg", ("kind", "photo"), ("title", "The cup")));
        Assert.Equal(201, added.Status);
        var address = added.Headers.Location!.ToString();
        var shown = (await house.Seller.Must("GET", dispute)).Json.GetProperty("exhibits")[0];
        Assert.Equal("The cup", shown.GetProperty("title").GetProperty("text").GetString());
        Assert.Equal("tasse cassée.jpg", shown.GetProperty("file_name").GetProperty("text").GetString());
        Assert.Equal("image/jpeg", shown.GetProperty("media_type").GetString());
        var file = await house.Buyer.Send("GET", address);
        Assert.Equal(200, file.Status);
        Assert.Equal(Jpeg, file.Bytes);
        Assert.Equal("attachment", file.ContentHeaders.ContentDisposition!.DispositionType);
        Assert.Equal("tasse cassée.jpg", file.ContentHeaders.ContentDisposition.FileNameStar);
        Assert.StartsWith("sandbox", file.Headers.GetValues("Content-Security-Policy").Single(),
            StringComparison.Ordinal);
        Assert.Equal("nosniff", file.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal(404, (await house.OtherSeller.Send("GET", address)).Status);
    }

    [Fact]
    public async Task A_file_goes_in_as_it_is_with_the_rest_in_the_query()
    {
        var dispute = await house.Dispute();
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri($"{dispute}/evidence?kind=other&title=Note", UriKind.Relative))
        {
            Content = new ByteArrayContent("It rattled."u8.ToArray()),
        };
        request.Content.Headers.ContentType = new("text/plain");
        Assert.Equal(201, (await house.Buyer.Send(request)).Status);
    }

    [Fact]
    public async Task The_same_upload_under_its_key_is_one_exhibit()
    {
        var dispute = await house.Dispute();
        foreach (var replayed in new[] { false, true })
        {
            var reply = await Send(house.Buyer, dispute, Form(Jpeg, "a.jpg", ("kind", "photo")), "u-1");
            Assert.Equal((201, replayed), (reply.Status, reply.Headers.Contains("Idempotent-Replayed")));
        }
        Assert.Equal(1, (await house.Buyer.Must("GET", dispute)).Json.GetProperty("exhibits").GetArrayLength());
    }

    [Fact]
    public async Task A_sealed_exhibit_does_not_exist_for_the_other_side()
    {
        var dispute = await house.Dispute();
        var added = await Send(house.Buyer, dispute,
            Form(Jpeg, "id.jpg", ("kind", "photo"), ("sealed_because", "It shows my address.")));
        Assert.Equal(201, added.Status);
        Assert.Empty((await house.Seller.Must("GET", dispute)).Json.GetProperty("exhibits").EnumerateArray());
        Assert.Equal(404, (await house.Seller.Send("GET", added.Headers.Location!.ToString())).Status);
        Assert.NotEqual(404, (await house.Examiner.Send("GET", added.Headers.Location!.ToString())).Status);

        var exhibit = added.Headers.Location!.ToString().Split('/')[^1];
        await house.Examiner.Must("POST", $"{dispute}/evidence/{exhibit}/original-access");
        Assert.Contains((await house.Examiner.Must("GET", dispute)).Json.GetProperty("timeline").EnumerateArray(),
            entry => entry.GetProperty("type").GetString() == "original_opened");
    }

    [Fact]
    public async Task An_exhibit_is_taken_back_and_keeps_its_number()
    {
        var dispute = await house.Dispute();
        var added = await Send(house.Buyer, dispute, Form(Jpeg, "a.jpg", ("kind", "photo")));
        var address = added.Headers.Location!.ToString();
        await Send(house.Seller, dispute, Form(Jpeg, "b.jpg", ("kind", "photo")));
        Assert.Equal((403, "exhibit_not_yours"),
            (await house.Seller.Send("DELETE", address) is var no ? (no.Status, no.Code) : default));
        var exhibit = address.Split('/')[^1];
        Assert.Equal(200, (await house.Buyer.Send("DELETE", $"{dispute}/evidence/{exhibit}", key: "")).Status);
        Assert.Equal(404, (await house.Seller.Send("GET", address)).Status);
        Assert.Equal(404, (await house.Buyer.Send("DELETE", address)).Status);
        Assert.Equal(2, (await house.Buyer.Must("GET", dispute)).Json.GetProperty("exhibits")[1].GetProperty("no")
            .GetInt32());
    }

    [Fact]
    public async Task The_examiner_asks_for_evidence()
    {
        var dispute = await house.Review();
        var asked = await house.Examiner.Send("POST", $"{dispute}/evidence-requests",
            """{"from":["seller"],"kinds":["tracking"],"text":"Show us the tracking.","due":"2026-11-05T12:00:00Z"}""");
        Assert.Equal(201, asked.Status);
        var shown = (await house.Seller.Must("GET", dispute)).Json.GetProperty("evidence_requests")[0];
        Assert.Equal("2026-11-05T12:00:00.000000Z", shown.GetProperty("due_at").GetString());
        var late = await house.Examiner.Send("POST", $"{dispute}/evidence-requests",
            """{"from":["seller"],"text":"Again.","due":"2020-11-05T12:00:00Z"}""");
        Assert.Equal((422, "due_not_in_future", "due"), (late.Status, late.Code, late.Field));
    }

    [Fact]
    public async Task A_file_that_cannot_be_is_refused_by_name()
    {
        var dispute = await house.Dispute();
        var exe = Encoding.ASCII.GetBytes("MZ\0\0 program");
        var zip = "PK\u0003\u0004 packed"u8.ToArray();
        await IsRefused(Form(exe, "a.exe", ("kind", "photo")), 415, "file_type_refused", "file");
        await IsRefused(Form(zip, "a.pdf", ("kind", "photo")), 415, "file_is_archive", "file");
        await IsRefused(Form("<svg onload='x'/>"u8.ToArray(), "a.png", ("kind", "photo")), 415,
            "file_is_markup", "file");
        await IsRefused(Form([0xD0, 0xCF, 0x11, 0xE0], "a.doc", ("kind", "photo")), 415, "file_is_old_office", "file");
        await IsRefused(Form(Jpeg, "a.png", ("kind", "photo")), 415, "file_mismatch", "file");
        await IsRefused(Form([.. Evidence.Files.Png()[..16], .. new byte[8], 1], "a.png", ("kind", "photo")), 422,
            "file_pixels", "file");
        await IsRefused(Form([], "a.jpg", ("kind", "photo")), 422, "file_empty", "file");
        await IsRefused(Form([.. Jpeg, .. new byte[1_100_000]], "a.jpg", ("kind", "photo")), 413,
            "file_too_big", "file");
        await IsRefused(Form([.. Jpeg, .. new byte[3_000_000]], "a.jpg", ("kind", "photo")), 413,
            "file_too_big", "file");
        await IsRefused(Form(Jpeg, "a.jpg"), 400, "missing_member", "kind");
        await IsRefused(Form(Jpeg, "a.jpg", ("kind", "song")), 400, "wrong_type", "kind");
        await IsRefused(Form(Jpeg, "a.jpg", ("kind", "photo"), ("colour", "red")), 400, "unknown_member", "colour");
        await IsRefused(Form(Jpeg, "a.jpg", ("kind", "photo"), ("kind", "photo")), 400, "duplicate_member", "kind");
        await IsRefused(Form(Jpeg, "a.jpg", ("kind", "photo"), ("title", new string('a', 300))), 422,
            "text_is_too_long", "title");
        await IsRefused(new MultipartFormDataContent { { new StringContent("photo"), "kind" } }, 400,
            "missing_member", "file");
        await IsRefused(Broken("--x\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nphoto"), 400, "form_broken",
            "Content-Type");
        await IsRefused(Broken("--x\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nphoto\r\n--x\r\n"
            + "Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nhalf a fi"), 400,
            "invalid_parameter", null);

        async Task IsRefused(HttpContent form, int status, string code, string? field)
        {
            var reply = await Send(house.Buyer, dispute, form);
            Assert.Equal((status, code, field), (reply.Status, reply.Code, reply.Field));
            Assert.Equal("\"1\"", (await house.Buyer.Must("GET", dispute)).ETag);
        }
    }

    private static MultipartFormDataContent Form(byte[] file, string name, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (field, value) in fields) form.Add(new StringContent(value), field);
        form.Add(new ByteArrayContent(file), "file", name);
        return form;
    }

    private static ByteArrayContent Broken(string body)
    {
        var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        return content;
    }

    private static async Task<ApiHouse.Reply> Send(
        ApiHouse.Program who, string dispute, HttpContent content, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{dispute}/evidence", UriKind.Relative))
            { Content = content };
        return await who.Send(request, key);
    }
}
