namespace Entente.Domain.Policies;

/// <summary>What a changed policy would have meant for past disputes.</summary>
/// <param name="Replayed">How many disputes were read.</param>
/// <param name="Same">How many would have gone as they did, to the minute.</param>
public sealed record SimulationReport(
    int Replayed, int Same, ValueList<DifferenceCount> Differences, ValueList<WaitSum> Waits)
{
    private const int ExamplesMax = 5;

    public static SimulationReport Of(IEnumerable<Replay> replays)
    {
        var (count, same) = (0, 0);
        var differences = new Dictionary<DifferenceKind, List<DisputeId>>();
        var waits = new Dictionary<(Disputes.TermKind, Role), (int Count, Duration Longer)>();
        foreach (var replay in replays)
        {
            count++;
            if (replay.IsSame) same++;
            if (replay.Difference is { } difference)
            {
                var kind = new DifferenceKind(difference.Change, difference.Term, difference.Who, difference.Then);
                if (!differences.TryGetValue(kind, out var found)) differences[kind] = found = [];
                found.Add(replay.Dispute);
            }
            foreach (var wait in replay.Waits)
            {
                var sum = waits.GetValueOrDefault((wait.Term, wait.Waited));
                waits[(wait.Term, wait.Waited)] = (sum.Count + 1, sum.Longer + wait.Longer);
            }
        }
        return new(count, same,
            [.. differences.OrderByDescending(pair => pair.Value.Count).Select(pair =>
                new DifferenceCount(pair.Key, pair.Value.Count, [.. pair.Value.Take(ExamplesMax)]))],
            [.. waits.OrderByDescending(pair => pair.Value.Count).Select(pair =>
                new WaitSum(pair.Key.Item1, pair.Key.Item2, pair.Value.Count, pair.Value.Longer))]);
    }
}

/// <summary>Disputes that would have gone otherwise in the same way count together.</summary>
public sealed record DifferenceKind(
    ReplayChange Change, Disputes.TermKind? Term, Role Who, Disputes.Consequence? Then)
{
    public Sentence Sentence => Sentence.Of(
        $"policy.replay.{Codes.Of(Change)}", ("who", Who), ("term", Term), ("then", Then));
}

/// <summary>One way of going otherwise, how often, and some of the disputes.</summary>
public sealed record DifferenceCount(DifferenceKind Kind, int Count, ValueList<DisputeId> Examples);

/// <summary>What one kind of silence would have added to (or taken from) the waiting of a side.</summary>
public sealed record WaitSum(Disputes.TermKind Term, Role Waited, int Count, Duration Longer)
{
    public Duration Average => Longer / Count;

    public Sentence Sentence => Sentence.Of(
        Longer < Duration.Zero ? "policy.replay.shorter" : "policy.replay.longer",
        ("who", Waited), ("term", Term), ("n", Count),
        ("hours", (long)Math.Round(Math.Abs(Average.TotalHours))));
}
