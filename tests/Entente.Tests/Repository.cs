namespace Entente.Tests;

/// <summary>The working tree these tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo folder) => File.Exists(Path.Combine(folder.FullName, "Entente.slnx"))
        ? folder.FullName
        : Find(folder.Parent ?? throw new InvalidOperationException("No Entente.slnx above the tests."));
}
