namespace Entente.Domain.Reputation;

/// <summary>
/// A buyer's standing: good, unless a finding of abuse stands. Nothing else a buyer does in a dispute counts: not
/// opening, losing, withdrawing or closing one, and no chargeback.
/// </summary>
/// <param name="Entries">The findings that stand, each with its dispute.</param>
public sealed record BuyerStanding(ValueList<StandingEntry> Entries)
{
    public bool IsGood => Entries.Count == 0;
}
