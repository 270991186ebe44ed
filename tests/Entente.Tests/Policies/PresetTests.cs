using System.Text.RegularExpressions;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;
using Entente.Server.Desk;
using Entente.Server.Policies;

namespace Entente.Tests.Policies;

public partial class PresetTests
{
    private static readonly PolicyDocument Demo = PolicyDocument.Read(Presets.Bytes("demo"));
    private static readonly PolicyDocument Alibaba = PolicyDocument.Read(Presets.Bytes("alibaba-ta"));

    [Fact]
    public void Each_preset_is_shipped_with_the_program() => 
        Assert.Equal(
            ["alibaba-ta", "aliexpress", "allegro", "demo", "ebay-mbg", "paypal", "vinted-fr"], Presets.Names);

    [Fact]
    public void The_demo_s_rules_are_complete() => Assert.Empty(Demo.Problems);

    [Theory, MemberData(nameof(CompletedPreset.Names), MemberType = typeof(CompletedPreset))]
    public void A_preset_lacks_exactly_what_was_not_found(string name)
    {
        var preset = PolicyDocument.Read(Presets.Bytes(name));
        Assert.True(preset.IsOnlyIncomplete);
        Assert.Equal(
            preset.Sources.Where(source => source.Value.Kind == SourceKind.NotFound)
                .Select(source => source.Key).Order(),
            preset.Problems.Select(problem => problem.Key).Order());
    }

    [Theory, MemberData(nameof(CompletedPreset.Names), MemberType = typeof(CompletedPreset))]
    public void A_completed_preset_can_be_published_and_keeps_what_was_found(string name)
    {
        var (preset, policy) = (PolicyDocument.Read(Presets.Bytes(name)), CompletedPreset.Policy(name));
        Assert.Equal(name, policy.Id);
        Assert.True(preset.Sources.Values.Count(source => source.Kind == SourceKind.Found) >= 4);
    }

    [Fact]
    public void Every_value_of_a_preset_names_its_origin()
    {
        foreach (var document in Presets.Names.Select(name => PolicyDocument.Read(Presets.Bytes(name))))
        {
            Assert.Empty(Rule.All.Select(rule => rule.Key).Except(document.Sources.Keys));
            foreach (var source in document.Sources.Values.Where(source => source.Kind == SourceKind.Found))
            {
                Assert.True(Uri.TryCreate(source.FoundAt, UriKind.Absolute, out _));
                Assert.True(source is { ReadAt: not null, Confidence: not null, Says: not null });
            }
            Assert.NotNull(document.InTheStyleOf);
        }
    }

    [Fact]
    public void The_demo_s_rules_keep_what_was_found_and_own_the_rest() =>
        Assert.Equal(
            Alibaba.Sources.Select(source => (source.Key,
                source.Value.Kind == SourceKind.NotFound ? new PolicySource(SourceKind.Ours) : source.Value)),
            Demo.Sources.Where(source => source.Key != "overrides").Select(source => (source.Key, source.Value)));

    [Fact]
    public void The_demo_follows_the_style_it_names()
    {
        var rules = Demo.Policy!.Rules;
        Assert.Equal(new OpeningRule(WindowStart.Delivered, null, new(30, SpanUnit.DaysEnd)), rules.Opening);
        Assert.Equal(new AnswerRule(new(3, SpanUnit.Days), AnswerSilence.ComplaintPossible), rules.Answer);
        Assert.Equal(new Span(7, SpanUnit.Days), rules.Negotiation.Length);
        Assert.Equal(new Span(3, SpanUnit.Days), rules.Negotiation.ComplaintAfter);
        Assert.Equal(NegotiationSilence.Escalate, rules.Negotiation.Silence);
        Assert.Equal(ReviewSilence.Dismiss, rules.Review.ClaimantSilent);
        Assert.Equal(ReviewSilence.DecideOnFile, rules.Review.RespondentSilent);
        Assert.Equal(new Span(180, SpanUnit.Days), rules.Closing.Within);
        Assert.Equal(ReopeningMode.NewDisputeWithinCoverage, rules.Reopening.Mode);
    }

    [Fact]
    public void Due_times_differ_by_reason_by_remedy_and_by_both()
    {
        var policy = Demo.Policy!;
        Assert.NotEqual(policy.Rules, policy.For(Reason.NotReceived, RemedyKind.FullRefund));
        Assert.NotEqual(policy.Rules, policy.For(Reason.Damaged, RemedyKind.ReturnAndRefund));
        Assert.Equal(new(5, SpanUnit.Days), policy.For(Reason.Defective, RemedyKind.Repair).Answer.Within);
        Assert.Equal(new(30, SpanUnit.BusinessDays), policy.For(Reason.Defective, RemedyKind.Repair).Fulfilment.Repair);
        Assert.Equal(new(10, SpanUnit.Days), policy.For(Reason.Defective, RemedyKind.Repair).Negotiation.Length);
    }

    [Fact]
    public void Every_clause_is_written_in_both_languages_and_set_with_care()
    {
        Assert.NotEmpty(Demo.Policy!.Clauses);
        foreach (var text in Demo.Policy.Clauses.SelectMany(clause => (LocalText[])[clause.Title, clause.Text]))
        {
            Assert.Equal(["en", "fr"], text.Versions.Select(version => version.Language));
            Assert.DoesNotMatch(CarelessFrench(), text.In("fr"));
        }
    }

    [Fact]
    public void The_holidays_are_those_of_three_years_in_France()
    {
        var holidays = Demo.Policy!.Calendar.Holidays;
        Assert.Equal(33, holidays.Distinct().Count());
        Assert.Contains(new LocalDate(2027, 3, 29), holidays);
        Assert.All(Enumerable.Range(2026, 3), year => Assert.Contains(new LocalDate(year, 7, 14), holidays));
    }

    [GeneratedRegex("[ ][:;!?»%]|«[ ]|'|\\w[:;!?]")]
    private static partial Regex CarelessFrench();
}
