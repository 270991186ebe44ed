using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Entente.Domain;

/// <summary>
/// Something a person wrote, a name or a file's digest, on its way in: the value and the salt it is committed to with.
/// </summary>
/// <param name="Owner">Whose key encrypts it: a person, a party, or <see cref="Platform"/>.</param>
/// <param name="Language">BCP 47 language it is written in; "und" where that has no meaning.</param>
/// <param name="Value">The text itself; never stands in hashed bytes.</param>
/// <param name="Salt">16 random bytes the caller brings.</param>
public sealed record PersonalText(string Owner, string Language, string Value, ReadOnlyMemory<byte> Salt)
{
    /// <summary>The owner of what the platform itself writes: decisions outlive the people they speak of.</summary>
    public const string Platform = "platform";

    /// <summary>What a fact keeps of it: SHA-256 over the length-prefixed salt and value.</summary>
    public PersonalRef Ref => new(Owner, Language, Commit(Salt.Span, Value));

    public static string Commit(ReadOnlySpan<byte> salt, string value)
    {
        var text = Encoding.UTF8.GetBytes(value);
        var bytes = new byte[4 + salt.Length + 4 + text.Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, salt.Length);
        salt.CopyTo(bytes.AsSpan(4));
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 + salt.Length), text.Length);
        text.CopyTo(bytes, 8 + salt.Length);
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    public bool Equals(PersonalText? other) => other is not null && Ref == other.Ref;
    public override int GetHashCode() => Ref.GetHashCode();
}

/// <summary>A personal text as facts hold it: a commitment that says
/// nothing once its owner's key is destroyed.</summary>
public sealed record PersonalRef(string Owner, string Language, string Commitment);
