using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Entente.Domain;

namespace Entente.Server.Storage;

/// <summary>
/// The chain of one audience of a dispute: each link is a SHA-256 over the one before and a fact's exact bytes, so that
/// no fact can be changed, dropped or moved unnoticed.
/// </summary>
public static class Chain
{
    public const string Algorithm = "sha-256";
    public const string Format = "entente-1";
    public const int LinkBytes = SHA256.HashSizeInBytes;
    private const int LengthBytes = 4;
    private const int NamesBytesMax = 256;

    /// <param name="n">Place in the audience's own sequence, from 1.</param>
    /// <param name="previous">The link at n − 1; empty at the first.</param>
    public static byte[] Link(
        DisputeId dispute, Audience audience, int n, ReadOnlySpan<byte> previous, ReadOnlySpan<byte> bytes)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(NamesBytesMax + previous.Length + bytes.Length);
        var length = 0;
        Append(buffer, ref length, Algorithm);
        Append(buffer, ref length, Format);
        Append(buffer, ref length, dispute.ToString());
        Append(buffer, ref length, Codes.Of(audience));
        Append(buffer, ref length, n.ToString(CultureInfo.InvariantCulture));
        Append(buffer, ref length, previous);
        Append(buffer, ref length, bytes);
        var link = SHA256.HashData(buffer.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(buffer);
        return link;
    }

    private static void Append(byte[] buffer, ref int length, string text)
    {
        BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(length), text.Length);
        length += LengthBytes + Encoding.ASCII.GetBytes(text, buffer.AsSpan(length + LengthBytes));
    }

    private static void Append(byte[] buffer, ref int length, ReadOnlySpan<byte> field)
    {
        BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(length), field.Length);
        field.CopyTo(buffer.AsSpan(length + LengthBytes));
        length += LengthBytes + field.Length;
    }
}

/// <summary>The last link of each audience's chain, in the order of
/// <see cref="Audience"/>; empty where nothing is.</summary>
public sealed class Links
{
    private readonly byte[][] _last;

    private Links(byte[][] last) => _last = last;

    public static Links None => new([[], [], [], []]);

    public ReadOnlySpan<byte> Of(Audience audience) => _last[(int)audience];

    /// <summary>These with one more link at an audience's end.</summary>
    public Links With(Audience audience, byte[] link)
    {
        var last = (byte[][])_last.Clone();
        last[(int)audience] = link;
        return new(last);
    }

    /// <summary>As the dispute's row keeps them: 32 bytes an audience, zeros where nothing is.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[_last.Length * Chain.LinkBytes];
        for (var index = 0; index < _last.Length; index++) _last[index].CopyTo(bytes, index * Chain.LinkBytes);
        return bytes;
    }

    public static Links From(ReadOnlySpan<byte> bytes)
    {
        var links = None;
        for (var index = 0; index < links._last.Length; index++)
        {
            var link = bytes.Slice(index * Chain.LinkBytes, Chain.LinkBytes);
            if (link.ContainsAnyExcept((byte)0)) links._last[index] = link.ToArray();
        }
        return links;
    }
}
