using Entente.Domain.Disputes;
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
        (RuleKeys.SilenceNotice, RuleKeys.AnswerWithin),
        (RuleKeys.SilenceNotice, RuleKeys.ReviewEvidence),
        (RuleKeys.ClosingReminders, RuleKeys.ClosingWithin),
    ];

    /// <summary>Tells of every rule that is longer than it may be, for any reason and remedy.</summary>
    public static void Check(Policy policy, PolicyEntry rules, PolicyEntry overrides)
    {
        var wrong = from reason in Enum.GetValues<Reason>()
                    from remedy in Enum.GetValues<RemedyKind>()
                    from pair in Within
                    where IsLonger(pair, policy.For(reason, remedy), policy.Calendar)
                    select (pair.Shorter, pair.Longer, At: Origin(policy, reason, remedy, pair));
        if (policy.Rules.Reminder.Before.Any(span => span.Unit is not (SpanUnit.Hours or SpanUnit.Days)))
            Place(rules, RuleKeys.ReminderBefore).Tell(PolicyProblemCode.NotInHoursOrDays);
        foreach (var (shorter, longer, at) in wrong.Distinct())
            Place(at < 0 ? rules : overrides.Items().ElementAt(at)["rules"], shorter)
                .Tell(PolicyProblemCode.LongerThan, ("other", longer));
    }

    private static bool IsLonger((string Shorter, string Longer) pair, Rules rules, BusinessCalendar calendar)
    {
        var end = Ends(pair.Longer, rules, calendar).Single();
        return Ends(pair.Shorter, rules, calendar).Any(instant => instant > end);
    }

    private static IEnumerable<Instant> Ends(string key, Rules rules, BusinessCalendar calendar) =>
        Rule.Named(key).Value(rules) switch
        {
            Span span => [calendar.Due(SomeMonday, span)],
            IEnumerable<Span> spans => spans.Select(span => calendar.Due(SomeMonday, span)),
            _ => [],
        };

    /// <summary>Position of the last override that has a hand in it; -1 for the base rules.</summary>
    private static int Origin(Policy policy, Reason reason, RemedyKind remedy, (string Shorter, string Longer) pair) =>
        policy.Overrides.ToList().FindLastIndex(change =>
            (change.Reason ?? reason) == reason && (change.Remedy ?? remedy) == remedy
            && (change.Keys.Contains(pair.Shorter) || change.Keys.Contains(pair.Longer)));

    private static PolicyEntry Place(PolicyEntry rules, string key) =>
        key.Split('.').Aggregate(rules, (at, part) => at[part]);
}
