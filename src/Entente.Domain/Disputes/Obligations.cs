namespace Entente.Domain.Disputes;

/// <summary>What an outcome's lines make the sides do, in which order.</summary>
internal static class Obligations
{
    /// <summary>The obligations of an outcome, numbered after those the dispute has.</summary>
    public static ValueList<Obligation> Of(ValueList<RemedyLine> lines, int outcome, Dispute dispute)
    {
        var list = new List<Obligation>();
        var number = dispute.Obligations.Count;
        for (var index = 0; index < lines.Count; index++)
        {
            foreach (var obligation in Of(lines[index], number))
            {
                number++;
                list.Add(obligation with { Outcome = outcome, Line = index });
            }
        }
        return list.ToValueList();
    }

    private static IEnumerable<Obligation> Of(RemedyLine line, int number)
    {
        var before = new List<int>();
        foreach (var (kind, debtor) in Steps(line))
        {
            number++;
            var pays = kind is ObligationKind.Refund or ObligationKind.Compensation or ObligationKind.PayBack
                or ObligationKind.Reimburse;
            yield return new(number, 0, 0, kind, debtor, pays ? line.Amount : null, line.Items,
                before.TakeLast(1).ToValueList());
            before.Add(number);
        }
    }

    /// <summary>Label, way back, and then what the seller owes; each step
    /// waits for the one before (rulings D3).</summary>
    public static IEnumerable<(ObligationKind Kind, Role Debtor)> Steps(RemedyLine line)
    {
        if (line.Kind is RemedyKind.None or RemedyKind.ReleaseFunds) yield break;
        if (line.Kind == RemedyKind.PayBack)
        {
            yield return (ObligationKind.PayBack, Role.Buyer);
            yield break;
        }
        if (Remedies.GoodsGoBack(line))
        {
            if (line.FreightPaidBy == Role.Seller) yield return (ObligationKind.ReturnLabel, Role.Seller);
            yield return (ObligationKind.ReturnGoods, Role.Buyer);
        }
        yield return (Last(line.Kind), Role.Seller);
    }

    private static ObligationKind Last(RemedyKind kind) => kind switch
    {
        RemedyKind.FullRefund or RemedyKind.PartialRefund or RemedyKind.ReturnAndRefund => ObligationKind.Refund,
        RemedyKind.Replacement => ObligationKind.ShipReplacement,
        RemedyKind.Repair => ObligationKind.Repair,
        RemedyKind.MissingParts => ObligationKind.ShipParts,
        RemedyKind.Compensation => ObligationKind.Compensation,
        RemedyKind.Reimbursement => ObligationKind.Reimburse,
        RemedyKind.PayBack or RemedyKind.ReleaseFunds or RemedyKind.None =>
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "Nothing is owed."),
    };
}
