namespace Entente.Domain;

/// <summary>In which capacity somebody acts on a dispute.</summary>
public enum Role
{
    Buyer,
    Seller,
    Examiner,
    /// <summary>Supervises the desk, and what the marketplace itself does through its key.</summary>
    Operator,
    /// <summary>A rule of the policy, by the clock.</summary>
    Rule,
    /// <summary>A payment provider or carrier that verified a fact.</summary>
    Provider,
}

/// <summary>What kind of actor stands behind a fact; what a rule did is never shown as a person's act.</summary>
public enum ActorKind { Person, Rule, Provider, Marketplace }

/// <summary>Who acted: the kind, the capacity, the principal (person, rule, key) and on whose behalf.</summary>
public sealed record Actor(ActorKind Kind, Role Role, string Principal, string? OnBehalfOf = null)
{
    /// <summary>Whose act it is: the one acted for, else the principal.</summary>
    public string Whose => OnBehalfOf ?? Principal;

    public static Actor Rule(string rule) => new(ActorKind.Rule, Role.Rule, rule);
}

/// <summary>Who may ever read a fact. Each audience has its own sequence and its own chain.</summary>
public enum Audience { All, BuyerAndPlatform, SellerAndPlatform, Staff }

/// <summary>What follows from a role.</summary>
public static class Roles
{
    public static Role Other(this Role side) => side switch
    {
        Role.Buyer => Role.Seller,
        Role.Seller => Role.Buyer,
        Role.Examiner or Role.Operator or Role.Rule or Role.Provider =>
            throw new ArgumentOutOfRangeException(nameof(side), side, "Only the two parties have another side."),
    };

    /// <summary>The other side; null for whoever belongs to none.</summary>
    public static Role? OtherIfParty(this Role role) => role.IsParty() ? role.Other() : null;

    public static bool IsParty(this Role role) => role is Role.Buyer or Role.Seller;

    public static bool IsStaff(this Role role) => role is Role.Examiner or Role.Operator;

    public static bool MayRead(this Role role, Audience audience) => audience switch
    {
        Audience.All => true,
        Audience.BuyerAndPlatform => role == Role.Buyer || role.IsStaff(),
        Audience.SellerAndPlatform => role == Role.Seller || role.IsStaff(),
        Audience.Staff => role.IsStaff(),
    };

    /// <summary>The audience of what a role and the platform share.</summary>
    public static Audience PrivateAudience(this Role role) => role switch
    {
        Role.Buyer => Audience.BuyerAndPlatform,
        Role.Seller => Audience.SellerAndPlatform,
        Role.Examiner or Role.Operator or Role.Rule or Role.Provider => Audience.Staff,
    };
}
