using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Entente.Domain;
using Entente.Server.Api;
using Entente.Server.Storage;
using Entente.Tests.Server;
using Entente.Tests.Web;
using Microsoft.Extensions.Time.Testing;

namespace Entente.Tests.Evidence;

/// <summary>A file that comes in pieces goes on where it stopped, and is nothing before it is whole.</summary>
public sealed class ResumableUploadTests
{
    private static readonly byte[] Letter =
        Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("Un mot. ", 20_000)));

    [Fact]
    public async Task A_file_sent_in_pieces_is_one_exhibit_however_often_it_is_asked_for()
    {
        await using var fair = await Fair.Open(rules: LookTests.Rules);
        var (dispute, key) = (await fair.Dispute(), await fair.Server.WithKey(fair.Cast.Marketplace, "person:b1"));
        var upload = await Begin(key, dispute, Letter.Length, "lettre d'août.txt");
        Assert.Equal("upload_unfinished", await Add(key, dispute, upload, "early"));
        Assert.Equal(60_000, await Send(key, upload, 0, Letter.AsMemory(0, 60_000)));
        Assert.Null(await Send(key, upload, 0, Letter.AsMemory(0, 10)));
        Assert.Null(await Send(key, upload, 60_001, Letter.AsMemory(60_001)));
        Assert.Equal(60_000, await Offset(key, upload));
        Assert.Empty((await fair.Standing(dispute)).Exhibits);
        Assert.Equal(Letter.Length, await Send(key, upload, 60_000, Letter.AsMemory(60_000)));
        Assert.Equal(Added, await Add(key, dispute, upload, "a", Digest(Letter)));
        foreach (var again in new[] { "a", "b" })
            Assert.Equal(Added, await Add(key, dispute, upload, again, Digest(Letter)));
        var exhibit = Assert.Single((await fair.Standing(dispute)).Exhibits);
        await Files.Looked(fair.Server, dispute, exhibit.Id);
        using var file = await key.GetAsync(Forms.Local($"/v1/disputes/{dispute}/evidence/{exhibit.Id}"));
        Assert.Equal("lettre d'août.txt", file.Content.Headers.ContentDisposition!.FileNameStar);
        Assert.Equal(Letter, await file.Content.ReadAsByteArrayAsync());
        Assert.Null(await Offset(key, upload));
    }

    [Fact]
    public async Task What_a_connection_brought_before_it_was_cut_is_not_sent_again()
    {
        await using var fair = await Fair.Open(rules: LookTests.Rules);
        var (dispute, key) = (await fair.Dispute(), await fair.Server.WithKey(fair.Cast.Marketplace, "person:b1"));
        var upload = await Begin(key, dispute, Letter.Length);
        var at = 0L;
        for (var cut = 1; at < Letter.Length && cut < 20; cut++)
        {
            var more = (int)Math.Min(30_000 + cut * 1_000, Letter.Length - at);
            await SendAndCut(key, upload, at, Letter.AsMemory((int)at, more), Letter.Length - at);
            at = await Settled(key, upload, at + more);
        }
        Assert.Equal(Letter.Length, at);
        Assert.Equal(Added, await Add(key, dispute, upload, "k", Digest(Letter)));
    }

    [Fact]
    public async Task What_does_not_match_its_digest_or_is_no_such_file_becomes_nothing()
    {
        await using var fair = await Fair.Open(rules: LookTests.Rules);
        var (dispute, key) = (await fair.Dispute(), await fair.Server.WithKey(fair.Cast.Marketplace, "person:b1"));
        var upload = await Begin(key, dispute, 7);
        await Send(key, upload, 0, "Un mot."u8.ToArray());
        Assert.Equal("digest_differs", await Add(key, dispute, upload, "a", Digest(Letter)));
        var archive = await Begin(key, dispute, 30, "photo.jpg");
        await Send(key, archive, 0, (byte[])[.. "PK\x03\x04"u8, .. new byte[26]]);
        Assert.Equal("file_is_archive", await Add(key, dispute, archive, "b"));
        using var direct = new HttpRequestMessage(HttpMethod.Post,
            Forms.Local($"/v1/disputes/{dispute}/evidence?kind=other&sha256={Digest(Letter)}"))
        {
            Content = new ByteArrayContent("Un mot."u8.ToArray()), Headers = { { "Idempotency-Key", "c" } },
        };
        using var refused = await key.SendAsync(direct);
        Assert.Equal("digest_differs", await Code(refused));
        Assert.Empty((await fair.Standing(dispute)).Exhibits);
        Assert.Empty(Lying(fair));
    }

    [Fact]
    public async Task What_would_not_be_taken_is_refused_before_it_is_sent_and_belongs_to_its_sender_alone()
    {
        await using var fair = await Fair.Open(rules: LookTests.Rules, change: settings => settings with
        {
            Evidence = settings.Evidence with { Quotas = new() { PartyBytesMax = 100_000 } },
        });
        var (dispute, key) = (await fair.Dispute(), await fair.Server.WithKey(fair.Cast.Marketplace, "person:b1"));
        foreach (var (length, status) in new[]
        {
            ("0", 422), ("100001", 409), ("25000000", 413), ("-1", 400), ("many", 400), ("", 400),
            ("99999999999999999999", 400),
        })
        {
            using var answer = await key.SendAsync(Beginning(dispute, length, ""));
            Assert.True(status == (int)answer.StatusCode, $"{length}: {answer.StatusCode}");
        }
        using var garbled = await key.SendAsync(Beginning(dispute, "5", "filename %%%"));
        Assert.Equal(HttpStatusCode.BadRequest, garbled.StatusCode);
        var upload = await Begin(key, dispute, 60_000);
        using var promised = await key.SendAsync(Beginning(dispute, "60000", ""));
        Assert.Equal("quota_reached", await Code(promised));
        var seller = await fair.Server.WithKey(fair.Cast.Marketplace, "person:s1");
        Assert.Null(await Offset(seller, upload));
        Assert.Null(await Send(seller, upload, 0, new byte[10]));
        using var given = await key.DeleteAsync(upload);
        Assert.Equal(HttpStatusCode.NoContent, given.StatusCode);
        Assert.Empty(Lying(fair));
        await Begin(key, dispute, 60_000);
    }

    [Fact]
    public async Task After_a_day_what_never_became_whole_is_cleared_away()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var fair = await Fair.Open(clock, rules: LookTests.Rules);
        var (dispute, key) = (await fair.Dispute(), await fair.Server.WithKey(fair.Cast.Marketplace, "person:b1"));
        var upload = await Begin(key, dispute, Letter.Length);
        await Send(key, upload, 0, Letter.AsMemory(0, 5));
        clock.Advance(TimeSpan.FromHours(25));
        Assert.Null(await Offset(key, upload));
        await fair.Server.Get<EvidenceLocker>().Sweep(fair.Server.Get<DisputeStore>());
        Assert.Empty(Lying(fair));
    }

    internal static async Task<Uri> Begin(HttpClient who, DisputeId dispute, long bytes, string name = "note.txt")
    {
        using var answer = await who.SendAsync(Beginning(dispute, bytes.ToString(CultureInfo.InvariantCulture),
            $"filename {Convert.ToBase64String(Encoding.UTF8.GetBytes(name))}"));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return answer.Headers.Location!;
    }

    /// <returns>How much has come; null where the piece is refused.</returns>
    internal static async Task<long?> Send(HttpClient who, Uri upload, long at, ReadOnlyMemory<byte> piece)
    {
        using var request = Sending(upload, at, new ReadOnlyMemoryContent(piece));
        using var answer = await who.SendAsync(request);
        if (answer.StatusCode == HttpStatusCode.NoContent) return OffsetIn(answer);
        Assert.Contains(await Code(answer), new[] { "upload_offset_differs", "not_found" });
        return null;
    }

    internal static HttpRequestMessage Sending(Uri upload, long at, HttpContent piece)
    {
        piece.Headers.ContentType = MediaTypeHeaderValue.Parse(ResumableUploads.PieceType);
        return new(HttpMethod.Patch, upload)
        {
            Content = piece,
            Headers = { { ResumableUploads.OffsetHeader, at.ToString(CultureInfo.InvariantCulture) } },
        };
    }

    internal static async Task<long?> Offset(HttpClient who, Uri upload)
    {
        using var answer = await who.SendAsync(new(HttpMethod.Head, upload));
        return answer.StatusCode == HttpStatusCode.OK ? OffsetIn(answer) : null;
    }

    /// <returns>What became of it, or the code of the no.</returns>
    internal static async Task<string> Add(
        HttpClient who, DisputeId dispute, Uri upload, string idempotencyKey, string? digest = null)
    {
        var told = digest is null ? "" : $"&sha256={digest}";
        using var request = new HttpRequestMessage(HttpMethod.Post, Forms.Local(
            $"/v1/disputes/{dispute}/evidence?kind=other&upload={Name(upload)}{told}"));
        request.Headers.Add("Idempotency-Key", idempotencyKey);
        using var answer = await who.SendAsync(request);
        return answer.IsSuccessStatusCode ? Added : await Code(answer);
    }

    internal const string Added = "added";

    private static async Task<string> Code(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]!.GetValue<string>();

    private static string Name(Uri upload) => upload.ToString()[(upload.ToString().LastIndexOf('/') + 1)..];

    private static long OffsetIn(HttpResponseMessage answer) =>
        long.Parse(answer.Headers.GetValues(ResumableUploads.OffsetHeader).Single(), CultureInfo.InvariantCulture);

    private static HttpRequestMessage Beginning(DisputeId dispute, string length, string metadata) =>
        new(HttpMethod.Post, Forms.Local($"/v1/disputes/{dispute}/uploads"))
        {
            Headers = { { ResumableUploads.LengthHeader, length }, { "Upload-Metadata", metadata } },
        };

    /// <summary>Promises the rest, sends some of it and pulls the plug.</summary>
    private static async Task SendAndCut(HttpClient who, Uri upload, long at, ReadOnlyMemory<byte> some, long rest)
    {
        var server = who.BaseAddress!;
        using var socket = new TcpClient();
        await socket.ConnectAsync(server.Host, server.Port);
        await using var stream = socket.GetStream();
        string[] head =
        [
            $"PATCH {upload} HTTP/1.1", $"Host: {server.Authority}",
            .. who.DefaultRequestHeaders.Select(header => $"{header.Key}: {string.Join(',', header.Value)}"),
            $"Content-Type: {ResumableUploads.PieceType}",
            string.Create(CultureInfo.InvariantCulture, $"Content-Length: {rest}"),
            string.Create(CultureInfo.InvariantCulture, $"{ResumableUploads.OffsetHeader}: {at}"), "", "",
        ];
        await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Join("\r\n", head)));
        await stream.WriteAsync(some);
        await stream.FlushAsync();
        await Task.Delay(200);
        socket.Client.LingerState = new(enable: true, 0);
    }

    /// <summary>How much has come once the server has noticed.</summary>
    private static async Task<long> Settled(HttpClient who, Uri upload, long most)
    {
        for (var turn = 0; turn < 100; turn++)
        {
            if (await Offset(who, upload) == most) return most;
            await Task.Delay(50);
        }
        return (await Offset(who, upload))!.Value;
    }

    private static IEnumerable<string> Lying(Fair fair) =>
        Directory.EnumerateFiles(Path.Combine(fair.Server.Settings.DataFolder, "evidence", "incoming"));

    private static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
