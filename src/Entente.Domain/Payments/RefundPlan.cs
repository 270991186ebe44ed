using Entente.Domain.Disputes;
using Entente.Domain.Policies;

namespace Entente.Domain.Payments;

/// <summary>
/// What a dispute's obligations ask of its order's payments: which refunds are set aside, changed before they leave, or
/// given up. Every money fact of the domain becomes ledger rows here and nowhere else.
/// </summary>
public sealed class RefundPlan
{
    private readonly Dispute _dispute;
    private readonly OrderTill _till;
    private readonly List<PaymentBalance> _payments;
    private readonly Dictionary<(int, string, int), RefundLine> _before;
    private readonly List<RefundLine> _lines;

    private RefundPlan(Dispute dispute, OrderTill till)
    {
        (_dispute, _till, _payments, _lines) = (dispute, till, till.Payments.ToList(), till.Lines.ToList());
        _before = till.Lines.ToDictionary(Key);
    }

    /// <summary>What has to change so that the refund lines say what the dispute says.</summary>
    /// <param name="till">The order's payments and all refund lines the dispute has, under its rules.</param>
    public static ValueList<RefundChange> Of(Dispute dispute, OrderTill till) =>
        till.Lines.Count == 0 && dispute.Obligations.All(standing => !IsRefund(standing))
            ? []
            : new RefundPlan(dispute, till).Changes();

    /// <summary>What goes back to the order's payments: not what a buyer pays
    /// back, nor costs beyond the price.</summary>
    private static bool IsRefund(ObligationStanding standing) =>
        standing.Obligation.Kind is ObligationKind.Refund or ObligationKind.Compensation;

    private ValueList<RefundChange> Changes()
    {
        var paying = _dispute.Obligations.Where(IsRefund).ToList();
        foreach (var standing in paying) GiveBack(standing);
        foreach (var standing in paying) Take(standing);
        foreach (var standing in paying.Where(_till.IsTakenOver)) TakeOver(standing);
        return _lines.Where(line => !Equals(_before.GetValueOrDefault(Key(line)), line))
            .Select(line => new RefundChange(_before.GetValueOrDefault(Key(line)), line))
            .ToValueList();
    }

    /// <summary>Whatever is set aside and no longer wanted is free again before anything else is set aside.</summary>
    private void GiveBack(ObligationStanding standing)
    {
        var excess = Covered(standing) - Wanted(standing);
        var given = Own(standing).Where(line => line.State == RefundState.Reserved)
            .OrderBy(line => line.Way).ThenByDescending(line => line.Part).ToList();
        foreach (var line in given)
        {
            if (excess <= 0) return;
            var less = Math.Min(excess, line.Amount);
            excess -= less;
            Put(less == line.Amount
                ? line with { State = RefundState.Cancelled }
                : line with { Amount = line.Amount - less });
        }
    }

    private void Take(ObligationStanding standing)
    {
        if (standing.State == ObligationState.Confirmed)
        {
            // The creditor has it, and the centre did not send it: so it came from outside.
            foreach (var line in Own(standing).Where(line => line.State == RefundState.Reserved).ToList())
                Put(line with { Way = RefundWay.Outside, State = RefundState.Succeeded });
        }
        var more = Wanted(standing) - Covered(standing);
        var room = _payments.Sum(payment => payment.Free);
        if (more <= 0 || room == 0) return;
        var parts = Split.Allocate(Math.Min(more, room), [.. _payments.Select(payment => payment.Free)]);
        for (var index = 0; index < parts.Count; index++)
            if (parts[index] > 0) Put(Raised(standing, _payments[index], parts[index]));
    }

    /// <summary>What was set aside for the seller's own way goes by the provider from now on.</summary>
    private void TakeOver(ObligationStanding standing)
    {
        if (!IsToBeMade(standing)) return;
        foreach (var line in Own(standing).Where(line =>
            line is { Way: RefundWay.Outside, State: RefundState.Reserved } && Sends(line.Payment)).ToList())
            Put(line with { Way = RefundWay.Provider });
    }

    private static bool IsToBeMade(ObligationStanding standing) =>
        standing.State is ObligationState.Open or ObligationState.Overdue;

    private bool Sends(string payment) => _payments.Any(known => known.Payment == payment && known.Sends);

    /// <summary>A line of this obligation on this payment by that much more; a new
    /// part only where the old ones have left.</summary>
    private RefundLine Raised(ObligationStanding standing, PaymentBalance payment, long amount)
    {
        var came = standing.State == ObligationState.Confirmed;
        var way = payment.Sends && _till.IsOurs(standing) && !came ? RefundWay.Provider : RefundWay.Outside;
        var state = came ? RefundState.Succeeded : RefundState.Reserved;
        var own = Own(standing).Where(line => line.Payment == payment.Payment).ToList();
        if (own.FirstOrDefault(line => line.IsUntold) is not { } untold)
            return new(standing.Obligation.No, payment.Payment, own.Count + 1, amount, way, state);
        return untold with
        {
            Amount = untold.State == RefundState.Reserved ? untold.Amount + amount : amount, Way = way, State = state,
        };
    }

    /// <summary>What this obligation's lines should stand for now.</summary>
    private long Wanted(ObligationStanding standing) => standing.State switch
    {
        ObligationState.Open or ObligationState.Overdue => standing.Payable,
        // Said to be paid outside, or in question: what is set aside for that stays so, and nothing is sent.
        ObligationState.Performed or ObligationState.Unanswered or ObligationState.Contested
            or ObligationState.Doubted =>
            Math.Min(standing.Payable, Own(standing)
                .Where(line => line.Covers && (line.Way == RefundWay.Outside || line.State != RefundState.Reserved))
                .Sum(line => line.Amount)),
        ObligationState.Confirmed => standing.Payable,
        ObligationState.Waiting or ObligationState.Cancelled or ObligationState.Defaulted
            or ObligationState.Discharged => 0,
    };

    /// <summary>What came in spite of a failure came by another way: then the failed line covers nothing.</summary>
    private long Covered(ObligationStanding standing) => Own(standing)
        .Where(line => line.IsLive || line.Covers && standing.State != ObligationState.Confirmed)
        .Sum(line => line.Amount);

    private IEnumerable<RefundLine> Own(ObligationStanding standing) =>
        _lines.Where(line => line.Obligation == standing.Obligation.No);

    private void Put(RefundLine line)
    {
        var at = _lines.FindIndex(candidate => Key(candidate) == Key(line));
        var change = new RefundChange(at < 0 ? null : _lines[at], line);
        if (at < 0) _lines.Add(line);
        else _lines[at] = line;
        foreach (var posting in change.Postings())
            for (var index = 0; index < _payments.Count; index++) _payments[index] = _payments[index].After(posting);
    }

    private static (int, string, int) Key(RefundLine line) => (line.Obligation, line.Payment, line.Part);
}
