namespace Entente.Bench;

/// <summary>
/// Commands through the store and through the whole door, against a bare transaction of a hundred that writes the same
/// rows by the same statements, and against one transaction a command.
/// </summary>
internal static class StoreBench
{
    private const int Callers = 64;
    private const int Together = 100;
    private const int Turns = 3;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);

    public static async Task Run(Place place, bool withParts)
    {
        await using var centre = await BenchCentre.Ready(place, Together);
        var disk = new Figures("fsync of 8 kB on the same disk");
        var bare = new Figures($"bare, {Together} a transaction");
        var lanes = new Figures($"store, {Callers} callers");
        var single = new Figures($"store, {Callers} callers, one a transaction");
        var alone = new Figures("store, one caller");
        var door = new Figures($"door with keys, {Callers} callers");
        foreach (var way in Enum.GetValues<BenchCentre.Way>()) await centre.Through(way, Callers, WarmUp);
        centre.Bare(Together, TimeSpan.FromSeconds(2));
        for (var turn = 0; turn < Turns; turn++)
        {
            disk.Add(Disk.SyncsPerSecond(place.Folder));
            var (rate, work) = centre.Bare(Together, Length);
            bare.Add(rate, work);
            lanes.Add(() => centre.Through(BenchCentre.Way.Store, Callers, Length).Result, Length);
            single.Add(() => centre.Through(BenchCentre.Way.OneByOne, Callers, Length).Result, Length);
            alone.Add(() => centre.Through(BenchCentre.Way.Store, 1, Length).Result, Length);
            door.Add(() => centre.Through(BenchCentre.Way.Door, Callers, Length).Result, Length);
        }
        Figures.PrintHead($"{place.Name}: a message a command, durable");
        foreach (var figures in new[] { disk, bare, lanes, single, alone, door }) figures.Print();
        Figures.PrintRatio(lanes, bare, "70 %");
        Figures.PrintRatio(lanes, single, place.Connection is null ? "300 %" : "200 %");
        Figures.PrintRatio(door, bare);
        if (!withParts) return;
        Figures.PrintHead("parts of one command, one core");
        centre.Parts();
    }
}
