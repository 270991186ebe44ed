using System.Reflection;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Entente.Server.Papers.Bank;

/// <summary>What a card scheme or provider takes as evidence (schemes.yaml, each with its sources).</summary>
public sealed record Scheme
{
    public string Id { get; init; } = "";
    public string Name { get; init; } = "";

    /// <summary>The most pages of one packet; where no source says, the strictest known.</summary>
    public int Pages { get; init; } = 19;

    /// <summary>The most bytes of one packet.</summary>
    public int Bytes { get; init; } = 14_500_000;

    /// <summary>The most pixels an inch of a picture.</summary>
    public int Ppi { get; init; } = 300;

    /// <summary>The most characters of text; null where none is said.</summary>
    public int? Characters { get; init; }

    public IList<string> Sources { get; init; } = [];

    public static IReadOnlyList<Scheme> All { get; } = Load();

    public static Scheme? Find(string id) => All.FirstOrDefault(scheme => scheme.Id == id);

    private static List<Scheme> Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Papers/schemes.yaml")
            ?? throw new InvalidOperationException("The schemes' limits are not built in.");
        using var reader = new StreamReader(stream);
        return new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build()
            .Deserialize<List<Scheme>>(reader);
    }
}
