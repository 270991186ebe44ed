using System.Security.Cryptography;
using System.Text;
using Entente.Domain;
using Entente.Server.Storage;

namespace Entente.Server.Search;

/// <summary>
/// Words as the index holds them: 40 bits of an HMAC under a key that follows from the centre's. Who has the database
/// and not that key reads no word out of it, and cannot try one.
/// </summary>
internal sealed class BlindWords(Database database)
{
    private const int Characters = 8;
    private const int WordsMax = 8;
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private readonly Lazy<byte[]> _key = new(() => HMACSHA256.HashData(CentreKey.Of(database), "search"u8));

    public string Of(MarketplaceId marketplace, string word)
    {
        var digest = HMACSHA256.HashData(_key.Value, Encoding.UTF8.GetBytes($"{marketplace.Value}\n{word}"));
        return string.Create(Characters, digest, (letters, bytes) =>
        {
            for (var place = 0; place < Characters; place++)
            {
                var bit = place * 5;
                letters[place] = Alphabet[(bytes[bit / 8] << 8 | bytes[bit / 8 + 1]) >> (11 - bit % 8) & 31];
            }
        });
    }

    /// <summary>What a query looks for: its first words.</summary>
    public IReadOnlyList<string> Asked(MarketplaceId marketplace, string query) =>
        [.. Folded.Words(query).Take(WordsMax).Select(word => Of(marketplace, word))];
}
