using System.Globalization;
using System.Text;
using Entente.Server.Bundles;

namespace Entente.Tests.Bundles;

/// <summary>How a bundle was changed.</summary>
internal enum MutantKind { Bit, Drop, Reorder, Truncate, Swap }

/// <summary>A changed bundle as pieces of the good one and bytes of its own.</summary>
internal sealed record Mutant(MutantKind Kind, IReadOnlyList<(int Start, int Length, byte[]? Own)> Pieces)
{
    public byte[] Apply(byte[] bundle)
    {
        using var bytes = new MemoryStream(bundle.Length);
        foreach (var (start, length, own) in Pieces) bytes.Write(own ?? bundle.AsSpan(start, length));
        return bytes.ToArray();
    }

    /// <summary>As the Python side reads it: START+LENGTH or =HEX, with spaces between.</summary>
    public override string ToString() => string.Join(' ', Pieces.Select(piece => piece.Own is { } own
        ? $"={Convert.ToHexStringLower(own)}"
        : string.Create(CultureInfo.InvariantCulture, $"{piece.Start}+{piece.Length}")));
}

/// <summary>Changes a bundle in one place, in every way that could go unnoticed; the same for the same seed.</summary>
internal sealed class Mutants
{
    private readonly byte[] _bundle;
    private readonly Random _chance;
    private readonly List<(string Path, int Start, int Length)> _files;

    private Mutants(byte[] bundle, int seed) => (_bundle, _chance, _files) = (bundle, new(seed), FilesOf(bundle));

    public static IReadOnlyList<Mutant> Of(byte[] bundle, int count, int seed)
    {
        var (mutants, found) = (new Mutants(bundle, seed), new List<Mutant>(count));
        while (found.Count < count)
            if (mutants.Next(found.Count) is { } mutant && !mutant.Apply(bundle).AsSpan().SequenceEqual(bundle))
                found.Add(mutant);
        return found;
    }

    private Mutant? Next(int turn) => (turn % 10) switch
    {
        < 3 => Bit(_chance.Next(_bundle.Length)),
        3 => Bit(AnywhereIn(Small())), // Headers, links and signatures are small beside pictures; they get their share.
        4 => DropBytes(),
        5 => Rebuilt(MutantKind.Drop, files => files.RemoveAt(_chance.Next(files.Count))),
        6 => Rebuilt(MutantKind.Reorder, files => Exchange(files, whole: true)),
        7 => new(MutantKind.Truncate, [(0, _chance.Next(_bundle.Length), null)]),
        8 => Rebuilt(MutantKind.Swap, files => Exchange(files, whole: false)),
        _ => SwapLines(),
    };

    private Mutant Bit(int at) => new(MutantKind.Bit,
    [
        (0, at, null), (0, 0, [(byte)(_bundle[at] ^ 1 << _chance.Next(8))]), (at + 1, _bundle.Length - at - 1, null),
    ]);

    private Mutant DropBytes()
    {
        var (start, length) = (_chance.Next(_bundle.Length - 1), 1 + _chance.Next(64));
        var end = Math.Min(_bundle.Length, start + length);
        return new(MutantKind.Drop, [(0, start, null), (end, _bundle.Length - end, null)]);
    }

    /// <summary>Two lines of a chain change places, and the archive is made anew around them.</summary>
    private Mutant? SwapLines() => Rebuilt(MutantKind.Swap, files =>
    {
        var path = _chance.Next(2) == 0 ? "chains/all.facts" : "chains/all.links";
        var at = files.FindIndex(file => file.Path == path);
        var lines = Encoding.UTF8.GetString(files[at].Content).Split('\n')[..^1];
        var (one, two) = (_chance.Next(lines.Length), _chance.Next(lines.Length));
        (lines[one], lines[two]) = (lines[two], lines[one]);
        files[at] = (files[at].Path, Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => $"{line}\n"))));
    });

    private void Exchange(List<(string Path, byte[] Content)> files, bool whole)
    {
        var (one, two) = (_chance.Next(files.Count), _chance.Next(files.Count));
        (files[one], files[two]) = whole
            ? (files[two], files[one])
            : ((files[one].Path, files[two].Content), (files[two].Path, files[one].Content));
    }

    /// <summary>A flawless archive of changed files.</summary>
    private Mutant Rebuilt(MutantKind kind, Action<List<(string Path, byte[] Content)>> change)
    {
        var files = _files.Select(file => (file.Path, _bundle[file.Start..(file.Start + file.Length)])).ToList();
        change(files);
        var (pieces, entries, offset) = (new List<(int, int, byte[]?)>(), new List<StoredZip.Entry>(), 0u);
        foreach (var (path, content) in files)
        {
            var crc = Crc32.Of(content);
            entries.Add(new(path, crc, (uint)content.Length, offset));
            pieces.Add((0, 0, StoredZip.LocalHeader(path, crc, (uint)content.Length)));
            var known = _files.FindIndex(file =>
                file.Length == content.Length && _bundle.AsSpan(file.Start, file.Length).SequenceEqual(content));
            pieces.Add(known >= 0 ? (_files[known].Start, content.Length, null) : (0, 0, content));
            offset += (uint)(StoredZip.LocalHeaderBytes + path.Length + content.Length);
        }
        pieces.Add((0, 0, StoredZip.Directory(entries, offset)));
        return new(kind, pieces);
    }

    private int AnywhereIn((int Start, int End) part) => part.Start + _chance.Next(part.End - part.Start);

    /// <summary>A header, a file of text or a signature, or all that follows the last file.</summary>
    private (int Start, int End) Small()
    {
        var small = _files.Where(file => file.Length is > 0 and < 20_000).ToList();
        var file = small[_chance.Next(small.Count)];
        return _chance.Next(4) switch
        {
            0 => (file.Start - StoredZip.LocalHeaderBytes - file.Path.Length, file.Start),
            1 => (_files[^1].Start + _files[^1].Length, _bundle.Length),
            _ => (file.Start, file.Start + file.Length),
        };
    }

    private static List<(string Path, int Start, int Length)> FilesOf(byte[] bundle)
    {
        var (files, at) = (new List<(string, int, int)>(), 0);
        while (BitConverter.ToUInt32(bundle, at) == 0x04034B50)
        {
            var (length, name) = ((int)BitConverter.ToUInt32(bundle, at + 18), BitConverter.ToUInt16(bundle, at + 26));
            files.Add((Encoding.ASCII.GetString(bundle, at + 30, name), at + 30 + name, length));
            at += 30 + name + length;
        }
        return files;
    }
}
