namespace Entente.Tests.Faults;

/// <summary>What was done to the centre and what held; ./test prints it at its end.</summary>
internal static class FaultReport
{
    private static readonly Lock Writing = new();

    public static void Note(string fault, int injected, string held)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts"));
        lock (Writing)
            File.AppendAllText(Path.Combine(folder.FullName, "faults.txt"), $"{injected,5} x {fault}: {held}\n");
    }
}
