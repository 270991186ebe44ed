using Entente.Domain;

namespace Entente.Server.Web.SignIn;

/// <summary>What a person signs in with, as Identity's managers change it and the store keeps it.</summary>
public sealed class Account
{
    public required PersonId Person { get; init; }
    public required MarketplaceId Marketplace { get; init; }
    public required string Login { get; init; }
    public required string Email { get; set; }
    public required bool Disabled { get; init; }
    public string? PasswordHash { get; set; }
    public required string SecurityStamp { get; set; }
    public int FailedCount { get; set; }
    public Instant? LockedUntil { get; set; }

    /// <summary>A login belongs to its marketplace; two of them may know one login.</summary>
    public string UserName => NameIn(Marketplace, Login);

    public static string NameIn(MarketplaceId marketplace, string login) => $"{marketplace}/{login}";
}
