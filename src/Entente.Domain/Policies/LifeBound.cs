using Entente.Domain.Disputes;
using static Entente.Domain.Policies.RuleKeys;

namespace Entente.Domain.Policies;

/// <summary>
/// How long a dispute can go on at most once nobody acts any more, from the rules alone (I-DUE-5): every term that may
/// still begin, one after the other, each as long as the calendar can make it.
/// </summary>
/// <param name="Parts">The terms that make it up, for the reason and remedy where they take longest.</param>
public sealed record LifeBound(Duration Longest, ValueList<LifePart> Parts)
{
    private const int Steps = 3;
    private static readonly Duration Hour = Duration.FromHours(1);

    /// <summary>Whole days, rounded up.</summary>
    public int Days => (int)Math.Ceiling(Longest.TotalDays);

    public static LifeBound Of(Policy policy)
    {
        var longest = new Dictionary<Span, Duration>();
        return (from reason in Enum.GetValues<Reason>()
                from remedy in Enum.GetValues<RemedyKind>()
                select policy.For(reason, remedy)).Distinct()
            .Select(rules => Of(rules, span => Known(span, policy.Calendar, longest)))
            .MaxBy(bound => bound.Longest)!;
    }

    private static LifeBound Of(Rules rules, Func<Span, Duration> longest)
    {
        var parts = Times(rules)
            .Where(part => part.Times > 0)
            .Select(part => (part.Key, part.Times, Span: Rule.Named(part.Key).Value(rules) as Span))
            .Where(part => part.Span is not null)
            .Select(part => new LifePart(part.Key, part.Times, part.Span!, longest(part.Span!) * part.Times))
            .ToValueList();
        return new(parts.Aggregate(Duration.Zero, (sum, part) => sum + part.Longest), parts);
    }

    /// <summary>Which terms can follow each other, and how often at most:
    /// each time uses up something counted.</summary>
    private static IEnumerable<(string Key, int Times)> Times(Rules rules)
    {
        var appeals = rules.Appeal.Window is null ? 0 : rules.Appeal.Levels;
        return
        [
            (NegotiationLength, 1), (ExtensionLongest, rules.Extension.Count),
            // A payment that the bank has in hand is held back once; where the rules pause, all had waited before.
            (ChargebackPauseAtMost, rules.Chargeback.Mode == Policies.ChargebackMode.Pause ? 2 : 1),
            (ReviewEvidence, 1 + appeals), (ReviewLateReply, 1),
            (ReviewThirdPartyWait, rules.Review.ThirdPartyCount), (ReviewDecisionWithin, 1),
            (ApprovalWithin, rules.Approval.Above is null ? 0 : 1 + appeals),
            (AppealWindow, 1), (AppealJoinWithin, appeals), (AppealDecisionWithin, appeals),
            (FulfilmentReturnLabel, 1), (FulfilmentReturnGoods, 1), (FulfilmentReturnReminder, 1),
            (FulfilmentShip, 1), (FulfilmentRepair, 1), (FulfilmentRefund, 2),
            (FulfilmentConfirm, Steps), (FulfilmentRuling, Steps),
            (BreachAnswerWithin, 1), (BreachDecisionWithin, 1), (ReopeningDecisionWithin, 1),
            (ReviewSupervisorWithin, 2 + appeals + Steps), (SilenceNotice, 1), (ClosingWithin, 1),
        ];
    }

    private static Duration Known(Span span, BusinessCalendar calendar, Dictionary<Span, Duration> longest) =>
        longest.TryGetValue(span, out var known) ? known : longest[span] = LongestOf(span, calendar);

    /// <summary>The longest that a span can be: begun with a day, over the
    /// longest row of days that are not worked.</summary>
    private static Duration LongestOf(Span span, BusinessCalendar calendar) => span.Unit switch
    {
        SpanUnit.Hours => Duration.FromHours(span.Count),
        SpanUnit.Days => Duration.FromDays(span.Count),
        SpanUnit.DaysEnd => Duration.FromDays(span.Count + 1) + Hour,
        SpanUnit.BusinessDays => Starts(span, calendar).Max(start => calendar.Due(start, span) - start) + Hour,
    };

    /// <summary>The beginnings of all days around the holidays, and of a plain week after them.</summary>
    private static IEnumerable<Instant> Starts(Span span, BusinessCalendar calendar)
    {
        var zone = DateTimeZoneProviders.Tzdb[calendar.Zone];
        var first = calendar.Holidays.DefaultIfEmpty(new LocalDate(2026, 1, 1)).Min().PlusDays(-3 * span.Count - 14);
        var last = calendar.Holidays.DefaultIfEmpty(new LocalDate(2026, 1, 1)).Max().PlusDays(14);
        for (var day = first; day <= last; day = day.PlusDays(1)) yield return day.AtStartOfDayInZone(zone).ToInstant();
    }
}

/// <summary>One kind of term in the bound: its rule, how often it can run, and how long that is at most.</summary>
public sealed record LifePart(string Rule, int Times, Span Span, Duration Longest);
