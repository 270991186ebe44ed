using Entente.Domain.Disputes;

namespace Entente.Domain.Audiences;

/// <summary>Who reads: in which capacity, of which marketplace, for which party, and as whom.</summary>
/// <param name="Party">The party a buyer or seller reads for; null for the platform's people.</param>
/// <param name="Person">Who signed in; null for a key that acts for nobody in particular.</param>
/// <param name="SeesPrivate">
/// False for a marketplace's key that names nobody: it reads what both sides read, and nothing said in private.
/// </param>
public sealed record Viewer(
    MarketplaceId Marketplace, Role Role, PartyId? Party, PersonId? Person, bool SeesPrivate = true)
{
    public static Viewer Buyer(MarketplaceId marketplace, PartyId party, PersonId? person = null) =>
        new(marketplace, Role.Buyer, party, person);

    public static Viewer Seller(MarketplaceId marketplace, PartyId party, PersonId? person = null) =>
        new(marketplace, Role.Seller, party, person);

    public static Viewer Examiner(MarketplaceId marketplace, PersonId person) =>
        new(marketplace, Role.Examiner, null, person);

    public static Viewer Operator(MarketplaceId marketplace, PersonId person) =>
        new(marketplace, Role.Operator, null, person);

    /// <summary>A marketplace's key without a person.</summary>
    public static Viewer Key(MarketplaceId marketplace) =>
        new(marketplace, Role.Operator, null, null, SeesPrivate: false);

    public bool MayRead(Audience audience) =>
        SeesPrivate ? Role.MayRead(audience) : audience == Audience.All;

    /// <summary>How many of a dispute's facts this reader may read: the version they know it by.</summary>
    public int VersionOf(Dispute dispute)
    {
        var version = 0;
        foreach (var audience in Enum.GetValues<Audience>())
            if (MayRead(audience)) version += dispute.Counts[(int)audience];
        return version;
    }

    /// <summary>Whether this reader has any business with a dispute; if not, it does not exist for them.</summary>
    public bool Concerns(Dispute dispute) =>
        dispute.Exists
        && dispute.Opening.Marketplace == Marketplace
        && (Role.IsStaff() || Role.IsParty() && Party == dispute.PartyOf(Role));
}
