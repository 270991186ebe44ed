using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;

namespace Entente.Server.Policies;

/// <summary>Reads a document's rules, all of them or those an override replaces, by the one table of rules.</summary>
internal static class PolicyRules
{
    private const string None = "none";
    private static readonly Span Nothing = new(0, SpanUnit.Hours);

    // Only what a document that has problems leaves behind; no policy is made of it.
    private static readonly Rules Blank = new(
        new(WindowStart.Placed, null, Nothing),
        new(Nothing, AnswerSilence.ComplaintPossible),
        new(Nothing, Nothing, true, Nothing, NegotiationSilence.Escalate),
        new(null, 0, Nothing),
        new(0, Nothing),
        new(0, 0),
        new(Nothing, Nothing, default, default, Nothing, default, Nothing, Nothing, null, 0),
        new(null, Nothing),
        new(null, 0, false, false, Nothing, 0, Nothing),
        new(Nothing, Nothing, Nothing, Nothing, Nothing, Nothing, Nothing, false, Nothing, Nothing, default, null),
        new(Nothing, []),
        new(ReopeningMode.Never, null, 0, Nothing, default),
        new(Nothing, Nothing, [], null, Nothing),
        new(default, Nothing),
        new(Nothing, null),
        new([]));

    private static readonly ILookup<string, string> Chapters = Rule.All.ToLookup(
        rule => rule.Key.Split('.')[0], rule => rule.Key.Split('.')[1]);

    public static Rules All(PolicyEntry entry)
    {
        Known(entry);
        return Rule.All.Aggregate(Blank, (rules, rule) => Put(rule, At(entry, rule), rules));
    }

    public static ValueList<RuleOverride> Overrides(PolicyEntry entry, Rules rules)
    {
        var overrides = entry.IsUnset ? [] : entry.List(item => (true, Override(item, rules)));
        for (var at = 0; at < overrides.Count; at++)
        {
            var (reason, remedy) = (overrides[at].Reason, overrides[at].Remedy);
            var place = entry.Items().ElementAt(at);
            if (reason is null && remedy is null) place.Tell(PolicyProblemCode.OverrideForNothing);
            else if (overrides.Take(at).Any(other => other.Reason == reason && other.Remedy == remedy))
                place.Tell(PolicyProblemCode.NamedTwice, ("name", place["for"].Key));
        }
        return overrides;
    }

    private static RuleOverride Override(PolicyEntry entry, Rules rules)
    {
        var whom = entry.Only("for", "rules", "source")["for"].Only("reason", "remedy");
        var changes = entry["rules"];
        Known(changes);
        var changed = Rule.All.Where(rule => !At(changes, rule).IsUnset).ToList();
        if (changed.Count == 0) changes.Tell(PolicyProblemCode.Missing);
        return new(
            whom["reason"] is { IsUnset: false } reason ? Choice<Reason>(reason) : null,
            whom["remedy"] is { IsUnset: false } remedy ? Choice<RemedyKind>(remedy) : null,
            changed.Select(rule => rule.Key).ToValueList(),
            changed.Aggregate(rules, (onto, rule) => Put(rule, At(changes, rule), onto)));
    }

    public static T Choice<T>(PolicyEntry entry) where T : struct, Enum =>
        Choice(entry, typeof(T)) is T value ? value : default;

    private static void Known(PolicyEntry entry)
    {
        entry.Only(Chapters.Select(chapter => chapter.Key));
        foreach (var chapter in Chapters) entry[chapter.Key].Only(chapter);
    }

    private static PolicyEntry At(PolicyEntry entry, Rule rule) =>
        rule.Key.Split('.').Aggregate(entry, (at, part) => at[part]);

    private static Rules Put(Rule rule, PolicyEntry entry, Rules rules)
    {
        if (entry.IsAbsent && rule.Unsaid is { } unsaid) return rule.Put(rules, unsaid.Value);
        if (entry.Text == None && rule.MayBeNone) return rule.Put(rules, null);
        if (entry.Text == None) entry.Tell(PolicyProblemCode.NoneNotPossible);
        else if (Value(rule, entry) is { } value) return rule.Put(rules, value);
        return rules;
    }

    private static object? Value(Rule rule, PolicyEntry entry) =>
        rule.Type == typeof(Span) ? Span(entry)
        : rule.Type == typeof(ValueList<Span>) ? entry.List(Item)
        : rule.Type == typeof(ValueList<Money>) ? Amounts(entry)
        : rule.Type == typeof(ValueList<MeasureKind>) ? entry.List(item => (true, Choice<MeasureKind>(item)))
        : rule.Type == typeof(bool) ? entry.Read<bool>(PolicyValues.TryYesOrNo, PolicyProblemCode.NotAYesOrNo)
        : rule.Type == typeof(int) ? entry.Read<int>(PolicyValues.TryNumber, PolicyProblemCode.NotANumber)
        : Choice(entry, rule.Type);

    private static (bool IsRead, Span Value) Item(PolicyEntry entry) =>
        (entry.TryRead<Span>(PolicyValues.TrySpan, out var span, PolicyProblemCode.NotASpan), span);

    /// <summary>One amount per currency: {EUR: 500, JPY: 80000}.</summary>
    private static ValueList<Money>? Amounts(PolicyEntry entry)
    {
        if (!entry.Named().Any()) entry.Tell(PolicyProblemCode.Missing);
        var amounts = new List<Money>();
        foreach (var (currency, place) in entry.Named())
        {
            if (!Currencies.TryExponent(currency, out _)) place.Tell(PolicyProblemCode.NotACurrency);
            else if (place.TryRead<Money>((string text, out Money money) =>
                Domain.Amounts.TryParse(text, currency, out money), out var amount, PolicyProblemCode.NotAnAmount))
                amounts.Add(amount);
        }
        return amounts.Count == 0 ? null : amounts.ToValueList();
    }

    private static Span? Span(PolicyEntry entry) => entry.Read<Span>(PolicyValues.TrySpan, PolicyProblemCode.NotASpan);

    private static object? Choice(PolicyEntry entry, Type type) => entry.Read<object?>(
        (string text, out object? value) => PolicyValues.TryChoice(type, text, out value),
        PolicyProblemCode.NotAChoice,
        ("choices", PolicyValues.Choices(type).ToValueList()));
}
