using System.Security.Cryptography;
using System.Text;
using Entente.Domain;

namespace Entente.Server.Storage;

/// <summary>A personal text as its row keeps it: salt and value, encrypted,
/// bound to its dispute and commitment.</summary>
internal sealed record SealedText(string Commitment, string Owner, byte[] Bytes)
{
    private const int SaltBytesMax = byte.MaxValue;

    public static SealedText Of(DisputeId dispute, PersonalText text, byte[] key)
    {
        var value = Encoding.UTF8.GetBytes(text.Value);
        if (text.Salt.Length > SaltBytesMax) throw new ArgumentException("The salt is too long.", nameof(text));
        byte[] plain = [(byte)text.Salt.Length, .. text.Salt.Span, .. value];
        var commitment = text.Ref.Commitment;
        return new(commitment, text.Owner, Sealed.Close(key, plain, Where(dispute, commitment)));
    }

    public (byte[] Salt, string Value) Open(DisputeId dispute, byte[] key)
    {
        using var cipher = Sealed.Under(key);
        return Open(dispute, cipher);
    }

    private (byte[] Salt, string Value) Open(DisputeId dispute, AesGcm cipher)
    {
        var plain = Sealed.Open(cipher, Bytes, Where(dispute, Commitment));
        return (plain[1..(1 + plain[0])], Encoding.UTF8.GetString(plain.AsSpan(1 + plain[0])));
    }

    /// <summary>The values of many texts of a dispute, by their commitments; none whose key is destroyed.</summary>
    public static Dictionary<string, string> OpenAll(
        DisputeId dispute, IReadOnlyCollection<SealedText> texts, IReadOnlyDictionary<string, byte[]> keys)
    {
        var values = new Dictionary<string, string>(texts.Count);
        foreach (var of in texts.GroupBy(text => text.Owner).Where(of => keys.ContainsKey(of.Key)))
        {
            using var cipher = Sealed.Under(keys[of.Key]);
            foreach (var text in of) values.Add(text.Commitment, text.Open(dispute, cipher).Value);
        }
        return values;
    }

    private static byte[] Where(DisputeId dispute, string commitment) =>
        Encoding.ASCII.GetBytes($"{dispute} {commitment}");
}
