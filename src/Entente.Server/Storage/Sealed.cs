using System.Security.Cryptography;

namespace Entente.Server.Storage;

/// <summary>Bytes encrypted under a key and bound to where they belong:
/// nonce, tag and ciphertext of AES-256-GCM.</summary>
internal static class Sealed
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    public static byte[] Close(byte[] key, ReadOnlySpan<byte> value, ReadOnlySpan<byte> where)
    {
        var bytes = new byte[NonceBytes + TagBytes + value.Length];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Encrypt(
            bytes.AsSpan(0, NonceBytes), value, bytes.AsSpan(NonceBytes + TagBytes),
            bytes.AsSpan(NonceBytes, TagBytes), where);
        return bytes;
    }

    public static byte[] Open(byte[] key, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> where)
    {
        using var cipher = Under(key);
        return Open(cipher, bytes, where);
    }

    /// <summary>A cipher for whoever opens many under one key: making it takes longer than a short text.</summary>
    public static AesGcm Under(byte[] key) => new(key, TagBytes);

    public static byte[] Open(AesGcm cipher, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> where)
    {
        var value = new byte[bytes.Length - NonceBytes - TagBytes];
        cipher.Decrypt(bytes[..NonceBytes], bytes[(NonceBytes + TagBytes)..], bytes.Slice(NonceBytes, TagBytes),
            value, where);
        return value;
    }
}
