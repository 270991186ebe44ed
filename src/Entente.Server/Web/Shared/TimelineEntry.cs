using Microsoft.AspNetCore.Components;

namespace Entente.Server.Web.Shared;

/// <summary>A fact of the dispute's story, said for its reader.</summary>
/// <param name="Id">The element's id, such as "fact-12"; links lead to it.</param>
/// <param name="Kind">What it looks like.</param>
/// <param name="Who">The actor: a name, or what acted by itself.</param>
/// <param name="Capacity">In which role, where the name does not say it.</param>
/// <param name="Headline">What happened, in a sentence.</param>
public sealed record TimelineEntry(
    string Id, TimelineKind Kind, string Who, string? Capacity, Instant At, string Headline)
{
    /// <summary>What a person wrote.</summary>
    public string? Text { get; init; }

    /// <summary>The language it is written in, where it is known.</summary>
    public string? TextLanguage { get; init; }

    /// <summary>Further sentences: a rule's name, a consequence.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Exhibits and documents.</summary>
    public IReadOnlyList<TimelineLink> Links { get; init; } = [];

    /// <summary>Who alone reads it, where not everybody does.</summary>
    public string? Privacy { get; init; }

    /// <summary>Anything else; costs more than the rest.</summary>
    public RenderFragment? More { get; init; }
}

/// <summary>How an entry of the story looks; its words say the same.</summary>
public enum TimelineKind { Message, Yours, Act, Offer, Exhibit, Decision, Rule, Note }

/// <summary>An exhibit or a document in the story.</summary>
public sealed record TimelineLink(string Text, string Href, string? About = null);
