using Entente.Domain.Policies;
using Entente.Server.Storage;
using Entente.Tests.Storage;

namespace Entente.Tests.Evidence;

/// <summary>The locker on a bucket: laying down, reading back, lending, damage and outage.</summary>
public sealed class S3ShelfTests : IDisposable
{
    private readonly StoredCentre _centre = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("entente-s3-");
    private readonly S3UnderTest _server = new();

    [Fact]
    public async Task A_file_is_kept_in_a_bucket_read_back_lent_for_less_than_a_minute_and_forgotten()
    {
        await _server.Start();
        using var shelf = Shelf();
        var locker = new EvidenceLocker(_centre.Database, shelf);
        var bytes = Files.Png();
        var kept = await locker.Keep(new(Given.Id, new MemoryStream(bytes), "a.png"), Rules);
        Assert.Null(kept.Refusal);
        var file = (await locker.Find(Given.Id, kept.Exhibit))!;
        await using (var stream = await locker.Open(file))
        {
            var read = new MemoryStream();
            await stream.CopyToAsync(read);
            Assert.Equal(bytes, read.ToArray());
        }
        var lent = (await locker.Lend(file, "tasse cassée.png"))!;
        Assert.Contains("X-Amz-Expires=50", lent.Query, StringComparison.Ordinal);
        using var http = new HttpClient();
        Assert.Equal(bytes, await http.GetByteArrayAsync(lent));
        await locker.Forget(file, CancellationToken.None);
        await Assert.ThrowsAsync<DamagedFileException>(() => locker.Open(file));
    }

    [Fact]
    public async Task What_was_swapped_in_the_bucket_is_not_shown()
    {
        await _server.Start();
        using var shelf = Shelf();
        var locker = new EvidenceLocker(_centre.Database, shelf);
        var kept = await locker.Keep(new(Given.Id, new MemoryStream(Files.Png()), "a.png"), Rules);
        var file = (await locker.Find(Given.Id, kept.Exhibit))!;
        var other = Path.Combine(_folder.FullName, "other");
        File.WriteAllBytes(other, Files.Png(seed: 2));
        await shelf.Put(file.BlobKey, other);
        await Assert.ThrowsAsync<DamagedFileException>(() => locker.Open(file));
    }

    [Fact]
    public async Task A_store_that_is_away_takes_nothing_and_no_row_speaks_of_it()
    {
        await _server.Start();
        using var shelf = Shelf();
        _server.Kill();
        var locker = new EvidenceLocker(_centre.Database, shelf);
        var failure = await Assert.ThrowsAnyAsync<IOException>(() =>
            locker.Keep(new(Given.Id, new MemoryStream(Files.Png()), "a.png"), Rules));
        Assert.Equal(StorageTrouble.Away, StorageTroubles.Of(failure));
        Assert.Equal(0, (await locker.Rows.RoomLeft(Given.Id, null,
            null)).ForDispute - new EvidenceQuotas().DisputeBytesMax);
    }

    public void Dispose()
    {
        _server.Dispose();
        _centre.Dispose();
        _folder.Delete(recursive: true);
    }

    private static EvidenceRules Rules => new(100_000, 10, ["image/png"], []);

    private S3Shelf Shelf() => new(_server.Settings, Path.Combine(_folder.FullName, "fetched"));
}
