using Entente.Domain.Disputes;

namespace Entente.Domain.Audiences;

/// <summary>The parts that sentences about one dispute are made of: goods, remedies and obligations in words.</summary>
internal sealed class Phrases(Dispute dispute, Reader reader)
{
    public Reader Reader => reader;
    public Dispute Dispute => dispute;

    public Money? Amount(long? minor) => minor is { } amount ? new Money(amount, dispute.Currency) : null;

    public ValueList<Sentence> Claims(IEnumerable<ClaimItem> items) => items
        .Select(item => Sentence.Of(
            "phrase.claim", ("units", item.Units), ("title", TitleOf(item.Line)), ("reason", item.Reason)))
        .ToValueList();

    public ValueList<Sentence> Items(IEnumerable<Units> items) => items
        .Select(units => Sentence.Of("phrase.units", ("units", units.Count), ("title", TitleOf(units.Line))))
        .ToValueList();

    public ValueList<Sentence> Remedies(IEnumerable<RemedyLine> lines) => lines.Select(Remedy).ToValueList();

    public Sentence Remedy(RemedyLine line) => Sentence.Of(
        $"phrase.remedy.{Codes.Of(line.Kind)}",
        ("amount", Amount(line.Amount)),
        ("items", Items(line.Items)),
        ("return", YesNo(line.ReturnWanted && line.Kind != RemedyKind.ReturnAndRefund)),
        ("freight", line.FreightPaidBy is { } payer ? Codes.Of(reader.Of(payer)) : "nobody"));

    public ValueList<Sentence> Obligations(IEnumerable<int> numbers) => numbers.Select(Obligation).ToValueList();

    public Sentence Obligation(int no) =>
        dispute.Obligation(no) is { } standing
            ? Obligation(standing.Obligation)
            : Sentence.Of("phrase.obligation", ("no", no));

    public Sentence Obligation(Obligation obligation) => Sentence.Of(
        $"phrase.obligation.{Codes.Of(obligation.Kind)}",
        ("amount", Amount(obligation.Amount ?? 0)),
        ("items", Items(obligation.Items)));

    /// <summary>The policy's rule by its name in words.</summary>
    public static Sentence Rule(string key) => Sentence.Of($"rule_name.{key}");

    public static string YesNo(bool yes) => yes ? "yes" : "no";

    private string TitleOf(int line) =>
        dispute.Opening.Order.Lines.FirstOrDefault(candidate => candidate.No == line)?.Title ?? "";
}
