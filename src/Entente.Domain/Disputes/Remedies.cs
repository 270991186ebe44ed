namespace Entente.Domain.Disputes;

/// <summary>What a list of remedy lines must keep to, whoever asks, offers or grants it.</summary>
internal static class Remedies
{
    /// <summary>
    /// The lines in their fixed order, with amounts filled in where the kind fixes them; or why they cannot stand.
    /// </summary>
    /// <param name="items">The units they may be about.</param>
    /// <param name="cap">The most they may pay together.</param>
    /// <param name="costs">The most that costs beside the price may be reimbursed; null where none are.</param>
    /// <param name="field">The request's name of the list.</param>
    public static (ValueList<RemedyLine> Lines, Refusal? Refusal) Complete(
        ValueList<RemedyLine> lines, ValueList<ClaimItem> items, ValueList<OrderLine> order, Money cap, Money? costs,
        string field)
    {
        if (lines.Count == 0) return (lines, new(RefusalCode.RemedyHasNoLines, field));
        var complete = new List<RemedyLine>(lines.Count);
        long total = 0;
        for (var index = 0; index < lines.Count; index++)
        {
            var at = $"{field}[{index}]";
            var line = Sorted(lines[index]);
            if (Objection(line, items, at) is { } objection) return (lines, objection);
            var value = Math.Min(Value(line.Items, order), cap.Minor);
            if (AmountObjection(line, value, cap, at) is { } wrong) return (lines, wrong);
            line = line with { Amount = FillsIn(line.Kind) ? line.Amount ?? value : line.Amount };
            if (line.Kind == RemedyKind.Reimbursement)
            {
                if (costs is not { } left) return (lines, new(RefusalCode.CostsNotReimbursed, $"{at}.kind"));
                if (line.Amount > left.Minor)
                    return (lines, Refusal.Of(RefusalCode.CostsAboveLimit, $"{at}.amount", ("max", left)));
                costs = left with { Minor = left.Minor - line.Amount!.Value };
            }
            else total = checked(total + (line.Amount ?? 0));
            if (total > cap.Minor)
                return (lines, Refusal.Of(RefusalCode.AmountAboveRefundable, $"{at}.amount", ("max", cap)));
            complete.Add(line);
        }
        return (complete.OrderBy(line => line.Kind).ThenBy(line => line.Items[0].Line).ToValueList(), null);
    }

    /// <summary>Price and freight of units, in minor units.</summary>
    public static long Value(ValueList<Units> units, ValueList<OrderLine> order) =>
        units.Sum(part => order.First(line => line.No == part.Line).Value(part.Count));

    /// <summary>All that is still open, as units.</summary>
    public static ValueList<Units> AllOf(ValueList<ClaimItem> items) => items
        .GroupBy(item => item.Line)
        .Select(group => new Units(group.Key, group.Sum(item => item.Units)))
        .OrderBy(units => units.Line)
        .ToValueList();

    private static RemedyLine Sorted(RemedyLine line) =>
        line with { Items = line.Items.OrderBy(units => units.Line).ToValueList() };

    private static Refusal? Objection(RemedyLine line, ValueList<ClaimItem> items, string field)
    {
        if (line.Items.Count == 0 || line.Items.Any(units => !IsClaimed(units, items)))
            return new(RefusalCode.RemedyItemsNotClaimed, $"{field}.items");
        if (!line.Kind.Answers(items[0].Reason)) return new(RefusalCode.RemedyNotForThisClaim, $"{field}.kind");
        if (line.Items.Select(units => units.Line).Distinct().Count() < line.Items.Count)
            return new(RefusalCode.RemedyItemsTwice, $"{field}.items");
        return GoodsGoBack(line) && line.FreightPaidBy is not (Role.Buyer or Role.Seller)
            ? new(RefusalCode.FreightPayerMissing, $"{field}.freight_paid_by")
            : null;
    }

    private static bool IsClaimed(Units units, ValueList<ClaimItem> items) =>
        units.Count > 0 && units.Count <= items.Where(item => item.Line == units.Line).Sum(item => item.Units);

    private static Refusal? AmountObjection(RemedyLine line, long value, Money cap, string field)
    {
        var at = $"{field}.amount";
        if (!Pays(line.Kind)) return line.Amount is null ? null : new(RefusalCode.AmountNotWanted, at);
        if (line.Amount is null) return FillsIn(line.Kind) ? null : new(RefusalCode.AmountMissing, at);
        if (line.Amount <= 0) return new(RefusalCode.AmountNotPositive, at);
        if (line.Amount > cap.Minor && line.Kind != RemedyKind.Reimbursement)
            return Refusal.Of(RefusalCode.AmountAboveRefundable, at, ("max", cap));
        return line.Kind == RemedyKind.FullRefund && line.Amount != value
            ? Refusal.Of(RefusalCode.AmountNotFull, at, ("full", new Money(value, cap.Currency)))
            : null;
    }

    public static bool GoodsGoBack(RemedyLine line) =>
        line.ReturnWanted || line.Kind is RemedyKind.ReturnAndRefund or RemedyKind.Repair;

    private static bool Pays(RemedyKind kind) => kind is
        RemedyKind.FullRefund or RemedyKind.PartialRefund or RemedyKind.ReturnAndRefund or RemedyKind.Compensation
        or RemedyKind.PayBack or RemedyKind.Reimbursement;

    /// <summary>What lines pay out of the order's money: costs beside the price are no part of it.</summary>
    public static long Paid(ValueList<RemedyLine> lines) =>
        lines.Where(line => line.Kind != RemedyKind.Reimbursement).Sum(line => line.Amount ?? 0);

    /// <summary>Kinds whose amount is the goods' value unless something else is said.</summary>
    private static bool FillsIn(RemedyKind kind) => kind is RemedyKind.FullRefund or RemedyKind.ReturnAndRefund;
}
