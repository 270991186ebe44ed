using Entente.Domain.Policies;

namespace Entente.Bench;

/// <summary>Past disputes replayed under changed rules, on one core, their facts in memory.</summary>
public static class ReplayBench
{
    private const int Disputes = 500;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(1);

    public static void Run()
    {
        var histories = Enumerable.Range(0, Disputes).Select(DomainBench.Lived).ToList();
        var changed = Scene.Policy with
        {
            Rules = Scene.Policy.Rules with { Answer = new(new(48, SpanUnit.Hours), AnswerSilence.GrantClaim) },
        };
        var replays = new Figures($"disputes of {histories.Average(history => history.Count):0} facts replayed");
        for (var turn = -2; turn < 5; turn++)
        {
            var rate = Figures.Rate(Length, () =>
                SimulationReport.Of(histories.Select(facts => Replay.Of(new(new("x"), "y"), facts, changed))).Replayed);
            if (turn >= 0) replays.Add(rate);
        }
        Figures.PrintHead("policy simulation, one core, in memory");
        replays.Print();
    }
}
