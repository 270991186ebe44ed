using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Server.Papers.Kit;
using Entente.Server.Web.Cases;
using Entente.Server.Words;

namespace Entente.Server.Papers;

/// <summary>What a document is written from: all that one reader may read of a dispute, and nothing else.</summary>
/// <param name="House">Whose centre it is.</param>
/// <param name="Heads">The newest link of each chain the reader reads.</param>
/// <param name="Speaker">Says it in the reader's language.</param>
public sealed record Dossier(CaseFile File, string House, IReadOnlyList<ChainHead> Heads, Speaker Speaker)
{
    public DisputeView View => File.View;

    public string Say(string key, params ReadOnlySpan<(string Name, object? Value)> values) => Speaker.Say(key, values);

    /// <summary>A sentence of the view, said of its reader instead of to them, as a sentence of its own.</summary>
    public string Says(Sentence sentence) => Story.Capital(Speaker.Say(ThirdPerson.Of(sentence, View.Viewer.Role)));

    public string Of(object value, string? style = null) => Story.Capital(Speaker.Of(value, style));

    /// <summary>A side's name, or what it is where it has none.</summary>
    public string NameOf(Role side) => File.NameOf(side) is { Length: > 0 } name ? name : Of(side);

    public string TextOf(ShownText text) => text.Value ?? Say("case.erased");

    /// <summary>What somebody wrote, in the reader's language where there are several.</summary>
    public Written Written(IReadOnlyList<ShownText> versions)
    {
        var text = versions.FirstOrDefault(version => version.Language == Speaker.Language) ?? versions[0];
        return new(TextOf(text), text.IsErased ? Speaker.Language : text.Language);
    }

    public Paper Paper(string title, IReadOnlyList<Part> parts) => new(
        title, Speaker.Language, Speaker.Direction, House,
        Say("dispute.title", ("reference", View.Reference)),
        Say("paper.foot", ("at", View.LastAt)), View.LastAt, parts)
    {
        PageOf = (page, pages) => Say("paper.page", ("page", page), ("pages", pages)),
        Gaps = Say("paper.gaps"),
    };

    /// <summary>A digest in two lines of 32 digits, which fit beside each other's names and can be compared.</summary>
    public static string InTwo(string digest) =>
        digest.Length == 64 ? $"{digest[..32]}\n{digest[32..]}" : digest;

    /// <summary>How a reader can find out later that nothing was cut off.</summary>
    public IEnumerable<Part> Proof()
    {
        yield return new Heading(Say("paper.proof"));
        yield return new Prose(Say("paper.proof_about"), Tone.Soft);
        yield return new Rows([.. Heads.Where(head => head.N > 0).Select(head =>
            new Row(Say("paper.chain", ("audience", head.Audience), ("n", head.N)), InTwo(head.Link)))]);
    }
}
