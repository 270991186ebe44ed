using System.Text.RegularExpressions;
using Entente.Domain;

namespace Entente.Tests.Bundles;

/// <summary>Takes out of a text what differs between two runs by chance and clock alone.</summary>
internal static partial class Mask
{
    public static string Apply(string text, DisputeId dispute)
    {
        var plain = text.Replace(dispute.ToString(), "DISPUTE", StringComparison.Ordinal)
            .Replace(dispute.Reference, "REFERENCE", StringComparison.Ordinal);
        plain = Ports().Replace(plain, "CENTRE");
        plain = Hex().Replace(plain, "HEX");
        plain = Pseudonyms().Replace(plain, "STAFF");
        plain = Ids().Replace(plain, "ID");
        plain = Points().Replace(plain, "\"KEY\"");
        plain = Micros().Replace(plain, "MICROS");
        return Bytes().Replace(plain, "\"bytes\":N");
    }

    /// <summary>Digests, links, salts; broken over lines in a PDF.</summary>
    [GeneratedRegex("(?:[0-9a-f]\n?){32,}")]
    private static partial Regex Hex();

    [GeneratedRegex("\"(?:[0-9A-Za-z]{20,30}|key:[0-9A-Za-z]+)\"")]
    private static partial Regex Ids();

    [GeneratedRegex("\"[A-Za-z0-9_-]{43}\"")]
    private static partial Regex Points();

    [GeneratedRegex("\\b1[0-9]{15}\\b")]
    private static partial Regex Micros();

    [GeneratedRegex("staff\\.[A-Za-z0-9_-]+")]
    private static partial Regex Pseudonyms();

    [GeneratedRegex("http://127.0.0.1:[0-9]+")]
    private static partial Regex Ports();

    [GeneratedRegex("\"bytes\":[0-9]+")]
    private static partial Regex Bytes();
}
