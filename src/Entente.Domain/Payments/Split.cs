namespace Entente.Domain.Payments;

/// <summary>
/// Shares an amount out in proportion (the largest remainder): parts add up exactly, none is off by a whole minor unit,
/// and none is larger than what it is measured by as long as the amount is not larger than all of that.
/// </summary>
public static class Split
{
    /// <param name="total">Minor units, zero or more.</param>
    /// <param name="weights">What the parts are measured by, zero or more each; at least one above zero.</param>
    public static ValueList<long> Allocate(long total, IReadOnlyList<long> weights)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(total);
        if (weights.Any(weight => weight < 0))
            throw new ArgumentOutOfRangeException(nameof(weights), "A negative weight.");
        var all = weights.Aggregate((Int128)0, (sum, weight) => sum + weight);
        if (total == 0) return weights.Select(_ => 0L).ToValueList();
        if (all == 0) throw new ArgumentOutOfRangeException(nameof(weights), "Nothing to measure by.");

        var parts = weights.Select(weight => (long)((Int128)total * weight / all)).ToArray();
        var left = total - parts.Sum();
        // The largest remainder first; among equals the earlier payment, so that the order is stable.
        var byRemainder = Enumerable.Range(0, parts.Length)
            .OrderByDescending(index => (Int128)total * weights[index] % all)
            .ThenBy(index => index);
        foreach (var index in byRemainder.Take((int)left)) parts[index]++;
        return parts.ToValueList();
    }
}
