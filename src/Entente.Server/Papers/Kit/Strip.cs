using SkiaSharp;

namespace Entente.Server.Papers.Kit;

/// <summary>A piece of a page that is never cut: a line of text, a picture, a gap.</summary>
/// <param name="Draw">Draws it with its top at the height given.</param>
/// <param name="KeepsNext">Whether it never stands last on a page, as headings do not.</param>
/// <param name="IsGap">Whether it is dropped at the top of a page.</param>
internal sealed record Strip(float Height, Action<SKCanvas, float> Draw, bool KeepsNext = false, bool IsGap = false)
{
    /// <summary>Begins a new page.</summary>
    public static readonly Strip NewPage = new(float.NaN, static (_, _) => { });

    public static Strip Gap(float height, bool keepsNext = false) =>
        new(height, static (_, _) => { }, keepsNext, IsGap: true);

    /// <summary>Pages of strips; none is higher than the room, and no heading is left behind.</summary>
    public static IReadOnlyList<IReadOnlyList<Strip>> Pages(IReadOnlyList<Strip> strips, float room)
    {
        var (pages, page, used) = (new List<IReadOnlyList<Strip>>(), new List<Strip>(), 0f);
        for (var at = 0; at < strips.Count;)
        {
            if (ReferenceEquals(strips[at], NewPage))
            {
                if (page.Count > 0) Turn();
                at++;
                continue;
            }
            var end = at + 1;
            while (end < strips.Count && strips[end - 1].KeepsNext && !ReferenceEquals(strips[end], NewPage)) end++;
            var group = strips.Skip(at).Take(end - at).ToList();
            var height = group.Sum(strip => strip.Height);
            if (used + height > room && page.Count > 0) Turn();
            foreach (var strip in group)
            {
                if (page.Count == 0 && strip.IsGap) continue;
                page.Add(strip);
                used += strip.Height;
            }
            at = end;
        }
        if (page.Count > 0 || pages.Count == 0) pages.Add(page);
        return pages;

        void Turn()
        {
            pages.Add(page);
            (page, used) = ([], 0);
        }
    }
}
