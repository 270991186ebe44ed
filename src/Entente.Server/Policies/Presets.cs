namespace Entente.Server.Policies;

/// <summary>The policy documents shipped with the centre (policies/*.yaml), each with its sources.</summary>
public static class Presets
{
    private const string Root = "Policies/";

    public static IEnumerable<string> Names => typeof(Presets).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Root, StringComparison.Ordinal))
        .Select(name => name[Root.Length..])
        .Order(StringComparer.Ordinal);

    /// <summary>The document's exact bytes.</summary>
    public static byte[] Bytes(string name)
    {
        using var stream = typeof(Presets).Assembly.GetManifestResourceStream(Root + name)
            ?? throw new ArgumentException($"There is no preset '{name}'.", nameof(name));
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
