namespace Entente.Server.Storage;

/// <summary><c>entente verify</c>: computes every chain anew and names what is broken; 0 where nothing is.</summary>
public static class VerifyCommand
{
    public static async Task<int> Run(Settings settings, TextWriter output, CancellationToken stop = default)
    {
        if (settings.Connection is null && !File.Exists(Path.Combine(settings.DataFolder, Database.FileName)))
        {
            await output.WriteLineAsync($"no database in {settings.DataFolder}");
            return 2;
        }
        using var database = Database.Of(settings, TimeProvider.System);
        return await Tell(database, output, stop);
    }

    internal static async Task<int> Tell(Database database, TextWriter output, CancellationToken stop)
    {
        var found = await new Verification(database, new(database), new(database)).Run(stop);
        foreach (var fault in found.Faults) await output.WriteLineAsync($"broken {fault.Where}: {fault.What}");
        await output.WriteLineAsync(
            $"{found.Disputes} disputes, {found.Facts} facts, {found.Texts} texts, {found.Files} files: "
                + $"{found.Faults.Count} broken");
        return found.Faults.Count == 0 ? 0 : 1;
    }
}
