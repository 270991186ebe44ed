using Entente.Domain;
using Entente.Domain.Disputes;

namespace Entente.Server.Storage;

/// <summary>A dispute in a list: what it is about, whom it waits for, and until when.</summary>
/// <param name="Responsible">Whom it waits for; null once closed.</param>
/// <param name="Examiner">For the platform's people alone; null in a party's list.</param>
/// <param name="Sought">What the opener asks for, in minor units; null where no money is.</param>
public sealed record DisputeRow(
    DisputeId Id,
    MarketplaceId Marketplace,
    Stage Stage,
    PartyId Buyer,
    PartyId Seller,
    Role Opener,
    Reason Reason,
    RemedyKind Remedy,
    long? Sought,
    string Currency,
    Role? Responsible,
    TermKind? Awaited,
    Instant? Due,
    PersonId? Examiner,
    Instant OpenedAt,
    Instant? ClosedAt);

/// <summary>Which part of a list.</summary>
public enum ListPart { All, WaitsForMe, WaitsForOthers, Closed }

/// <summary>What a list is narrowed to.</summary>
/// <param name="Order">A dispute's id or reference, or the marketplace's id of an order.</param>
public sealed record ListFilter(
    ListPart Part = ListPart.All, Stage? Stage = null, Reason? Reason = null, string? Order = null)
{
    /// <summary>What its reader may read: other facts leave no trace, neither by words nor by time.</summary>
    public ListSight Sight { get; init; } = ListSight.OfBothSides;

    /// <summary>Only what has a fact after an instant.</summary>
    public Instant? Changed { get; init; }

    /// <summary>Words that are all to be found in what its reader may read, or what <see cref="Order"/> is.</summary>
    public string? Query { get; init; }
}

/// <summary>Which facts of a list's disputes its reader may read.</summary>
/// <param name="Own">Parties the reader is a member of: in their disputes staff are a side and never staff.</param>
public sealed record ListSight(ValueList<Audience> Audiences, ValueList<PartyId> Own)
{
    public static readonly ListSight OfBothSides = new([Audience.All], []);
}

/// <summary>Some disputes of a list, and where the next ones begin; null at its end.</summary>
public sealed record DisputePage(IReadOnlyList<DisputeRow> Rows, string? Next);

/// <summary>How many disputes wait for the reader, wait for others, are
/// closed, and have nobody at the platform yet.</summary>
public sealed record ListCounts(int WaitsForMe, int WaitsForOthers, int Closed, int Unassigned)
{
    public int All => WaitsForMe + WaitsForOthers + Closed;
}
