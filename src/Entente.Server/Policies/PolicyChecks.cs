using Entente.Domain.Policies;

namespace Entente.Server.Policies;

/// <summary>What a policy's values must be to each other, so that every announced consequence can come about.</summary>
internal static class PolicyChecks
{
    private static readonly Instant SomeMonday = Instant.FromUtc(2026, 6, 1, 9, 0);

    /// <summary>The first span may not be longer than the second.</summary>
    private static readonly (string Shorter, string Longer)[] Within =
    [
        (RuleKeys.OpeningNotBefore, RuleKeys.OpeningWithin),
        (RuleKeys.AnswerWithin, RuleKeys.NegotiationLength),
        (RuleKeys.NegotiationComplaintAfter, RuleKeys.NegotiationLength),
        (RuleKeys.ClosingReminders, RuleKeys.ClosingWithin),
    ];

    public static void Check(Policy policy, PolicyEntry rules, PolicyEntry overrides)
    {
        Check(policy.Rules, policy.Calendar, rules);
        for (var at = 0; at < policy.Overrides.Count; at++)
            Check(policy.Overrides[at].Rules, policy.Calendar, overrides.Items().ElementAt(at)["rules"]);
    }

    private static void Check(Rules rules, BusinessCalendar calendar, PolicyEntry place)
    {
        foreach (var (shorter, longer) in Within)
        {
            var end = Ends(longer, rules, calendar).Single();
            if (Ends(shorter, rules, calendar).Any(instant => instant > end))
                At(place, shorter).Tell(PolicyProblemCode.LongerThan, ("other", longer));
        }
    }

    private static IEnumerable<Instant> Ends(string key, Rules rules, BusinessCalendar calendar) =>
        Rule.Named(key).Value(rules) switch
        {
            Span span => [calendar.Due(SomeMonday, span)],
            IEnumerable<Span> spans => spans.Select(span => calendar.Due(SomeMonday, span)),
            _ => [],
        };

    private static PolicyEntry At(PolicyEntry place, string key) =>
        key.Split('.').Aggregate(place, (at, part) => at[part]);
}
