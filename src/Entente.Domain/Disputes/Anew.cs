using Entente.Domain.Policies;

namespace Entente.Domain.Disputes;

/// <summary>
/// A new dispute about lines that a closed one was about: the two are linked, and what the closed one returned counts.
/// </summary>
internal static class Anew
{
    /// <summary>Closed disputes of the same side with the same seller about some of the same lines, in order.</summary>
    public static ValueList<EarlierDispute> Earlier(OpenDispute command, Context context) =>
        [.. context.Head.Earlier
            .Where(earlier => earlier.Opener == context.Role && earlier.Seller == command.Seller
                && command.Items.Any(item => earlier.Lines.Contains(item.Line)))
            .OrderBy(earlier => earlier.ClosedAt)];

    /// <summary>Where a new dispute stands in for a reopening, the rules count them alike.</summary>
    public static Refusal? Objection(ValueList<EarlierDispute> earlier, ReopeningRule rules) =>
        rules.Mode == ReopeningMode.NewDisputeWithinCoverage && earlier.Count > rules.Count
            ? Refusal.Of(RefusalCode.ReopenedTooOften, null, ("max", rules.Count))
            : null;

    /// <summary>What all those lines are worth less what came back for them: no goods are returned twice.</summary>
    public static long Left(
        ValueList<ClaimItem> items, ValueList<EarlierDispute> earlier, ValueList<OrderLine> order)
    {
        var concerned = items.Select(item => item.Line).Concat(earlier.SelectMany(one => one.Lines)).ToHashSet();
        return Math.Max(0, order.Where(line => concerned.Contains(line.No)).Sum(line => line.Value(line.Units))
            - earlier.Sum(one => one.Promised));
    }
}
