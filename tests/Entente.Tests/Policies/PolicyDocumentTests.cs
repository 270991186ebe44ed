using System.Text;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;
using Entente.Server.Desk;
using Entente.Server.Policies;
using Code = Entente.Server.Policies.PolicyProblemCode;

namespace Entente.Tests.Policies;

public class PolicyDocumentTests
{
    [Fact]
    public void A_complete_document_is_a_policy()
    {
        var document = Read(TestPolicy.Text);
        Assert.Empty(document.Problems);
        var policy = document.Policy!;
        Assert.Equal("test", policy.Id);
        Assert.Equal(new Span(3, SpanUnit.Days), policy.Rules.Answer.Within);
        Assert.Null(policy.Rules.Opening.NotBefore);
        Assert.Equal([new Span(30, SpanUnit.Days), new Span(150, SpanUnit.Days)], policy.Rules.Closing.Reminders);
        Assert.Equal([IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday], policy.Calendar.Weekend);
        Assert.Equal(1_000_000, policy.Evidence.FileBytesMax);
        Assert.Equal("Preuve de livraison", policy.Clause("proof-of-delivery")!.Title.In("fr"));
        Assert.Contains(new EvidenceAsked(Reason.Damaged, [ExhibitKind.Photo], []), policy.Evidence.Asked);
    }

    [Fact]
    public void An_override_changes_its_own_rules_and_no_other()
    {
        var policy = Read(TestPolicy.Text).Policy!;
        var rules = policy.For(Reason.NotReceived, RemedyKind.FullRefund);
        Assert.Equal(new Span(2, SpanUnit.Days), rules.Answer.Within);
        Assert.Equal(policy.Rules with { Answer = rules.Answer }, rules);
        Assert.Equal(policy.Rules, policy.For(Reason.Damaged, RemedyKind.FullRefund));
    }

    [Fact]
    public void A_document_of_an_earlier_release_means_what_it_meant()
    {
        var later = Rule.All.Where(rule => rule.Unsaid is not null).ToList();
        var document = Read(later.Aggregate(TestPolicy.Text, (text, rule) => Lines(text, rule.Key, keep: false)));
        Assert.Empty(document.Problems);
        Assert.All(later, rule => Assert.Equal(rule.Unsaid!.Value, rule.Value(document.Policy!.Rules)));
    }

    [Fact]
    public void Amounts_are_read_by_currency()
    {
        var rules = Read(TestPolicy.Text).Policy!.Rules;
        Assert.False(rules.Approval.IsNeededFor(new Money(50_000, "EUR")));
        Assert.True(rules.Approval.IsNeededFor(new Money(50_001, "EUR")));
        Assert.False(rules.Approval.IsNeededFor(new Money(50_001, "JPY")));
    }

    [Fact]
    public void The_digest_is_of_the_exact_bytes()
    {
        var one = Read(TestPolicy.Text);
        Assert.Equal(64, one.Digest.Length);
        Assert.Equal(one.Digest, one.Policy!.Digest);
        Assert.NotEqual(one.Digest, Read(TestPolicy.Text + "\n").Digest);
    }

    [Fact]
    public void Every_rule_that_is_not_set_is_named()
    {
        foreach (var rule in Rule.All)
        {
            var document = Read(Without(rule.Key));
            var problem = Assert.Single(document.Problems);
            Assert.Equal((Code.Missing, rule.Key), (problem.Code, problem.Key));
            Assert.True(document.IsOnlyIncomplete);
            Assert.Null(document.Policy);
        }
    }

