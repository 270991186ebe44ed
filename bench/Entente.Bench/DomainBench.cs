using Entente.Domain;
using Entente.Domain.Disputes;

namespace Entente.Bench;

/// <summary>The rules alone, in memory: commands judged and folded, and whole histories folded.</summary>
public static class DomainBench
{
    private const int HistoryLength = 30;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(1);

    public static void Run()
    {
        var (commands, folds) = (new Figures("commands judged and folded"),
            new Figures($"histories of {HistoryLength} facts folded"));
        var history = History();
        for (var turn = -2; turn < 5; turn++)
        {
            var judged = Figures.Rate(Length, () => Judge(history));
            var folded = Figures.Rate(Length, () => Fold(history));
            if (turn < 0) continue; // Warming up.
            commands.Add(judged);
            folds.Add(folded);
        }
        Figures.PrintHead("domain, one core, in memory");
        commands.Print();
        folds.Print();
    }

    private static int Judge(List<Fact> history)
    {
        var dispute = Dispute.Nothing(Id).After(history[0]);
        for (var count = 0; count < HistoryLength; count++) dispute = Said(dispute, out _);
        return HistoryLength;
    }

    private static int Fold(List<Fact> history)
    {
        _ = history.Aggregate(Dispute.Nothing(Id), (dispute, fact) => dispute.After(fact));
        return 1;
    }

    private static List<Fact> History()
    {
        var accepted = (Accepted)Scene.Claim(Order.Lines[0].Seller).Judge(Dispute.Nothing(Id), Context);
        var history = new List<Fact> { new(1, 1, Scene.Now, Scene.Buyer, new("c"), "demo@1", accepted.Events[0]) };
        var dispute = Dispute.Nothing(Id).After(history[0]);
        while (history.Count < HistoryLength)
        {
            dispute = Said(dispute, out var fact);
            history.Add(fact);
        }
        return history;
    }

    /// <summary>A dispute whose seller was silent until the rules closed it, with some talk before.</summary>
    internal static List<Fact> Lived(int number)
    {
        var facts = History().Take(number % 6 + 1).ToList();
        var dispute = facts.Aggregate(Dispute.Nothing(Id), (state, fact) => state.After(fact));
        while (dispute.IsOpen)
        {
            var (term, now) = (dispute.Terms[0], dispute.Terms[0].Due);
            var context = Context with { Now = now, By = Actor.Rule("clock") };
            foreach (var happened in ((Accepted)new Lapse(term.Id).Judge(dispute, context)).Events)
            {
                facts.Add(new(dispute.Version + 1, 1, now, context.By, new("c"), "demo@1", happened));
                dispute = dispute.After(facts[^1]);
            }
        }
        return facts;
    }

    private static Dispute Said(Dispute dispute, out Fact fact)
    {
        var accepted = (Accepted)Scene.Message().Judge(dispute, Context);
        fact = new(dispute.Version + 1, dispute.Counts[0] + 1, Scene.Now, Scene.Buyer, new("c"), "demo@1",
            accepted.Events[0]);
        return dispute.After(fact);
    }

    private static readonly Order Order = new(
        OrderId.Of(Scene.Marketplace, "B-1"), "B-1", new("buyer"), "EUR", OrderStatus.Delivered,
        new(Scene.Now - Duration.FromDays(9), Delivered: Scene.Now - Duration.FromDays(1)),
        [new(1, new("seller"), "Cup", "CUP", 2, 1000, 400)], [new("pay-1", "card", 2400)]);

    private static readonly DisputeId Id = DisputeId.Of(Order.Id, new byte[10]);
    private static readonly Context Context = new(Scene.Now, Scene.Buyer, Scene.Policy, new(Order, 2400, []));
}
