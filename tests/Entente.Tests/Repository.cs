namespace Entente.Tests;

/// <summary>The working tree these tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>Whether generated files (docs, golden files, the matrix) are to be written, not compared.</summary>
    public static bool IsAskedToWrite => Environment.GetEnvironmentVariable("ENTENTE_WRITE") == "1";

    /// <summary>That a generated file stands as it would be generated now.</summary>
    public static void IsFresh(string path, string fresh)
    {
        var file = Path.Combine(Root, path);
        if (IsAskedToWrite) File.WriteAllText(file, fresh);
        Assert.True(File.Exists(file) && File.ReadAllText(file) == fresh,
            $"{path} is not fresh: run this test once with ENTENTE_WRITE=1, read the difference and commit it.");
    }

    private static string Find(DirectoryInfo folder) => File.Exists(Path.Combine(folder.FullName, "Entente.slnx"))
        ? folder.FullName
        : Find(folder.Parent ?? throw new InvalidOperationException("No Entente.slnx above the tests."));
}
