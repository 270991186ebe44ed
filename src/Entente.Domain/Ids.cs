using System.Security.Cryptography;
using System.Text;

namespace Entente.Domain;

/// <summary>A marketplace: the tenant that owns orders, parties, staff, policies and keys.</summary>
public readonly record struct MarketplaceId(string Value) { public override string ToString() => Value; }

/// <summary>A buyer or a selling organisation of one marketplace; random, never derived from who it is.</summary>
public readonly record struct PartyId(string Value) { public override string ToString() => Value; }

/// <summary>Somebody who signs in; a person acts for a party or for the platform by membership.</summary>
public readonly record struct PersonId(string Value) { public override string ToString() => Value; }

/// <summary>A command as the centre received it; the cause of every fact it brought about.</summary>
public readonly record struct CommandId(string Value) { public override string ToString() => Value; }

/// <summary>An exhibit's random address inside its dispute; never its number and never its digest.</summary>
public readonly record struct ExhibitId(string Value) { public override string ToString() => Value; }

/// <summary>128 bits of SHA-256 over marketplace and external order id: the key
/// everything of an order is filed under.</summary>
public readonly record struct OrderId(string Value)
{
    /// <summary>Characters of an order id: 16 bytes in lower-case hexadecimal.</summary>
    public const int Length = 32;

    public static OrderId Of(MarketplaceId marketplace, string externalId)
    {
        var name = Encoding.UTF8.GetBytes($"{marketplace.Value.Length}:{marketplace.Value}{externalId}");
        return new(Convert.ToHexStringLower(SHA256.HashData(name).AsSpan(0, Length / 2)));
    }

    public override string ToString() => Value;
}

/// <summary>
/// A dispute's public id: its order's id and a random suffix, so that it is found without an index and tells
/// another seller of the order nothing.
/// </summary>
public readonly record struct DisputeId(OrderId Order, string Suffix)
{
    /// <summary>Characters of the random part: 10 bytes in Crockford's base 32, lower case.</summary>
    public const int SuffixLength = 16;
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>The id under <paramref name="order"/> for ten random bytes that the caller brings.</summary>
    public static DisputeId Of(OrderId order, ReadOnlySpan<byte> random)
    {
        var suffix = new StringBuilder(SuffixLength);
        for (var bit = 0; bit < SuffixLength * 5; bit += 5)
        {
            var window = random[bit / 8] << 8 | (bit / 8 + 1 < random.Length ? random[bit / 8 + 1] : 0);
            suffix.Append(Alphabet[window >> (11 - bit % 8) & 31]);
        }
        return new(order, suffix.ToString());
    }

    public static bool TryParse(string? text, out DisputeId id)
    {
        id = default;
        if (text is null || text.Length != OrderId.Length + SuffixLength) return false;
        var (order, suffix) = (text[..OrderId.Length], text[OrderId.Length..]);
        if (!order.All(char.IsAsciiHexDigitLower) || !suffix.All(Alphabet.Contains)) return false;
        id = new(new OrderId(order), suffix);
        return true;
    }

    /// <summary>What people say on the telephone: the last eight characters in two groups.</summary>
    public string Reference => $"{Suffix[8..12]}-{Suffix[12..]}".ToUpperInvariant();

    public override string ToString() => Order.Value + Suffix;
}
