using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Server.Evidence;
using Entente.Server.Storage;
using Entente.Tests.Desk;
using Entente.Tests.Evidence;
using Entente.Tests.Server;
using Entente.Tests.Storage;
using Entente.Tests.Web;

namespace Entente.Tests.Faults;

/// <summary>
/// The centre, its worker, its scanner and its store are killed and its disk is filled: uploads wait or fail with a
/// reason, and disputes go on.
/// </summary>
public sealed class EvidenceFaultTests
{
    private static readonly byte[] Letter =
        Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("Un mot. ", 100_000)));

    [Fact]
    [Trait("Category", "slow")]
    public async Task An_upload_goes_on_behind_what_arrived_before_the_centre_was_killed()
    {
        const int kills = 4;
        using var folder = new TemporaryFolder();
        var (dispute, key) = await Prepare(folder.Path);
        var node = new Node(folder.Path);
        try
        {
            await node.Start();
            using var client = node.Client(key);
            client.Timeout = TimeSpan.FromSeconds(30);
            var (upload, at) = (await ResumableUploadTests.Begin(client, dispute, Letter.Length), 0L);
            for (var kill = 0; kill < kills; kill++)
            {
                var acknowledged = await ResumableUploadTests.Send(
                    client, upload, at, Letter.AsMemory((int)at, 50_000));
                Assert.NotNull(acknowledged);
                var sending = SendSlowly(client, upload, acknowledged.Value);
                await Task.Delay(300);
                node.Kill();
                await sending;
                Assert.Equal(0, await FilesSpokenOf(folder.Path));
                await node.Start();
                at = (await ResumableUploadTests.Offset(client, upload))!.Value;
                Assert.InRange(at, acknowledged.Value, Letter.Length);
            }
            Assert.Equal(Letter.Length, await ResumableUploadTests.Send(client, upload, at, Letter.AsMemory((int)at)));
            Assert.Equal(ResumableUploadTests.Added, await ResumableUploadTests.Add(client, dispute, upload, "k",
                Convert.ToHexStringLower(SHA256.HashData(Letter))));
            Assert.Equal(1, await FilesSpokenOf(folder.Path));
        }
        finally
        {
            node.Kill();
        }
        FaultReport.Note("kill -9 in the middle of an upload", kills, "it went on behind what had arrived");
    }

    [Fact]
    public async Task A_worker_that_is_killed_is_started_again_and_the_dispute_goes_on()
    {
        await using var fair = await Fair.Open(rules: LookTests.Rules);
        var (dispute, buyer) = (await fair.Dispute(), await fair.Buyer());
        using var killing = new CancellationTokenSource();
        var killed = Task.Run(() => KillFirstWorker(fair.Server.Settings.DataFolder, killing.Token));
        var exhibit = await LookTests.Upload(fair, dispute, buyer, "photo.jpg", Files.Photo(3000, 2000));
        await killing.CancelAsync();
        Assert.True(await killed, "No worker was met.");
        Assert.Equal(LookState.Made, (await fair.Server.Get<EvidenceStates>().Of(dispute, exhibit))!.State);
        await GoesOn(fair, dispute);
        FaultReport.Note("kill -9 of a worker", 1, "the file was looked at by another");
    }

    [Fact]
    public async Task A_scanner_that_is_killed_leaves_files_waiting_and_the_dispute_goes_on()
    {
        using var scanner = await new ClamAvUnderTest().Start();
        await using var fair = await Fair.Open(rules: LookTests.Rules, change: settings =>
            settings with { Evidence = settings.Evidence with { ClamAv = scanner.Address } });
        var (dispute, buyer, states) = (await fair.Dispute(), await fair.Buyer(), fair.Server.Get<EvidenceStates>());
        await LookTests.Upload(fair, dispute, buyer, "a.txt", "Un mot."u8.ToArray());
        scanner.Stop();
        using var sent = await LookTests.Post(buyer, $"/disputes/{dispute}", "b.txt", "Deux mots."u8.ToArray());
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        var exhibit = (await fair.Standing(dispute)).Exhibits[^1].Id;
        await Task.Delay(1_500);
        Assert.Equal(ScanState.Waiting, (await states.Of(dispute, exhibit))!.Scan);
        await GoesOn(fair, dispute);
        await scanner.Start();
        await Files.Looked(fair.Server, dispute, exhibit);
        Assert.Equal(ScanState.Clean, (await states.Of(dispute, exhibit))!.Scan);
        FaultReport.Note("kill -9 of the scanner", 1, "files waited for it, and were scanned when it came back");
    }

    [Fact]
    public async Task A_store_that_is_killed_refuses_files_with_a_reason_and_the_dispute_goes_on()
    {
        using var store = await new S3UnderTest().Start();
        await using var fair = await Fair.Open(rules: LookTests.Rules, change: settings =>
            settings with { Evidence = settings.Evidence with { S3 = store.Settings } });
        var (dispute, buyer, seller) = (await fair.Dispute(), await fair.Buyer(), await fair.Seller());
        var before = await LookTests.Upload(fair, dispute, buyer, "a.jpg", Files.Jpeg());
        store.Kill();
        using var refused = await LookTests.Post(buyer, $"/disputes/{dispute}", "b.jpg", Files.Jpeg(seed: 2));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Contains("again", await refused.Text(), StringComparison.Ordinal);
        Assert.Single((await fair.Standing(dispute)).Exhibits);
        await GoesOn(fair, dispute);
        var page = await seller.Read($"/disputes/{dispute}");
        Assert.Contains($"{before}/view", page, StringComparison.Ordinal);
        using var away = await seller.Fetch($"/disputes/{dispute}/evidence/{before}/files/page-1.jpg");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
        await store.Start();
        await LookTests.Upload(fair, dispute, buyer, "b.jpg", Files.Jpeg(seed: 2));
        using var back = await seller.Fetch($"/disputes/{dispute}/evidence/{before}/files/page-1.jpg");
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        FaultReport.Note("kill -9 of the S3 server", 1, "files were refused with a reason until it came back");
    }

    [Fact]
    public async Task A_full_disk_refuses_files_with_a_reason_keeps_what_came_and_the_dispute_goes_on()
    {
        await using var fair = await Fair.Open(rules: LookTests.Rules);
        using var disk = new SmallDisk(Path.Combine(fair.Server.Settings.DataFolder, "evidence"), kilobytes: 1_000);
        var (dispute, buyer) = (await fair.Dispute(), await fair.Buyer());
        var key = await fair.Server.WithKey(fair.Cast.Marketplace, "person:b1");
        var upload = await ResumableUploadTests.Begin(key, dispute, Letter.Length);
        await ResumableUploadTests.Send(key, upload, 0, Letter.AsMemory(0, 400_000));
        using var refused = await LookTests.Post(buyer, $"/disputes/{dispute}", "big.txt", Letter);
        Assert.Equal(HttpStatusCode.InsufficientStorage, refused.StatusCode);
        Assert.Contains("no room", await refused.Text(), StringComparison.OrdinalIgnoreCase);
        Assert.Empty((await fair.Standing(dispute)).Exhibits);
        await GoesOn(fair, dispute);
        disk.Fill();
        using var piece = await Piece(key, upload, 400_000, Letter.AsMemory(400_000));
        Assert.Equal(HttpStatusCode.InsufficientStorage, piece.StatusCode);
        disk.Empty();
        var at = (await ResumableUploadTests.Offset(key, upload))!.Value;
        Assert.InRange(at, 400_000, Letter.Length);
        await ResumableUploadTests.Send(key, upload, at, Letter.AsMemory((int)at));
        Assert.Equal(ResumableUploadTests.Added, await ResumableUploadTests.Add(key, dispute, upload, "k",
            Convert.ToHexStringLower(SHA256.HashData(Letter))));
        FaultReport.Note("disk full", 2, "files were refused with a reason, and a piece went on when there was room");
    }

    private static Task GoesOn(Fair fair, DisputeId dispute) =>
        fair.Ask(dispute, Role.Seller, new PostMessage(Audience.All, fair.Text("J'attends.", Role.Seller)));

    private static async Task<HttpResponseMessage> Piece(
        HttpClient who, Uri upload, long at, ReadOnlyMemory<byte> piece)
    {
        using var request = ResumableUploadTests.Sending(upload, at, new ReadOnlyMemoryContent(piece));
        return await who.SendAsync(request);
    }

    private static async Task<bool> KillFirstWorker(string folder, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            foreach (var process in Process.GetProcessesByName("dotnet"))
                using (process)
                    if (CommandOf(process.Id) is { } command && command.Contains("\0look\0", StringComparison.Ordinal)
                        && command.Contains(folder, StringComparison.Ordinal))
                    {
                        process.Kill();
                        return true;
                    }
            await Task.Delay(5, CancellationToken.None);
        }
        return false;
    }

    private static string? CommandOf(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (IOException)
        {
            return null; // It has ended meanwhile.
        }
    }

    private static async Task SendSlowly(HttpClient client, Uri upload, long at)
    {
        try
        {
            using var request = ResumableUploadTests.Sending(upload, at, new Trickle(Letter.AsMemory((int)at)));
            using var answer = await client.SendAsync(request);
        }
        catch (HttpRequestException)
        {
            // Killed.
        }
    }

    private static async Task<(DisputeId Dispute, string Key)> Prepare(string folder)
    {
        using var database = new Database(folder, TimeProvider.System);
        Migrations.Run(database);
        await new Marketplaces(database).Add(new(OpenDesk.Here, "Here", "en", "Europe/Paris"));
        var policies = new PolicyShelf(database);
        await policies.Publish(OpenDesk.Here, Encoding.UTF8.GetBytes(LookTests.Rules), "operator");
        var orders = new OrderBook(database, new(database));
        var yesterday = Instant.FromDateTimeOffset(DateTimeOffset.UtcNow.AddDays(-1));
        var handed = OpenDesk.Handed("K-1") with { Dates = new(yesterday, Delivered: yesterday) };
        var id = (await orders.Import(OpenDesk.Here, [handed]))[0].Id;
        var order = (await orders.Find(id))!.Order;
        using var store = new DisputeStore(database, new(database), new());
        var claim = new OpenDispute(OpenDesk.Here, order.Lines[0].Seller, [new(1, 1, Reason.Damaged)],
            OpenDesk.Text("It is broken."), [new(RemedyKind.FullRefund, [new(1, 1)], null)], ["en"]);
        var door = new DisputeDesk(store, orders, policies, Antecedents.From(database, store, policies));
        var opened = await door.Open(id, claim, OpenDesk.Buyer, "test");
        return (Assert.IsType<Reply.Done>(opened).Dispute.Id,
            await new KeyRing(database).Make(OpenDesk.Here, "test", Enum.GetValues<Scope>()));
    }

    private static async Task<long> FilesSpokenOf(string folder)
    {
        using var database = new Database(folder, TimeProvider.System);
        await using var connection = await database.Open();
        return await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM evidence_file");
    }
}
