namespace Entente.Domain.Disputes;

/// <summary>What outages of ours make of a dispute.</summary>
public sealed partial record Dispute
{
    /// <summary>When the outages began that have given time back.</summary>
    public ValueList<Instant> Outages { get; init; } = [];

    private Dispute? GaveBack(DisputeEvent happened) =>
        happened is TimeGivenBack given ? this with { Outages = Outages.Add(given.From) } : null;
}
