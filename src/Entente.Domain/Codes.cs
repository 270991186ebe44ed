using System.Collections.Concurrent;
using System.Text;

namespace Entente.Domain;

/// <summary>The stored and published spelling of an enum value: snake_case, for ever.</summary>
public static class Codes
{
    private static readonly ConcurrentDictionary<Enum, string> Spelled = new();

    public static string Of(Enum value) => Spelled.GetOrAdd(value, static known => Snake(known.ToString()));

    public static bool TryParse<T>(string? text, out T value) where T : struct, Enum
    {
        foreach (var candidate in Enum.GetValues<T>())
        {
            if (Of(candidate) != text) continue;
            value = candidate;
            return true;
        }
        value = default;
        return false;
    }

    /// <summary>The same spelling for any name written in the manner of code.</summary>
    public static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(letter));
        }
        return text.ToString();
    }
}
