using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Entente.Domain;
using Entente.Domain.Policies;
using Entente.Server.Evidence;
using Entente.Server.Storage;
using ImageMagick;

namespace Entente.Bench;

/// <summary>
/// Taking a large file in, against writing and hashing the same bytes; and the thumbnail of a large photo.
/// </summary>
public static class EvidenceBench
{
    private const long Bytes = 1L << 30;
    private const int Turns = 3;

    public static async Task Run(string folder)
    {
        Console.WriteLine("\nevidence, 1 GiB, turn about");
        using var database = new Database(folder, TimeProvider.System);
        Migrations.Run(database);
        var locker = new EvidenceLocker(database);
        var rules = new EvidenceRules(Bytes + 1, 10, [MediaTypes.Text], []);
        for (var turn = 0; turn < Turns; turn++)
        {
            var plain = await Timed(() => WriteAndHash(Path.Combine(folder, "plain")));
            GC.Collect();
            var before = Environment.WorkingSet;
            var dispute = DisputeId.Of(OrderId.Of(Scene.Marketplace, $"{turn}"), new byte[10]);
            var kept = await Timed(() => locker.Keep(new(dispute, new Endless()), rules));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {Bytes / plain / 1e6:N0} MB/s written and hashed, {Bytes / kept / 1e6:N0} MB/s kept = "
                + $"{plain / kept:P0}; resident +{(Environment.WorkingSet - before) / 1e6:N0} MB"));
        }
        await Thumbnail(folder);
    }

    private static async Task Thumbnail(string folder)
    {
        var file = Path.Combine(folder, "photo.jpg");
        using (var image = new MagickImage("plasma:fractal", new MagickReadSettings { Width = 4000, Height = 3000 }))
            image.Write(file, MagickFormat.Jpeg);
        for (var turn = 0; turn < Turns; turn++)
        {
            var made = Directory.CreateDirectory(Path.Combine(folder, $"made{turn}")).FullName;
            var watch = Stopwatch.StartNew();
            var (end, look) = await new Workshop(new()).Make(file, made);
            Console.WriteLine($"  12 million pixels: thumbnail after {look?.ThumbMilliseconds} ms in the worker, "
                + $"all of it after {watch.ElapsedMilliseconds} ms with its start ({end})");
        }
    }

    private static async Task WriteAndHash(string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var from = new Endless();
        await using var to = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var buffer = new byte[81_920];
        while (await from.ReadAsync(buffer) is > 0 and var read)
        {
            hash.AppendData(buffer, 0, read);
            await to.WriteAsync(buffer.AsMemory(0, read));
        }
        to.Flush(flushToDisk: true);
    }

    private static async Task<double> Timed(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>A gibibyte of the letter a.</summary>
    private sealed class Endless : Stream
    {
        private long _left = Bytes;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => Bytes - _left;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var given = (int)Math.Min(count, _left);
            buffer.AsSpan(offset, given).Fill((byte)'a');
            _left -= given;
            return given;
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }
    }
}
