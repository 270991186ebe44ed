using Entente.Domain;
using Entente.Server.Payments;

namespace Entente.Tests.Payments;

/// <summary>What a provider does to a call instead of just answering it.</summary>
public enum Mischief
{
    None,
    /// <summary>The line breaks before it has done anything.</summary>
    CutBefore,
    /// <summary>It does it, and the answer is lost.</summary>
    CutAfter,
    TooMany,
    /// <summary>A definite no.</summary>
    Refuses,
    /// <summary>It takes it, and ends it later.</summary>
    Pending,
    /// <summary>Its message comes before its answer.</summary>
    MessageFirst,
    /// <summary>For longer than it remembers keys, nothing gets through; the first call was done.</summary>
    BlackHoleAfter,
    /// <summary>The same, and nothing was done.</summary>
    BlackHoleBefore,
}

/// <summary>A provider in our own process, with its own ledger, that misbehaves as it is told.</summary>
public sealed class UnruledProvider(ProviderLedger ledger, TimeProvider time) : RefundProvider
{
    private static readonly TimeSpan HoleLasts = TimeSpan.FromHours(30);
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, DateTimeOffset> _holes = new();
    private int _calls, _finds;

    public ProviderLedger Ledger => ledger;

    /// <summary>What happens to a call that asks for money.</summary>
    public Func<RefundOrder, Mischief> Mischief { get; set; } = _ => Payments.Mischief.None;

    /// <summary>Whether a question for a refund gets no answer.</summary>
    public Func<RefundOrder, bool> IsDeaf { get; set; } = _ => false;

    /// <summary>Sees each call that asks for money as it arrives: was it committed as sent before?</summary>
    public Func<RefundOrder, Task> Arrived { get; set; } = _ => Task.CompletedTask;

    /// <summary>Sends a message about a refund.</summary>
    public Func<RefundOrder, GivenBack, Task> Message { get; set; } = (_, _) => Task.CompletedTask;

    public int Calls => _calls;
    public int Finds => _finds;

    public override string Name => "unruled";
    public override bool Serves(MarketplaceId marketplace) => true;

    public override Task<ProviderAnswer> Find(RefundOrder order, CancellationToken stop)
    {
        Interlocked.Increment(ref _finds);
        if (IsInHole(order) || IsDeaf(order))
            return Task.FromResult(new ProviderAnswer(ProviderWord.Lost, Why: "deaf"));
        if (ledger.Find(order.Key) is not { } found) return Task.FromResult(new ProviderAnswer(ProviderWord.NotThere));
        // By the time somebody asks again, it has come to its end.
        if (found.Status == "pending") ledger.Becomes(found.Id, "succeeded");
        return Task.FromResult(Said(found));
    }

    public override async Task<ProviderAnswer> Refund(RefundOrder order, CancellationToken stop)
    {
        Interlocked.Increment(ref _calls);
        await Arrived(order);
        if (IsInHole(order)) return new(ProviderWord.Lost, Why: "hole");
        var mischief = Mischief(order);
        switch (mischief)
        {
            case Payments.Mischief.TooMany: return new(ProviderWord.NotNow, Why: "429");
            case Payments.Mischief.Refuses: return new(ProviderWord.Refused, Why: "charge_disputed");
            case Payments.Mischief.CutBefore: throw new IOException("The line is cut.");
            case Payments.Mischief.BlackHoleBefore:
                _holes[order.Key] = time.GetUtcNow() + HoleLasts;
                throw new IOException("The line is cut.");
        }
        var given = ledger.Create(order.Key, order.Key, order.Reference, order.Amount,
            mischief == Payments.Mischief.Pending ? "pending" : "succeeded");
        if (given is null) return new(ProviderWord.Refused, Why: "charge_already_refunded");
        switch (mischief)
        {
            case Payments.Mischief.CutAfter: throw new HttpRequestException("The answer is lost.");
            case Payments.Mischief.BlackHoleAfter:
                _holes[order.Key] = time.GetUtcNow() + HoleLasts;
                throw new HttpRequestException("The answer is lost.");
            case Payments.Mischief.MessageFirst:
                await Message(order, given);
                break;
        }
        return Said(given);
    }

    private bool IsInHole(RefundOrder order) =>
        _holes.TryGetValue(order.Key, out var until) && time.GetUtcNow() < until;

    private static ProviderAnswer Said(GivenBack refund) => new(
        refund.Status switch
        {
            "succeeded" => ProviderWord.Succeeded,
            "pending" => ProviderWord.Pending,
            _ => ProviderWord.Failed,
        }, refund.Id, refund.Amount);
}
