using Entente.Domain.Audiences;
using Entente.Server.Evidence;

namespace Entente.Server.Web.Cases;

/// <summary>One exhibit, or one thing that hangs on it, opened at a page.</summary>
/// <param name="Part">Which attachment, as numbers with dots; empty for the exhibit itself.</param>
/// <param name="Name">What an attachment is called.</param>
/// <param name="Look">What can be seen of that; null for nothing.</param>
/// <param name="Page">From 1.</param>
/// <param name="Text">What can be read of it.</param>
public sealed record ExhibitSight(
    CaseFile File, Handout Handout, string Part, string? Name, Look? Look, int Page, bool IsFull, string? Text)
{
    public ExhibitView Exhibit => Handout.Exhibit;

    /// <summary>Where this exhibit is looked at.</summary>
    public string Address => $"{File.AddressOf(Exhibit)}/view";

    /// <summary>The picture of the page that is open.</summary>
    public string? Picture => Look is { Pages.Count: > 0 } look ? AddressOf(look.Pages[Page - 1]) : null;

    /// <summary>
    /// The first of two exhibits side by side keeps its place when the second is paged, and the other way round.
    /// </summary>
    public ExhibitSight? Beside { get; init; }

    /// <summary>Whether this one stands to the right of another.</summary>
    public bool IsSecond { get; init; }

    /// <summary>The same or near-same pictures in other disputes; for the platform's people.</summary>
    public IReadOnlyList<Alike> Alike { get; init; } = [];

    public string AddressOf(string name) => $"{File.AddressOf(Exhibit)}/files/{name}";

    /// <summary>The same sight at another page, part or size.</summary>
    public string At(int page = 1, string? part = null, bool? full = null) =>
        $"{Address}?{Query(page, part ?? Part, full ?? IsFull)}";

    private static string Query(int page, string part, bool full) => string.Join('&', new[]
    {
        page > 1 ? $"page={page}" : null, part.Length > 0 ? $"part={part}" : null, full ? "zoom=full" : null,
    }.OfType<string>());
}
