using Entente.Domain;
using Entente.Domain.Disputes;

namespace Entente.Server.Web.Party.Opening;

/// <summary>The questions of an opening, in their order: one a page.</summary>
public enum OpeningStep { Items, Reasons, Story, Remedy, Check }

/// <summary>What a buyer has answered so far; kept until the dispute is open.</summary>
/// <param name="Items">The units, and what is wrong with them once that is answered.</param>
/// <param name="Remedy">What the remedy form holds, by field name, as it was typed.</param>
public sealed record OpeningDraft(
    IReadOnlyList<DraftItem> Items, string Story, IReadOnlyDictionary<string, string> Remedy, bool ByArticle)
{
    public static OpeningDraft Empty { get; } = new([], "", new Dictionary<string, string>(), false);

    /// <summary>The first question that has no answer yet.</summary>
    public OpeningStep Next =>
        Items.Count == 0 ? OpeningStep.Items
        : Items.Any(item => item.Reason is null) ? OpeningStep.Reasons
        : string.IsNullOrWhiteSpace(Story) ? OpeningStep.Story
        : Remedy.Count == 0 ? OpeningStep.Remedy
        : OpeningStep.Check;

    public ValueList<ClaimItem> Claim => Items
        .Where(item => item.Reason is not null)
        .Select(item => new ClaimItem(item.Line, item.Units, item.Reason!.Value))
        .ToValueList();
}

/// <summary>Some units of a line, and what is wrong with them once that is answered.</summary>
public sealed record DraftItem(int Line, int Units, Reason? Reason);
