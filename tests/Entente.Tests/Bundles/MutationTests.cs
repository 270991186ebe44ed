using System.Diagnostics;
using Entente.Server.Bundles;
using Entente.Tests.Papers;
using Entente.Tests.Web;

namespace Entente.Tests.Bundles;

/// <summary>Ten thousand bundles that differ from a good one in one place: each refused by both verifiers.</summary>
public class MutationTests
{
    private const int Count = 10_000;

    [Fact]
    public async Task Every_single_mutation_is_refused_by_both_verifiers()
    {
        await using var fair = await Fair.Open(french: true);
        var bundle = await BundleTests.Take(fair, await Tale.Decided(fair), "buyer:B1");
        Assert.True((await BundleVerifier.Verify(new MemoryStream(bundle))).IsWhole);
        var mutants = Mutants.Of(bundle, Count, seed: 20261126);
        Assert.Equal(Count, mutants.Count);
        Assert.All(Enum.GetValues<MutantKind>(), kind => Assert.True(mutants.Count(one => one.Kind == kind) >= 500));
        var python = Task.Run(() => Python(bundle, mutants));
        foreach (var mutant in mutants)
        {
            var verdict = await BundleVerifier.Verify(new MemoryStream(mutant.Apply(bundle)));
            Assert.False(verdict.IsWhole, mutant.ToString());
        }
        var (status, said) = await python;
        Assert.True(status == 0, said);
        Assert.Contains($"{Count} refused, 0 passed", said, StringComparison.Ordinal);
    }

    /// <summary>One process for all of them: bundles/mutants.py applies each and asks verify.py.</summary>
    private static (int Status, string Said) Python(byte[] bundle, IReadOnlyList<Mutant> mutants)
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        File.WriteAllBytes(Path.Combine(folder, "bundle.zip"), bundle);
        File.WriteAllLines(Path.Combine(folder, "mutants"), mutants.Select(mutant => mutant.ToString()));
        var script = Path.Combine(Repository.Root, "tests", "Entente.Tests", "Bundles", "mutants.py");
        var start = new ProcessStartInfo("python3", [script, Path.Combine(Repository.Root, "verify"), folder])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        Directory.Delete(folder, recursive: true);
        return (process.ExitCode, said);
    }
}
