using Entente.Bench;
using Entente.Tests.Storage;

// Each measurement prints a ratio of two things done turn about in the same run. In Release, on a quiet machine:
//   dotnet run -c Release --project bench/Entente.Bench \
//     [domain|replay|evidence|dossier|store|http|lists|clock|import|nodes] [sqlite|postgres]
// Everything together takes about a quarter of an hour.
var what = args.FirstOrDefault() ?? "all";
bool Is(string name) => what == name || what == "all";
Machine.Print();
if (Is("domain")) DomainBench.Run();
if (Is("replay")) ReplayBench.Run();
if (Is("evidence"))
{
    var folder = Directory.CreateTempSubdirectory("entente-bench-").FullName;
    await EvidenceBench.Run(folder);
    Directory.Delete(folder, recursive: true);
}
if (Is("dossier"))
    using (var place = new Place("SQLite", null)) await DossierBench.Run(place);
if (what is "domain" or "replay" or "evidence" or "dossier") return;
using var postgres = new PostgresUnderTest(isDurable: true, isProfiled: true);
foreach (var server in new[] { null, postgres })
{
    if (args.Length > 1 && args[1] == "postgres" == server is null) continue;
    Place New() => new(server is null ? "SQLite" : "PostgreSQL", server);
    if (Is("store"))
        using (var place = New()) await StoreBench.Run(place, withParts: server is null);
    if (Is("http"))
        using (var place = New()) await HttpBench.Run(place);
    if (Is("import"))
        using (var place = New()) await ImportBench.Run(place);
    if (Is("clock"))
        using (var place = New()) await ClockBench.Run(place, server is null ? 20_000 : 100_000);
    if (Is("lists"))
        using (Place few = New(), many = New()) await ListBench.Run(few, many);
}
if (Is("nodes")) await NodesBench.Run(postgres);
