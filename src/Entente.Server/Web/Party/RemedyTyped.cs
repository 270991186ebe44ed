using System.Globalization;
using Entente.Domain;
using Entente.Domain.Disputes;
using Microsoft.Extensions.Primitives;

namespace Entente.Server.Web.Party;

/// <summary>A part of a claim that one remedy is typed for: everything, or one article by itself.</summary>
/// <param name="Items">The units it may be about.</param>
/// <param name="Value">What they cost with their freight; the most that can come back for them.</param>
public sealed record RemedyPart(int No, ValueList<Units> Items, Money Value)
{
    public string Name(string field) => string.Create(CultureInfo.InvariantCulture, $"remedy[{No}].{field}");
}

/// <summary>Reads remedies as the form of an offer or of an opening has them.</summary>
public static class RemedyTyped
{
    public const string Everything = "all";
    public const string ByArticle = "each";

    /// <summary>The field of costs that go beside a remedy.</summary>
    public const string Beside = "costs";

    /// <summary>One part for all that is open, or one for each article.</summary>
    public static IReadOnlyList<RemedyPart> Parts(
        IEnumerable<ClaimItem> items, IReadOnlyList<OrderLine> lines, string currency, bool byArticle)
    {
        var units = items.GroupBy(item => item.Line)
            .Select(line => new Units(line.Key, line.Sum(item => item.Units)))
            .OrderBy(line => line.Line).ToList();
        var groups = byArticle ? units.Select(line => (Units[])[line]) : [[.. units]];
        return [.. groups.Select((group, no) => new RemedyPart(no, group.ToValueList(), Value(group)))];

        Money Value(IEnumerable<Units> group) => new(
            group.Sum(part => lines.FirstOrDefault(line => line.No == part.Line)?.Value(part.Count) ?? 0), currency);
    }

    /// <summary>The remedy lines, with the part each came from; and what could not be read.</summary>
    public static (ValueList<RemedyLine> Lines, IReadOnlyList<int> PartOf, IReadOnlyList<Refusal> Wrong) Read(
        Func<string, StringValues> typed, IReadOnlyList<RemedyPart> parts, string language, string field)
    {
        var (lines, partOf, wrong) = (new List<RemedyLine>(), new List<int>(), new List<Refusal>());
        foreach (var part in parts)
        {
            var code = typed(part.Name("kind")).ToString();
            if (code.Length == 0) continue;
            if (!Codes.TryParse<RemedyKind>(code, out var kind)) continue;
            if (parts.Count > 1 && kind == RemedyKind.None) continue;
            partOf.Add(part.No);
            lines.Add(Line(kind, part, typed, language, wrong, $"{field}[{lines.Count}].amount"));
        }
        foreach (var part in parts.Where(part => typed(part.Name(Beside)).ToString().Trim().Length > 0))
        {
            partOf.Add(part.No);
            lines.Add(Costs(part, typed, language, wrong, $"{field}[{lines.Count}].amount"));
        }
        return (lines.ToValueList(), partOf, wrong);
    }

    private static RemedyLine Costs(
        RemedyPart part, Func<string, StringValues> typed, string language, List<Refusal> wrong, string field)
    {
        var isRead = Amounts.TryParse(
            typed(part.Name(Beside)).ToString(), part.Value.Currency, language, out var money);
        if (!isRead) wrong.Add(new(RefusalCode.AmountNotPositive, field));
        return new(RemedyKind.Reimbursement, part.Items, isRead ? money.Minor : null);
    }

    private static RemedyLine Line(
        RemedyKind kind, RemedyPart part, Func<string, StringValues> typed, string language, List<Refusal> wrong,
        string field)
    {
        long? amount = null;
        if (TakesAmount(kind) && typed(part.Name($"amount_{Codes.Of(kind)}")).ToString() is { } text
            && text.Trim().Length > 0)
        {
            if (Amounts.TryParse(text, part.Value.Currency, language, out var money)) amount = money.Minor;
            else wrong.Add(new(RefusalCode.AmountNotPositive, field));
        }
        var returns = kind == RemedyKind.ReturnAndRefund || kind == RemedyKind.Repair
            || kind == RemedyKind.Replacement && typed(part.Name("return")).Contains("yes");
        var payer = Codes.TryParse<Role>(typed(part.Name($"freight_{Codes.Of(kind)}")).ToString(), out var role)
            ? role
            : (Role?)null;
        return new(kind, part.Items, amount, returns ? payer : null, returns && kind == RemedyKind.Replacement);
    }

    public static bool TakesAmount(RemedyKind kind) =>
        kind is RemedyKind.PartialRefund or RemedyKind.Compensation or RemedyKind.PayBack;

    /// <summary>A refusal about "lines[0].amount" belongs to the field where that line was typed.</summary>
    public static Refusal Placed(Refusal refusal, ValueList<RemedyLine> lines, IReadOnlyList<int> partOf, string field)
    {
        if (refusal.Field is not { } at || !at.StartsWith($"{field}[", StringComparison.Ordinal))
            return refusal.Field == field ? refusal with { Field = "remedy[0].kind" } : refusal;
        var end = at.IndexOf(']', StringComparison.Ordinal);
        if (!int.TryParse(at.AsSpan(field.Length + 1, end - field.Length - 1), out var index) || index >= partOf.Count)
            return refusal;
        var (part, kind) = (partOf[index], Codes.Of(lines[index].Kind));
        if (lines[index].Kind == RemedyKind.Reimbursement)
            return refusal with { Field = $"remedy[{part}].{Beside}" };
        var member = at[(end + 1)..] switch
        {
            ".amount" => $"amount_{kind}",
            ".freight_paid_by" => $"freight_{kind}",
            _ => "kind",
        };
        return refusal with { Field = $"remedy[{part}].{member}" };
    }
}
