using Entente.Domain;
using Entente.Server.Evidence;
using SkiaSharp;

namespace Entente.Server.Papers.Bank;

/// <summary>
/// Finds what can be shown of the exhibits that both sides see: the pictures that were made anew of them, upright and
/// without anything hidden, in a process of its own. What nobody has sent is never opened here.
/// </summary>
public sealed class ExhibitPictures(Handouts handouts)
{
    /// <summary>Of a document with many pages a bank is shown the first ones.</summary>
    private const int PagesMax = 4;

    internal async Task<IReadOnlyList<PackPicture>> Of(Dossier open, CancellationToken stop = default)
    {
        var pictures = new List<PackPicture>();
        foreach (var exhibit in open.View.Exhibits.Where(exhibit => exhibit.Series == Audience.All))
        {
            if (await handouts.Of(open.View, exhibit.Id, stop) is not { Look: { } look } handout) continue;
            var caption = open.Say("bank.picture",
                ("number", exhibit.Number), ("title", open.TextOf(exhibit.Title)), ("at", exhibit.At),
                ("from", exhibit.From));
            foreach (var page in look.Pages.Take(PagesMax))
                if (await Picture(handout, page, caption, stop) is { } picture) pictures.Add(picture);
        }
        return pictures;
    }

    /// <summary>Null where the bytes hold no picture.</summary>
    internal static SKBitmap? Upright(byte[] bytes) => SKBitmap.Decode(bytes);

    private async Task<PackPicture?> Picture(Handout handout, string page, string caption, CancellationToken stop)
    {
        if (await Bytes(handout, page, stop) is not { } bytes) return null;
        using var codec = SKCodec.Create(new MemoryStream(bytes));
        return codec is null
            ? null
            : new(caption, "und", codec.Info.Width, codec.Info.Height, cancel => Bytes(handout, page, cancel));
    }

    private async Task<byte[]?> Bytes(Handout handout, string page, CancellationToken stop)
    {
        if (await handouts.Open(handout, page, stop) is not { } stream) return null;
        await using (stream)
        {
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, stop);
            return bytes.ToArray();
        }
    }
}
