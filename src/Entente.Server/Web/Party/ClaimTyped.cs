using System.Globalization;
using Entente.Domain;
using Entente.Domain.Disputes;

namespace Entente.Server.Web.Party;

/// <summary>Reads a claim that is typed on one page: units by article with a reason, and one remedy.</summary>
public static class ClaimTyped
{
    public static string UnitsOf(int line) => string.Create(CultureInfo.InvariantCulture, $"units[{line}]");

    public static string ReasonOf(int line) => string.Create(CultureInfo.InvariantCulture, $"reason[{line}]");

    /// <summary>The one part that the remedy is for.</summary>
    public static RemedyPart Part(ValueList<ClaimItem> items, IReadOnlyList<OrderLine> lines, string currency) =>
        RemedyTyped.Parts(items, lines, currency, byArticle: false) is [var part]
            ? part
            : new(0, [], Money.Zero(currency));

    /// <summary>What was typed; a number that is none goes to the rules as nothing.</summary>
    public static ClaimReading Read(Typed typed, IReadOnlyList<OrderLine> lines, string currency)
    {
        var (items, wrong) = (new List<ClaimItem>(), new List<FormError>());
        foreach (var line in lines)
        {
            _ = int.TryParse(typed[UnitsOf(line.No)], NumberStyles.None, CultureInfo.InvariantCulture, out var units);
            if (units == 0) continue;
            if (Codes.TryParse<Reason>(typed[ReasonOf(line.No)], out var reason)) items.Add(
                new(line.No, units, reason));
            else wrong.Add(new(ReasonOf(line.No), typed.Speaker.Say("opening.choose_reason")));
        }
        var claim = items.ToValueList();
        var part = Part(claim, lines, currency);
        var (sought, partOf, refused) = RemedyTyped.Read(
            field => typed.Form[field], [part], typed.Speaker.Language, "sought");
        wrong.AddRange(refused.Select(refusal => new FormError(
            RemedyTyped.Placed(refusal, sought, partOf, "sought").Field, typed.Speaker.Say(refusal.Sentence))));
        return new(claim, sought, partOf, wrong);
    }

    /// <summary>The form as it would be filled in for a claim that stands.</summary>
    public static FormState Known(IEnumerable<ClaimItem> items) => FormState.Of([.. items.SelectMany(item => new[]
    {
        (UnitsOf(item.Line), (string?)item.Units.ToString(CultureInfo.InvariantCulture)),
        (ReasonOf(item.Line), Codes.Of(item.Reason)),
    })]);
}

/// <summary>A claim as it was typed.</summary>
public sealed record ClaimReading(
    ValueList<ClaimItem> Items, ValueList<RemedyLine> Sought, IReadOnlyList<int> PartOf, IReadOnlyList<FormError> Wrong)
{
    /// <summary>A refusal at the field where what it is about was typed.</summary>
    public Refusal Placed(Refusal refusal)
    {
        if (refusal.Field is not { } field || !field.StartsWith("items", StringComparison.Ordinal))
            return RemedyTyped.Placed(refusal, Sought, PartOf, "sought");
        var end = field.IndexOf(']', StringComparison.Ordinal);
        var at = end > 6 && int.TryParse(field.AsSpan(6, end - 6), out var index) && index < Items.Count ? index : -1;
        if (at < 0) return refusal with { Field = null };
        return refusal with
        {
            Field = field.EndsWith(".reason", StringComparison.Ordinal)
                ? ClaimTyped.ReasonOf(Items[at].Line)
                : ClaimTyped.UnitsOf(Items[at].Line),
        };
    }
}
