using System.Text.Json;

namespace Entente.Server.Bundles;

/// <summary>
/// Finds in a fact's bytes what it commits to: every object of just an owner, a language and a commitment.
/// </summary>
internal static class Commitments
{
    public static List<string> In(ReadOnlySpan<byte> fact)
    {
        var found = new List<string>();
        var reader = new Utf8JsonReader(fact);
        while (reader.Read())
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("commitment"u8))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.String) found.Add(reader.GetString()!);
            }
        return found;
    }
}
