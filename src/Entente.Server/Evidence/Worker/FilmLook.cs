using System.Buffers.Binary;
using System.Text;

namespace Entente.Server.Evidence.Worker;

/// <summary>
/// A short film: nothing is drawn of it. Its copy is the same film with the boxes blanked in which cameras write where,
/// when, with what and by whom; lengths stay, so that it plays as before.
/// </summary>
internal static class FilmLook
{
    private const int BoxesMax = 20_000;
    private static readonly HashSet<string> Told = ["udta", "meta", "uuid", "Xtra", "free", "skip"];
    private static readonly HashSet<string> Opened = ["moov", "trak", "mdia", "minf", "stbl", "edts", "moof", "traf"];

    public static Look Of(string type, byte[] bytes, Bench bench)
    {
        var traits = Traits.Of(bytes);
        var left = BoxesMax;
        if (!Blank(bytes, 0, bytes.Length, ref left)) return new() { Type = type, Why = NoLook.Unreadable,
            Traits = traits };
        File.WriteAllBytes(bench.PathOf("copy.mp4"), bytes);
        return new()
        {
            Type = type, Why = NoLook.Opaque, Traits = traits, Copy = bench.Name("copy.mp4"), CopyType = type,
        };
    }

    /// <summary>Whether everything could be told apart and what tells was blanked.</summary>
    private static bool Blank(byte[] film, long from, long to, ref int left)
    {
        var at = from;
        while (at + 8 <= to)
        {
            if (left-- == 0) return false;
            var (size, name) = (Size(film, at, to), Encoding.Latin1.GetString(film, (int)at + 4, 4));
            if (size < 8 || at + size > to) return false;
            var body = at + (BinaryPrimitives.ReadUInt32BigEndian(film.AsSpan((int)at)) == 1 ? 16 : 8);
            if (Told.Contains(name) || name == "trak" && IsTelling(film, body, at + size))
            {
                "free"u8.CopyTo(film.AsSpan((int)at + 4));
                film.AsSpan((int)body, (int)(at + size - body)).Clear();
            }
            else if (Opened.Contains(name) && !Blank(film, body, at + size, ref left)) return false;
            else if (name is "mvhd" or "tkhd" or "mdhd") ForgetDates(film, body);
            at += size;
        }
        return true;
    }

    private static long Size(byte[] film, long at, long to) =>
        BinaryPrimitives.ReadUInt32BigEndian(film.AsSpan((int)at)) switch
    {
        0 => to - at,
        1 when at + 16 <= to => (long)BinaryPrimitives.ReadUInt64BigEndian(film.AsSpan((int)at + 8)),
        var size => size,
    };

    /// <summary>A track that is neither seen nor heard carries readings: places, speeds, names.</summary>
    private static bool IsTelling(byte[] film, long from, long to)
    {
        var track = film.AsSpan((int)from, (int)(to - from));
        var handler = track.IndexOf("hdlr"u8);
        return handler >= 0 && handler + 16 <= track.Length
            && Encoding.Latin1.GetString(track.Slice(handler + 12, 4)) is not ("vide" or "soun");
    }

    private static void ForgetDates(byte[] film, long body)
    {
        var dates = film[body] == 1 ? 16 : 8;
        film.AsSpan((int)body + 4, dates).Clear();
    }
}
