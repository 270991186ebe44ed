using Entente.Domain;
using Entente.Server.Papers.Kit;

namespace Entente.Server.Papers.Bank;

/// <summary>
/// How much of a dispute a pack can hold: how many entries of the story, how long each, how large pictures.
/// </summary>
internal sealed record PackMeasure(int Entries, int TextMax, int Across, float HeightMax)
{
    /// <summary>From generous to tight; the first that fits is taken.</summary>
    public static readonly IReadOnlyList<PackMeasure> All =
    [
        new(int.MaxValue, 4_000, 2, 290), new(400, 1_500, 2, 200), new(200, 800, 3, 160), new(100, 500, 3, 130),
        new(80, 400, 4, 110), new(60, 300, 5, 90), new(40, 200, 6, 75), new(20, 120, 6, 60),
    ];
}

/// <summary>
/// What a bank or provider gets as evidence, in one file inside its limits: facts, outcome, story and exhibits, from
/// what both sides read. What had to be left out is said, with where it can be had.
/// </summary>
internal sealed class EvidencePack(Dossier open, Scheme scheme, IReadOnlyList<PackPicture> pictures)
{
    public Paper Of(PackMeasure measure, IReadOnlyList<Picture> scaled)
    {
        var parts = new List<Part>
        {
            new Prose(open.Say("bank.pack_about", ("scheme", scheme.Name), ("house", open.House))),
            Statement.Facts(open),
        };
        parts.AddRange(Statement.Money(open));
        parts.AddRange(Statement.Claim(open).Select(part => Cut(part, measure.TextMax)));
        parts.AddRange(Outcomes(measure));
        parts.AddRange(Story(measure));
        parts.AddRange(Exhibits(measure));
        if (scaled.Count > 0)
        {
            parts.Add(new Heading(open.Say("bank.pictures")));
            parts.Add(new Pictures(scaled, measure.Across, measure.HeightMax));
        }
        if (scaled.Count < pictures.Count)
            parts.Add(new Prose(open.Say("bank.pictures_left", ("n", pictures.Count - scaled.Count)), Tone.Soft));
        parts.AddRange(open.Proof());
        return open.Paper(open.Say("bank.pack"), parts);
    }

    public static int Characters(Paper paper) => paper.Parts.Sum(part => part switch
    {
        Heading heading => heading.Text.Length,
        Prose prose => prose.Text.Length,
        Written written => written.Text.Length,
        Rows rows => rows.Items.Sum(row => row.Name.Length + row.Value.Length),
        Bullets bullets => bullets.Items.Sum(item => item.Length),
        Happening happening => happening.When.Length + happening.Text.Length + (happening.Note?.Length ?? 0),
        Pictures shown => shown.Items.Sum(picture => picture.Caption.Length),
        _ => 0,
    });

    private IEnumerable<Part> Outcomes(PackMeasure measure)
    {
        foreach (var outcome in open.View.Outcomes)
        {
            yield return new Heading(open.Say($"case.outcome_{Codes.Of(outcome.Kind)}"));
            yield return new Prose(open.Of(outcome.At), Tone.Soft);
            yield return Statement.Granted(open, outcome.Lines);
            if (outcome.Reasons.Count > 0) yield return Cut(open.Written(outcome.Reasons), measure.TextMax);
        }
        foreach (var part in Statement.Obligations(open)) yield return part;
    }

    /// <summary>The newest entries, without those of exhibits that stand in their own list.</summary>
    private IEnumerable<Part> Story(PackMeasure measure)
    {
        var entries = open.View.Timeline.Where(entry => entry.Type != "evidence_added").ToList();
        yield return new Heading(open.Say("dispute.story"));
        if (entries.Count > measure.Entries)
            yield return new Prose(open.Say("bank.story_left", ("n", entries.Count - measure.Entries)), Tone.Soft);
        foreach (var entry in entries.Skip(entries.Count - Math.Min(entries.Count, measure.Entries)))
        {
            yield return new Happening(
                open.Of(entry.At), open.Say("case.sentence", ("text", open.Says(entry.Sentence))));
            if (entry.Texts.Count > 0)
                yield return Cut(open.Written(entry.Texts), measure.TextMax);
        }
    }

    private IEnumerable<Part> Exhibits(PackMeasure measure)
    {
        if (measure.Across < 4)
        {
            foreach (var part in Statement.Exhibits(open)) yield return part;
            yield break;
        }
        yield return new Heading(open.Say("case.exhibits", ("n", open.View.Exhibits.Count)));
        // Each on a line of its own: beside titles of another direction a number would change its place.
        yield return new Bullets([.. open.View.Exhibits.Select(exhibit =>
            open.Say("bank.exhibit_line", ("number", exhibit.Number), ("title", Short(open.TextOf(exhibit.Title)))))]);
    }

    private static string Short(string title) => title.Length <= 40 ? title : $"{First(title, 39)}…";

    /// <summary>No character of two halves is cut in two.</summary>
    private static string First(string text, int most) =>
        text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    private static Part Cut(Part part, int most) =>
        part is Written written && written.Text.Length > most
            ? written with { Text = $"{First(written.Text, most).TrimEnd()} […]" }
            : part;
}

/// <summary>A picture of an exhibit, before it is scaled.</summary>
/// <param name="Open">The picture's bytes, in any form that can be shown.</param>
internal sealed record PackPicture(
    string Caption, string Language, int Width, int Height, Func<CancellationToken, Task<byte[]?>> Open);
