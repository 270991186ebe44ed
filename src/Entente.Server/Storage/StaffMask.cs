using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Entente.Domain;
using Entente.Domain.Disputes;

namespace Entente.Server.Storage;

/// <summary>
/// Who of the platform acted stands in no byte that a party may ever be given: a fact that is not for the staff alone
/// keeps a pseudonym, another one in each dispute. Whoever holds the key reads the name back (docs/decisions/0008).
/// </summary>
/// <param name="key">Null where there is none: what is hidden stays so.</param>
internal sealed class StaffMask(byte[]? key)
{
    // WARNING: a storage format. What was hidden must be shown for ever.
    /// <summary>Whose key it is, beside those of people.</summary>
    public const string Owner = "staff-names";
    private const string Prefix = "staff.";
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int PaddedTo = 32;

    public static bool Hides(Fact fact) => fact.By.Role.IsStaff() && fact.Event.Audience != Audience.Staff;

    /// <summary>The fact as it is stored.</summary>
    public Fact Hide(DisputeId dispute, Fact fact) =>
        Hides(fact) ? fact with { By = Each(fact.By, name => Close(dispute, name)) } : fact;

    /// <summary>The fact as it happened.</summary>
    public Fact Show(DisputeId dispute, Fact fact) =>
        Hides(fact) && key is not null ? fact with { By = Each(fact.By, name => Open(dispute, name)) } : fact;

    private static Actor Each(Actor by, Func<string, string> change) => by with
    {
        Principal = change(by.Principal),
        OnBehalfOf = by.OnBehalfOf is { } whose ? change(whose) : null,
    };

    /// <summary>The nonce comes from what is hidden, so that one name has one pseudonym in a dispute.</summary>
    private string Close(DisputeId dispute, string name)
    {
        var secret = key ?? throw new InvalidOperationException("There is no key to hide names with.");
        var plain = new byte[(Encoding.UTF8.GetByteCount(name) + PaddedTo - 1) / PaddedTo * PaddedTo];
        Encoding.UTF8.GetBytes(name, plain);
        var bytes = new byte[NonceBytes + TagBytes + plain.Length];
        HMACSHA256.HashData(Part(secret, "nonce"), Encoding.UTF8.GetBytes($"{dispute}\n{name}"))
            .AsSpan(0, NonceBytes).CopyTo(bytes);
        using var cipher = new AesGcm(Part(secret, "name"), TagBytes);
        cipher.Encrypt(
            bytes.AsSpan(0, NonceBytes), plain, bytes.AsSpan(NonceBytes + TagBytes),
            bytes.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(dispute.ToString()));
        return Prefix + Base64Url.EncodeToString(bytes);
    }

    private string Open(DisputeId dispute, string name)
    {
        if (!name.StartsWith(Prefix, StringComparison.Ordinal)) return name; // From before names were hidden.
        try
        {
            var bytes = Base64Url.DecodeFromChars(name.AsSpan(Prefix.Length));
            var plain = Sealed.Open(Part(key!, "name"), bytes, Encoding.UTF8.GetBytes(dispute.ToString()));
            return Encoding.UTF8.GetString(plain).TrimEnd('\0');
        }
        catch (Exception failure) when (failure is CryptographicException or FormatException)
        {
            return name; // Hidden under a key that is not ours.
        }
    }

    private static byte[] Part(byte[] secret, string use) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: Encoding.UTF8.GetBytes($"entente {Owner} {use}"));
}
