using Entente.Domain;
using Entente.Domain.Policies;
using Entente.Server.Desk;
using Entente.Server.Policies;
using Entente.Server.Words;

namespace Entente.Tests.Policies;

public class PolicyTextTests
{
    private static readonly WordBook Book = WordBook.Load();
    private static readonly Policy Demo = PolicyDocument.Read(Presets.Bytes("demo")).Policy!;

    [Fact]
    public void Every_rule_is_stated_in_words()
    {
        var stated = from policy in Variants()
                     from section in PolicyText.Of(policy)
                     from line in section.Lines
                     from key in line.Rules
                     select key;
        Assert.Equal(Rule.All.Select(rule => rule.Key).Order(), stated.Distinct().Order());
    }

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public void Every_choice_can_be_said(string language)
    {
        var speaker = Book.For(language, DateTimeZoneProviders.Tzdb["Europe/Paris"]);
        foreach (var section in Variants().SelectMany(PolicyText.Of))
        {
            Assert.NotEmpty(speaker.Say(section.Heading));
            foreach (var line in section.Lines) Assert.DoesNotContain('{', speaker.Say(line.Sentence));
        }
    }

    [Fact]
    public void What_differs_by_reason_and_remedy_stands_under_its_own_heading()
    {
        var speaker = Book.For("en", DateTimeZone.Utc);
        var sections = PolicyText.Of(Demo).ToDictionary(section => speaker.Say(section.Heading));
        var repair = sections["What differs for “not working” with the remedy “repair”"];
        Assert.Equal(
            [
                "The other side has 5 days for a first answer. "
                    + "Without one, the claimant can at once ask the platform to step in.",
                "A repair is done within 30 working days. If it is not, the price is refunded.",
            ],
            repair.Lines.Select(line => speaker.Say(line.Sentence)));
    }

    [Fact]
    public void Lengths_that_run_to_the_end_of_a_day_are_named()
    {
        var speaker = Book.For("en", DateTimeZone.Utc);
        var time = PolicyText.Of(Demo)[^1].Lines.Select(line => speaker.Say(line.Sentence)).ToList();
        Assert.Contains(time, line => line.Contains("Time to open a dispute, Time to send goods back"));
        Assert.DoesNotContain(
            PolicyText.Of(TestPolicy.Standard)[^1].Lines, line => line.Sentence.Key == "policy.time.day_ends");
    }

    [Fact]
    public void Everything_that_can_be_wrong_with_a_document_is_said_in_every_language()
    {
        foreach (var language in Book.Languages)
        {
            var missing = Enum.GetValues<PolicyProblemCode>().Select(code => $"policy_problem.{Codes.Of(code)}")
                .Except(Book.Patterns(language).Keys);
            Assert.Empty(missing);
        }
    }

    [Fact]
    public void A_problem_s_sentence_has_its_values()
    {
        var document = PolicyDocument.Read(System.Text.Encoding.UTF8.GetBytes(
            TestPolicy.Text.Replace("silence: escalate", "silence: shout")));
        var speaker = Book.For("en", DateTimeZone.Utc);
        Assert.Equal(
            "One of these is expected: escalate, close and grant_claim.",
            speaker.Say(Assert.Single(document.Problems).Sentence));
    }

    /// <summary>The demo's rules with every choice, yes and no, and none where that is possible.</summary>
    private static IEnumerable<Policy> Variants() =>
        from rule in Rule.All
        from value in Values(rule)
        select Demo with { Rules = rule.Put(Demo.Rules, value), Overrides = [.. Demo.Overrides.Take(3)] };

    private static IEnumerable<object?> Values(Rule rule)
    {
        if (rule.MayBeNone) yield return null;
        if (rule.Type == typeof(Span)) yield return new Span(1, SpanUnit.BusinessDays);
        if (rule.Type == typeof(ValueList<Span>)) yield return ValueList<Span>.Empty;
        foreach (var number in rule.Type == typeof(int) ? [1, 2] : Array.Empty<int>()) yield return number;
        foreach (var yes in rule.Type == typeof(bool) ? [true, false] : Array.Empty<bool>()) yield return yes;
        if (!rule.Type.IsEnum) yield break;
        foreach (var choice in Enum.GetValues(rule.Type)) yield return choice;
    }
}
