using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Server.Storage;

namespace Entente.Server.Desk;

/// <summary>For whom a person acts: a party as buyer or seller, or the platform as examiner or operator.</summary>
public sealed record Membership(Role Role, PartyId? Party);

/// <summary>
/// Who asks, as known at this request: a person at a page, a key, or a key on behalf of somebody. Pages and API ask it
/// the same two questions: as whom do you act on this dispute, and as whom do you read it.
/// </summary>
/// <param name="Person">Who signed in, or on whose behalf a key acts; null for
/// a key that names nobody or only a party.</param>
/// <param name="Key">The public prefix of the key that was used, if any.</param>
/// <param name="Scopes">What the key may be used for; null for a person, whose memberships say all.</param>
/// <param name="Language">The reader's own choice.</param>
/// <param name="Zone">In which times are written.</param>
public sealed record Caller(
    MarketplaceId Marketplace,
    PersonId? Person,
    string Name,
    string Language,
    DateTimeZone Zone,
    ValueList<Membership> Memberships,
    string? Key = null,
    ValueList<Scope>? Scopes = null)
{
    /// <summary>Whose centre it is to this caller.</summary>
    public string MarketplaceName { get; init; } = "";

    /// <summary>A key that names nobody does what the marketplace itself does.</summary>
    public bool IsMarketplace => Key is not null && Memberships.Count == 0;

    public bool IsExaminer => IsStaffAs(Role.Examiner);
    public bool IsOperator => IsMarketplace || IsStaffAs(Role.Operator);
    public bool IsStaff => IsExaminer || IsOperator;

    public IEnumerable<PartyId> PartiesAs(Role side) =>
        Memberships.Where(membership => membership.Role == side && membership.Party is not null)
            .Select(membership => membership.Party!.Value);

    /// <summary>Whether a key's scopes allow it; a person's memberships are judged elsewhere.</summary>
    public bool May(Scope scope) =>
        Scopes is null || Scopes.Contains(scope) || Scopes.Contains(Scope.Admin) && scope != Scope.Decide;

    /// <summary>Who counts as one and the same: for idempotency keys, drafts and limits.</summary>
    public string Principal => (Key, Person) switch
    {
        (null, { } person) => person.Value,
        ({ } key, null) => $"key:{key}",
        ({ } key, { } person) => $"key:{key}:{person}",
        (null, null) => throw new InvalidOperationException("Somebody without a name asks for nothing."),
    };

    /// <summary>The capacity in a dispute; null where the dispute does not exist for this caller.</summary>
    public Role? RoleOn(Dispute dispute) =>
        !dispute.Exists || dispute.Opening.Marketplace != Marketplace
            ? null
            : RoleOn(dispute.Opening.Buyer, dispute.Opening.Seller, dispute.Examiner);

    /// <summary>A member of a party is that party and never the platform, whatever else they are.</summary>
    public Role? RoleOn(PartyId buyer, PartyId seller, PersonId? examiner) =>
        PartiesAs(Role.Buyer).Contains(buyer) ? Role.Buyer
        : PartiesAs(Role.Seller).Contains(seller) ? Role.Seller
        : IsExaminer && (!IsOperator || examiner == Person) ? Role.Examiner
        : IsOperator ? Role.Operator
        : null;

    /// <summary>As whom this caller acts; null where the dispute does not exist for them.</summary>
    public Actor? ActorOn(Dispute dispute) => RoleOn(dispute) is { } role
        ? ActorAs(role, role.IsParty() ? dispute.PartyOf(role) : null)
        : null;

    /// <summary>As whom this caller acts for a party or the platform, where there is no dispute yet.</summary>
    public Actor ActorAs(Role role, PartyId? party) => (Key, Person) switch
    {
        (null, { } person) => new(ActorKind.Person, role, person.Value, party?.Value),
        ({ } key, _) => new(ActorKind.Marketplace, role, $"key:{key}", Person?.Value ?? party?.Value),
        (null, null) => throw new InvalidOperationException("Somebody without a name does nothing."),
    };

    /// <summary>As whom this caller reads; null where the dispute does not exist for them.</summary>
    public Viewer? ViewerOf(Dispute dispute) => RoleOn(dispute) switch
    {
        null => null,
        Role.Buyer => Viewer.Buyer(Marketplace, dispute.Opening.Buyer, Person),
        Role.Seller => Viewer.Seller(Marketplace, dispute.Opening.Seller, Person),
        { } staff when Person is { } person => staff == Role.Examiner
            ? Viewer.Examiner(Marketplace, person)
            : Viewer.Operator(Marketplace, person),
        _ => Viewer.Key(Marketplace),
    };

    /// <summary>What this caller may read of the disputes of a list, as one of a side or of the platform.</summary>
    public ListSight SightAs(Role? side) =>
        side is { } role && role.IsParty() ? new([Audience.All, role.PrivateAudience()], [])
        : IsMarketplace ? ListSight.OfBothSides
        : new([.. Enum.GetValues<Audience>()],
            [.. Memberships.Select(membership => membership.Party).OfType<PartyId>()]);

    /// <summary>How an endpoint asks for its caller; strangers do not come as far.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => new(context.Features.Get<Caller>());

    private bool IsStaffAs(Role role) =>
        Memberships.Any(membership => membership.Role == role && membership.Party is null);
}
