using Entente.Domain.Disputes;
using Entente.Domain.Payments;
using Entente.Domain.Policies;
using Entente.Tests.Disputes;

namespace Entente.Tests.Payments;

/// <summary>What others have got wrong with money, by where it was published.</summary>
public enum Mistake
{
    None,
    /// <summary>Checked, then inserted: two planned at once (Hyperswitch #13182).</summary>
    PlannedTwice,
    /// <summary>A new key for each try (Medusa #16681).</summary>
    KeyForEachTry,
    /// <summary>The provider's message was booked beside the refund (WooCommerce Stripe #3653).</summary>
    MessageBookedBesideTheLine,
    /// <summary>A state missing in a guard: unknown was taken for not done (Truxify #3637).</summary>
    UnknownForgotten,
    /// <summary>stripe-sfcc #31.</summary>
    HundredTimes,
    /// <summary>Gumroad #3749.</summary>
    HundredthPart,
    /// <summary>Two decimals where the currency has three.</summary>
    TwoDecimalsForThree,
    /// <summary>Each part rounded by itself (HackerOne #808975).</summary>
    RoundedParts,
}

/// <summary>The books of one order, and a provider with a ledger of its own; with a mistake, or none.</summary>
internal sealed class Books(World world, Mistake mistake)
{
    private readonly List<PaymentBalance> _payments = [.. Thirds(world.Order.Captured)
        .Select((captured, index) => new PaymentBalance(
            $"pay-{index + 1}", "card", "unruled", $"pi_{index + 1}", captured, Sends: true))];
    private readonly List<RefundLine> _lines = [];
    private readonly List<(string Key, string Payment, long Amount)> _ledger = [];
    private int _tries;

    public int Paid => _ledger.Count;
    public int Unknown { get; private set; }
    public int Failed { get; private set; }

    /// <summary>The plan of what the dispute says now is carried into the books.</summary>
    public void Follow()
    {
        var plan = RefundPlan.Of(world.Dispute, new([.. _payments], [.. _lines]));
        foreach (var change in plan) Put(Rounded(change));
        if (mistake == Mistake.PlannedTwice)
            foreach (var change in plan.Where(change => change.Before is null))
                Put(new(null, change.After with { Part = change.After.Part + 1 }));
        world.Till = new([.. _payments], [.. _lines]);
    }

    /// <summary>The courier and the provider get one line further.</summary>
    public void Provider(int kind, int which)
    {
        var open = _lines.Where(line => line.Way == RefundWay.Provider
            && line.State is RefundState.Reserved or RefundState.Sent or RefundState.Unknown).ToList();
        if (open.Count == 0) return;
        var line = open[which % open.Count];
        if (line.State == RefundState.Reserved)
        {
            Put(new(line, line with { State = RefundState.Sent, WasSent = true }));
            return;
        }
        if (kind is not (6 or 7)) Do(line);
        var state = kind switch
        {
            4 or 5 or 9 => RefundState.Succeeded,
            // Only what the provider never did may it refuse.
            7 when _ledger.All(entry => entry.Key != KeyOf(line)) => RefundState.Failed,
            _ => RefundState.Unknown,
        };
        Put(new(line, line with { State = state }));
        if (state == RefundState.Failed) Failed++;
        if (state == RefundState.Unknown) Unknown++;
        if (mistake == Mistake.UnknownForgotten && kind == 8) Forget(line);
        if (mistake == Mistake.MessageBookedBesideTheLine && kind == 9) BookBeside(line);
    }

    /// <summary>Nobody does anything more; what is on its way arrives.</summary>
    public void Rest()
    {
        Follow();
        for (var step = 0; step < 200; step++) Provider(4, step);
    }

