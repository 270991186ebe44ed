using System.Text;
using Entente.Domain.Policies;
using Entente.Server.Storage;

namespace Entente.Tests.Storage;

public sealed class EvidenceLockerTests : IDisposable
{
    private static readonly byte[] Png = Evidence.Files.Png();
    private readonly StoredCentre _centre = new();
    private readonly EvidenceLocker _locker;

    public EvidenceLockerTests() => _locker = new(_centre.Database);

    [Fact]
    public async Task A_file_is_kept_whole_and_read_back()
    {
        var kept = await Keep(Png);
        Assert.Null(kept.Refusal);
        Assert.Equal("image/png", kept.MediaType);
        var file = await _locker.Find(Given.Id, kept.Exhibit);
        await using var stream = await _locker.Open(file!);
        var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        Assert.Equal(Png, bytes.ToArray());
    }

    [Fact]
    public async Task Equal_files_are_kept_once_in_a_dispute_and_never_shared_between_two()
    {
        var (first, second) = (await Keep(Png), await Keep(Png));
        Assert.NotEqual(first.Exhibit, second.Exhibit);
        Assert.Single(Files());
        await _locker.Keep(new(Domain.DisputeId.Of(Given.OrderId, new byte[10]), new MemoryStream(Png)), Rules());
        Assert.Equal(2, Files().Length);
        Assert.Null(await _locker.Find(Domain.DisputeId.Of(Given.OrderId, new byte[10]), first.Exhibit));
    }

    [Fact]
    public async Task A_file_too_large_is_refused_while_it_streams_and_leaves_nothing()
    {
        var endless = new Endless(Png);
        Assert.Equal(FileRefusal.FileIsTooLarge, (await _locker.Keep(new(Given.Id, endless), Rules())).Refusal);
        Assert.InRange(endless.Given, 1001, 200_000);
        Assert.DoesNotContain(
            Directory.GetFiles(_centre.Database.Folder, "*", SearchOption.AllDirectories),
            file => file.Contains("evidence", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", FileRefusal.FileIsEmpty)]
    [InlineData("PK\u0003\u0004 and so on", FileRefusal.FileIsAnArchive)]
    [InlineData("<html><script>alert(1)</script>", FileRefusal.FileIsMarkup)]
    [InlineData("<?xml version='1.0'?><svg onload='x'/>", FileRefusal.FileIsMarkup)]
    [InlineData("\u00D0\u00CF\u0011\u00E0 old", FileRefusal.FileIsOldOffice)]
    [InlineData("MZ\u0090\0\u0003", FileRefusal.FileTypeNotAllowed)]
    [InlineData("%PDF-1.7", FileRefusal.FileTypeNotAllowed)]
    public async Task What_the_policy_does_not_name_is_refused(string content, FileRefusal refusal)
    {
        Assert.Equal(refusal, (await Keep(Encoding.Latin1.GetBytes(content))).Refusal);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task An_archive_is_refused_even_where_a_policy_names_its_type() => Assert.Equal(
        FileRefusal.FileIsAnArchive,
        (await _locker.Keep(new(Given.Id, new MemoryStream([.. "PK\x03\x04"u8])), Rules("application/zip"))).Refusal);

    [Theory]
    [InlineData("image/jpeg", "\u00FF\u00D8\u00FF\u00E0")]
    [InlineData("image/gif", "GIF89a")]
    [InlineData("image/webp", "RIFF\u0010\0\0\0WEBPVP8 ")]
    [InlineData("image/heic", "\0\0\0\u0018ftypheic")]
    [InlineData("application/pdf", "%PDF-1.7\n")]
    [InlineData("message/rfc822", "From: a@b\r\nTo: c@d\r\nSubject: Cups\r\n\r\nBroken.")]
    [InlineData("text/plain", "From: nobody in particular.\nIt is broken.")]
    [InlineData("application/vnd.openxmlformats-officedocument",
        "PK\u0003\u0004\u0014\0\u0006\0\b\0\0\0!\0aaaabbbbcccc\u0013\0\b\u0002[Content_Types].xml")]
    [InlineData("text/plain", "Le caf\u00E9 n'est plus chaud.")]
    [InlineData("text/csv", "numero;titre;prix\n1;tasse;14\n2;bol;9")]
    [InlineData("message/rfc822", "Received: by mx\nReceived: from a\n\n\u0082\u00b1\u0082\u00f1")]
    [InlineData("image/avif", "\0\0\0\u001cftypmif1\0\0\0\0mif1avifmiaf")]
    [InlineData("video/quicktime", "\0\0\0\u0014ftypqt  \0\0\0\0qt  ")]
    [InlineData("video/mp4", "\0\0\0\u0018ftypisom\0\0\0\0isommp42")]
    [InlineData("application/xml", "<?xml version='1.0'?><invoice/>")]
    [InlineData("application/octet-stream", "\u0001\u0002 are no letters")]
    public void A_file_is_what_its_bytes_say(string type, string head) =>
        Assert.Equal(type, MediaTypes.Of(Encoding.Latin1.GetBytes(head)));

    [Fact]
    public void A_letter_cut_in_two_at_the_end_of_the_head_is_still_text() =>
        Assert.Equal("text/plain", MediaTypes.Of([.. "Tout va tr"u8, 0xC3]));

    [Fact]
    public async Task A_file_that_changed_on_the_disk_is_not_shown()
    {
        var kept = await Keep(Png);
        var file = (await _locker.Find(Given.Id, kept.Exhibit))!;
        var bytes = File.ReadAllBytes(Files()[0]);
        bytes[^1] ^= 1;
        File.WriteAllBytes(Files()[0], bytes);
        await Assert.ThrowsAsync<DamagedFileException>(() => _locker.Open(file));
        File.Delete(Files()[0]);
        await Assert.ThrowsAsync<DamagedFileException>(() => _locker.Open(file));
    }

    [Fact]
    public async Task What_no_fact_speaks_of_is_swept_after_a_day()
    {
        await Keep(Png);
        Assert.Equal(0, await _locker.Sweep(_centre.Store));
        _centre.Time.Advance(TimeSpan.FromHours(25));
        Assert.Equal(1, await _locker.Sweep(_centre.Store));
        Assert.Empty(Files());
    }

    private Task<Keeping> Keep(byte[] bytes) => _locker.Keep(new(Given.Id, new MemoryStream(bytes)), Rules());

    private static EvidenceRules Rules(string other = "text/plain") => new(1000, 10, ["image/png", other], []);

    private string[] Files() => Directory.Exists(Path.Combine(_centre.Database.Folder, "evidence"))
        ? Directory.GetFiles(Path.Combine(_centre.Database.Folder, "evidence"), "*", SearchOption.AllDirectories)
        : [];

    public void Dispose() => _centre.Dispose();

    private sealed class Endless(byte[] beginning) : Stream
    {
        public long Given { get; private set; }
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => Given; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            beginning.AsSpan(0, Math.Min(count, beginning.Length)).CopyTo(buffer.AsSpan(offset));
            Given += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