    [Theory]
    [InlineData("within: 3 days", "within: 3 day s", Code.NotASpan, "answer.within")]
    [InlineData("within: 3 days", "within: -3 days", Code.NotASpan, "answer.within")]
    [InlineData("within: 3 days", "within: 3", Code.NotASpan, "answer.within")]
    [InlineData("within: 3 days", "within: ３ days", Code.NotASpan, "answer.within")]
    [InlineData("within: 3 days", "within: 99999 days", Code.NotASpan, "answer.within")]
    [InlineData("within: 3 days", "within: none", Code.NoneNotPossible, "answer.within")]
    [InlineData("within: 3 days", "within: [3 days]", Code.NotAText, "answer.within")]
    [InlineData("within: 3 days", "within: 8 days", Code.LongerThan, "answer.within")]
    [InlineData("complaint_after: 3 days", "complaint_after: 8 days", Code.LongerThan, "negotiation.complaint_after")]
    [InlineData("30 days, 150 days", "30 days, 181 days", Code.LongerThan, "closing.reminders")]
    [InlineData("30 days, 150 days", "30 days, soon", Code.NotASpan, "closing.reminders[1]")]
    [InlineData("silence: escalate", "silence: shout", Code.NotAChoice, "negotiation.silence")]
    [InlineData("count: 1\n    new", "count: one\n    new", Code.NotANumber, "appeal.count")]
    [InlineData("execute_at_once: false", "execute_at_once: no", Code.NotAYesOrNo, "appeal.execute_at_once")]
    [InlineData("{EUR: 500, BRL", "{EURO: 500, BRL", Code.NotACurrency, "approval.above.EURO")]
    [InlineData("{EUR: 500, BRL", "{EUR: 500.001, BRL", Code.NotAnAmount, "approval.above.EUR")]
    [InlineData("{EUR: 500, BRL: 2000}", "500", Code.NotAMap, "approval.above")]
    [InlineData("before: []", "before: [end of day 1]", Code.NotInHoursOrDays, "reminder.before")]
    [InlineData("notice: 24 hours", "notice: 4 days", Code.LongerThan, "silence.notice")]
    [InlineData("[pay_from_held_funds,", "[shame,", Code.NotAChoice, "breach.measures[0]")]
    [InlineData("zone: Europe/Paris", "zone: Europe/Lutetia", Code.NotAZone, "calendar.zone")]
    [InlineData("2026-12-25", "2026-13-25", Code.NotADate, "calendar.holidays[0]")]
    [InlineData("[saturday, sunday]", "[monday, tuesday, wednesday, thursday, friday, saturday, sunday]",
        Code.NoWorkingDay, "calendar.weekend")]
    [InlineData("file_size_max: 1 MB", "file_size_max: 1", Code.NotASize, "evidence.file_size_max")]
    [InlineData("image/png", "PNG", Code.NotAMediaType, "evidence.types[1]")]
    [InlineData("not_received: {recommended", "nothing_came: {recommended",
        Code.UnknownKey, "evidence.asked.nothing_came")]
    [InlineData("id: test", "id: Test Rules", Code.NotAnId, "id")]
    [InlineData("{en: Proof of delivery, fr", "{de: Liefernachweis, fr", Code.LanguageMissing, "clauses[0].title")]
    [InlineData("{en: Proof of delivery, fr", "{en: Proof of delivery, français", Code.NotALanguage,
        "clauses[0].title.français")]
    [InlineData("id: as-described", "id: proof-of-delivery", Code.NamedTwice, "clauses[1].id")]
    [InlineData("for: {reason: not_received}", "for: {}", Code.OverrideForNothing, "overrides[0]")]
    [InlineData("answer: {within: 2 days}", "answer: {within: 9 days}",
        Code.LongerThan, "overrides[0].rules.answer.within")]
    [InlineData("answer: {within: 2 days}", "answers: {within: 2 days}", Code.UnknownKey, "overrides[0].rules.answers")]
    [InlineData("  answer:\n", "  answers: {}\n  answer:\n", Code.UnknownKey, "answers")]
    [InlineData("within: 3 days", "within: 3 days\n    within: 4 days", Code.DuplicateKey, "within")]
    [InlineData("id: test", "id: test\nsources: {answer.within: not_found}", Code.SetThoughNotFound, "answer.within")]
    [InlineData("id: test", "id: test\nsources: {answer.when: ours}", Code.UnknownKey, "answer.when")]
    public void A_wrong_document_is_told_what_is_wrong_and_where(
        string right, string wrong, Code code, string key)
    {
        var at = TestPolicy.Text.IndexOf(right, StringComparison.Ordinal);
        var document = Read(TestPolicy.Text[..at] + wrong + TestPolicy.Text[(at + right.Length)..]);
        Assert.Null(document.Policy);
        Assert.Contains(document.Problems, problem => problem.Code == code && problem.Key == key);
        Assert.False(document.IsOnlyIncomplete);
    }

    [Fact]
    public void A_problem_knows_its_line()
    {
        var document = Read("id: test\nname: {en: Rules}\nrules:\n  answer:\n    within: soon\n");
        Assert.Contains(document.Problems, problem => problem is { Key: "answer.within", Line: 5 });
    }

    [Theory]
    [InlineData("id: [", Code.NotYaml)]
    [InlineData("id: &a test\nname: *a", Code.AliasNotAllowed)]
    [InlineData("id: *a", Code.AliasNotAllowed)]
    [InlineData("id: !!str test", Code.TagNotAllowed)]
    [InlineData("id: a\n---\nid: b", Code.SecondDocument)]
    [InlineData("? [a]\n: b", Code.NotAText)]
    [InlineData("a: {b: {c: {d: {e: {f: {g: {h: {i: {j: {k: {l: {m: {n: o}}}}}}}}}}}}}}", Code.TooDeep)]
    public void What_is_no_plain_document_is_refused_at_once(string text, Code code) =>
        Assert.Equal(code, Assert.Single(Read(text).Problems).Code);

    [Fact]
    public void Bytes_that_are_no_text_and_files_that_are_too_big_are_refused()
    {
        Assert.Equal(Code.NotUtf8, Assert.Single(PolicyDocument.Read([0x69, 0xff]).Problems).Code);
        var tooLarge = PolicyDocument.Read(new byte[YamlTree.BytesMax + 1]);
        Assert.Equal(Code.TooLarge, Assert.Single(tooLarge.Problems).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("- a")]
    [InlineData("just words")]
    public void An_empty_or_shapeless_document_is_no_policy(string text) => Assert.NotEmpty(Read(text).Problems);

    private static string Without(string key) => Lines(TestPolicy.Text, key, keep: true);

    /// <summary>The document without a rule's value; without its key too where that is not kept.</summary>
    private static string Lines(string text, string key, bool keep)
    {
        var (chapter, name) = (key.Split('.')[0], key.Split('.')[1]);
        var lines = text.Split('\n').ToList();
        var start = lines.IndexOf($"  {chapter}:");
        var at = lines.FindIndex(start, line => line.StartsWith($"    {name}:", StringComparison.Ordinal));
        if (keep) lines[at] = $"    {name}:";
        else lines.RemoveAt(at);
        return string.Join('\n', lines);
    }

    private static PolicyDocument Read(string text) => PolicyDocument.Read(Encoding.UTF8.GetBytes(text));
}
