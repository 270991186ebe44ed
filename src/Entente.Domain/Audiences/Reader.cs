namespace Entente.Domain.Audiences;

/// <summary>How somebody is called to a reader.</summary>
public enum Who { You, Buyer, Seller, Examiner, Platform, Rule, Provider }

/// <summary>A viewer as sentences address them: they are "you", everybody else is named by capacity.</summary>
/// <param name="InCharge">The examiner in charge, where the viewer may know.</param>
public sealed record Reader(Viewer Viewer, PersonId? InCharge)
{
    /// <summary>Somebody who has to act, or is spoken of, in a capacity.</summary>
    public Who Of(Role role) => IsThem(role) ? Who.You : Named(role);

    /// <summary>Somebody who acted.</summary>
    public Who Of(Actor by) =>
        by.Role.IsParty() ? Of(by.Role)
        : by.Kind == ActorKind.Person && by.Whose == Viewer.Person?.Value ? Who.You
        : Named(by.Role);

    private bool IsThem(Role role) =>
        role.IsParty()
            ? Viewer.Role == role
            : role == Role.Examiner && InCharge is not null && Viewer.Person == InCharge;

    private static Who Named(Role role) => role switch
    {
        Role.Buyer => Who.Buyer,
        Role.Seller => Who.Seller,
        Role.Examiner => Who.Examiner,
        Role.Operator => Who.Platform,
        Role.Rule => Who.Rule,
        Role.Provider => Who.Provider,
    };
}