    /// <summary>What of the invariants does not hold; null where all do.</summary>
    public string? Broken()
    {
        foreach (var payment in _payments)
        {
            if (payment.Out > payment.Captured) return $"I-MON-1: {payment.Payment} gave more than it had";
            foreach (var account in new[] { Account.Reserved, Account.Refunded, Account.Outside })
                if (In(payment, account) != _lines.Where(line => line.Payment == payment.Payment
                    && line.Account == account).Sum(line => line.Amount))
                    return $"I-MON-5: {payment.Payment}'s {account} is not what its lines say";
        }
        foreach (var standing in world.Dispute.Obligations)
            if (_lines.Where(line => line.Obligation == standing.Obligation.No && line.IsLive).Sum(line => line.Amount)
                > standing.Obligation.Amount)
                return $"I-MON-2: more is under way than obligation {standing.Obligation.No} promises";
        foreach (var entry in _ledger.GroupBy(entry => entry.Key))
        {
            if (entry.Count() > 1) return $"I-MON-2: {entry.Key} was paid twice";
            if (_lines.FirstOrDefault(line => KeyOf(line) == entry.Key) is not { } line) return $"I-MON-3: {entry.Key}";
            if (!line.WasSent) return $"I-MON-4: {entry.Key} was not written ahead";
            if (line.Amount != entry.First().Amount) return $"I-MON-2: {entry.Key} was paid in another amount";
        }
        return null;
    }

    /// <summary>What is not as it has to be once everything has arrived.</summary>
    public string? Unsettled()
    {
        foreach (var line in _lines.Where(line => line.Way == RefundWay.Provider))
            if ((line.State == RefundState.Succeeded) != _ledger.Any(entry => entry.Key == KeyOf(line)))
                return $"I-MON-2: {KeyOf(line)} is {line.State}, and the provider says otherwise";
        foreach (var standing in world.Dispute.Obligations.Where(standing =>
            standing.Obligation.Kind == ObligationKind.Refund
            && standing.State is ObligationState.Open or ObligationState.Overdue))
        {
            var own = _lines.Where(line => line.Obligation == standing.Obligation.No && line.Covers);
            if (own.Sum(line => line.Amount) != standing.Payable && _payments.Sum(payment => payment.Free) > 0)
                return $"I-MON-2: obligation {standing.Obligation.No} is not paid as promised";
        }
        return null;
    }

    private void Do(RefundLine line)
    {
        var key = mistake == Mistake.KeyForEachTry ? $"{KeyOf(line)}-{++_tries}" : KeyOf(line);
        if (_ledger.Any(entry => entry.Key == key)) return;
        _ledger.Add((key, line.Payment, mistake switch
        {
            Mistake.HundredTimes => line.Amount * 100,
            Mistake.HundredthPart => line.Amount / 100,
            Mistake.TwoDecimalsForThree => line.Amount / 10,
            _ => line.Amount,
        }));
    }

    private RefundChange Rounded(RefundChange change) =>
        mistake == Mistake.RoundedParts && change.Before is null
            ? change with { After = change.After with { Amount = (change.After.Amount + 9) / 10 * 10 } }
            : change;

    /// <summary>The mistake itself: what nobody knows of is given up, and planned anew.</summary>
    private void Forget(RefundLine line)
    {
        var unknown = _lines.First(known => KeyOf(known) == KeyOf(line));
        Put(new(unknown, unknown with { State = RefundState.Cancelled }));
        Follow();
    }

    private void Put(RefundChange change)
    {
        var at = _lines.FindIndex(line => KeyOf(line) == KeyOf(change.After));
        if (at < 0) _lines.Add(change.After);
        else _lines[at] = change.After;
        foreach (var posting in change.Postings())
            for (var index = 0; index < _payments.Count; index++) _payments[index] = _payments[index].After(posting);
        world.Till = new([.. _payments], [.. _lines]);
    }

    private void BookBeside(RefundLine line)
    {
        var at = _payments.FindIndex(known => known.Payment == line.Payment);
        _payments[at] = _payments[at].After(new(line.Payment, Account.Free, Account.Outside, line.Amount));
    }

    private string KeyOf(RefundLine line) => line.KeyIn(world.Dispute.Id);

    private static long In(PaymentBalance payment, Account account) => account switch
    {
        Account.Reserved => payment.Reserved,
        Account.Refunded => payment.Refunded,
        _ => payment.Outside,
    };

    private static long[] Thirds(long captured) => [captured / 3, captured / 3, captured - captured / 3 * 2];
}
