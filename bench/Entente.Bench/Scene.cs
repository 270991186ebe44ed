using System.Security.Cryptography;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;
using Entente.Server.Desk;
using Entente.Server.Policies;
using Entente.Server.Storage;

namespace Entente.Bench;

/// <summary>A marketplace's order, its rules, and the buyer who writes.</summary>
public static class Scene
{
    public static readonly MarketplaceId Marketplace = new("bench");
    public static readonly Actor Buyer = new(ActorKind.Person, Role.Buyer, "person-buyer");
    public static readonly Policy Policy = PolicyDocument.Read(Presets.Bytes("demo")).Policy! with { Version = 1 };
    public static readonly Instant Now = Micros.Floor(Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow()));
    public static readonly string Words =
        string.Concat(Enumerable.Repeat("The parcel arrived, and one of the cups is broken. ", 6));

    public static OrderToImport Order(int number, Instant? now = null)
    {
        var at = now ?? Now;
        return new($"B-{number}", new("buyer-1"), "EUR", OrderStatus.Delivered,
            new(at - Duration.FromDays(9), Delivered: at - Duration.FromDays(1)),
            [new(1, new("seller-1"), "Cup", "CUP", 2, 1000, 400)], [new("pay-1", "card", 2400)]);
    }

    public static OpenDispute Claim(PartyId seller) => new(
        Marketplace, seller, [new(1, 1, Reason.Damaged)], Text(), [new(RemedyKind.PartialRefund, [new(1, 1)], 500)],
        ["en", "fr"]);

    public static PostMessage Message() => new(Audience.All, Text());

    private static PersonalText Text() => new("person-buyer", "en", Words, RandomNumberGenerator.GetBytes(16));
}
