using System.CommandLine;
using System.Globalization;
using Entente.Server.Storage;

namespace Entente.Server.Bundles;

/// <summary>
/// <c>entente verify FILE</c>, which needs no centre, and <c>entente keys</c>, which looks after one's.
/// </summary>
public static class BundleCommands
{
    public static readonly Argument<FileInfo?> File = new("bundle")
    {
        Description = "A bundle to verify, instead of the database", Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>0 for a whole bundle, 1 for one that is not, 2 where there is none.</summary>
    public static async Task<int> Verify(FileInfo file, TextWriter output, CancellationToken stop = default)
    {
        if (!file.Exists)
        {
            await output.WriteLineAsync($"no file {file.Name}");
            return 2;
        }
        await using var stream = file.OpenRead();
        var verdict = await BundleVerifier.Verify(stream, stop: stop);
        if (verdict is not { IsWhole: true, Manifest: { } manifest })
        {
            await output.WriteLineAsync($"REFUSED: {verdict.Fault} {verdict.Where}".TrimEnd());
            return 1;
        }
        await output.WriteLineAsync(
            $"whole: dispute {manifest.Dispute} of {manifest.Marketplace}, for the {manifest.Reader}");
        foreach (var chain in manifest.Chains)
            await output.WriteLineAsync($"  {chain.Audience}: {chain.Facts} facts, head {chain.Head}");
        await output.WriteLineAsync(
            $"  {manifest.Exhibits.Count} exhibits, {verdict.Texts} texts, {verdict.Erased} erased");
        await output.WriteLineAsync(
            $"  signed by key {manifest.Key.Kid}; compare it with the centre's {KeysEndpoint.Path}");
        return 0;
    }

    public static Command Keys(Func<ParseResult, Settings> settings)
    {
        var keys = new Command("keys", "The keys that bundles and decisions are signed with.");
        keys.Add(Over("list", "Name all keys, the one in use first.", settings, async (shelf, output, stop) =>
        {
            foreach (var key in await shelf.All(stop))
                await output.WriteLineAsync(key.RetiredAt is { } at
                    ? $"{key.Kid} retired {at.ToString("g", CultureInfo.InvariantCulture)}"
                    : $"{key.Kid} in use");
        }));
        keys.Add(Over("rotate", "Sign with a new key from now on; the old one stays published.", settings,
            async (shelf, output, stop) => await output.WriteLineAsync((await shelf.Rotate(stop)).Kid)));
        return keys;
    }

    private static Command Over(
        string name, string description, Func<ParseResult, Settings> settings,
        Func<SigningKeys, TextWriter, CancellationToken, Task> work)
    {
        var command = new Command(name, description);
        command.SetAction(async (given, stop) =>
        {
            using var database = Database.Of(settings(given), TimeProvider.System);
            Migrations.Run(database);
            await work(new(database, new(database)), given.InvocationConfiguration.Output, stop);
            return 0;
        });
        return command;
    }
}
