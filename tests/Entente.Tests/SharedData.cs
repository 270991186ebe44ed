namespace Entente.Tests;

/// <summary>Real and hostile input that lies beside the repository and is no part of it.</summary>
public static class SharedData
{
    /// <summary>The folder; skips the case where it is absent, which on CI is a failure.</summary>
    public static string Folder(params string[] names)
    {
        var folder = Path.GetFullPath(Path.Combine([Repository.Root, "..", "shared", "data", .. names]));
        if (Directory.Exists(folder)) return folder;
        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", $"CI needs the data in {folder}.");
        Assert.Skip($"No data in {folder}; only the cases that read it are skipped.");
        return folder;
    }
}
