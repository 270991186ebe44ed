using Microsoft.AspNetCore.Components;

namespace Entente.Server.Web.Shared;

/// <summary>What one of the three proposes now, as a column of the wall.</summary>
/// <param name="Who">Buyer, seller or platform, in the reader's words.</param>
/// <param name="Lines">The remedy lines; none where nothing is proposed.</param>
public sealed record Proposal(string Who, IReadOnlyList<ProposalLine> Lines)
{
    /// <summary>What stands there while nothing is proposed.</summary>
    public string? Nothing { get; init; }

    /// <summary>How it stands: open until, refused, expired.</summary>
    public string? Standing { get; init; }

    public bool IsOpen { get; init; }

    /// <summary>Buttons to answer it.</summary>
    public RenderFragment? Answers { get; init; }
}

/// <summary>One remedy of a proposal: what, how much, for which units.</summary>
public sealed record ProposalLine(string What, string? Amount, string? About);
