namespace Entente.Server.Web.Shared;

/// <summary>A term and what stands for it, with a way to change it.</summary>
/// <param name="Term">What it is; also what a "change" link says to those who hear the page.</param>
public sealed record SummaryRow(string Term, string Text, string? ChangeHref = null)
{
    /// <summary>Whether a person wrote the text: then its own direction and its line breaks are kept.</summary>
    public bool IsWritten { get; init; }

    /// <summary>Whether the text is an amount, which stand one below the other.</summary>
    public bool IsAmount { get; init; }
}
