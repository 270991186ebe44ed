using System.Reflection;
using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;
using Entente.Server.Words;

namespace Entente.Tests.Audiences;

public class WordsTests
{
    private static readonly WordBook Book = WordBook.Load();

    public static TheoryData<string> Languages() => new(Book.Languages);

    [Theory, MemberData(nameof(Languages))]
    public void Every_value_that_a_reader_can_meet_has_a_word(string language)
    {
        var speaker = Speaker(language);
        var kinds = typeof(Money).Assembly.GetExportedTypes()
            .Where(type => type.IsEnum && type.Namespace != typeof(Policy).Namespace && type != typeof(RefusalCode));
        foreach (var value in kinds.SelectMany(type => Enum.GetValues(type).Cast<Enum>()))
            Assert.NotEmpty(speaker.Of(value));
        foreach (var style in new[] { "the", "of", "to" })
            foreach (var role in Enum.GetValues<Role>()) Assert.NotEmpty(speaker.Of(role, style));
    }

    [Theory, MemberData(nameof(Languages))]
    public void Every_rule_has_a_name(string language)
    {
        var speaker = Speaker(language);
        foreach (var key in typeof(RuleKeys).GetFields(BindingFlags.Public | BindingFlags.Static))
            Assert.NotEmpty(speaker.Say($"rule_name.{key.GetRawConstantValue()}"));
    }

    [Theory, MemberData(nameof(Languages))]
    public void Every_refusal_says_what_is_wrong(string language)
    {
        var speaker = Speaker(language);
        var money = new Money(1200, "EUR");
        foreach (var code in Enum.GetValues<RefusalCode>())
        {
            object max = code is RefusalCode.AmountAboveRefundable or RefusalCode.OfferExceedsRefundable
                or RefusalCode.CostsAboveLimit ? money : 3;
            var refusal = Refusal.Of(code, null, ("max", max), ("full", money), ("length", 12), ("exhibit", 2),
                ("from", Given.Start), ("until", Given.Start), ("language", "fr"), ("kind", MeasureKind.Restrict));
            AssertWhole(speaker.Say(refusal.Sentence));
        }
    }

    [Fact]
    public void Every_kind_of_fact_has_a_sample()
    {
        var known = Samples.Events().Select(happened => happened.GetType()).ToHashSet();
        Assert.DoesNotContain(Kinds(), kind => !known.Contains(kind));
    }

    [Theory, MemberData(nameof(Languages))]
    public void Every_fact_has_a_sentence_for_every_reader(string language)
    {
        var speaker = Speaker(language);
        foreach (var happened in Samples.Events())
            foreach (var by in Enum.GetValues<Role>())
            {
                var given = Samples.Eventful();
                var start = happened is DisputeOpened ? Given.Nothing() : given;
                var told = start.With(happened, by);
                foreach (var viewer in Samples.Readers.Where(viewer => viewer.MayRead(happened.Audience)))
                {
                    var view = DisputeView.For(told.Dispute, told.Facts, told.Texts, viewer, told.Now)!;
                    AssertWhole(speaker.Say(view.Timeline[^1].Sentence));
                }
            }
    }

    [Theory, MemberData(nameof(Languages))]
    public void Every_term_says_who_must_do_what_by_when_and_otherwise_what(string language)
    {
        var speaker = Speaker(language);
        var terms = from kind in Enum.GetValues<TermKind>()
                    from consequence in Enum.GetValues<Consequence>()
                    from who in new[] { Role.Buyer, Role.Seller, Role.Examiner, Role.Operator }
                    select (kind, consequence, who);
        var told = Samples.Eventful().With(new ExaminationBegan
        {
            Starts = [.. terms.Select((term, index) => new Term(
                index + 10, term.kind, term.who, Given.Start, RuleKeys.AnswerWithin, term.consequence, 1))],
        });
        foreach (var viewer in Samples.Readers)
        {
            var view = DisputeView.For(told.Dispute, told.Facts, told.Texts, viewer, told.Now)!;
            Assert.All(view.Agenda.Lines, line =>
            {
                AssertWhole(speaker.Say(line.Task));
                AssertWhole(speaker.Say(line.Otherwise));
                Assert.Contains("2026", speaker.Say(line.Task));
                Assert.NotEmpty(speaker.Say(line.Rule));
            });
        }
    }

    [Theory, MemberData(nameof(Languages))]
    public void Every_notice_says_what_happened_and_holds_no_content(string language)
    {
        var speaker = Speaker(language);
        foreach (var kind in Kinds())
            foreach (var by in Enum.GetValues<Who>())
            {
                var notice = new Notice(
                    Role.Buyer, null, Codes.Snake(kind.Name), by, Audience.All, 1, TermKind.Answer, Given.Start);
                AssertWhole(speaker.Say(notice.Subject(Given.Id)));
                var body = speaker.Say(notice.Body(Given.Id, "https://example.org/d/1"));
                AssertWhole(body);
                Assert.Contains("https://example.org/d/1", body);
                AssertWhole(speaker.Say((notice with { Task = null }).Body(Given.Id, "https://example.org/d/1")));
            }
    }

    [Fact]
    public void French_addresses_the_reader_and_names_the_rule()
    {
        var speaker = Speaker("fr");
        var given = Given.Opened()
            .With(new OfferMade(2, Role.Seller, [Given.Refund()], null))
            .With(new AnswerMissed(Role.Seller));
        var seller = DisputeView.For(given.Dispute, given.Facts, given.Texts, Samples.Readers[1], given.Now)!;
        var buyer = DisputeView.For(given.Dispute, given.Facts, given.Texts, Samples.Readers[0], given.Now)!;
        Assert.Equal(
            "Vous avez fait la proposition n°\u00A02\u00A0: "
            + "remboursement partiel de 12,00\u00A0€ pour «\u00A0Cup\u00A0»",
            speaker.Say(seller.Timeline[1].Sentence));
        Assert.StartsWith("Le vendeur a fait la proposition", speaker.Say(buyer.Timeline[1].Sentence));
        Assert.Equal("Le délai de réponse du vendeur est passé (règle «\u00A0Première réponse\u00A0»)",
            speaker.Say(buyer.Timeline[2].Sentence));
        Assert.StartsWith("Vous devez répondre au plus tard le", speaker.Say(seller.Agenda.Head!.Task));
        Assert.StartsWith("Le vendeur doit répondre au plus tard le", speaker.Say(buyer.Agenda.Head!.Task));
        Assert.True(seller.WaitsForReader);
        Assert.False(buyer.WaitsForReader);
    }

    private static IEnumerable<Type> Kinds() =>
        typeof(DisputeEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(DisputeEvent)));

    private static Speaker Speaker(string language) => Book.For(language, DateTimeZone.Utc, Given.Start);

    private static void AssertWhole(string said)
    {
        Assert.NotEmpty(said);
        Assert.DoesNotContain('{', said);
        Assert.DoesNotContain("  ", said);
        Assert.DoesNotContain('\'', said);
    }
}
