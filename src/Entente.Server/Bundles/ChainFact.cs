using System.Text.Json;

namespace Entente.Server.Bundles;

/// <summary>As much of a stored fact as a bundle is checked by.</summary>
/// <param name="DigestCommitment">What an exhibit's fact commits to as its file's digest.</param>
internal sealed record ChainFact(
    string Kind, int N, ReadOnlyMemory<byte> Bytes, byte[] Previous, byte[] Link, IReadOnlyList<string> Commitments,
    string? DigestCommitment)
{
    /// <summary>Throws <see cref="JsonException"/> for what is no fact.</summary>
    public static ChainFact Read(ReadOnlyMemory<byte> bytes, byte[] previous, byte[] link)
    {
        var reader = new Utf8JsonReader(bytes.Span);
        string? kind = null, digest = null;
        var (n, inDigest, commitments) = (0, false, new List<string>());
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName) continue;
            if (reader.CurrentDepth == 1 && reader.ValueTextEquals("kind"u8)) kind = Text(ref reader);
            else if (reader.CurrentDepth == 1 && reader.ValueTextEquals("n"u8)) n = Number(ref reader);
            else if (reader.ValueTextEquals("commitment"u8))
            {
                commitments.Add(Text(ref reader));
                if (inDigest) digest = commitments[^1];
            }
            else if (reader.CurrentDepth == 2) inDigest = reader.ValueTextEquals("digest"u8);
        }
        if (kind is null) throw new JsonException("A fact says its kind.");
        return new(kind, n, bytes, previous, link, commitments, digest);
    }

    private static string Text(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException();

    private static int Number(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.Number ? reader.GetInt32() : throw new JsonException();
}
