
namespace Entente.Bench;

/// <summary>Commands through the store and through the whole door, against a
/// bare transaction that writes the same rows.</summary>
public static class StoreBench
{
    private const int Callers = 64;
    private const int Turns = 5;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);

    public static async Task Run()
    {
        var folder = Directory.CreateTempSubdirectory("entente-bench-").FullName;
        try
        {
            await using var centre = await BenchCentre.Ready(folder, Callers);
            await Measure(centre, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Measure(BenchCentre centre, string folder)
    {
        var disk = new Figures("fsync of 8 kB on the same disk");
        var (bareOne, storeOne) = (new Figures("bare, one command a transaction"), new Figures("store, one caller"));
        var (bareMany, storeMany) = (new Figures($"bare, {Callers} commands a transaction"),
            new Figures($"store, {Callers} callers"));
        var doorMany = new Figures($"door with keys, {Callers} callers");
        await centre.Through(BenchCentre.Way.Door, Callers, WarmUp);
        await centre.Through(BenchCentre.Way.Store, Callers, WarmUp);
        centre.Bare(Callers, WarmUp);
        for (var turn = 0; turn < Turns; turn++)
        {
            disk.Add(Disk.SyncsPerSecond(folder));
            Add(bareOne, centre.Bare(1, Length));
            storeOne.Add(() => centre.Through(BenchCentre.Way.Store, 1, Length).Result, Length);
            Add(bareMany, centre.Bare(Callers, Length));
            storeMany.Add(() => centre.Through(BenchCentre.Way.Store, Callers, Length).Result, Length);
            doorMany.Add(() => centre.Through(BenchCentre.Way.Door, Callers, Length).Result, Length);
        }
        Figures.PrintHead("SQLite, synchronous=FULL, a message a command");
        foreach (var figures in new[] { disk, bareOne, storeOne, bareMany, storeMany, doorMany }) figures.Print();
        Figures.PrintRatio(storeOne, bareOne);
        Figures.PrintRatio(storeMany, bareMany);
        Figures.PrintRatio(storeMany, bareOne);
        Figures.PrintRatio(doorMany, bareMany);
        Figures.PrintHead("parts of one command, one core");
        centre.Parts();
    }

    private static void Add(Figures figures, (double Rate, double Work) bare) => figures.Add(bare.Rate, bare.Work);
}
