using Entente.Domain.Disputes;
using Entente.Domain.Reputation;

namespace Entente.Server.Api;

/// <summary>What others may rely on about a party, with the dispute behind each input.</summary>
/// <param name="Points">Out of a hundred, for sellers; a buyer has none.</param>
/// <param name="IsGood">For buyers: whether no finding of abuse stands.</param>
/// <param name="OrdersAtFault">Orders with an upheld claim or a breach.</param>
public sealed record StandingResource(
    int? Points, bool? IsGood, int? Orders, int? OrdersAtFault, int? AtFaultPermille, int? AnswersPermille,
    int? DutiesPermille, int? Breaches, IReadOnlyList<StandingLine> Inputs)
{
    /// <summary>What keeps the party from opening disputes now.</summary>
    public RestrictionLine? Restriction { get; init; }

    internal static StandingResource Of(SellerStanding seller) => new(
        seller.Points, null, seller.Orders, seller.OrdersAtFault, seller.AtFaultPermille, seller.AnswersPermille,
        seller.DutiesPermille, seller.Breaches, Lines(seller.Entries));

    internal static StandingResource Of(BuyerStanding buyer) =>
        new(null, buyer.IsGood, null, null, null, null, null, null, Lines(buyer.Entries));

    private static List<StandingLine> Lines(IEnumerable<StandingEntry> entries) =>
        [.. entries.Select(entry => new StandingLine(entry.Dispute.ToString(), entry.Input, entry.At))];
}

/// <summary>A measure that keeps a party from opening disputes, and the dispute it was taken in.</summary>
public sealed record RestrictionLine(string Dispute, int Measure, MeasureKind Kind, Instant Since, Instant Until)
{
    internal static RestrictionLine? Of(Restriction? kept) =>
        kept is null ? null : new(kept.Dispute.ToString(), kept.Measure, kept.Kind, kept.Since, kept.Until);
}

/// <summary>One thing that counts, and the dispute it comes from.</summary>
public sealed record StandingLine(string Dispute, StandingInput Input, Instant At);
