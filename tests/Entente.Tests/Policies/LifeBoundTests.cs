using CsCheck;
using Entente.Domain.Policies;

namespace Entente.Tests.Policies;

public class LifeBoundTests
{
    [Fact]
    public void The_bound_is_the_sum_of_its_parts()
    {
        var bound = LifeBound.Of(TestPolicy.Standard);
        Assert.Equal(bound.Longest, bound.Parts.Aggregate(Duration.Zero, (sum, part) => sum + part.Longest));
        Assert.Contains(bound.Parts, part => part is { Rule: RuleKeys.ClosingWithin, Times: 1 });
        Assert.Contains(bound.Parts, part => part is { Rule: RuleKeys.ExtensionLongest, Times: 2 });
    }

    [Fact]
    public void A_longer_rule_makes_a_longer_life()
    {
        var standard = LifeBound.Of(TestPolicy.With(rules => rules)).Days;
        var slow = TestPolicy.With(rules => rules with { Closing = new(new(190, SpanUnit.Days), []) });
        Assert.Equal(standard + 10, LifeBound.Of(slow).Days);
        var never = TestPolicy.With(rules => rules with { Appeal = rules.Appeal with { Window = null } });
        Assert.True(LifeBound.Of(never).Days < standard);
    }

    [Fact]
    public void No_business_days_take_longer_than_the_bound_says() =>
        Gen.Select(Gen.Int[0, 1500], Gen.Int[1, 12], Gen.Int[0, 500].Array[0, 25]).Sample((start, count, holidays) =>
        {
            var calendar = TestPolicy.Standard.Calendar with
            {
                Holidays = [.. holidays.Select(day => new LocalDate(2026, 3, 1).PlusDays(day))],
            };
            var span = new Span(count, SpanUnit.BusinessDays);
            var policy = TestPolicy.With(rules => rules with { Closing = new(span, []) }) with { Calendar = calendar };
            var part = LifeBound.Of(policy).Parts.Single(part => part.Rule == RuleKeys.ClosingWithin);
            var begin = Instant.FromUtc(2026, 1, 1, 0, 0) + Duration.FromHours(start * 13);
            return calendar.Due(begin, span) - begin <= part.Longest;
        }, iter: 60);
}
